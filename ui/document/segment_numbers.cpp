#include "ui/document/segment_numbers.h"

#include <QFontMetricsF>
#include <algorithm>
#include <cmath>
#include <optional>

namespace tidemark::ui {
namespace {

constexpr double kLeastLinesBetween = 1.5;

/// Right of `right` there is no room any more; nothing if the text does not fit left of what is taken either.
std::optional<QRectF> freeBox(QSizeF size, qreal right, qreal middle, std::span<const QRectF> taken) {
  QRectF box(right - size.width(), std::round(middle - size.height() / 2), size.width(), size.height());
  for (const QRectF& other : taken) {
    if (box.intersects(other)) box.moveRight(std::floor(other.left()) - 4);
  }
  if (box.left() < 2) return std::nullopt;
  return box;
}

}  // namespace

std::int64_t segmentNumberStep(double linesPerSegment) {
  constexpr std::int64_t kMostSparse = 1'000'000;
  for (std::int64_t decade = 1; decade < kMostSparse; decade *= 10) {
    for (const std::int64_t step : {decade, 2 * decade, 5 * decade}) {
      if (static_cast<double>(step) * linesPerSegment >= kLeastLinesBetween) return step;
    }
  }
  return kMostSparse;
}

std::vector<SegmentNumber> placeSegmentNumbers(const DocumentLayout& layout, const TextColumn& column,
                                               std::int64_t step, std::span<const QRectF> taken,
                                               const QLocale& locale) {
  std::vector<SegmentNumber> numbers;
  const LayoutStyle& style = layout.style();
  const QFontMetricsF metrics(style.captionFont);
  const qreal length = std::round(style.characterWidth * 0.8);
  const qreal right = column.left - std::round(style.characterWidth * 0.7);
  qreal previousBottom = -1e9;
  for (const VisibleParagraph& paragraph : layout.visibleParagraphs()) {
    int numberedLine = -1;
    for (const SegmentBoundary& boundary : paragraph.layout->boundaries()) {
      if (paragraph.layout->hasRoomFor(boundary)) continue;
      const int line = paragraph.layout->lineOf(paragraph.layout->positionOf(boundary.byte));
      const qreal middle = paragraph.y + paragraph.layout->lineTop(line) + paragraph.layout->lineHeight() / 2;
      if (middle < -style.lineHeight || middle > layout.viewportHeight() + style.lineHeight) continue;
      const bool isNumbered = boundary.segment % step == 0;
      const bool isSameLine = line == numberedLine;
      if (isSameLine && (!isNumbered || !numbers.back().text.isEmpty())) continue;
      numberedLine = line;
      SegmentNumber number{boundary.segment, {}, {}, QRectF(right - length, std::round(middle), length, 1)};
      const QString text = locale.toString(static_cast<qlonglong>(boundary.segment));
      const QSizeF size(std::ceil(metrics.horizontalAdvance(text)), std::ceil(metrics.height()));
      const auto box = freeBox(size, number.hairline.left() - 5, middle, taken);
      if (isNumbered && box && box->top() >= previousBottom) {
        number.text = text;
        number.box = *box;
        previousBottom = box->bottom();
      }
      for (const QRectF& other : taken) {
        if (other.adjusted(0, 0, 2, 0).intersects(number.hairline)) number.hairline.setLeft(other.right() + 2);
      }
      if (isSameLine) numbers.pop_back();
      numbers.push_back(std::move(number));
    }
  }
  return numbers;
}

}  // namespace tidemark::ui
