// What hands do to the pages.

#include <QKeyEvent>
#include <QScrollBar>
#include <QWheelEvent>
#include <algorithm>

#include "ui/pages/page_view.h"

namespace tidemark::ui {

void PageView::setZoom(const PageZoom& zoom) {
  if (zoom == m_layout.zoom()) return;
  keepPlaceWhile([&] { m_layout.setZoom(zoom); });
  Q_EMIT zoomChanged();
}

double PageView::scale() const {
  return m_layout.pageCount() == 0 ? m_layout.zoom().scale : m_layout.scaleOf(currentPage());
}

void PageView::zoomBy(int direction) {
  if (m_layout.pageCount() > 0) setZoom({PageFit::kScale, m_layout.nextScale(currentPage(), direction)});
}
void PageView::zoomIn() {
  zoomBy(1);
}
void PageView::zoomOut() {
  zoomBy(-1);
}

void PageView::setDarkPages(bool dark) {
  if (dark == m_darkPages) return;
  m_darkPages = dark;
  wantVisible();
  viewport()->update();
}

void PageView::resizeEvent(QResizeEvent* event) {
  QAbstractScrollArea::resizeEvent(event);
  const QSizeF size(viewport()->size());
  keepPlaceWhile([&] { m_layout.setViewport(size); });
}

void PageView::scrollContentsBy(int /*dx*/, int dy) {
  viewport()->update();
  wantVisible();
  reportPage();
  if (dy == 0 || m_layout.pageCount() == 0 || m_byProgram) return;
  m_motion.stop();
  m_focusQuote.reset();
  Q_EMIT placeMoved(place());
}

/// To the top of a page: where one is cut off, back means to its own top first.
void PageView::goToPageStep(int step) {
  if (m_layout.pageCount() == 0) return;
  const double top = verticalScrollBar()->value();
  const int here = m_layout.pageAt(top + PageLayout::kGap + 1);
  const bool isInside = top > m_layout.pageRect(here).top() + 1;
  const int target = std::clamp(step > 0 ? here + 1 : (isInside ? here : here - 1), 0, m_layout.pageCount() - 1);
  verticalScrollBar()->setValue(static_cast<int>(m_layout.pageRect(target).top() - PageLayout::kGap));
}

void PageView::keyPressEvent(QKeyEvent* event) {
  const bool ctrl = event->modifiers().testFlag(Qt::ControlModifier);
  QScrollBar* bar = verticalScrollBar();
  switch (event->key()) {
    case Qt::Key_PageDown:
      // A page that is higher than the view is read to its end before the next one comes.
      if (m_layout.zoom().fit == PageFit::kPage) return goToPageStep(1);
      return bar->triggerAction(QAbstractSlider::SliderPageStepAdd);
    case Qt::Key_PageUp:
      if (m_layout.zoom().fit == PageFit::kPage) return goToPageStep(-1);
      return bar->triggerAction(QAbstractSlider::SliderPageStepSub);
    case Qt::Key_Space:
      return bar->triggerAction(event->modifiers().testFlag(Qt::ShiftModifier) ? QAbstractSlider::SliderPageStepSub
                                                                               : QAbstractSlider::SliderPageStepAdd);
    case Qt::Key_Home:
      return bar->setValue(0);
    case Qt::Key_End:
      return bar->setValue(bar->maximum());
    case Qt::Key_Down:
      return ctrl ? goToPageStep(1) : bar->triggerAction(QAbstractSlider::SliderSingleStepAdd);
    case Qt::Key_Up:
      return ctrl ? goToPageStep(-1) : bar->triggerAction(QAbstractSlider::SliderSingleStepSub);
    case Qt::Key_Left:
      if (horizontalScrollBar()->maximum() == 0) return goToPageStep(layoutDirection() == Qt::RightToLeft ? 1 : -1);
      return horizontalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub);
    case Qt::Key_Right:
      if (horizontalScrollBar()->maximum() == 0) return goToPageStep(layoutDirection() == Qt::RightToLeft ? -1 : 1);
      return horizontalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd);
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      return zoomIn();
    case Qt::Key_Minus:
      return zoomOut();
    default:
      QAbstractScrollArea::keyPressEvent(event);
  }
}

/// Keys that mean something here are taken before the window's shortcuts for the text see them.
bool PageView::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    auto* key = static_cast<QKeyEvent*>(event);
    const bool isZoom = key->key() == Qt::Key_Plus || key->key() == Qt::Key_Minus || key->key() == Qt::Key_Equal;
    if (isZoom && key->modifiers().testFlag(Qt::ControlModifier)) {
      event->accept();
      return true;
    }
  }
  return QAbstractScrollArea::event(event);
}

void PageView::wheelEvent(QWheelEvent* event) {
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    const int delta = event->angleDelta().y();
    if (delta != 0) zoomBy(delta > 0 ? 1 : -1);
    event->accept();
    return;
  }
  QAbstractScrollArea::wheelEvent(event);
}

void PageView::changeEvent(QEvent* event) {
  QAbstractScrollArea::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) viewport()->update();
  if (event->type() == QEvent::FontChange) updateScrollBars();
}

}  // namespace tidemark::ui
