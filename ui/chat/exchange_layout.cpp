#include "ui/chat/exchange_layout.h"

#include <QFontInfo>
#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

#include "ui/chat/exchange_texts.h"

namespace tidemark::ui {
namespace {

constexpr qreal kUsualPixels = 13;
constexpr qsizetype kShortAnswer = 48;  // characters; longer ones are text to read, not a fact to see
constexpr qreal kTextLines = 1.25;      // line height of text to read
constexpr qreal kBubbleShare = 0.78;    // of the row, at most

QFont scaled(QFont font, qreal factor) {
  if (font.pointSizeF() > 0) {
    font.setPointSizeF(font.pointSizeF() * factor);
  } else {
    font.setPixelSize(std::max(1, static_cast<int>(std::lround(font.pixelSize() * factor))));
  }
  return font;
}

}  // namespace

qreal ExchangeStyle::step() const {
  return 4.0 * std::max(0.5, static_cast<qreal>(QFontInfo(font).pixelSize()) / kUsualPixels);
}

QFont ExchangeStyle::answerFont(const QString& answer) const {
  if (answer.size() > kShortAnswer || answer.contains(QLatin1Char('\n'))) return font;
  QFont strong = scaled(font, 1.12);
  strong.setWeight(QFont::DemiBold);
  return strong;
}

QFont ExchangeStyle::chipFont() const {
  return scaled(font, 0.9);
}

QFont ExchangeStyle::footerFont() const {
  return scaled(font, 0.88);
}

qreal ExchangeLayout::set(const Exchange& exchange, const ExchangeStyle& style) {
  if (m_valid && style == m_style && exchange == m_exchange) return m_height;
  const bool sameQuestion = m_valid && style == m_style && exchange.question == m_exchange.question;
  m_valid = true;
  m_exchange = exchange;
  m_style = style;
  const qreal step = style.step();
  placeQuestion();
  qreal bottom = m_bubble.bottom();
  const qreal changed = m_answer.set(exchange.answer, style.answerFont(exchange.answer),
                                     std::max<qreal>(1, style.width - 8 * step), kTextLines);
  m_answerRect = {};
  if (!exchange.answer.isEmpty()) {
    m_answerRect = QRectF(4 * step, bottom + 3 * step, style.width - 8 * step, m_answer.height());
    bottom = m_answerRect.bottom();
  }
  bottom = placeChips(bottom);
  bottom = placeLine(m_state, m_stateRect, stateText(exchange), bottom, 2 * step);
  bottom = placeLine(m_footer, m_footerRect, footerText(exchange), bottom, (m_stateRect.isEmpty() ? 2 : 0.75) * step);
  m_height = std::ceil(bottom + 3 * step);
  if (!sameQuestion || m_answerRect.isEmpty()) return 0;
  return std::min(m_answerRect.top() + changed, m_answerRect.bottom());
}

void ExchangeLayout::placeQuestion() {
  const qreal step = m_style.step();
  const qreal padX = 3.5 * step;
  const qreal padY = 2 * step;
  const qreal most = std::max<qreal>(1, (m_style.width - 8 * step) * kBubbleShare - 2 * padX);
  m_question.set(m_exchange.question, m_style.questionFont(), most, 1.15);
  // Snug: the widest line decides, so a short question has a small bubble. Lines of right-to-left text are aligned at
  // the wrap width, so the bubble shows that end of it.
  const qreal wide = std::min(most, std::ceil(m_question.naturalWidth()) + 1);
  if (m_question.text().isRightToLeft()) m_question.set(m_exchange.question, m_style.questionFont(), wide, 1.15);
  const qreal bubbleWidth = std::max(wide, 4 * step) + 2 * padX;
  const qreal height = std::max(m_question.height(), QFontMetricsF(m_style.questionFont()).height()) + 2 * padY;
  m_bubble = mirrored(QRectF(m_style.width - 4 * step - bubbleWidth, 3 * step, bubbleWidth, height));
  m_questionRect = m_bubble.adjusted(padX, padY, -padX, -padY);
}

qreal ExchangeLayout::placeChips(qreal top) {
  m_chips.clear();
  if (m_exchange.evidence.empty()) return top;
  const qreal step = m_style.step();
  const QFontMetricsF metrics(m_style.chipFont());
  const qreal height = std::ceil(metrics.height() + 1.75 * step);
  const qreal most = std::max<qreal>(8 * step, m_style.width - 8 * step);
  qreal x = 4 * step;
  qreal y = top + 2 * step;
  for (std::size_t i = 0; i < m_exchange.evidence.size(); ++i) {
    const QString full = chipLabel(m_exchange.evidence[i]);
    const qreal pad = 4 * step;
    const QString label = metrics.elidedText(full, Qt::ElideRight, most - 2 * pad);
    const qreal width = std::min(most, std::ceil(metrics.horizontalAdvance(label)) + 2 * pad);
    if (x > 4 * step && x + width > 4 * step + most) {
      x = 4 * step;
      y += height + 1.5 * step;
    }
    m_chips.push_back({mirrored(QRectF(x, y, width, height)), label, static_cast<int>(i)});
    x += width + 1.5 * step;
  }
  return y + height;
}

qreal ExchangeLayout::placeLine(TextBlock& block, QRectF& rect, const QString& text, qreal above, qreal gap) {
  const qreal step = m_style.step();
  const qreal width = std::max<qreal>(1, m_style.width - 8 * step);
  block.set(text, m_style.footerFont(), width, 1.15);
  rect = {};
  if (text.isEmpty()) return above;
  const qreal wide = std::min(width, std::ceil(block.naturalWidth()) + 1);
  // The text itself may run the other way than the interface: then it already ends at the right edge.
  rect = QRectF(4 * step, above + gap, text.isRightToLeft() ? width : wide, block.height());
  if (m_style.mirrored && !text.isRightToLeft()) rect.moveLeft(4 * step + width - wide);
  return rect.bottom();
}

QRectF ExchangeLayout::mirrored(const QRectF& rect) const {
  if (!m_style.mirrored) return rect;
  return {m_style.width - rect.right(), rect.top(), rect.width(), rect.height()};
}

int ExchangeLayout::chipAt(QPointF point) const {
  for (std::size_t i = 0; i < m_chips.size(); ++i) {
    if (m_chips[i].rect.contains(point)) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace tidemark::ui
