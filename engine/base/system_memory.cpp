#include "engine/base/system_memory.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>

namespace tidemark {
namespace {

std::uint64_t availableFromSystem() {
  std::ifstream file("/proc/meminfo");
  std::string key;
  std::uint64_t kibibytes = 0;
  std::string unit;
  while (file >> key >> kibibytes) {
    std::getline(file, unit);
    if (key == "MemAvailable:") return kibibytes * 1024;
  }
  return UINT64_MAX;
}

std::uint64_t readNumber(const char* path) {
  std::ifstream file(path);
  std::uint64_t value = 0;
  return file >> value ? value : UINT64_MAX;  // "max" does not parse: no limit
}

std::uint64_t cachedInControlGroup() {
  std::ifstream file("/sys/fs/cgroup/memory.stat");
  std::string key;
  std::uint64_t value = 0;
  std::uint64_t cached = 0;
  while (file >> key >> value) {
    if (key == "active_file" || key == "inactive_file") cached += value;
  }
  return cached;
}

std::uint64_t availableInControlGroup() {
  const std::uint64_t limit = readNumber("/sys/fs/cgroup/memory.max");
  const std::uint64_t used = readNumber("/sys/fs/cgroup/memory.current");
  if (limit == UINT64_MAX || used == UINT64_MAX) return UINT64_MAX;
  // Cached files count as used and are given back when memory is needed.
  const std::uint64_t needed = used - std::min(used, cachedInControlGroup());
  return limit > needed ? limit - needed : 0;
}

/// What `ulimit -v` leaves: the kernel refuses to map more.
std::uint64_t availableInAddressSpace() {
  rlimit limit{};
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return UINT64_MAX;
  const std::uint64_t pages = readNumber("/proc/self/statm");
  if (pages == UINT64_MAX) return UINT64_MAX;
  const std::uint64_t used = pages * static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  return limit.rlim_cur > used ? limit.rlim_cur - used : 0;
}

}  // namespace

std::uint64_t availableMemoryBytes() {
  return std::min({availableFromSystem(), availableInControlGroup(), availableInAddressSpace()});
}

std::uint64_t peakResidentBytes() {
  rusage usage{};
  if (getrusage(RUSAGE_SELF, &usage) != 0) return 0;
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

std::string formatBytes(std::uint64_t bytes) {
  constexpr std::array<const char*, 5> kUnits = {"B", "KiB", "MiB", "GiB", "TiB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (value >= 1024 && unit + 1 < kUnits.size()) {
    value /= 1024;
    ++unit;
  }
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), unit == 0 ? "%.0f %s" : "%.2f %s", value, kUnits[unit]);
  return text.data();
}

Status requireMemory(std::uint64_t needed, const std::string& purpose) {
  const std::uint64_t free = availableMemoryBytes();
  if (needed <= free) return {};
  return makeError(ErrorCode::kOutOfMemory, purpose + " needs " + formatBytes(needed) + " of memory and " +
                                                formatBytes(free) +
                                                " are free; close other programs or choose a smaller model");
}

}  // namespace tidemark
