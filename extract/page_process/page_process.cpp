#include "extract/page_process/page_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <string_view>
#include <system_error>
#include <utility>

namespace tidemark {
namespace {

constexpr char kBegin = 'b';
constexpr std::size_t kReadBytes = 256 * 1024;
constexpr std::chrono::milliseconds kTimeToEnd{200};
constexpr std::chrono::milliseconds kLook{1};

Error systemFailure(const std::string& what) {
  return makeError(ErrorCode::kIo, what + ": " + std::generic_category().message(errno));
}

/// The new process, from its first moment on.
[[noreturn]] void live(pid_t parent, int socket, const std::function<void(int)>& work) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  if (::getppid() != parent) ::_exit(1);  // it was gone before that was said
  // What it writes is for its parent alone; and whoever waits for the end of the parent's output waits for no other.
  for (const int standard : {STDIN_FILENO, STDOUT_FILENO}) {
    if (::dup2(STDERR_FILENO, standard) < 0) ::close(standard);
  }
  char word = 0;
  ssize_t got = 0;
  do got = ::read(socket, &word, 1);
  while (got < 0 && errno == EINTR);
  try {
    if (got == 1 && word == kBegin) work(socket);
  } catch (...) {  // this must not go on as its parent would
    ::_exit(1);
  }
  ::_exit(0);
}

}  // namespace

PageProcess::PageProcess(pid_t process, int socket) : m_process(process), m_socket(socket), m_buffer(kReadBytes) {}

PageProcess::PageProcess(PageProcess&& other) noexcept
    : m_process(std::exchange(other.m_process, -1)),
      m_socket(std::exchange(other.m_socket, -1)),
      m_isStarted(other.m_isStarted),
      m_messages(std::move(other.m_messages)),
      m_buffer(std::move(other.m_buffer)) {}

Result<PageProcess> PageProcess::prepare(const std::function<void(int socket)>& work) {
  int sockets[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0) return systemFailure("no page process");
  const pid_t parent = ::getpid();
  const pid_t process = ::fork();
  if (process < 0) {
    const Error error = systemFailure("no page process");
    ::close(sockets[0]);
    ::close(sockets[1]);
    return error;
  }
  ::signal(SIGPIPE, SIG_IGN);  // of both
  ::close(process == 0 ? sockets[0] : sockets[1]);
  if (process == 0) live(parent, sockets[1], work);
  ::fcntl(sockets[0], F_SETFL, O_NONBLOCK);
  return PageProcess(process, sockets[0]);
}

bool PageProcess::write(std::string_view bytes) const {
  ssize_t count = 0;
  do count = ::write(m_socket, bytes.data(), bytes.size());
  while (count < 0 && errno == EINTR);
  // So little always fits, or it has not listened for long.
  return count == static_cast<ssize_t>(bytes.size());
}

void PageProcess::start() {
  if (!std::exchange(m_isStarted, true)) (void)write({&kBegin, 1});
}

bool PageProcess::ask(PageRange range) {
  return write(toBytes(range));
}

Result<std::optional<PageMessage>> PageProcess::receive(std::chrono::milliseconds wait) {
  if (m_socket < 0) return makeError(ErrorCode::kIo, "the page process was let go");
  const auto until = std::chrono::steady_clock::now() + wait;
  for (;;) {
    Result<std::optional<PageMessage>> message = m_messages.next();
    if (!message || *message) return message;
    const ssize_t count = ::read(m_socket, m_buffer.data(), m_buffer.size());
    if (count > 0) {
      m_messages.push({m_buffer.data(), static_cast<std::size_t>(count)});
      continue;
    }
    if (count == 0) return makeError(ErrorCode::kIo, "the page process has ended");
    if (errno == EINTR) continue;
    if (errno != EAGAIN) return systemFailure("the page process cannot be heard");
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0) return std::optional<PageMessage>();
    pollfd watched{m_socket, POLLIN, 0};
    (void)::poll(&watched, 1, static_cast<int>(left.count()));
  }
}

void PageProcess::close() {
  if (m_socket >= 0) ::close(std::exchange(m_socket, -1));
}

void PageProcess::end() {
  close();
  if (m_process < 0) return;
  const auto until = std::chrono::steady_clock::now() + kTimeToEnd;
  while (::waitpid(m_process, nullptr, WNOHANG) == 0 && std::chrono::steady_clock::now() < until) {
    (void)::poll(nullptr, 0, static_cast<int>(kLook.count()));
  }
  m_process = -1;
}

}  // namespace tidemark
