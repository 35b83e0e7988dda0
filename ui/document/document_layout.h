#pragma once
// Geometry of a long text: which paragraphs are visible and where, and which byte is at the top. Only what is looked at
// gets laid out. GUI thread; knows no widget.

#include <QPointF>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "ui/document/document_text.h"
#include "ui/document/layout_style.h"
#include "ui/document/paragraph_cache.h"
#include "ui/document/paragraph_layout.h"
#include "ui/document/segment_list.h"

namespace tidemark::ui {

/// A paragraph in the viewport; `y` is where its first line (or the room above it) starts.
struct VisibleParagraph {
  std::size_t index = 0;
  qreal y = 0;
  std::shared_ptr<const ParagraphLayout> layout;
};

class DocumentLayout {
 public:
  /// Both outlive the layout. Tell it by textReset(), textAppended() and segmentsChanged() when they change.
  DocumentLayout(const DocumentText& text, const SegmentList& segments);

  void textReset();
  void textAppended();
  void segmentsChanged();
  /// Whether anything of these bytes is laid out now: if not, new segments there change nothing that can be seen.
  [[nodiscard]] bool touches(ByteRange bytes);

  /// These keep the line that holds the top byte where it is.
  void setStyle(const LayoutStyle& style);
  void setViewportHeight(qreal height);
  [[nodiscard]] const LayoutStyle& style() const { return m_style; }
  [[nodiscard]] qreal viewportHeight() const { return m_viewportHeight; }

  /// Start of the first line that is wholly visible, or the byte in it that a jump asked for.
  [[nodiscard]] std::uint64_t topByte() const;
  /// Puts the line of `byte` at height `y` of the viewport, or as near as the ends of the text allow.
  void scrollToByte(std::uint64_t byte, qreal y = 0);
  /// Moves the text up by `pixels` (down if negative). Returns whether anything moved.
  bool scrollBy(qreal pixels);
  /// The least movement that brings the line of `byte` into the viewport.
  void ensureVisible(std::uint64_t byte, qreal margin);

  /// For the scroll bar, in bytes: where the top of the viewport is, and where it is with the text scrolled to its end.
  [[nodiscard]] std::uint64_t scrollValue() const;
  [[nodiscard]] std::uint64_t scrollMaximum() const;
  void setScrollValue(std::uint64_t byte);

  [[nodiscard]] std::vector<VisibleParagraph> visibleParagraphs() const;
  /// From the first line that is partly visible to the last.
  [[nodiscard]] ByteRange visibleBytes() const;

  /// The byte next to a point; x counts from the left edge of the column, y from the top of the viewport.
  [[nodiscard]] std::uint64_t byteAt(QPointF point) const;
  /// Caret in front of `byte`, in viewport coordinates; nothing if its paragraph is not visible.
  [[nodiscard]] std::optional<QRectF> caretRect(std::uint64_t byte) const;

  [[nodiscard]] std::shared_ptr<const ParagraphLayout> paragraph(std::size_t index) const;
  [[nodiscard]] qreal paragraphHeight(std::size_t index) const { return extent(index); }
  /// What the height would be by the number of bytes; used for long ways only.
  [[nodiscard]] qreal estimatedHeight(std::size_t index) const;
  /// Paragraphs laid out since the start, for tests and measurements.
  [[nodiscard]] std::uint64_t layoutsMade() const { return m_layoutsMade; }

 private:
  struct Position {
    std::size_t paragraph = 0;
    qreal offset = 0;  // how much of the paragraph's extent is above the viewport
  };

  [[nodiscard]] bool isEmpty() const { return m_text.paragraphCount() == 0 || m_style.columnWidth <= 0; }
  [[nodiscard]] qreal leadIn(std::size_t index) const { return index == 0 ? m_style.topMargin : 0; }
  [[nodiscard]] qreal extent(std::size_t index) const;
  [[nodiscard]] Position endPosition() const;
  [[nodiscard]] Position lineBefore(std::uint64_t byte, qreal y) const;
  [[nodiscard]] Position moved(Position from, qreal pixels) const;
  [[nodiscard]] std::uint64_t byteOfPosition(const Position& position) const;
  void setTop(Position position);
  void anchorFromTop();
  void restoreAnchor();
  void rememberAnchorHeight();

  const DocumentText& m_text;
  const SegmentList& m_segments;
  LayoutStyle m_style;
  qreal m_viewportHeight = 0;
  Position m_top;
  std::uint64_t m_anchorByte = 0;
  qreal m_anchorY = 0;  // where the anchor's line is in the viewport
  mutable ParagraphCache m_cache;
  mutable std::optional<Position> m_end;
  mutable std::uint64_t m_layoutsMade = 0;
};

}  // namespace tidemark::ui
