#pragma once
// The paragraphs that were laid out last. GUI thread.

#include <cstddef>
#include <list>
#include <memory>
#include <unordered_map>

#include "ui/document/paragraph_layout.h"

namespace tidemark::ui {

class ParagraphCache {
 public:
  [[nodiscard]] std::shared_ptr<ParagraphLayout> find(std::size_t index);
  /// Forgets the paragraphs that were asked for longest ago, if there are too many or their text is too long.
  void insert(std::size_t index, std::shared_ptr<ParagraphLayout> layout);
  void clear();
  [[nodiscard]] std::size_t size() const { return m_entries.size(); }

  template <typename Function>
  void forEach(Function function) {
    for (Entry& entry : m_entries) function(*entry.layout);
  }

 private:
  struct Entry {
    std::size_t index = 0;
    std::shared_ptr<ParagraphLayout> layout;
  };

  std::list<Entry> m_entries;  // newest use first
  std::unordered_map<std::size_t, std::list<Entry>::iterator> m_byIndex;
  std::size_t m_bytes = 0;
};

}  // namespace tidemark::ui
