#pragma once
// Lines in the order in which people read them.

#include <vector>

#include "extract/layout/text_lines.h"

namespace tidemark {

/// Keeps the order of the file, except where that goes to and fro across the gutter of two columns: there the left
/// column comes first, down to the next line that goes across. Lines beside each other that the file has as separate
/// ones become cells of one.
[[nodiscard]] std::vector<TextLine> inReadingOrder(std::vector<TextLine> lines);

}  // namespace tidemark
