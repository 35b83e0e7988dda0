#include "ui/chat/exchange_painter.h"

#include <QPainter>
#include <QPainterPath>

namespace tidemark::ui {
namespace {

using Formats = QList<QTextLayout::FormatRange>;

void addOccurrences(Formats& formats, const QString& text, const QString& filter, const ThemeColors& colors) {
  if (filter.isEmpty()) return;
  QTextCharFormat format;
  QColor wash = colors.accent;
  wash.setAlpha(90);
  format.setBackground(wash);
  format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
  format.setUnderlineColor(colors.accent);
  for (qsizetype at = text.indexOf(filter, 0, Qt::CaseInsensitive); at >= 0;
       at = text.indexOf(filter, at + filter.size(), Qt::CaseInsensitive)) {
    formats.push_back({static_cast<int>(at), static_cast<int>(filter.size()), format});
  }
}

void addSelection(Formats& formats, const ExchangeMarks& marks, const ThemeColors& colors) {
  if (marks.selectionBegin >= marks.selectionEnd) return;
  QTextCharFormat format;
  format.setBackground(colors.accent);
  format.setForeground(colors.onAccent);
  formats.push_back(
      {static_cast<int>(marks.selectionBegin), static_cast<int>(marks.selectionEnd - marks.selectionBegin), format});
}

void paintChips(QPainter& painter, const ExchangeLayout& layout, const ThemeColors& colors,
                const ExchangeMarks& marks) {
  const qreal step = layout.style().step();
  painter.setFont(layout.style().chipFont());
  const auto& chips = layout.chips();
  for (std::size_t i = 0; i < chips.size(); ++i) {
    const bool hovered = marks.hoveredChip == static_cast<int>(i);
    const bool focused = marks.focused && marks.focusedChip == static_cast<int>(i);
    QColor fill = colors.evidence;
    fill.setAlpha(hovered ? 90 : 45);
    const QRectF rect = chips[i].rect.adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setBrush(fill);
    painter.setPen(QPen(colors.evidence, hovered ? 1.5 : 1.0));
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2);
    if (focused) {
      const QRectF ring = rect.adjusted(-0.6 * step, -0.6 * step, 0.6 * step, 0.6 * step);
      painter.setBrush(Qt::NoBrush);
      painter.setPen(QPen(colors.accent, 2));
      painter.drawRoundedRect(ring, ring.height() / 2, ring.height() / 2);
    }
    painter.setPen(colors.text);
    painter.drawText(chips[i].rect, Qt::AlignCenter | Qt::TextSingleLine, chips[i].label);
  }
}

}  // namespace

void paintExchange(QPainter& painter, const ExchangeLayout& layout, qreal top, const QRectF& clip,
                   const ThemeColors& colors, const ExchangeMarks& marks) {
  painter.save();
  painter.translate(0, top);
  const QRectF visible = clip.translated(0, -top);
  const ExchangeStyle& style = layout.style();
  const qreal step = style.step();
  painter.setRenderHint(QPainter::Antialiasing);
  if (marks.current) {
    const qreal barWidth = 0.75 * step;
    const QRectF bar(style.mirrored ? style.width - step - barWidth : step, layout.bubble().top(), barWidth,
                     layout.height() - layout.bubble().top() - 2 * step);
    painter.setPen(Qt::NoPen);
    painter.setBrush(marks.focused ? colors.accent : colors.line);
    painter.drawRoundedRect(bar, barWidth / 2, barWidth / 2);
  }
  const qreal radius = std::min(ExchangeLayout::kBubbleRadius * step / 4, layout.bubble().height() / 2);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colors.raised);
  painter.drawRoundedRect(layout.bubble(), radius, radius);

  Formats formats;
  addOccurrences(formats, layout.question().text(), marks.filter, colors);
  painter.setPen(colors.text);
  layout.question().draw(painter, layout.questionRect().topLeft(), visible, formats);
  formats.clear();
  addOccurrences(formats, layout.answer().text(), marks.filter, colors);
  addSelection(formats, marks, colors);
  layout.answer().draw(painter, layout.answerRect().topLeft(), visible, formats);
  paintChips(painter, layout, colors, marks);
  painter.setPen(layout.exchange().state == QuestionState::kFailed ? colors.error : colors.dim);
  layout.state().draw(painter, layout.stateRect().topLeft(), visible);
  painter.setPen(colors.dim);
  layout.footer().draw(painter, layout.footerRect().topLeft(), visible);
  painter.restore();
}

}  // namespace tidemark::ui
