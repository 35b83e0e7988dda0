#pragma once
// The bookmarks of a PDF.

#include <string>
#include <vector>

namespace tidemark {

struct OutlineEntry {
  int page = 0;
  int level = 1;  // 1 .. 9
  std::string title;
};

/// In the order of the pages, and of the file within a page. Empty: it has none, or none that can be read.
[[nodiscard]] std::vector<OutlineEntry> readOutline(int descriptor, int pageCount);

}  // namespace tidemark
