#include "ui/document/document_layout.h"

#include <algorithm>
#include <cmath>

namespace tidemark::ui {

DocumentLayout::DocumentLayout(const DocumentText& text, const SegmentList& segments)
    : m_text(text), m_segments(segments) {}

void DocumentLayout::textReset() {
  m_cache.clear();
  m_end.reset();
  m_top = {};
  m_anchorByte = 0;
  m_anchorY = m_style.topMargin;
}

void DocumentLayout::textAppended() {
  m_end.reset();
}

void DocumentLayout::segmentsChanged() {
  m_end.reset();
  m_cache.forEach([this](ParagraphLayout& layout) {
    layout.setBoundaries(m_segments.boundariesIn(layout.bytes(), m_text), m_segments.haveRoom(), m_style);
  });
  restoreAnchor();
}

bool DocumentLayout::touches(ByteRange bytes) {
  bool touched = false;
  m_cache.forEach([&](const ParagraphLayout& layout) {
    touched = touched || (layout.bytes().begin < bytes.end && layout.bytes().end > bytes.begin);
  });
  return touched;
}

void DocumentLayout::setStyle(const LayoutStyle& style) {
  if (style == m_style) return;
  const bool isFirst = m_style.columnWidth <= 0;
  // A line that was half hidden stays half hidden at the new size.
  const qreal scale = m_style.lineHeight > 0 ? style.lineHeight / m_style.lineHeight : 1;
  m_style = style;
  m_cache.clear();
  m_end.reset();
  m_anchorY = isFirst && m_anchorByte == 0 ? style.topMargin : std::round(m_anchorY * scale);
  restoreAnchor();
}

void DocumentLayout::setViewportHeight(qreal height) {
  if (height == m_viewportHeight) return;
  m_viewportHeight = height;
  m_end.reset();
  restoreAnchor();
}

std::shared_ptr<const ParagraphLayout> DocumentLayout::paragraph(std::size_t index) const {
  if (auto found = m_cache.find(index)) return found;
  const ByteRange bytes = m_text.paragraph(index);
  auto layout = std::make_shared<ParagraphLayout>(m_text.bytes(bytes), bytes, m_text.isHeading(index), m_style);
  layout->setBoundaries(m_segments.boundariesIn(bytes, m_text), m_segments.haveRoom(), m_style);
  m_cache.insert(index, layout);
  ++m_layoutsMade;
  return layout;
}

qreal DocumentLayout::extent(std::size_t index) const {
  const qreal below = index + 1 == m_text.paragraphCount() ? m_style.topMargin : 0;
  return leadIn(index) + paragraph(index)->height() + below;
}

qreal DocumentLayout::estimatedHeight(std::size_t index) const {
  const ByteRange bytes = m_text.paragraph(index);
  const qreal width = static_cast<qreal>(bytes.end - bytes.begin) * m_style.characterWidth;
  return std::max<qreal>(1, std::ceil(width / m_style.columnWidth)) * m_style.lineHeight;
}

DocumentLayout::Position DocumentLayout::endPosition() const {
  if (m_end) return *m_end;
  std::size_t index = m_text.paragraphCount() - 1;
  qreal height = extent(index);
  while (height < m_viewportHeight && index > 0) height += extent(--index);
  m_end = Position{index, std::max<qreal>(0, height - m_viewportHeight)};
  return *m_end;
}

DocumentLayout::Position DocumentLayout::moved(Position from, qreal pixels) const {
  // Over a long way nobody can tell an estimated height from a true one, and laying out everything would take long.
  const qreal exact = 6 * std::max<qreal>(m_viewportHeight, m_style.lineHeight);
  qreal estimated = std::max<qreal>(0, std::abs(pixels) - exact);
  const auto heightOf = [&](std::size_t index) {
    if (estimated <= 0) return extent(index);
    const qreal height = estimatedHeight(index);
    estimated -= height;
    return height;
  };
  from.offset += pixels;
  while (from.offset < 0 && from.paragraph > 0) from.offset += heightOf(--from.paragraph);
  while (from.offset > 0 && from.paragraph + 1 < m_text.paragraphCount()) {
    const qreal height = heightOf(from.paragraph);
    if (from.offset < height) break;
    from.offset -= height;
    ++from.paragraph;
  }
  return from;
}

void DocumentLayout::setTop(Position position) {
  // Far from the end the end need not be laid out: every paragraph has a line at least.
  const auto behind = static_cast<qreal>(m_text.paragraphCount() - position.paragraph);
  if ((behind - 2) * m_style.lineHeight < m_viewportHeight) {
    const Position end = endPosition();
    const bool isBehind =
        position.paragraph > end.paragraph || (position.paragraph == end.paragraph && position.offset > end.offset);
    if (isBehind) position = end;
  }
  position.offset = std::max<qreal>(0, position.offset);
  m_top = position;
}

DocumentLayout::Position DocumentLayout::lineBefore(std::uint64_t byte, qreal y) const {
  const std::size_t index = m_text.paragraphAt(byte);
  const auto layout = paragraph(index);
  const int line = layout->lineOf(layout->positionOf(byte));
  const qreal offset = leadIn(index) + layout->lineTop(line) - y;
  return offset >= 0 ? Position{index, offset} : moved({index, 0}, offset);
}

void DocumentLayout::scrollToByte(std::uint64_t byte, qreal y) {
  m_anchorByte = m_text.characterStart(byte);
  m_anchorY = y;
  if (isEmpty()) return;
  setTop(lineBefore(m_anchorByte, y));
  rememberAnchorHeight();
}

void DocumentLayout::restoreAnchor() {
  if (isEmpty()) return;
  setTop(lineBefore(m_anchorByte, m_anchorY));
}

void DocumentLayout::rememberAnchorHeight() {
  const auto caret = caretRect(m_anchorByte);
  if (!caret || caret->top() < -2 * m_style.lineHeight) {
    anchorFromTop();
    return;
  }
  const std::size_t index = m_text.paragraphAt(m_anchorByte);
  for (const VisibleParagraph& visible : visibleParagraphs()) {
    if (visible.index != index) continue;
    m_anchorY = visible.y + visible.layout->lineTop(visible.layout->lineOf(visible.layout->positionOf(m_anchorByte)));
  }
}

void DocumentLayout::anchorFromTop() {
  for (const VisibleParagraph& visible : visibleParagraphs()) {
    for (int line = 0; line < visible.layout->lineCount(); ++line) {
      const qreal top = visible.y + visible.layout->lineTop(line);
      if (top < -0.5) continue;
      m_anchorByte = visible.layout->byteOf(visible.layout->layout().lineAt(line).textStart());
      m_anchorY = top;
      return;
    }
  }
}

std::uint64_t DocumentLayout::topByte() const {
  for (const VisibleParagraph& visible : visibleParagraphs()) {
    for (int line = 0; line < visible.layout->lineCount(); ++line) {
      if (visible.y + visible.layout->lineTop(line) < -0.5) continue;
      const QTextLine textLine = visible.layout->layout().lineAt(line);
      const std::uint64_t begin = visible.layout->byteOf(textLine.textStart());
      const std::uint64_t end = visible.layout->byteOf(textLine.textStart() + textLine.textLength());
      return m_anchorByte >= begin && m_anchorByte < end ? m_anchorByte : begin;
    }
  }
  return m_anchorByte;
}

bool DocumentLayout::scrollBy(qreal pixels) {
  if (isEmpty()) return false;
  const Position before = m_top;
  setTop(moved(m_top, pixels));
  if (before.paragraph == m_top.paragraph && before.offset == m_top.offset) return false;
  anchorFromTop();
  return true;
}

void DocumentLayout::ensureVisible(std::uint64_t byte, qreal margin) {
  if (isEmpty()) return;
  const auto caret = caretRect(byte);
  const qreal bottom = m_viewportHeight - margin;
  if (!caret) {
    scrollToByte(byte, m_viewportHeight / 3);
  } else if (caret->top() < margin) {
    scrollBy(caret->top() - margin);
  } else if (caret->bottom() > bottom) {
    scrollBy(caret->bottom() - bottom);
  }
}

std::uint64_t DocumentLayout::byteOfPosition(const Position& position) const {
  const auto layout = paragraph(position.paragraph);
  const ByteRange bytes = layout->bytes();
  const qreal y = position.offset - leadIn(position.paragraph);
  const int line = layout->lineAt(y);
  const std::uint64_t begin = layout->byteOf(layout->layout().lineAt(line).textStart());
  const bool isLast = line + 1 >= layout->lineCount();
  const std::uint64_t end = isLast ? bytes.end : layout->byteOf(layout->layout().lineAt(line + 1).textStart());
  const qreal share = std::clamp<qreal>((y - layout->lineTop(line)) / layout->lineHeight(), 0, 1);
  return begin + static_cast<std::uint64_t>(share * static_cast<qreal>(end - begin));
}

std::uint64_t DocumentLayout::scrollValue() const {
  return isEmpty() ? 0 : byteOfPosition(m_top);
}

std::uint64_t DocumentLayout::scrollMaximum() const {
  return isEmpty() ? 0 : byteOfPosition(endPosition());
}

void DocumentLayout::setScrollValue(std::uint64_t byte) {
  if (isEmpty()) return;
  if (byte == 0) {
    setTop({});
  } else if (byte >= scrollMaximum()) {
    setTop(endPosition());
  } else {
    const std::size_t index = m_text.paragraphAt(byte);
    const auto layout = paragraph(index);
    const int line = layout->lineOf(layout->positionOf(byte));
    const std::uint64_t begin = layout->byteOf(layout->layout().lineAt(line).textStart());
    const bool isLast = line + 1 >= layout->lineCount();
    const std::uint64_t end =
        isLast ? layout->bytes().end : layout->byteOf(layout->layout().lineAt(line + 1).textStart());
    const qreal share = end > begin ? static_cast<qreal>(byte - begin) / static_cast<qreal>(end - begin) : 0;
    setTop({index, leadIn(index) + layout->lineTop(line) + std::floor(share * layout->lineHeight())});
  }
  anchorFromTop();
}

std::vector<VisibleParagraph> DocumentLayout::visibleParagraphs() const {
  std::vector<VisibleParagraph> visible;
  if (isEmpty()) return visible;
  qreal y = -m_top.offset;
  for (std::size_t index = m_top.paragraph; index < m_text.paragraphCount() && y < m_viewportHeight; ++index) {
    const qreal height = extent(index);
    if (y + height > 0) visible.push_back({index, y + leadIn(index), paragraph(index)});
    y += height;
  }
  return visible;
}

ByteRange DocumentLayout::visibleBytes() const {
  const auto visible = visibleParagraphs();
  if (visible.empty()) return {};
  const auto lineRange = [](const VisibleParagraph& p, qreal y) {
    const int number = p.layout->lineAt(y - p.y);
    const QTextLine line = p.layout->layout().lineAt(number);
    const bool isLast = number + 1 >= p.layout->lineCount();
    const int end = line.textStart() + line.textLength();
    return ByteRange{p.layout->byteOf(line.textStart()), isLast ? p.layout->bytes().end : p.layout->byteOf(end)};
  };
  return {lineRange(visible.front(), 0).begin, lineRange(visible.back(), m_viewportHeight - 1).end};
}

std::uint64_t DocumentLayout::byteAt(QPointF point) const {
  const auto visible = visibleParagraphs();
  if (visible.empty()) return 0;
  const VisibleParagraph* hit = &visible.front();
  for (const VisibleParagraph& candidate : visible) {
    if (candidate.y <= point.y()) hit = &candidate;
  }
  const int line = hit->layout->lineAt(point.y() - hit->y);
  return hit->layout->byteOf(hit->layout->positionAt(line, point.x()));
}

std::optional<QRectF> DocumentLayout::caretRect(std::uint64_t byte) const {
  if (isEmpty()) return std::nullopt;
  const std::size_t index = m_text.paragraphAt(byte);
  for (const VisibleParagraph& visible : visibleParagraphs()) {
    if (visible.index != index) continue;
    return visible.layout->caretRect(visible.layout->positionOf(byte)).translated(0, visible.y);
  }
  return std::nullopt;
}

}  // namespace tidemark::ui
