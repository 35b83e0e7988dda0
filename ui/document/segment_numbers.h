#pragma once
// The numbers of segments in the margin, beside the lines they start in. Pure geometry. GUI thread.

#include <QLocale>
#include <QRectF>
#include <QString>
#include <cstdint>
#include <span>
#include <vector>

#include "ui/document/document_layout.h"
#include "ui/document/layout_style.h"

namespace tidemark::ui {

struct SegmentNumber {
  std::int64_t segment = 0;
  QString text;  // empty: only the hairline, as numbers stand too close or there is no room
  QRectF box;    // of the text, in the viewport
  QRectF hairline;
  friend bool operator==(const SegmentNumber&, const SegmentNumber&) = default;
};

/// Every how manieth segment is numbered if one takes so many lines on average: 1, 2, 5, 10, ...
[[nodiscard]] std::int64_t segmentNumberStep(double linesPerSegment);

/// For the segments that start in the viewport and have no caption of their own, from top to bottom, one per line.
/// `taken` are boxes in the margin that numbers keep clear of.
[[nodiscard]] std::vector<SegmentNumber> placeSegmentNumbers(const DocumentLayout& layout, const TextColumn& column,
                                                             std::int64_t step, std::span<const QRectF> taken,
                                                             const QLocale& locale);

}  // namespace tidemark::ui
