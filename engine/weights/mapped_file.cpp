#include "engine/weights/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <string>
#include <system_error>
#include <utility>

namespace tidemark {
namespace {

std::string describe(int error) {
  return std::generic_category().message(error);
}

/// Closes the descriptor on every way out; the mapping stays valid without it.
class Descriptor {
 public:
  explicit Descriptor(int fd) : m_fd(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (m_fd >= 0) ::close(m_fd);
  }
  [[nodiscard]] int get() const { return m_fd; }

 private:
  int m_fd;
};

void unmap(std::span<const std::byte> bytes) {
  if (!bytes.empty()) ::munmap(const_cast<std::byte*>(bytes.data()), bytes.size());
}

}  // namespace

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const std::string name = path.string();
  // O_NONBLOCK: opening a pipe must fail below instead of waiting for a writer.
  const Descriptor file(::open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) {
    const int error = errno;
    if (error == ENOENT || error == ENOTDIR) return makeError(ErrorCode::kNotFound, name + ": no such file");
    return makeError(ErrorCode::kIo, name + ": cannot be opened (" + describe(error) + ")");
  }
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) {
    return makeError(ErrorCode::kIo, name + ": cannot be examined (" + describe(errno) + ")");
  }
  if (S_ISDIR(status.st_mode)) return makeError(ErrorCode::kIo, name + ": is a directory, a file is needed");
  if (!S_ISREG(status.st_mode)) return makeError(ErrorCode::kIo, name + ": is not a regular file");
  if (status.st_size == 0) return makeError(ErrorCode::kIo, name + ": the file is empty; copy or download it again");
  if (static_cast<std::uint64_t>(status.st_size) > SIZE_MAX) {
    return makeError(ErrorCode::kIo, name + ": is too large to be mapped on this machine");
  }
  const auto size = static_cast<std::size_t>(status.st_size);
  void* address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (address == MAP_FAILED) {
    return makeError(ErrorCode::kIo,
                     name + ": " + std::to_string(size) + " bytes cannot be mapped (" + describe(errno) + ")");
  }
  MappedFile mapped;
  mapped.m_bytes = {static_cast<const std::byte*>(address), size};
  return mapped;
}

MappedFile::MappedFile(MappedFile&& other) noexcept : m_bytes(std::exchange(other.m_bytes, {})) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  if (this != &other) {
    unmap(m_bytes);
    m_bytes = std::exchange(other.m_bytes, {});
  }
  return *this;
}

MappedFile::~MappedFile() {
  unmap(m_bytes);
}

}  // namespace tidemark
