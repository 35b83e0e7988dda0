#include "ui/document/layout_style.h"

#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

// Files that were wrapped at 72 columns keep their lines: some have many wide letters, hence more than 72 average ones.
constexpr qreal kColumnCharacters = 84;
constexpr qreal kHeadingScale = 1.12;
constexpr qreal kLineSpacing = 1.56;  // of the font's own height

}  // namespace

LayoutStyle makeLayoutStyle(const QFont& font, const QFont& interfaceFont) {
  LayoutStyle style;
  style.font = font;
  style.headingFont = font;
  style.headingFont.setPointSizeF(font.pointSizeF() * kHeadingScale);
  style.headingFont.setBold(true);
  style.captionFont = interfaceFont;
  style.captionFont.setPointSizeF(interfaceFont.pointSizeF() * 0.85);
  const QFontMetricsF metrics(font);
  const QString sample = QStringLiteral("the quick brown fox jumps over a lazy dog, and so on. ");
  style.characterWidth = metrics.horizontalAdvance(sample) / static_cast<qreal>(sample.size());
  style.lineHeight = std::round(metrics.height() * kLineSpacing);
  style.headingLineHeight = std::round(style.lineHeight * kHeadingScale);
  style.headingSpace = std::round(style.lineHeight * 0.2);
  style.boundaryHeight = std::round(QFontMetricsF(style.captionFont).height() + style.lineHeight * 0.9);
  style.tabWidth = metrics.horizontalAdvance(QLatin1Char(' ')) * 8;
  style.topMargin = std::round(style.lineHeight * 0.9);
  return style;
}

TextColumn placeColumn(int viewportWidth, qreal characterWidth) {
  const int margin = std::min(static_cast<int>(characterWidth * 5), viewportWidth / 8);
  const int widest = static_cast<int>(std::ceil(characterWidth * kColumnCharacters));
  TextColumn column;
  column.width = std::max(1, std::min(widest, viewportWidth - 2 * margin));
  column.left = (viewportWidth - column.width) / 2;
  return column;
}

}  // namespace tidemark::ui
