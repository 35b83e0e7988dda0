#pragma once
// The bookmarks of a PDF.

#include <string>
#include <vector>

#include "engine/base/result.h"

namespace tidemark {

struct OutlineEntry {
  int page = 0;
  int level = 1;  // 1 .. 9
  std::string title;
};

/// In the order of the pages, and of the file within a page. Empty: it has none, or none that can be read. Errors:
/// kCorrupt (they lead in circles; nothing of QtPdf may be used then).
[[nodiscard]] Result<std::vector<OutlineEntry>> readOutline(int descriptor, int pageCount, const std::string& name);

}  // namespace tidemark
