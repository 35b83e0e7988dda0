#pragma once
// Lines to paragraphs.

#include <string>
#include <vector>

#include "extract/layout/text_lines.h"
#include "extract/layout/word_memory.h"

namespace tidemark {

/// Lines of a paragraph are joined with a space, halves of a divided word with nothing or their hyphen. A line end
/// that the width of the column did not ask for (verse, code, addresses, items of lists) stays "\n"; rows of a table
/// are lines with their cells apart by tabs.
struct Paragraph {
  std::string text;           // never empty, no line end at its end
  double size = 0;            // of its first line's type
  bool divided = false;       // ends within a word; the hyphen is not part of the text
  bool lastLineFull = false;  // its last line goes to the end of the column
  bool indented = false;      // its first line stands further in than the column
  bool endsColumn = false;    // what follows stands higher on the page
  bool table = false;
  bool raisedFirst = false;         // begins with a small raised mark
  std::vector<std::string> marked;  // lines with something raised in them, or with a symbol that marks footnotes
};

[[nodiscard]] std::vector<Paragraph> paragraphsOf(const std::vector<TextLine>& lines, const WordMemory& words);

/// The size of most of the text; 0: no line has a place.
[[nodiscard]] double bodySize(const std::vector<TextLine>& lines);

/// Whether a paragraph that ends a column, or page, goes on in the first one of the next.
[[nodiscard]] bool goesOn(const Paragraph& last, const Paragraph& next);

}  // namespace tidemark
