#include "engine/extraction/extractor_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <system_error>
#include <thread>
#include <utility>

#include "engine/base/system_memory.h"
#include "engine/document/regular_file.h"
#include "engine/extraction/limit_arguments.h"

namespace tidemark {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kTimeToEnd{2000};  // after its output was closed
constexpr milliseconds kLook{2};
constexpr int kInputDescriptor = 3;

}  // namespace

/// A descriptor of ours, closed with its owner. With a name of its own, because Impl has some.
class ExtractorDescriptor {
 public:
  ExtractorDescriptor() = default;
  explicit ExtractorDescriptor(int number) : m_number(number) {}
  ExtractorDescriptor(ExtractorDescriptor&& other) noexcept : m_number(std::exchange(other.m_number, -1)) {}
  ExtractorDescriptor& operator=(ExtractorDescriptor&& other) noexcept {
    std::swap(m_number, other.m_number);
    return *this;
  }
  ~ExtractorDescriptor() {
    if (m_number >= 0) ::close(m_number);
  }
  [[nodiscard]] int get() const { return m_number; }

  /// Above the numbers that the new process puts its own at, so that none is overwritten before it is used.
  [[nodiscard]] bool moveUp() {
    if (m_number > kInputDescriptor) return true;
    *this = ExtractorDescriptor(::fcntl(m_number, F_DUPFD_CLOEXEC, kInputDescriptor + 1));
    return m_number >= 0;
  }

 private:
  int m_number = -1;
};

namespace {

using Descriptor = ExtractorDescriptor;

Error systemFailure(const std::string& what, int number) {
  return makeError(ErrorCode::kIo, what + ": " + std::generic_category().message(number));
}

/// What the process may know: nothing of the user, what the sanitizers and the libraries need to start.
std::vector<std::string> cleanEnvironment() {
  std::vector<std::string> environment = {"QT_QPA_PLATFORM=offscreen", "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin",
                                          // Each arena reserves 64 MiB of the address space that is allowed.
                                          "MALLOC_ARENA_MAX=2"};
  for (const char* kept : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS", "LD_LIBRARY_PATH",
                           "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "FONTCONFIG_FILE", "FONTCONFIG_PATH"}) {
    if (const char* value = std::getenv(kept)) environment.push_back(std::string(kept) + "=" + value);
  }
  return environment;
}

std::vector<char*> pointersTo(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// posix_spawn's two descriptions of the new process, freed with their owner.
class SpawnPlan {
 public:
  SpawnPlan() {
    ::posix_spawn_file_actions_init(&m_actions);
    ::posix_spawnattr_init(&m_attributes);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
  ~SpawnPlan() {
    ::posix_spawn_file_actions_destroy(&m_actions);
    ::posix_spawnattr_destroy(&m_attributes);
  }

  void putDescriptors(int requests, int lines, int file) {
    ::posix_spawn_file_actions_adddup2(&m_actions, requests, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&m_actions, lines, STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&m_actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_adddup2(&m_actions, file, kInputDescriptor);
    ::posix_spawn_file_actions_addclosefrom_np(&m_actions, kInputDescriptor + 1);
    ::posix_spawn_file_actions_addchdir_np(&m_actions, "/");
  }

  /// Signals as a new process expects them (this one may ignore or block some), and a group of its own: Ctrl+C in a
  /// terminal is for the program that reads, which then ends this one.
  void resetSignals() {
    sigset_t none;
    sigset_t all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&m_attributes, &none);
    ::posix_spawnattr_setsigdefault(&m_attributes, &all);
    ::posix_spawnattr_setpgroup(&m_attributes, 0);
    constexpr int kFlags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP;
    ::posix_spawnattr_setflags(&m_attributes, static_cast<short>(kFlags));
  }

  /// 0 or the number of the error.
  [[nodiscard]] int spawn(pid_t& process, std::vector<char*>& words, std::vector<char*>& environment) const {
    return ::posix_spawn(&process, words.front(), &m_actions, &m_attributes, words.data(), environment.data());
  }

 private:
  posix_spawn_file_actions_t m_actions{};
  posix_spawnattr_t m_attributes{};
};

/// Waits until `events` are there; false: not in time. A peer that is gone counts as there.
bool waitFor(int descriptor, short events, milliseconds wait) {
  const auto end = Clock::now() + wait;
  for (;;) {
    const auto left = std::max(milliseconds(0), std::chrono::ceil<milliseconds>(end - Clock::now()));
    pollfd watched{descriptor, events, 0};
    const int count = ::poll(&watched, 1, static_cast<int>(std::min<milliseconds::rep>(left.count(), 1'000'000)));
    if (count > 0) return true;
    if (count == 0 && Clock::now() >= end) return false;
    if (count < 0 && errno != EINTR) return true;  // the next read or write says what it is
  }
}

}  // namespace

struct ExtractorProcess::Impl {
  pid_t process = -1;
  ExtractorDescriptor requests;  // a socket, because writing to a pipe that nobody reads raises a signal
  ExtractorDescriptor lines;
  ExtractionLimits limits;
  std::uint64_t bytesRead = 0;
  bool killed = false;
  std::optional<int> status;  // as waitpid says it

  bool reap(int flags) {
    if (status) return true;
    // It may have made a process of its own, in its group: before its number is free for others, that is ended too.
    siginfo_t info{};
    const int looked = ::waitid(P_PID, static_cast<id_t>(process), &info, WEXITED | WNOWAIT | (flags & WNOHANG));
    if (looked == 0 && info.si_pid == process) ::kill(-process, SIGKILL);
    int ended = 0;
    pid_t got = 0;
    do got = ::waitpid(process, &ended, flags);
    while (got < 0 && errno == EINTR);
    // Somebody who waits for all children of the program may have been faster: then its end is not known.
    if (got == process || (got < 0 && errno == ECHILD)) status = got == process ? ended : 0;
    return status.has_value();
  }

  void kill() {
    if (status) return;
    killed = true;
    ::kill(-process, SIGKILL);  // its group: it may have made a process of its own
  }

  [[nodiscard]] std::string description() const;

  ~Impl() {
    if (process < 0) return;
    kill();
    reap(0);
  }
};

std::string ExtractorProcess::Impl::description() const {
  if (WIFEXITED(*status) && WEXITSTATUS(*status) == kExitOutOfMemory) {
    return "needed more than " + formatBytes(limits.addressSpaceBytes) + " of memory";
  }
  if (WIFEXITED(*status)) {
    return WEXITSTATUS(*status) == 0 ? "" : "stopped with status " + std::to_string(WEXITSTATUS(*status));
  }
  const int signal = WTERMSIG(*status);
  if (signal == SIGXCPU) {
    return "used more than " + std::to_string(limits.processorSeconds) + " s of processor time";
  }
  if (killed && signal == SIGKILL) return "did not end by itself";
  return "crashed (signal " + std::to_string(signal) + ")";
}

ExtractorProcess::ExtractorProcess(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
ExtractorProcess::ExtractorProcess(ExtractorProcess&&) noexcept = default;
ExtractorProcess& ExtractorProcess::operator=(ExtractorProcess&&) noexcept = default;
ExtractorProcess::~ExtractorProcess() = default;

Result<ExtractorProcess> ExtractorProcess::start(const std::filesystem::path& input,
                                                 const std::vector<std::string>& arguments,
                                                 const ExtractionLimits& limits) {
  const Result<std::filesystem::path> program = extractorProgram();
  if (!program) return program.error();
  const Result<RegularFile> opened = RegularFile::open(input);
  if (!opened) return opened.error();
  const std::string what = "tidemark-extract could not be started";
  Descriptor file(::fcntl(opened->descriptor(), F_DUPFD_CLOEXEC, kInputDescriptor + 1));
  int sockets[2] = {-1, -1};
  int pipe[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) return systemFailure(what, errno);
  Descriptor requestsOurs(sockets[0]);
  Descriptor requestsTheirs(sockets[1]);
  if (::pipe2(pipe, O_CLOEXEC) != 0) return systemFailure(what, errno);
  Descriptor linesOurs(pipe[0]);
  Descriptor linesTheirs(pipe[1]);
  if (file.get() < 0 || !requestsTheirs.moveUp() || !linesTheirs.moveUp()) return systemFailure(what, errno);

  std::vector<std::string> words = {program->string()};
  words.insert(words.end(), arguments.begin(), arguments.end());
  words.insert(words.end(), {"--limits", limitsText(limits)});
  std::vector<std::string> environment = cleanEnvironment();
  std::vector<char*> wordPointers = pointersTo(words);
  std::vector<char*> environmentPointers = pointersTo(environment);
  SpawnPlan plan;
  plan.putDescriptors(requestsTheirs.get(), linesTheirs.get(), file.get());
  plan.resetSignals();
  pid_t process = -1;
  if (const int failed = plan.spawn(process, wordPointers, environmentPointers); failed != 0) {
    return systemFailure(what + " (" + program->string() + ")", failed);
  }
  auto impl = std::make_unique<Impl>();
  impl->process = process;
  impl->requests = std::move(requestsOurs);
  impl->lines = std::move(linesOurs);
  impl->limits = limits;
  return ExtractorProcess(std::move(impl));
}

Result<ExtractorProcess::Output> ExtractorProcess::read(std::span<char> out, milliseconds wait) {
  if (!waitFor(m_impl->lines.get(), POLLIN, wait)) return Output{};
  ssize_t count = 0;
  do count = ::read(m_impl->lines.get(), out.data(), out.size());
  while (count < 0 && errno == EINTR);
  if (count < 0) return systemFailure("what tidemark-extract writes cannot be read", errno);
  m_impl->bytesRead += static_cast<std::uint64_t>(count);
  if (m_impl->bytesRead > m_impl->limits.outputBytes) {
    kill();
    return makeError(ErrorCode::kIo, "its extraction gave more than " + formatBytes(m_impl->limits.outputBytes));
  }
  return Output{static_cast<std::size_t>(count), count == 0};
}

Status ExtractorProcess::write(std::string_view bytes) {
  while (!bytes.empty()) {
    if (!waitFor(m_impl->requests.get(), POLLOUT, m_impl->limits.silence)) {
      return makeError(ErrorCode::kIo, "tidemark-extract does not take requests any more");
    }
    const ssize_t count = ::send(m_impl->requests.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (count < 0) return systemFailure("tidemark-extract cannot be asked", errno);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

void ExtractorProcess::kill() {
  m_impl->kill();
}

std::string ExtractorProcess::end() {
  const auto last = Clock::now() + kTimeToEnd;
  while (!m_impl->reap(WNOHANG)) {
    if (Clock::now() >= last) m_impl->kill();
    std::this_thread::sleep_for(kLook);
  }
  return m_impl->description();
}

}  // namespace tidemark
