#pragma once
// The lines of a page, each with its place.

#include <cstddef>
#include <string>
#include <vector>

#include "extract/layout/page_geometry.h"

namespace tidemark {

/// A stretch of a line that stands apart from the one before: a cell of a table, or the line of another column.
struct LineCell {
  std::size_t begin = 0;  // byte of the line's text
  TextBox box;
};

struct TextLine {
  std::string text;             // UTF-8, no line ends, white space as single spaces, none at the ends
  TextBox box;                  // all zero: its place is not known
  std::vector<LineCell> cells;  // at least two, or none
  double size = 0;              // of the type, in points, estimated from the ink
  bool divided = false;         // its last word goes on in the next line; the hyphen is not part of the text
  double baseline = 0;          // where its letters stand, from the top of the page
  bool raised = false;          // something small stands high in it: the mark of a footnote, perhaps
  bool raisedFirst = false;     // and it is the first thing: the footnote itself

  [[nodiscard]] bool placed() const { return box.width > 0; }
  /// Text from the cell on to the next.
  [[nodiscard]] std::string_view cellText(std::size_t cell) const;
  [[nodiscard]] TextLine cellLine(std::size_t cell) const;
};

struct PageLines {
  std::vector<TextLine> lines;    // in the order of the file
  std::uint64_t meaningless = 0;  // characters left out (RawCharacters)
};

[[nodiscard]] PageLines linesOfPage(const RawPage& page);

/// The part of boxes that text with these characters would fill, for type of 1 point.
[[nodiscard]] double expectedWidth(std::string_view utf8);

}  // namespace tidemark
