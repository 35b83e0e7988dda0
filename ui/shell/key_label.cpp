#include "ui/shell/key_label.h"

#include <QAccessible>
#include <QEvent>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "ui/theme/theme.h"

namespace tidemark::ui {

KeyLabel::KeyLabel(const QString& key, QWidget* parent) : QLabel(key, parent) {
  setTextFormat(Qt::PlainText);
  setContentsMargins(7, 2, 7, 2);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void KeyLabel::paintEvent(QPaintEvent* event) {
  const ThemeColors& colors = themeColors(palette());
  {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(colors.line);
    painter.setBrush(colors.raised);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
  }
  QLabel::paintEvent(event);
}

ElidedLabel::ElidedLabel(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setText(const QString& text) {
  if (m_text == text) return;
  m_text = text;
  setAccessibleName(text);
  updateGeometry();
  update();
}

void ElidedLabel::setDim(bool dim) {
  m_isDim = dim;
  update();
}

void ElidedLabel::setReservedWidth(int width) {
  if (m_reservedWidth == width) return;
  m_reservedWidth = width;
  updateGeometry();
}

bool ElidedLabel::isElided() const {
  return fontMetrics().horizontalAdvance(m_text) > width();
}

QSize ElidedLabel::sizeHint() const {
  return {std::max(m_reservedWidth, fontMetrics().horizontalAdvance(m_text) + 1), fontMetrics().height()};
}

QSize ElidedLabel::minimumSizeHint() const {
  const int few = fontMetrics().averageCharWidth() * 8;
  return {m_text.isEmpty() ? 0 : std::min(few, sizeHint().width()), fontMetrics().height()};
}

bool ElidedLabel::event(QEvent* event) {
  if (event->type() == QEvent::ToolTip && toolTip().isEmpty()) {
    const auto* help = static_cast<QHelpEvent*>(event);
    QToolTip::showText(help->globalPos(), isElided() ? m_text.toHtmlEscaped() : QString(), this);
    return true;
  }
  if (event->type() == QEvent::FontChange) updateGeometry();
  return QWidget::event(event);
}

void ElidedLabel::paintEvent(QPaintEvent* /*event*/) {
  const ThemeColors& colors = themeColors(palette());
  QPainter painter(this);
  painter.setPen(m_isDim ? colors.dim : colors.text);
  painter.drawText(rect(), static_cast<int>(Qt::AlignVCenter | Qt::AlignLeading),
                   fontMetrics().elidedText(m_text, Qt::ElideRight, width()));
}

}  // namespace tidemark::ui
