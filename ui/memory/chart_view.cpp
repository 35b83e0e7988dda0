#include "ui/memory/chart_view.h"

#include <QFocusEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>
#include <cmath>

#include "ui/accessible/accessible_list.h"
#include "ui/memory/chart_accessible.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {

ChartView::ChartView(const QString& name, QWidget* parent) : QAbstractScrollArea(parent) {
  installChartAccessibility();
  setFocusPolicy(Qt::StrongFocus);
  setFrameShape(QFrame::NoFrame);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setAccessibleName(name);
}

double ChartView::unit() const {
  return fontMetrics().height();
}

int ChartView::scrolled() const {
  return verticalScrollBar()->value();
}

void ChartView::updateRange() {
  const int height = static_cast<int>(std::ceil(contentHeight()));
  verticalScrollBar()->setPageStep(viewport()->height());
  verticalScrollBar()->setSingleStep(static_cast<int>(unit()));
  verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
}

void ChartView::itemsReset() {
  m_current.reset();
  updateRange();
  viewport()->update();
  Q_EMIT currentChanged();
}

void ChartView::setCurrent(std::optional<int> item) {
  if (item && (*item < 0 || *item >= itemCount())) item.reset();
  if (item == m_current) return;
  m_current = item;
  if (m_current) {
    const QRectF rect = itemRect(*m_current);
    QScrollBar& bar = *verticalScrollBar();
    if (rect.top() < bar.value()) bar.setValue(static_cast<int>(rect.top()));
    if (rect.bottom() > bar.value() + viewport()->height()) {
      bar.setValue(static_cast<int>(std::ceil(rect.bottom())) - viewport()->height());
    }
    notifyCurrentItem(this, *m_current);
  }
  viewport()->update();
  Q_EMIT currentChanged();
}

void ChartView::activateCurrent() {
  if (m_current) Q_EMIT itemActivated(*m_current);
}

std::optional<int> ChartView::itemAt(const QPointF& content) const {
  for (int item = 0; item < itemCount(); ++item) {
    if (itemRect(item).contains(content)) return item;
  }
  return std::nullopt;
}

void ChartView::moveBy(int items) {
  const int count = itemCount();
  if (count == 0) return;
  const int from = m_current ? *m_current + items : (items > 0 ? 0 : count - 1);
  setCurrent(std::clamp(from, 0, count - 1));
}

void ChartView::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Up:
      return moveBy(-1);
    case Qt::Key_Right:
    case Qt::Key_Down:
      return moveBy(1);
    case Qt::Key_Home:
      return moveBy(-itemCount());
    case Qt::Key_End:
      return moveBy(itemCount());
    case Qt::Key_Return:
    case Qt::Key_Enter:
      return activateCurrent();
    default:
      QAbstractScrollArea::keyPressEvent(event);
  }
}

void ChartView::mousePressEvent(QMouseEvent* event) {
  const auto item = itemAt(event->position() + QPointF(0, scrolled()));
  if (!item) return;
  setCurrent(item);
  if (event->button() == Qt::LeftButton) activateCurrent();
}

bool ChartView::viewportEvent(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const auto item = itemAt(help->pos() + QPointF(0, scrolled()));
  // Tool tips guess whether their text is markup; escaped and wrapped in a paragraph it is never taken for any.
  const QString text = item ? QStringLiteral("<p>%1</p>").arg(describe(*item).toHtmlEscaped()) : QString();
  QToolTip::showText(help->globalPos(), text, viewport());
  return true;
}

void ChartView::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(viewport());
  painter.fillRect(viewport()->rect(), themeColors(palette()).panel);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.translate(0, -scrolled());
  paintChart(painter);
}

void ChartView::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  updateRange();
}

void ChartView::changeEvent(QEvent* event) {
  QAbstractScrollArea::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) viewport()->update();
  if (event->type() == QEvent::FontChange) updateRange();
}

void ChartView::focusInEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusInEvent(event);
  if (!m_current && itemCount() > 0 && event->reason() != Qt::MouseFocusReason) setCurrent(0);
  viewport()->update();
}

void ChartView::focusOutEvent(QFocusEvent* event) {
  QAbstractScrollArea::focusOutEvent(event);
  viewport()->update();
}

}  // namespace tidemark::ui
