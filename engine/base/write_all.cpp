#include "engine/base/write_all.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace tidemark {

bool writeAll(int descriptor, std::string_view bytes) {
  constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;  // Linux takes less than 2 GiB
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), std::min(bytes.size(), kMostAtOnce));
    if (count < 0 && errno == EINTR) continue;
    if (count == 0) errno = EIO;  // a device that takes nothing would keep us here for ever
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace tidemark
