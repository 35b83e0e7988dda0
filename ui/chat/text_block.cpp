#include "ui/chat/text_block.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextOption>
#include <algorithm>
#include <cmath>

namespace tidemark::ui {

struct TextBlock::Paragraph {
  qsizetype begin = 0;
  qsizetype end = 0;
  qreal top = 0;
  qreal bottom = 0;
  qreal naturalWidth = 0;
  QTextLayout layout;
};

TextBlock::TextBlock() = default;
TextBlock::~TextBlock() = default;
TextBlock::TextBlock(TextBlock&&) noexcept = default;
TextBlock& TextBlock::operator=(TextBlock&&) noexcept = default;

qreal TextBlock::set(const QString& text, const QFont& font, qreal width, qreal lineFactor) {
  const bool sameShape = font == m_font && width == m_width && lineFactor == m_lineFactor;
  if (sameShape && text == m_text) return m_height;
  const bool grown = sameShape && !m_paragraphs.empty() && text.size() > m_text.size() && text.startsWith(m_text);
  qsizetype begin = 0;
  qreal changedFrom = 0;
  if (grown) {
    const Paragraph& last = *m_paragraphs.back();
    begin = last.begin;
    changedFrom = last.top;
    // Lines are filled one after the other, so text at the end changes the last one only, and the one before it where
    // a word that was broken is now whole.
    const int kept = last.layout.lineCount() - 2;
    const QString line = text.mid(begin).section(QLatin1Char('\n'), 0, 0);
    const bool isPlain = !last.layout.text().isRightToLeft() && !line.isRightToLeft();
    if (kept > 0 && isPlain) changedFrom += std::floor(last.layout.lineAt(kept).y());
    m_paragraphs.pop_back();
  } else {
    m_paragraphs.clear();
  }
  m_text = text;
  m_font = font;
  m_width = width;
  m_lineFactor = lineFactor;
  while (!m_text.isEmpty() && begin <= m_text.size()) {
    qsizetype end = m_text.indexOf(QLatin1Char('\n'), begin);
    if (end < 0) end = m_text.size();
    auto paragraph = std::make_unique<Paragraph>();
    paragraph->begin = begin;
    paragraph->end = end;
    layOut(*paragraph, m_paragraphs.empty() ? 0 : m_paragraphs.back()->bottom);
    m_paragraphs.push_back(std::move(paragraph));
    begin = end + 1;
  }
  updateSize();
  return changedFrom;
}

void TextBlock::layOut(Paragraph& paragraph, qreal top) {
  ++m_paragraphsLaidOut;
  const QString line = m_text.mid(paragraph.begin, paragraph.end - paragraph.begin);
  QTextOption option(line.isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft);
  option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  option.setTextDirection(Qt::LayoutDirectionAuto);
  QTextLayout& layout = paragraph.layout;
  layout.setFont(m_font);
  layout.setText(line);
  layout.setTextOption(option);
  layout.setCacheEnabled(true);
  paragraph.top = top;
  qreal y = 0;
  layout.beginLayout();
  for (QTextLine row = layout.createLine(); row.isValid(); row = layout.createLine()) {
    row.setLineWidth(std::max<qreal>(1, m_width));
    // A line with a taller fallback face (emoji, other scripts) is as tall as that face, so nothing is cut.
    const qreal height = std::ceil(row.height() * m_lineFactor);
    row.setPosition(QPointF(0, y + std::floor((height - row.height()) / 2)));
    y += height;
    paragraph.naturalWidth = std::max(paragraph.naturalWidth, row.naturalTextWidth());
  }
  layout.endLayout();
  paragraph.bottom = top + y;
}

void TextBlock::updateSize() {
  m_height = m_paragraphs.empty() ? 0 : m_paragraphs.back()->bottom;
  m_naturalWidth = 0;
  m_lineCount = 0;
  for (const auto& paragraph : m_paragraphs) {
    m_naturalWidth = std::max(m_naturalWidth, paragraph->naturalWidth);
    m_lineCount += paragraph->layout.lineCount();
  }
}

qsizetype TextBlock::offsetAt(QPointF point) const {
  if (m_paragraphs.empty() || point.y() < 0) return 0;
  const auto found = std::find_if(m_paragraphs.begin(), m_paragraphs.end(),
                                  [&](const auto& paragraph) { return point.y() < paragraph->bottom; });
  if (found == m_paragraphs.end()) return m_text.size();
  const Paragraph& paragraph = **found;
  const int lines = paragraph.layout.lineCount();
  for (int i = 0; i < lines; ++i) {
    const QTextLine line = paragraph.layout.lineAt(i);
    if (i + 1 < lines && point.y() - paragraph.top >= paragraph.layout.lineAt(i + 1).y()) continue;
    return paragraph.begin + line.xToCursor(point.x());
  }
  return paragraph.end;
}

std::vector<QRectF> TextBlock::rectanglesOf(qsizetype begin, qsizetype end) const {
  std::vector<QRectF> rectangles;
  for (const auto& paragraph : m_paragraphs) {
    if (paragraph->end < begin || paragraph->begin >= end) continue;
    for (int i = 0; i < paragraph->layout.lineCount(); ++i) {
      const QTextLine line = paragraph->layout.lineAt(i);
      const qsizetype first = std::max(begin, paragraph->begin + line.textStart());
      const qsizetype last = std::min(end, paragraph->begin + line.textStart() + line.textLength());
      if (first >= last) continue;
      const qreal a = line.cursorToX(static_cast<int>(first - paragraph->begin));
      const qreal b = line.cursorToX(static_cast<int>(last - paragraph->begin));
      rectangles.emplace_back(std::min(a, b), paragraph->top + line.y(), std::abs(b - a), line.height());
    }
  }
  return rectangles;
}

void TextBlock::draw(QPainter& painter, QPointF origin, const QRectF& clip,
                     const QList<QTextLayout::FormatRange>& formats) const {
  for (const auto& paragraph : m_paragraphs) {
    if (origin.y() + paragraph->bottom < clip.top()) continue;
    if (origin.y() + paragraph->top > clip.bottom()) break;
    QList<QTextLayout::FormatRange> local;
    for (QTextLayout::FormatRange range : formats) {
      const qsizetype first = std::max<qsizetype>(range.start, paragraph->begin);
      const qsizetype last = std::min<qsizetype>(range.start + range.length, paragraph->end);
      if (first >= last) continue;
      range.start = static_cast<int>(first - paragraph->begin);
      range.length = static_cast<int>(last - first);
      local.push_back(range);
    }
    paragraph->layout.draw(&painter, origin + QPointF(0, paragraph->top), local, clip);
  }
}

}  // namespace tidemark::ui
