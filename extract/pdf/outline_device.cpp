#include "extract/pdf/outline_device.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <string_view>

namespace tidemark {
namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20;
constexpr std::size_t kLookBack = 2048;     // longest dictionary of a stream that is looked through
constexpr std::int64_t kLeastStream = 200;  // bytes worth leaving out
constexpr std::size_t kMostStreams = 1'000'000;
constexpr std::string_view kWord = "stream";

/// What stands before "stream" says that the stream holds objects, or where objects are.
bool holdsObjects(std::string_view before) {
  const std::size_t object = before.rfind(" obj");
  if (object == std::string_view::npos) return true;  // not to be told: leave it alone
  const std::string_view dictionary = before.substr(object);
  return dictionary.find("ObjStm") != std::string_view::npos || dictionary.find("XRef") != std::string_view::npos ||
         dictionary.find('#') != std::string_view::npos;  // names may be written in another way
}

}  // namespace

OutlineDevice::OutlineDevice(int descriptor) : m_descriptor(descriptor) {
  struct stat information {};
  if (::fstat(descriptor, &information) == 0) m_size = information.st_size;
  findStreams();
  (void)open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

void OutlineDevice::findStreams() {
  std::vector<char> buffer(kLookBack + kChunk);
  std::size_t kept = 0;     // bytes at the front of the buffer that were looked at already
  std::int64_t at = 0;      // of the file, behind the buffer's bytes
  std::int64_t begin = -1;  // of the stream that is being gone through
  while (m_blank.size() < kMostStreams) {
    const ssize_t got = ::pread(m_descriptor, buffer.data() + kept, kChunk, at);
    if (got <= 0) return;
    at += got;
    const std::string_view bytes(buffer.data(), kept + static_cast<std::size_t>(got));
    const std::int64_t origin = at - static_cast<std::int64_t>(bytes.size());
    // A word that the last chunk cut in two is found now; one that it had whole is not found again.
    std::size_t from = kept < kWord.size() - 1 ? 0 : kept - (kWord.size() - 1);
    for (from = bytes.find(kWord, from); from != std::string_view::npos; from = bytes.find(kWord, from + 1)) {
      const bool isEnd = from >= 3 && bytes.substr(from - 3, 3) == "end";
      const std::size_t lookBack = std::min(from, kLookBack);
      if (isEnd && begin >= 0) {
        const std::int64_t end = origin + static_cast<std::int64_t>(from) - 3;
        if (end - begin >= kLeastStream) m_blank.push_back({begin, end});
        begin = -1;
      } else if (!isEnd && begin < 0 && !holdsObjects(bytes.substr(from - lookBack, lookBack))) {
        begin = origin + static_cast<std::int64_t>(from + kWord.size()) + 2;  // the line end may be two bytes
      }
    }
    kept = std::min(kLookBack, bytes.size());
    std::memmove(buffer.data(), bytes.data() + bytes.size() - kept, kept);
  }
}

qint64 OutlineDevice::readData(char* data, qint64 most) {
  const std::int64_t begin = pos();
  const ssize_t got = ::pread(m_descriptor, data, static_cast<std::size_t>(std::max<qint64>(most, 0)), begin);
  if (got <= 0) return got < 0 ? -1 : 0;
  const std::int64_t end = begin + got;
  const auto after = [](const Range& range, std::int64_t place) { return range.end <= place; };
  for (auto range = std::lower_bound(m_blank.begin(), m_blank.end(), begin, after);
       range != m_blank.end() && range->begin < end; ++range) {
    const std::int64_t first = std::max(range->begin, begin);
    std::memset(data + (first - begin), 0, static_cast<std::size_t>(std::min(range->end, end) - first));
  }
  return got;
}

}  // namespace tidemark
