#pragma once
// Where the text of a line is to be cut so that its parts stand in the stretches that wide gaps leave.

#include "extract/layout/text_lines.h"

namespace tidemark {

/// `line`: with text, box and size. Empty: there is no gap, or no cut fits the widths.
[[nodiscard]] std::vector<LineCell> splitCells(const TextLine& line, const TextBox* begin, const TextBox* end);

}  // namespace tidemark
