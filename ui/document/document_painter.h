#pragma once
// Paints the visible part of a document. GUI thread.

#include <QPainter>
#include <functional>

#include "ui/document/document_layout.h"
#include "ui/document/layout_style.h"
#include "ui/document/segment_numbers.h"
#include "ui/document/view_marks.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {

class DocumentPainter {
 public:
  /// Caption of the line between two segments, "segment 41 · page 17".
  using Caption = std::function<QString(const SegmentBoundary&)>;

  DocumentPainter(const DocumentLayout& layout, const DocumentMarks& marks, const ThemeColors& colors,
                  TextColumn column);

  void paint(QPainter& painter, const QRect& clip, const Caption& caption) const;
  /// `step`: every how manieth segment is numbered.
  [[nodiscard]] std::vector<SegmentNumber> segmentNumbers(std::int64_t step, const QLocale& locale) const;
  void paintNumbers(QPainter& painter, std::span<const SegmentNumber> numbers) const;
  /// Where the mark of a bookmark at `byte` is; empty if it is not visible.
  [[nodiscard]] QRectF bookmarkRect(std::uint64_t byte) const;

 private:
  void paintMarks(QPainter& painter, const VisibleParagraph& paragraph) const;
  void paintMatches(QPainter& painter, const VisibleParagraph& paragraph) const;
  void paintRange(QPainter& painter, const VisibleParagraph& paragraph, ByteRange range, const QColor& fill,
                  const QColor& edge, qreal radius) const;
  void paintBoundaries(QPainter& painter, const VisibleParagraph& paragraph, const Caption& caption) const;
  void paintTick(QPainter& painter, const VisibleParagraph& paragraph, const SegmentBoundary& boundary) const;
  void paintBookmarks(QPainter& painter) const;

  const DocumentLayout& m_layout;
  const DocumentMarks& m_marks;
  const ThemeColors& m_colors;
  TextColumn m_column;
};

}  // namespace tidemark::ui
