#pragma once
// One paragraph, laid out: text positions, lines, and the rectangles that a range of it covers. GUI thread.

#include <QRectF>
#include <QString>
#include <QTextLayout>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/types.h"
#include "ui/document/layout_style.h"

namespace tidemark::ui {

/// The first byte of a segment inside a paragraph.
struct SegmentBoundary {
  std::int64_t segment = 0;
  std::uint64_t byte = 0;
  bool opensParagraph = false;  // nothing but white space is in front of it
  friend bool operator==(const SegmentBoundary&, const SegmentBoundary&) = default;
};

/// y = 0 is the top of the paragraph, x = 0 the left edge of the column.
class ParagraphLayout {
 public:
  /// `utf8` are the bytes of `bytes` in the document.
  ParagraphLayout(const std::string& utf8, ByteRange bytes, bool isHeading, const LayoutStyle& style);

  /// With `withRoom` opens room for a caption above the paragraph if a segment starts with it.
  void setBoundaries(std::vector<SegmentBoundary> boundaries, bool withRoom, const LayoutStyle& style);

  [[nodiscard]] ByteRange bytes() const { return m_bytes; }
  [[nodiscard]] qreal height() const { return m_height; }
  /// Without the line end; control characters are replaced by ones that can be shown.
  [[nodiscard]] QString text() const { return m_layout.text(); }
  [[nodiscard]] const QTextLayout& layout() const { return m_layout; }
  [[nodiscard]] const std::vector<SegmentBoundary>& boundaries() const { return m_boundaries; }
  /// Whether there is room for a caption above its line.
  [[nodiscard]] bool hasRoomFor(const SegmentBoundary& boundary) const {
    return m_boundaryRoom && boundary.opensParagraph;
  }

  /// UTF-16 position in text() of a document byte and back; both are clamped to the text.
  [[nodiscard]] int positionOf(std::uint64_t byte) const;
  [[nodiscard]] std::uint64_t byteOf(int position) const;

  [[nodiscard]] int lineCount() const { return static_cast<int>(m_lineTops.size()); }
  /// The line of a position; a position between two lines belongs to the second.
  [[nodiscard]] int lineOf(int position) const;
  /// The line at a height; the first or last one for heights outside.
  [[nodiscard]] int lineAt(qreal y) const;
  [[nodiscard]] qreal lineTop(int line) const { return m_lineTops[static_cast<std::size_t>(line)]; }
  [[nodiscard]] qreal lineHeight() const { return m_lineHeight; }
  /// The position in a line that is nearest to x.
  [[nodiscard]] int positionAt(int line, qreal x) const;
  [[nodiscard]] QRectF caretRect(int position) const;
  /// Boxes around [from, to), one per line and direction of writing, as high as the text and a little more.
  [[nodiscard]] std::vector<QRectF> rangeRects(int from, int to) const;
  /// Top of the line that a boundary lies in, or of the room above it.
  [[nodiscard]] qreal boundaryTop(const SegmentBoundary& boundary, const LayoutStyle& style) const;

 private:
  void breakLines(const LayoutStyle& style);
  void placeLines(const LayoutStyle& style);
  void appendBidiRects(const QTextLine& line, int from, int to, const QRectF& box, std::vector<QRectF>& rects) const;

  QString m_source;  // the text as it is in the document: what bytes are counted by
  QTextLayout m_layout;
  ByteRange m_bytes;
  std::vector<qreal> m_lineTops;
  std::vector<SegmentBoundary> m_boundaries;
  qreal m_height = 0;
  qreal m_lineHeight = 0;
  bool m_isHeading = false;
  bool m_isAscii = false;
  bool m_isBidirectional = false;
  bool m_boundaryRoom = false;
};

}  // namespace tidemark::ui
