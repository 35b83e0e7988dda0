#include "extract/markup/input_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "engine/base/system_memory.h"

namespace tidemark {

Result<std::uint64_t> sizeOfInput(int descriptor) {
  struct stat about {};
  if (::fstat(descriptor, &about) != 0) {
    return makeError(ErrorCode::kIo, std::string("it cannot be read: ") + std::strerror(errno));
  }
  if (!S_ISREG(about.st_mode)) return makeError(ErrorCode::kInvalidArgument, "it is no regular file");
  return static_cast<std::uint64_t>(about.st_size);
}

Result<std::string> readInput(int descriptor, std::uint64_t mostBytes) {
  const Result<std::uint64_t> size = sizeOfInput(descriptor);
  if (!size) return size.error();
  if (*size > mostBytes) {
    return makeError(ErrorCode::kInvalidArgument, "it has " + formatBytes(*size) + "; at most " +
                                                      formatBytes(mostBytes) + " of markup are read; split the file");
  }
  std::string bytes(*size, '\0');
  std::size_t at = 0;
  while (at < bytes.size()) {
    const ssize_t count = ::pread(descriptor, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return makeError(ErrorCode::kIo, std::string("it cannot be read: ") + std::strerror(errno));
    if (count == 0) break;
    at += static_cast<std::size_t>(count);
  }
  bytes.resize(at);
  return bytes;
}

}  // namespace tidemark
