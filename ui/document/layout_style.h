#pragma once
// What the geometry of the text depends on: fonts, line heights, the width of the column.

#include <QFont>
#include <QtGlobal>
#include <string>
#include <vector>

namespace tidemark::ui {

struct LayoutStyle {
  QFont font;
  QFont headingFont;
  QFont captionFont;
  qreal columnWidth = 0;  // pixels, as all lengths here
  qreal lineHeight = 0;
  qreal headingLineHeight = 0;
  qreal headingSpace = 0;    // under a heading
  qreal boundaryHeight = 0;  // what the line between two segments takes, with its caption
  qreal tabWidth = 0;
  qreal characterWidth = 0;  // of running text, on average
  qreal topMargin = 0;       // above the first and below the last paragraph
  friend bool operator==(const LayoutStyle&, const LayoutStyle&) = default;
};

/// Where the text column is in a viewport.
struct TextColumn {
  int left = 0;
  int width = 0;
};

/// `font` sets the text; sizes follow it, the caption follows `interfaceFont`.
[[nodiscard]] LayoutStyle makeLayoutStyle(const QFont& font, const QFont& interfaceFont);

/// Width of the widest of `lines` (UTF-8) in `font`.
[[nodiscard]] qreal widestOf(const std::vector<std::string>& lines, const QFont& font);

/// Of the lines of a text that was wrapped by hand, in pixels; 0: it fills whatever column it gets.
struct NaturalWidths {
  qreal widest = 0;
  qreal usual = 0;  // what the block looks as wide as
};

/// Wide enough for lines of 72 characters and no wider, with a margin on both sides that leaves room for bookmarks and
/// the numbers of segments. The column is no wider than the widest line, and what is centred is the block as it looks.
[[nodiscard]] TextColumn placeColumn(int viewportWidth, qreal characterWidth, const NaturalWidths& natural = {});

}  // namespace tidemark::ui
