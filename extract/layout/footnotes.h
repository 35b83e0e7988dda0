#pragma once
// Footnotes: small text at the foot of a page or column that begins with a mark, and the paragraph with that mark.

#include <vector>

#include "extract/layout/paragraphs.h"

namespace tidemark {

struct Footnote {
  std::size_t paragraph = 0;  // that it belongs to
  Paragraph note;
};

/// Takes footnotes out of `paragraphs` where it is certain which paragraph they belong to; in reading order. Others
/// stay where they are.
[[nodiscard]] std::vector<Footnote> takeFootnotes(std::vector<Paragraph>& paragraphs, double bodySize);

}  // namespace tidemark
