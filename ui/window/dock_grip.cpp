#include "ui/window/dock_grip.h"

#include <QPainter>

#include "ui/theme/theme.h"

namespace tidemark::ui {

DockGrip::DockGrip(QWidget* parent) : QWidget(parent) {
  setCursor(Qt::SizeAllCursor);
  setAttribute(Qt::WA_Hover);
}

void DockGrip::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  const ThemeColors& colors = themeColors(palette());
  painter.fillRect(rect(), colors.panel);
  if (!underMouse()) return;  // seen when it is wanted
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colors.faint);
  painter.drawRoundedRect(QRectF(width() / 2.0 - 18, height() / 2.0 - 1.5, 36, 3), 1.5, 1.5);
}

}  // namespace tidemark::ui
