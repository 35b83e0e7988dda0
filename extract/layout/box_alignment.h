#pragma once
// Which boxes belong to which line. The library gives both in the same order, and never says which goes with which.

#include <cstddef>
#include <vector>

#include "extract/layout/page_geometry.h"

namespace tidemark {

struct LineExtent {
  double width = 0;      // expected, for type of 1 point
  double inkHeight = 0;  // expected, for type of 1 point
  double inkAscent = 0;  // the part of it above the line that letters stand on
};

struct BoxRange {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// One range for each line, ascending, all boxes covered; empty: they do not go together.
[[nodiscard]] std::vector<BoxRange> alignBoxes(const std::vector<LineExtent>& lines, const std::vector<TextBox>& boxes);

}  // namespace tidemark
