#include "engine/document/page_map.h"

#include <algorithm>
#include <charconv>

#include "engine/base/check.h"

namespace tidemark {
namespace {

char lowered(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Labels are mostly digits and roman numbers: ASCII is enough.
bool equalIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lowered(x) == lowered(y); });
}

}  // namespace

PageMap::PageMap(ByteRange bytes, std::vector<PageStart> starts) : m_bytes(bytes), m_starts(std::move(starts)) {
  const auto ascending = [](const PageStart& a, const PageStart& b) { return a.byte < b.byte; };
  TM_CHECK(m_starts.empty() || m_starts.front().byte == bytes.begin, std::to_string(bytes.begin));
  TM_CHECK(std::is_sorted(m_starts.begin(), m_starts.end(), ascending), std::to_string(m_starts.size()));
  TM_CHECK(m_starts.empty() || m_starts.back().byte <= bytes.end, std::to_string(bytes.end));
}

std::int64_t PageMap::pageCount() const {
  return static_cast<std::int64_t>(m_starts.size());
}

std::optional<std::int64_t> PageMap::pageAt(std::uint64_t byte) const {
  if (m_starts.empty() || byte < m_bytes.begin || byte >= m_bytes.end) return std::nullopt;
  const auto behind = std::upper_bound(m_starts.begin(), m_starts.end(), byte,
                                       [](std::uint64_t value, const PageStart& page) { return value < page.byte; });
  // Of several that start there, all but the last are empty.
  return behind - m_starts.begin() - 1;
}

ByteRange PageMap::bytesOf(std::int64_t page) const {
  TM_CHECK(page >= 0 && page < pageCount(), std::to_string(page));
  const auto index = static_cast<std::size_t>(page);
  return {m_starts[index].byte, index + 1 < m_starts.size() ? m_starts[index + 1].byte : m_bytes.end};
}

const std::string& PageMap::labelOf(std::int64_t page) const {
  TM_CHECK(page >= 0 && page < pageCount(), std::to_string(page));
  return m_starts[static_cast<std::size_t>(page)].label;
}

std::string PageMap::nameOf(std::int64_t page) const {
  const std::string& label = labelOf(page);
  return label.empty() ? std::to_string(page + 1) : label;
}

std::optional<std::int64_t> PageMap::find(std::string_view name) const {
  if (name.empty()) return std::nullopt;
  for (const bool exactly : {true, false}) {
    const auto found = std::find_if(m_starts.begin(), m_starts.end(), [&](const PageStart& page) {
      return exactly ? page.label == name : equalIgnoringCase(page.label, name);
    });
    if (found != m_starts.end()) return found - m_starts.begin();
  }
  std::int64_t number = 0;
  const auto parsed = std::from_chars(name.data(), name.data() + name.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr != name.data() + name.size()) return std::nullopt;
  if (number < 1 || number > pageCount()) return std::nullopt;
  return number - 1;
}

}  // namespace tidemark
