#include "ui/wavefront/wavefront_ribbon.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/theme/theme.h"
#include "ui/wavefront/pacer.h"

namespace tidemark::ui {
namespace {

constexpr double kTop = 4;
constexpr double kScrubDistance = 3;
constexpr int kLiveMilliseconds = 100;
constexpr int kReplayMilliseconds = 33;

}  // namespace

WavefrontRibbon::WavefrontRibbon(const WavefrontState& state, QWidget* parent) : QWidget(parent), m_state(state) {
  m_pacer = new Pacer(
      kLiveMilliseconds, [this] { update(); }, this);
  setObjectName(QStringLiteral("wavefrontRibbon"));
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::PointingHandCursor);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setAccessibleName(tr("Whole document"));
  setAccessibleDescription(
      tr("All segments in one strip; the frame is the part that the grid shows. Left and Right move it."));
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void WavefrontRibbon::setMargins(int left, int right) {
  m_left = left;
  m_right = right;
  update();
}

void WavefrontRibbon::stateChanged() {
  m_pacer->setInterval(m_state.isReplay() ? kReplayMilliseconds : kLiveMilliseconds);
  m_pacer->request();
}

void WavefrontRibbon::setWindow(const SegmentRange& window, bool byHand) {
  if (window == m_window) return;
  m_window = window;
  if (byHand) return update();
  m_pacer->request();
}

void WavefrontRibbon::setDocumentSegments(std::optional<SegmentRange> segments) {
  if (segments == m_document) return;
  m_document = segments;
  update();
}

QSize WavefrontRibbon::sizeHint() const {
  return {400, static_cast<int>(fontMetrics().height() * 2.2 + kTop + kRibbonFlagRoom)};
}

QRectF WavefrontRibbon::strip() const {
  return {static_cast<double>(m_left), kTop, std::max(1.0, static_cast<double>(width() - m_left - m_right)),
          std::max(1.0, height() - kTop - kRibbonFlagRoom)};
}

RibbonView WavefrontRibbon::view() const {
  RibbonView view;
  view.state = &m_state;
  view.colors = themeColors(palette());
  view.strip = strip();
  view.window = m_window;
  view.document = m_document;
  view.pixelRatio = devicePixelRatioF();
  return view;
}

double WavefrontRibbon::xOf(std::int64_t segment) const {
  return ribbonX(view(), segment);
}

std::int64_t WavefrontRibbon::segmentAt(double x) const {
  const std::int64_t total = m_state.data().totalSegments();
  const double share = (x - strip().left()) / strip().width();
  const auto segment = static_cast<std::int64_t>(std::floor(share * static_cast<double>(total)));
  return std::clamp<std::int64_t>(segment, 0, std::max<std::int64_t>(0, total - 1));
}

QRectF WavefrontRibbon::frame() const {
  return ribbonFrame(view());
}

void WavefrontRibbon::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.fillRect(rect(), themeColors(palette()).panel);
  paintRibbon(painter, view());
  if (hasFocus()) {
    painter.setPen(QPen(themeColors(palette()).accent, 1));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
  }
}

void WavefrontRibbon::changeEvent(QEvent* event) {
  if (event->type() == QEvent::FontChange) updateGeometry();
  if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) update();
  QWidget::changeEvent(event);
}

void WavefrontRibbon::moveTo(double x) {
  const std::int64_t last = std::max<std::int64_t>(0, m_state.data().totalSegments() - 1);
  const auto center = segmentAt(x) - static_cast<std::int64_t>(std::llround(m_grip));
  Q_EMIT windowMoved(std::clamp<std::int64_t>(center, 0, last));
}

void WavefrontRibbon::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || m_state.data().totalSegments() == 0) return;
  m_pressedX = event->position().x();
  m_dragged = false;
  // A hand inside the frame takes it where it touches it; elsewhere the frame comes to the hand.
  const bool inside = frame().contains(QPointF(m_pressedX, frame().center().y()));
  const double middle = static_cast<double>(m_window.first + m_window.end) / 2;
  m_grip = inside ? static_cast<double>(segmentAt(m_pressedX)) - middle : 0;
  if (!inside) moveTo(m_pressedX);
}

void WavefrontRibbon::mouseMoveEvent(QMouseEvent* event) {
  if ((event->buttons() & Qt::LeftButton) == 0) return;
  if (std::abs(event->position().x() - m_pressedX) > kScrubDistance) m_dragged = true;
  if (m_dragged) moveTo(event->position().x());
}

void WavefrontRibbon::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || m_dragged || m_state.data().totalSegments() == 0) return;
  Q_EMIT segmentActivated(segmentAt(event->position().x()));
}

void WavefrontRibbon::keyPressEvent(QKeyEvent* event) {
  const std::int64_t middle = (m_window.first + m_window.end) / 2;
  const std::int64_t step = std::max<std::int64_t>(1, (m_window.end - m_window.first) / 4);
  const std::int64_t last = std::max<std::int64_t>(0, m_state.data().totalSegments() - 1);
  if (event->key() == Qt::Key_Left) {
    Q_EMIT windowMoved(std::max<std::int64_t>(0, middle - step));
  } else if (event->key() == Qt::Key_Right) {
    Q_EMIT windowMoved(std::min(last, middle + step));
  } else {
    QWidget::keyPressEvent(event);
  }
}

void WavefrontRibbon::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  update();
}

void WavefrontRibbon::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  update();
}

}  // namespace tidemark::ui
