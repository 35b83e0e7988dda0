#include "ui/document/segment_list.h"

#include <algorithm>

namespace tidemark::ui {
namespace {

constexpr std::uint64_t kLongestLeadIn = 64;
constexpr double kLeastBytesForRoom = 1500;  // some twenty lines

bool isBlank(unsigned char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\f';
}

std::uint64_t skipWhiteSpace(std::uint64_t byte, const DocumentText& text) {
  const std::uint64_t limit = std::min(byte + kLongestLeadIn, text.byteCount());
  for (std::uint64_t at = byte; at < limit; ++at) {
    if (!isBlank(text.byteAt(at))) return at;
  }
  return byte;
}

bool opensParagraph(std::uint64_t byte, ByteRange paragraph, const DocumentText& text) {
  for (std::uint64_t at = paragraph.begin; at < byte; ++at) {
    if (!isBlank(text.byteAt(at))) return false;
  }
  const std::uint64_t begin = paragraph.begin;
  if (begin == 0) return true;
  if (text.byteAt(begin - 1) != '\n') return false;  // a part of a long line
  // Lines that were wrapped by hand are paragraphs here; those of the author end with a blank line.
  return !text.isWrappedByHand() || begin < 2 || isBlank(text.byteAt(begin - 2));
}

}  // namespace

void SegmentList::set(std::shared_ptr<const std::vector<ByteRange>> segments, std::int64_t firstSegment) {
  m_shared = segments ? std::move(segments) : std::make_shared<const std::vector<ByteRange>>();
  m_own.clear();
  m_first = firstSegment;
}

void SegmentList::append(std::span<const ByteRange> more) {
  m_own.insert(m_own.end(), more.begin(), more.end());
}

void SegmentList::clear() {
  set(nullptr, 0);
}

const ByteRange& SegmentList::at(std::size_t index) const {
  return index < m_shared->size() ? (*m_shared)[index] : m_own[index - m_shared->size()];
}

std::size_t SegmentList::countBefore(std::uint64_t byte) const {
  std::size_t low = 0;
  std::size_t high = size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (at(middle).begin < byte) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

std::optional<std::int64_t> SegmentList::segmentAt(std::uint64_t byte) const {
  const std::size_t count = countBefore(byte + 1);
  if (count == 0 || byte >= at(count - 1).end) return std::nullopt;
  return m_first + static_cast<std::int64_t>(count - 1);
}

std::optional<ByteRange> SegmentList::bytesOf(std::int64_t segment) const {
  if (segment < m_first || segment - m_first >= static_cast<std::int64_t>(size())) return std::nullopt;
  return at(static_cast<std::size_t>(segment - m_first));
}

std::vector<SegmentBoundary> SegmentList::boundariesIn(ByteRange paragraph, const DocumentText& text) const {
  std::vector<SegmentBoundary> boundaries;
  if (!m_shown) return boundaries;
  const std::uint64_t earliest = paragraph.begin > kLongestLeadIn ? paragraph.begin - kLongestLeadIn : 0;
  for (std::size_t i = std::max<std::size_t>(countBefore(earliest), 1); i < size(); ++i) {
    if (at(i).begin >= paragraph.end) break;
    const std::uint64_t byte = skipWhiteSpace(at(i).begin, text);
    if (byte < paragraph.begin || byte >= paragraph.end) continue;
    boundaries.push_back({m_first + static_cast<std::int64_t>(i), byte, opensParagraph(byte, paragraph, text)});
  }
  return boundaries;
}

bool SegmentList::haveRoom() const {
  return meanBytes() >= kLeastBytesForRoom;
}

double SegmentList::meanBytes() const {
  if (size() == 0) return 0;
  return static_cast<double>(at(size() - 1).end - at(0).begin) / static_cast<double>(size());
}

}  // namespace tidemark::ui
