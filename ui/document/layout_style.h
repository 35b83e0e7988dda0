#pragma once
// What the geometry of the text depends on: fonts, line heights, the width of the column.

#include <QFont>
#include <QtGlobal>

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

/// Wide enough for lines of 72 characters and no wider, centred, with a margin on both sides that leaves room for
/// bookmarks.
[[nodiscard]] TextColumn placeColumn(int viewportWidth, qreal characterWidth);

}  // namespace tidemark::ui
