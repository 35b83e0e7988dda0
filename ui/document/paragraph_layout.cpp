#include "ui/document/paragraph_layout.h"

#include <QGlyphRun>
#include <QTextOption>
#include <algorithm>
#include <cmath>

namespace tidemark::ui {
namespace {

int utf8Length(QChar c) {
  if (c.unicode() < 0x80) return 1;
  if (c.unicode() < 0x800) return 2;
  if (c.isLowSurrogate()) return 0;  // counted with the high one
  return c.isHighSurrogate() ? 4 : 3;
}

/// Nothing that a layout treats as more than a character: positions must stay what they are.
QString printable(QString text) {
  for (QChar& c : text) {
    const char16_t code = c.unicode();
    if (code == u'\t') continue;
    if (code == u'\f' || code == u'\r' || code == u'\v') {
      c = QChar(0x200B);
    } else if (code < 0x20) {
      c = QChar(static_cast<char16_t>(0x2400 + code));
    } else if (code == 0x7F) {
      c = QChar(0x2421);
    } else if (code == 0x2029 || code == 0x0085) {
      c = QChar(0x2028);
    } else if (code == 0xFFFC) {
      c = QChar(0xFFFD);
    }
  }
  return text;
}

bool hasRightToLeft(const QString& text) {
  return std::any_of(text.begin(), text.end(), [](QChar c) {
    if (c.unicode() < 0x590) return false;
    if (c.isSurrogate()) return true;  // rare: the general way is always right
    const QChar::Direction direction = c.direction();
    return direction == QChar::DirR || direction == QChar::DirAL || direction == QChar::DirRLE ||
           direction == QChar::DirRLO || direction == QChar::DirRLI;
  });
}

}  // namespace

ParagraphLayout::ParagraphLayout(const std::string& utf8, ByteRange bytes, bool isHeading, const LayoutStyle& style)
    : m_bytes(bytes), m_isHeading(isHeading) {
  const auto length = static_cast<qsizetype>(utf8.size()) - (utf8.ends_with('\n') ? 1 : 0);
  m_source = QString::fromUtf8(utf8.data(), length);
  const QString text = printable(m_source);
  m_isAscii = text.size() == length;
  m_isBidirectional = !m_isAscii && hasRightToLeft(text);
  QTextOption option;
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  option.setTextDirection(Qt::LayoutDirectionAuto);
  if (text.isRightToLeft()) option.setAlignment(Qt::AlignRight);  // a layout does not mirror by itself
  option.setTabStopDistance(style.tabWidth);
  m_layout.setText(text);
  m_layout.setFont(isHeading ? style.headingFont : style.font);
  m_layout.setTextOption(option);
  m_layout.setCacheEnabled(true);
  breakLines(style);
  placeLines(style);
}

void ParagraphLayout::breakLines(const LayoutStyle& style) {
  m_lineHeight = m_isHeading ? style.headingLineHeight : style.lineHeight;
  m_layout.beginLayout();
  for (QTextLine line = m_layout.createLine(); line.isValid(); line = m_layout.createLine()) {
    line.setLineWidth(style.columnWidth);
    m_lineHeight = std::max(m_lineHeight, std::ceil(line.height()));  // faces of other scripts may be taller
  }
  m_layout.endLayout();
}

void ParagraphLayout::placeLines(const LayoutStyle& style) {
  m_lineTops.clear();
  const bool opens = std::any_of(m_boundaries.begin(), m_boundaries.end(),
                                 [this](const SegmentBoundary& boundary) { return hasRoomFor(boundary); });
  qreal top = opens ? style.boundaryHeight : 0;
  for (int i = 0; i < m_layout.lineCount(); ++i) {
    QTextLine line = m_layout.lineAt(i);
    m_lineTops.push_back(top);
    line.setPosition({0, top + std::floor((m_lineHeight - line.height()) / 2)});
    top += m_lineHeight;
  }
  m_height = top + (m_isHeading ? style.headingSpace : 0);
}

void ParagraphLayout::setBoundaries(std::vector<SegmentBoundary> boundaries, bool withRoom, const LayoutStyle& style) {
  if (boundaries == m_boundaries && withRoom == m_boundaryRoom) return;
  m_boundaries = std::move(boundaries);
  m_boundaryRoom = withRoom;
  placeLines(style);
}

int ParagraphLayout::positionOf(std::uint64_t byte) const {
  const QString& text = m_source;
  if (byte <= m_bytes.begin) return 0;
  const std::uint64_t offset = byte - m_bytes.begin;
  if (m_isAscii) return static_cast<int>(std::min<std::uint64_t>(offset, static_cast<std::uint64_t>(text.size())));
  std::uint64_t at = 0;
  int position = 0;
  for (; position < text.size(); ++position) {
    const auto length = static_cast<std::uint64_t>(utf8Length(text[position]));
    if (at + length > offset && length > 0) break;  // also for a byte inside a character
    at += length;
  }
  return position;
}

std::uint64_t ParagraphLayout::byteOf(int position) const {
  const QString& text = m_source;
  position = std::clamp(position, 0, static_cast<int>(text.size()));
  if (m_isAscii) return m_bytes.begin + static_cast<std::uint64_t>(position);
  // Between the halves of a surrogate pair there is no byte: its start.
  if (position > 0 && position < text.size() && text[position].isLowSurrogate()) --position;
  std::uint64_t byte = m_bytes.begin;
  for (int i = 0; i < position; ++i) byte += static_cast<std::uint64_t>(utf8Length(text[i]));
  return byte;
}

int ParagraphLayout::lineOf(int position) const {
  const QTextLine line = m_layout.lineForTextPosition(position);
  return line.isValid() ? line.lineNumber() : std::max(0, lineCount() - 1);
}

int ParagraphLayout::lineAt(qreal y) const {
  const auto behind = std::upper_bound(m_lineTops.begin(), m_lineTops.end(), y);
  return behind == m_lineTops.begin() ? 0 : static_cast<int>(behind - m_lineTops.begin()) - 1;
}

int ParagraphLayout::positionAt(int line, qreal x) const {
  if (line < 0 || line >= m_layout.lineCount()) return 0;
  const QTextLine textLine = m_layout.lineAt(line);
  int position = textLine.xToCursor(x);
  // Behind the last character of a wrapped line is the start of the next one: stay in this line.
  const int end = textLine.textStart() + textLine.textLength();
  if (position >= end && line + 1 < m_layout.lineCount()) position = m_layout.previousCursorPosition(end);
  return position;
}

QRectF ParagraphLayout::caretRect(int position) const {
  if (m_layout.lineCount() == 0) return {0, 0, 1, m_lineHeight};
  const QTextLine line = m_layout.lineAt(lineOf(position));
  return {line.cursorToX(position), line.y(), 1, line.height()};
}

std::vector<QRectF> ParagraphLayout::rangeRects(int from, int to) const {
  std::vector<QRectF> rects;
  if (from >= to || m_layout.lineCount() == 0) return rects;
  constexpr qreal kPadding = 1.5;
  for (int i = lineOf(from); i < m_layout.lineCount(); ++i) {
    const QTextLine line = m_layout.lineAt(i);
    if (line.textStart() >= to) break;
    const int begin = std::max(from, line.textStart());
    const int end = std::min(to, line.textStart() + line.textLength());
    if (begin >= end) continue;
    const QRectF box(0, line.y() - kPadding, 0, line.height() + 2 * kPadding);
    if (m_isBidirectional) {
      appendBidiRects(line, begin, end, box, rects);
      continue;
    }
    const qreal left = line.cursorToX(begin);
    // The blank that a line was broken at is wider than the column allows.
    const qreal right = std::min(line.cursorToX(end), line.x() + std::max(line.naturalTextWidth(), left + 1));
    if (right > left) rects.emplace_back(left, box.top(), right - left, box.height());
  }
  return rects;
}

void ParagraphLayout::appendBidiRects(const QTextLine& line, int from, int to, const QRectF& box,
                                      std::vector<QRectF>& rects) const {
  // Positions of carets do not tell the edges of characters where the direction changes; glyphs do.
  std::vector<std::pair<qreal, qreal>> spans;
  for (const QGlyphRun& run : line.glyphRuns(from, to - from)) {
    const QRectF bounds = run.boundingRect();
    if (bounds.width() > 0) spans.emplace_back(bounds.left(), bounds.right());
  }
  std::sort(spans.begin(), spans.end());
  const std::size_t first = rects.size();
  for (const auto& [left, right] : spans) {
    if (rects.size() > first && left <= rects.back().right() + 0.5) {
      rects.back().setRight(std::max(rects.back().right(), right));
    } else {
      rects.emplace_back(left, box.top(), right - left, box.height());
    }
  }
}

qreal ParagraphLayout::boundaryTop(const SegmentBoundary& boundary, const LayoutStyle& style) const {
  if (m_lineTops.empty()) return 0;
  return lineTop(lineOf(positionOf(boundary.byte))) - (hasRoomFor(boundary) ? style.boundaryHeight : 0);
}

}  // namespace tidemark::ui
