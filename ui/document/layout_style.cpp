#include "ui/document/layout_style.h"

#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

// Files that were wrapped at 72 columns keep their lines: some have many wide letters, hence more than 72 average ones.
constexpr qreal kColumnCharacters = 84;
constexpr qreal kLeastCharacters = 32;  // of the column of a text with short lines
constexpr qreal kMarginCharacters = 6.5;
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

qreal widestOf(const std::vector<std::string>& lines, const QFont& font) {
  const QFontMetricsF metrics(font);
  qreal widest = 0;
  for (const std::string& line : lines) {
    const QString text = QString::fromStdString(line).replace(QLatin1Char('\t'), QStringLiteral("        "));
    widest = std::max(widest, metrics.horizontalAdvance(text));
  }
  return widest;
}

TextColumn placeColumn(int viewportWidth, qreal characterWidth, const NaturalWidths& natural) {
  const int margin = std::min(static_cast<int>(characterWidth * kMarginCharacters), viewportWidth / 8);
  const qreal most = characterWidth * kColumnCharacters;
  const qreal least = characterWidth * kLeastCharacters;
  // A little more than the widest line: shaping rounds, and what was not looked at may be a trifle wider.
  const qreal wanted = natural.widest > 0 ? std::clamp(natural.widest + characterWidth, least, most) : most;
  TextColumn column;
  column.width = std::max(1, std::min(static_cast<int>(std::ceil(wanted)), viewportWidth - 2 * margin));
  column.left = (viewportWidth - column.width) / 2;
  if (natural.usual > 0) {
    const int centred = (viewportWidth - static_cast<int>(std::max(natural.usual, least))) / 2;
    column.left = std::max(column.left, std::min(centred, viewportWidth - margin - column.width));
  }
  return column;
}

}  // namespace tidemark::ui
