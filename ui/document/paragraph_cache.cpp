#include "ui/document/paragraph_cache.h"

namespace tidemark::ui {
namespace {

// A layout takes about 40 bytes per byte of text: 20 MB in all. The least number is more than a screen of long ones.
constexpr std::size_t kMostEntries = 768;
constexpr std::size_t kMostBytes = 512 * 1024;
constexpr std::size_t kLeastEntries = 16;

std::size_t byteCount(const ParagraphLayout& layout) {
  return layout.bytes().end - layout.bytes().begin;
}

}  // namespace

std::shared_ptr<ParagraphLayout> ParagraphCache::find(std::size_t index) {
  const auto found = m_byIndex.find(index);
  if (found == m_byIndex.end()) return nullptr;
  m_entries.splice(m_entries.begin(), m_entries, found->second);
  return found->second->layout;
}

void ParagraphCache::insert(std::size_t index, std::shared_ptr<ParagraphLayout> layout) {
  m_bytes += byteCount(*layout);
  m_entries.push_front({index, std::move(layout)});
  m_byIndex[index] = m_entries.begin();
  while (m_entries.size() > kMostEntries || (m_bytes > kMostBytes && m_entries.size() > kLeastEntries)) {
    m_bytes -= byteCount(*m_entries.back().layout);
    m_byIndex.erase(m_entries.back().index);
    m_entries.pop_back();
  }
}

void ParagraphCache::clear() {
  m_entries.clear();
  m_byIndex.clear();
  m_bytes = 0;
}

}  // namespace tidemark::ui
