#pragma once
// Plain text wrapped to a width. Text that grows at its end lays out its last paragraph again, not the whole. Right to
// left paragraphs are found and aligned by themselves. Any thread that may use fonts.

#include <QFont>
#include <QPointF>
#include <QString>
#include <QTextLayout>
#include <memory>
#include <vector>

class QPainter;

namespace tidemark::ui {

class TextBlock {
 public:
  TextBlock();
  ~TextBlock();
  TextBlock(TextBlock&&) noexcept;
  TextBlock& operator=(TextBlock&&) noexcept;

  /// Wraps `text` to `width` pixels. `lineFactor` is the line height as a multiple of the font's.
  /// Returns the top of the first line that may look different now; height() or more if nothing does.
  qreal set(const QString& text, const QFont& font, qreal width, qreal lineFactor);

  [[nodiscard]] const QString& text() const { return m_text; }
  [[nodiscard]] qreal height() const { return m_height; }
  [[nodiscard]] qreal naturalWidth() const { return m_naturalWidth; }  // of the widest line
  [[nodiscard]] int lineCount() const { return m_lineCount; }
  [[nodiscard]] int paragraphsLaidOut() const { return m_paragraphsLaidOut; }  // since construction

  /// Offset in text() nearest to a point relative to the block's top left corner.
  [[nodiscard]] qsizetype offsetAt(QPointF point) const;
  /// Rectangles of the characters [begin, end), one per line.
  [[nodiscard]] std::vector<QRectF> rectanglesOf(qsizetype begin, qsizetype end) const;

  /// Draws at `origin`, only lines that meet `clip`. `formats` hold offsets into text().
  void draw(QPainter& painter, QPointF origin, const QRectF& clip,
            const QList<QTextLayout::FormatRange>& formats = {}) const;

 private:
  struct Paragraph;
  void layOut(Paragraph& paragraph, qreal top);
  void updateSize();

  QString m_text;
  QFont m_font;
  qreal m_width = 0;
  qreal m_lineFactor = 1;
  qreal m_height = 0;
  qreal m_naturalWidth = 0;
  int m_lineCount = 0;
  int m_paragraphsLaidOut = 0;
  std::vector<std::unique_ptr<Paragraph>> m_paragraphs;
};

}  // namespace tidemark::ui
