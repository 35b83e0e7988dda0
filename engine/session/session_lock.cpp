#include "engine/session/session_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

namespace tidemark {
namespace {

/// Two names of one session must find one lock: links are followed, also where the session does not exist yet.
std::filesystem::path lockPath(const std::filesystem::path& session) {
  std::error_code failure;
  std::filesystem::path real = std::filesystem::weakly_canonical(session, failure);
  if (failure) real = session;
  real += "-lock";
  return real;
}

Error lockError(const std::filesystem::path& session, const char* what, int number) {
  return makeError(ErrorCode::kIo, "cannot open " + session.string() + " for writing: " + what + ": " +
                                       std::strerror(number) +
                                       "; check that its folder exists and is writable, and that the disk is not full");
}

Error busyError(const std::filesystem::path& session, int descriptor) {
  std::array<char, 32> bytes{};
  const ssize_t count = pread(descriptor, bytes.data(), bytes.size(), 0);
  std::string process;
  for (ssize_t i = 0; i < count && bytes[i] >= '0' && bytes[i] <= '9'; ++i) process += bytes[i];
  if (process == std::to_string(getpid())) {
    return makeError(ErrorCode::kBusy, session.string() + " is open in this program: close it first");
  }
  // The holder may have locked the file and not yet written its number.
  const std::string who = process.empty() ? "" : " (process " + process + ")";
  return makeError(ErrorCode::kBusy, session.string() + " is in use by another Tidemark" + who +
                                         ": close it there first or use another session");
}

/// Whether `path` still names the file that `descriptor` is: the last holder may have removed it in between.
bool isStill(const std::filesystem::path& path, int descriptor) {
  struct stat named {};
  struct stat opened {};
  return stat(path.c_str(), &named) == 0 && fstat(descriptor, &opened) == 0 && named.st_dev == opened.st_dev &&
         named.st_ino == opened.st_ino;
}

}  // namespace

Result<SessionLock> SessionLock::acquire(const std::filesystem::path& session) {
  const std::filesystem::path path = lockPath(session);
  while (true) {
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (descriptor < 0) return lockError(session, "its lock file cannot be made", errno);
    SessionLock lock(path, descriptor);
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
      const int number = errno;
      if (number == EINTR) {
        lock.m_descriptor = -1;
        ::close(descriptor);
        continue;
      }
      Error error = number == EWOULDBLOCK ? busyError(session, descriptor)
                                          : lockError(session, "its lock file cannot be locked", number);
      lock.m_descriptor = -1;  // not ours: must not be removed
      ::close(descriptor);
      return error;
    }
    if (!isStill(path, descriptor)) {
      lock.m_descriptor = -1;  // another writer may own the path by now
      ::close(descriptor);
      continue;
    }
    // The number only makes the message of others better: a full disk must not keep anybody from opening.
    const std::string process = std::to_string(getpid()) + "\n";
    if (ftruncate(descriptor, 0) == 0) {
      [[maybe_unused]] const ssize_t written = pwrite(descriptor, process.data(), process.size(), 0);
    }
    return lock;
  }
}

SessionLock::SessionLock(SessionLock&& other) noexcept
    : m_path(std::move(other.m_path)), m_descriptor(std::exchange(other.m_descriptor, -1)) {}

SessionLock& SessionLock::operator=(SessionLock&& other) noexcept {
  if (this == &other) return *this;
  release();
  m_path = std::move(other.m_path);
  m_descriptor = std::exchange(other.m_descriptor, -1);
  return *this;
}

SessionLock::~SessionLock() {
  release();
}

void SessionLock::release() noexcept {
  if (m_descriptor < 0) return;
  // Removed before it is unlocked: nobody can lock the old file and believe to hold the session.
  ::unlink(m_path.c_str());
  ::close(m_descriptor);
  m_descriptor = -1;
}

}  // namespace tidemark
