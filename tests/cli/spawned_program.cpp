#include "tests/cli/spawned_program.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <thread>

#include "tests/unit/weights_fixture.h"

namespace tidemark::testing {
namespace {

constexpr auto kLook = std::chrono::milliseconds(2);
constexpr uid_t kNobody = 65534;

void limit(__rlimit_resource resource, const std::optional<std::uint64_t>& most) {
  if (!most) return;
  const rlimit wanted{*most, *most};
  ::setrlimit(resource, &wanted);
}

/// A pipe whose reading end is closed.
int brokenPipe() {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return -1;
  ::close(ends[0]);
  return ends[1];
}

void putAt(int target, bool closed, bool broken, const std::string& file) {
  ::close(target);
  if (closed) return;
  const int made = broken ? brokenPipe() : ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0666);
  if (made != target) {
    ::dup2(made, target);
    ::close(made);
  }
}

/// In the new process, up to the exec: system calls only.
[[noreturn]] void become(std::vector<char*>& words, const SpawnOptions& options, const std::string& out,
                         const std::string& err) {
  ::close(STDIN_FILENO);
  ::open("/dev/null", O_RDONLY);
  putAt(STDOUT_FILENO, options.closeOutput, options.brokenOutput, out);
  putAt(STDERR_FILENO, options.closeErrors, options.brokenErrors, err);
  if (!options.folder.empty() && ::chdir(options.folder.c_str()) != 0) ::_exit(126);
  limit(RLIMIT_FSIZE, options.largestFile);
  limit(RLIMIT_AS, options.addressSpace);
  if (options.unprivileged && ::getuid() == 0 && (::setgid(kNobody) != 0 || ::setuid(kNobody) != 0)) ::_exit(126);
  ::execv(words.front(), words.data());
  ::_exit(127);
}

}  // namespace

SpawnedProgram::SpawnedProgram(const std::vector<std::string>& arguments, const SpawnOptions& options) {
  std::string folder = (std::filesystem::temp_directory_path() / "tidemark-spawn-XXXXXX").string();
  EXPECT_NE(::mkdtemp(folder.data()), nullptr);
  m_folder = folder;
  const std::string out = m_folder / "out";
  const std::string err = m_folder / "err";
  std::vector<std::string> kept = {TM_CLI_PROGRAM};
  kept.insert(kept.end(), arguments.begin(), arguments.end());
  std::vector<char*> words;
  for (std::string& word : kept) words.push_back(word.data());
  words.push_back(nullptr);
  m_process = ::fork();
  if (m_process == 0) become(words, options, out, err);
  EXPECT_GT(m_process, 0);
}

SpawnedProgram::~SpawnedProgram() {
  if (isRunning()) {
    signal(SIGKILL);
    while (!reap()) std::this_thread::sleep_for(kLook);
  }
  std::error_code ignored;
  std::filesystem::remove_all(m_folder, ignored);
}

bool SpawnedProgram::signal(int number) const {
  return !m_ended && m_process > 0 && ::kill(m_process, number) == 0;
}

bool SpawnedProgram::isRunning() {
  return m_process > 0 && !reap();
}

bool SpawnedProgram::reap() {
  if (m_ended) return true;
  int status = 0;
  if (::waitpid(m_process, &status, WNOHANG) != m_process) return false;
  m_ended = status;
  return true;
}

ProgramRun SpawnedProgram::wait(std::chrono::milliseconds limit) {
  const auto end = std::chrono::steady_clock::now() + limit;
  while (!reap()) {
    if (std::chrono::steady_clock::now() > end) {
      ADD_FAILURE() << "still running after " << limit.count() << " ms; stderr: " << errors();
      signal(SIGKILL);
      while (!reap()) std::this_thread::sleep_for(kLook);
      break;
    }
    std::this_thread::sleep_for(kLook);
  }
  ProgramRun run;
  run.status = WIFEXITED(*m_ended) ? WEXITSTATUS(*m_ended) : 128 + WTERMSIG(*m_ended);
  run.out = output();
  run.err = errors();
  return run;
}

std::string SpawnedProgram::output() const {
  return readFile(m_folder / "out");
}
std::string SpawnedProgram::errors() const {
  return readFile(m_folder / "err");
}

ProgramRun runLimited(const std::vector<std::string>& arguments, const SpawnOptions& options) {
  return SpawnedProgram(arguments, options).wait();
}

}  // namespace tidemark::testing
