#include "engine/document/regular_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace tidemark {

namespace {

Error cannotRead(ErrorCode code, const std::filesystem::path& path, const std::string& reason) {
  return makeError(code, "cannot read '" + path.string() + "': " + reason);
}

Error systemError(const std::filesystem::path& path, int number) {
  if (number == ENOENT || number == ENOTDIR) {
    return cannotRead(ErrorCode::kNotFound, path, "there is no such file; check the name");
  }
  if (number == EACCES || number == EPERM) {
    return cannotRead(ErrorCode::kIo, path, "permission denied; allow reading it (chmod u+r) or copy it");
  }
  return cannotRead(ErrorCode::kIo, path, std::generic_category().message(number));
}

/// What a path names if it is no regular file.
Status checkKind(const std::filesystem::path& path, mode_t mode) {
  if (S_ISREG(mode)) return {};
  const std::string kind = S_ISDIR(mode)    ? "a directory"
                           : S_ISFIFO(mode) ? "a named pipe (FIFO)"
                           : S_ISSOCK(mode) ? "a socket"
                                            : "a device";
  return cannotRead(ErrorCode::kInvalidArgument, path, "it is " + kind + "; give a text file");
}

}  // namespace

RegularFile::RegularFile(int descriptor, std::filesystem::path path)
    : m_descriptor(descriptor), m_path(std::move(path)) {}

RegularFile::RegularFile(RegularFile&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1)), m_path(std::move(other.m_path)) {}

RegularFile& RegularFile::operator=(RegularFile&& other) noexcept {
  std::swap(m_descriptor, other.m_descriptor);
  std::swap(m_path, other.m_path);
  return *this;
}

RegularFile::~RegularFile() {
  if (m_descriptor >= 0) ::close(m_descriptor);
}

Result<RegularFile> RegularFile::open(const std::filesystem::path& path) {
  // Looked at before it is opened, because opening a device can already do something; and again afterwards, because the
  // name may stand for another file by then.
  struct stat info = {};
  if (::stat(path.c_str(), &info) != 0) return systemError(path, errno);
  if (Status status = checkKind(path, info.st_mode); !status) return status.error();
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (descriptor < 0) return systemError(path, errno);
  RegularFile file(descriptor, path);
  if (::fstat(descriptor, &info) != 0) return systemError(path, errno);
  if (Status status = checkKind(path, info.st_mode); !status) return status.error();
  return file;
}

Status RegularFile::skipTo(std::uint64_t offset) {
  if (::lseek(m_descriptor, static_cast<off_t>(offset), SEEK_SET) < 0) return systemError(m_path, errno);
  return {};
}

Result<std::size_t> RegularFile::read(std::span<char> buffer) {
  std::size_t filled = 0;
  while (filled < buffer.size()) {
    const ssize_t count = ::read(m_descriptor, buffer.data() + filled, buffer.size() - filled);
    if (count == 0) break;
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return systemError(m_path, errno);
    filled += static_cast<std::size_t>(count);
  }
  return filled;
}

}  // namespace tidemark
