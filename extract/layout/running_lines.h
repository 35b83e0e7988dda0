#pragma once
// Running headers, footers and page numbers: lines that stand at the same place on pages near each other and repeat,
// or differ only in numbers that count the pages.

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "extract/layout/text_lines.h"

namespace tidemark {

/// One of the outermost lines of a page.
struct EdgeLine {
  std::size_t line = 0;  // index
  double distance = 0;   // from the upper edge of the page, or the lower one
  std::string words;     // small letters, "#" for each number
  std::vector<std::int64_t> numbers;
  bool numberFirst = false;  // the line begins with a number: perhaps the page's
  bool numberLast = false;
};

struct PageEdges {
  std::vector<EdgeLine> top;  // from the outside in
  std::vector<EdgeLine> bottom;
};

[[nodiscard]] PageEdges edgesOf(const std::vector<TextLine>& lines, double pageHeight);

/// Pages before and after that a page is compared with.
inline constexpr std::size_t kRunningLineReach = 6;

/// For each line of page `middle` whether it is a running line; `window`: consecutive pages.
[[nodiscard]] std::vector<bool> runningLines(const std::deque<PageEdges>& window, std::size_t middle,
                                             std::size_t lines);

}  // namespace tidemark
