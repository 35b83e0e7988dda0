#include "ui/document/document_painter.h"

#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace tidemark::ui {
namespace {

QColor withAlpha(QColor color, double alpha) {
  color.setAlphaF(static_cast<float>(alpha));
  return color;
}

}  // namespace

DocumentPainter::DocumentPainter(const DocumentLayout& layout, const DocumentMarks& marks, const ThemeColors& colors,
                                 TextColumn column)
    : m_layout(layout), m_marks(marks), m_colors(colors), m_column(column) {}

void DocumentPainter::paint(QPainter& painter, const QRect& clip, const Caption& caption) const {
  painter.fillRect(clip, m_colors.background);
  painter.setRenderHint(QPainter::Antialiasing);
  for (const VisibleParagraph& paragraph : m_layout.visibleParagraphs()) {
    const QPointF origin(m_column.left, paragraph.y);
    if (origin.y() > clip.bottom() || origin.y() + paragraph.layout->height() < clip.top()) continue;
    paintMarks(painter, paragraph);
    paintBoundaries(painter, paragraph, caption);
    painter.setPen(m_colors.text);
    paragraph.layout->layout().draw(&painter, origin, {}, clip);
  }
  paintBookmarks(painter);
  if (!m_marks.caret) return;
  if (const auto caret = m_layout.caretRect(*m_marks.caret)) {
    painter.fillRect(QRectF(m_column.left + caret->left() - 0.75, caret->top(), 1.5, caret->height()), m_colors.accent);
  }
}

void DocumentPainter::paintMarks(QPainter& painter, const VisibleParagraph& paragraph) const {
  if (m_marks.ghost) {
    paintRange(painter, paragraph, *m_marks.ghost, withAlpha(m_colors.text, m_colors.dark ? 0.10 : 0.07), {}, 4);
  }
  for (const EvidenceMark& mark : m_marks.evidence) {
    const double share = std::clamp(static_cast<double>(mark.share), 0.0, 1.0);
    paintRange(painter, paragraph, mark.bytes, withAlpha(m_colors.evidence, 0.14 + 0.18 * share),
               withAlpha(m_colors.evidence, 0.30 + 0.4 * share), 4);
  }
  paintMatches(painter, paragraph);
  if (m_marks.target) {
    paintRange(painter, paragraph, *m_marks.target, withAlpha(m_colors.accent, 0.16), m_colors.accent, 4);
  }
  paintRange(painter, paragraph, m_marks.selection, withAlpha(m_colors.accent, m_colors.dark ? 0.34 : 0.26), {}, 0);
}

void DocumentPainter::paintMatches(QPainter& painter, const VisibleParagraph& paragraph) const {
  const ByteRange bytes = paragraph.layout->bytes();
  // A match may start in the paragraph before, so one step back.
  auto at = std::lower_bound(m_marks.matches.begin(), m_marks.matches.end(), bytes.begin,
                             [](const ByteRange& match, std::uint64_t byte) { return match.end <= byte; });
  for (; at != m_marks.matches.end() && at->begin < bytes.end; ++at) {
    const bool isCurrent =
        m_marks.currentMatch && static_cast<std::size_t>(at - m_marks.matches.begin()) == *m_marks.currentMatch;
    paintRange(painter, paragraph, *at, withAlpha(m_colors.accent, isCurrent ? 0.34 : 0.17),
               isCurrent ? m_colors.accent : QColor(), 3);
  }
}

void DocumentPainter::paintRange(QPainter& painter, const VisibleParagraph& paragraph, ByteRange range,
                                 const QColor& fill, const QColor& edge, qreal radius) const {
  const ParagraphLayout& layout = *paragraph.layout;
  if (!overlap(range, layout.bytes())) return;
  painter.setPen(edge.isValid() ? QPen(edge, 1) : QPen(Qt::NoPen));
  painter.setBrush(fill);
  // Only the lines in the viewport: a long paragraph may be marked from end to end.
  const int firstLine = layout.lineAt(-paragraph.y);
  const int lastLine = layout.lineAt(m_layout.viewportHeight() - paragraph.y);
  const QTextLine last = layout.layout().lineAt(lastLine);
  const int from = std::max(layout.positionOf(range.begin), layout.layout().lineAt(firstLine).textStart());
  const int to = std::min(layout.positionOf(range.end), last.textStart() + last.textLength());
  for (QRectF rect : layout.rangeRects(from, to)) {
    rect.translate(m_column.left, paragraph.y);
    if (radius > 0) {
      if (edge.isValid()) rect.adjust(-0.5, 0.5, 0.5, -0.5);
      painter.drawRoundedRect(rect, radius, radius);
    } else {
      painter.fillRect(rect, fill);
    }
  }
}

void DocumentPainter::paintBoundaries(QPainter& painter, const VisibleParagraph& paragraph,
                                      const Caption& caption) const {
  const ParagraphLayout& layout = *paragraph.layout;
  bool hasCaption = false;
  for (const SegmentBoundary& boundary : layout.boundaries()) {
    if (!layout.hasRoomFor(boundary)) {
      paintTick(painter, paragraph, boundary);
      continue;
    }
    if (hasCaption) continue;
    hasCaption = true;
    const LayoutStyle& style = m_layout.style();
    const qreal top = paragraph.y + layout.boundaryTop(boundary, style);
    const qreal rule = std::round(top + style.lineHeight * 0.45);
    painter.fillRect(QRectF(m_column.left, rule, m_column.width, 1), m_colors.line);
    painter.setFont(style.captionFont);
    painter.setPen(m_colors.dim);
    const QRectF box(m_column.left, rule + 4, m_column.width, style.boundaryHeight - style.lineHeight * 0.45);
    painter.drawText(box, Qt::AlignLeft | Qt::AlignTop, caption(boundary));
  }
}

void DocumentPainter::paintTick(QPainter& painter, const VisibleParagraph& paragraph,
                                const SegmentBoundary& boundary) const {
  const ParagraphLayout& layout = *paragraph.layout;
  const int position = layout.positionOf(boundary.byte);
  const int line = layout.lineOf(position);
  if (line >= layout.layout().lineCount() || position <= layout.layout().lineAt(line).textStart()) return;
  // Dots below the letters: the exact place, which nobody takes for a caret.
  const QRectF caret = layout.caretRect(position).translated(m_column.left, paragraph.y);
  constexpr qreal kDot = 1.5;
  for (int i = 0; i < 3; ++i) {
    painter.fillRect(QRectF(caret.left() - kDot / 2, caret.bottom() - 2 + 2 * kDot * i, kDot, kDot), m_colors.dim);
  }
}

std::vector<SegmentNumber> DocumentPainter::segmentNumbers(std::int64_t step, const QLocale& locale) const {
  std::vector<QRectF> taken;
  for (const BookmarkMark& bookmark : m_marks.bookmarks) {
    const QRectF rect = bookmarkRect(bookmark.byte);
    if (!rect.isEmpty()) taken.push_back(rect);
  }
  return placeSegmentNumbers(m_layout, m_column, step, taken, locale);
}

void DocumentPainter::paintNumbers(QPainter& painter, std::span<const SegmentNumber> numbers) const {
  painter.setFont(m_layout.style().captionFont);
  painter.setPen(m_colors.dim);
  for (const SegmentNumber& number : numbers) {
    painter.fillRect(number.hairline, m_colors.faint);
    if (!number.text.isEmpty()) painter.drawText(number.box, Qt::AlignRight | Qt::AlignVCenter, number.text);
  }
}

QRectF DocumentPainter::bookmarkRect(std::uint64_t byte) const {
  const auto caret = m_layout.caretRect(byte);
  if (!caret || caret->bottom() < 0 || caret->top() > m_layout.viewportHeight()) return {};
  const qreal height = m_layout.style().lineHeight * 0.5;
  const qreal width = std::round(height * 0.62);
  const qreal left = std::max<qreal>(2, m_column.left - width - m_layout.style().characterWidth * 1.5);
  return {left, std::round(caret->center().y() - height / 2), width, height};
}

void DocumentPainter::paintBookmarks(QPainter& painter) const {
  painter.setPen(Qt::NoPen);
  painter.setBrush(m_colors.accent);
  for (const BookmarkMark& bookmark : m_marks.bookmarks) {
    const QRectF rect = bookmarkRect(bookmark.byte);
    if (rect.isEmpty()) continue;
    QPainterPath ribbon(rect.topLeft());
    ribbon.lineTo(rect.topRight());
    ribbon.lineTo(rect.bottomRight());
    ribbon.lineTo(rect.center().x(), rect.bottom() - rect.width() * 0.45);
    ribbon.lineTo(rect.bottomLeft());
    ribbon.closeSubpath();
    painter.drawPath(ribbon);
  }
}

}  // namespace tidemark::ui
