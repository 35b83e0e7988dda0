// Pointer and keyboard of the grid.

#include <QContextMenuEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QWheelEvent>
#include <cmath>

#include "ui/wavefront/wavefront_grid.h"

namespace tidemark::ui {
namespace {

constexpr double kDragDistance = 4;
constexpr double kWheelNotch = 120;
constexpr double kZoomPerNotch = 1.2;

}  // namespace

void WavefrontGrid::setHover(std::optional<CellId> cell) {
  if (cell == m_hover) return;
  const bool sameSegment = cell && m_hover && cell->segment == m_hover->segment;
  m_hover = cell;
  update();
  if (!sameSegment) Q_EMIT segmentHovered(cell ? cell->segment : -1);
}

void WavefrontGrid::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return QWidget::mousePressEvent(event);
  m_pressed = event->position();
  m_pressedOffset = m_layout.offset();
  m_dragging = false;
}

void WavefrontGrid::mouseMoveEvent(QMouseEvent* event) {
  if (m_pressed && (event->buttons() & Qt::LeftButton) != 0) {
    const double distance = event->position().x() - m_pressed->x();
    if (!m_dragging && std::abs(distance) < kDragDistance) return;
    m_dragging = true;
    setCursor(Qt::ClosedHandCursor);
    setHover(std::nullopt);
    m_layout.scrollTo(m_pressedOffset - distance / m_layout.pitch());
    manualMove();
    return;
  }
  setHover(m_layout.hitTest(event->position()));
}

void WavefrontGrid::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return QWidget::mouseReleaseEvent(event);
  const bool clicked = m_pressed && !m_dragging;
  m_pressed.reset();
  m_dragging = false;
  unsetCursor();
  if (!clicked) return;
  const auto cell = m_layout.hitTest(event->position());
  if (!cell) return;
  select(*cell);
  Q_EMIT segmentActivated(cell->segment);
}

void WavefrontGrid::leaveEvent(QEvent* event) {
  setHover(std::nullopt);
  QWidget::leaveEvent(event);
}

void WavefrontGrid::wheelEvent(QWheelEvent* event) {
  const QPoint angle = event->angleDelta();
  const bool sideways = (event->modifiers() & Qt::ShiftModifier) != 0 || std::abs(angle.x()) > std::abs(angle.y());
  if (sideways) {
    const int turned = std::abs(angle.x()) > std::abs(angle.y()) ? angle.x() : angle.y();
    m_layout.panBy(-turned / kWheelNotch * 3 * std::max(m_layout.pitch(), 20.0));
    manualMove();
  } else {
    m_zoomed = true;
    m_layout.zoomAt(event->position().x(), std::pow(kZoomPerNotch, angle.y() / kWheelNotch));
    // The front stays where it is while it is followed; otherwise what is under the pointer does.
    followFront();
    changed();
  }
  setHover(m_layout.hitTest(event->position()));
  event->accept();
}

void WavefrontGrid::moveSelection(std::int64_t segments, int layers) {
  if (m_selection) return select({m_selection->segment + segments, m_selection->layer + layers});
  // The first key shows where the keyboard is: the newest finished segment in view.
  const SegmentRange visible = m_layout.visibleSegments();
  const std::int64_t newest = std::max<std::int64_t>(0, m_state.finishedSegments() - 1);
  select({std::clamp(newest, visible.first, std::max(visible.first, visible.end - 1)), 0});
}

void WavefrontGrid::keyPressEvent(QKeyEvent* event) {
  if ((event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) != 0) {
    return QWidget::keyPressEvent(event);
  }
  switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_A:
      return moveSelection(-1, 0);
    case Qt::Key_Right:
    case Qt::Key_D:
      return moveSelection(1, 0);
    case Qt::Key_Up:
    case Qt::Key_W:
      return moveSelection(0, 1);
    case Qt::Key_Down:
    case Qt::Key_S:
      return moveSelection(0, -1);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (m_selection) Q_EMIT segmentActivated(m_selection->segment);
      return;
    default:
      QWidget::keyPressEvent(event);
  }
}

void WavefrontGrid::contextMenuEvent(QContextMenuEvent* event) {
  if (event->reason() != QContextMenuEvent::Keyboard) {
    if (const auto cell = m_layout.hitTest(event->pos())) select(*cell);
  }
  if (!m_selection) return;
  const qint64 segment = m_selection->segment;
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  QAction* ask = menu->addAction(tr("Ask as of here"), this, [this, segment] { Q_EMIT askAsOfRequested(segment); });
  const bool isRead = segment < m_state.data().finishedSegments();
  ask->setEnabled(isRead);
  QAction* fork = menu->addAction(tr("Fork from here…"), this, [this, segment] { Q_EMIT forkRequested(segment); });
  QAction* rewind = menu->addAction(tr("Rewind to here…"), this, [this, segment] { Q_EMIT rewindRequested(segment); });
  QAction* pin = menu->addAction(tr("Pin the memory here"), this, [this, segment] { Q_EMIT pinRequested(segment); });
  QAction* compare = menu->addAction(tr("Compare the memory here with the end"), this,
                                     [this, segment] { Q_EMIT compareRequested(segment); });
  for (QAction* each : {fork, rewind, pin, compare}) each->setEnabled(isRead && m_canChangeMemory);
  menu->addSeparator();
  menu->addAction(tr("Go to passage"), this, [this, segment] { Q_EMIT segmentActivated(segment); });
  menu->addSeparator();
  menu->addAction(tr("Copy numbers"), this, &WavefrontGrid::copyNumbers);
  menu->popup(event->globalPos());
}

}  // namespace tidemark::ui
