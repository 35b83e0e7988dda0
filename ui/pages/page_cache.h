#pragma once
// Pictures of pages that were drawn, at most so many bytes of them: those used longest ago go first. GUI thread.

#include <cstddef>
#include <list>
#include <map>

#include "ui/pages/page_source.h"

namespace tidemark::ui {

class PageCache {
 public:
  explicit PageCache(std::size_t mostBytes) : m_mostBytes(mostBytes) {}

  /// Replaces the picture of the same page. The newest picture is kept whatever its size.
  void insert(const PagePicture& picture);
  /// The picture of a page, whatever it was asked for with; null if there is none. It counts as used.
  [[nodiscard]] const PagePicture* find(int page);
  void clear();
  [[nodiscard]] std::size_t bytes() const { return m_bytes; }

 private:
  void remove(std::list<PagePicture>::iterator picture);

  std::size_t m_mostBytes;
  std::size_t m_bytes = 0;
  std::list<PagePicture> m_pictures;  // used last in front
  std::map<int, std::list<PagePicture>::iterator> m_byPage;
};

}  // namespace tidemark::ui
