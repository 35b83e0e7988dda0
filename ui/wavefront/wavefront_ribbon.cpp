#include "ui/wavefront/wavefront_ribbon.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>
#include <cstring>

#include "ui/theme/heat_map.h"
#include "ui/theme/theme.h"
#include "ui/wavefront/cell_raster.h"

namespace tidemark::ui {
namespace {

constexpr double kTop = 4;
constexpr double kFlagRoom = 14;
constexpr double kDragDistance = 3;
constexpr double kNarrowestFrame = 8;

}  // namespace

WavefrontRibbon::WavefrontRibbon(const WavefrontState& state, QWidget* parent) : QWidget(parent), m_state(state) {
  setObjectName(QStringLiteral("wavefrontRibbon"));
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::PointingHandCursor);
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

void WavefrontRibbon::setWindow(const SegmentRange& window) {
  if (window == m_window) return;
  m_window = window;
  update();
}

void WavefrontRibbon::setDocumentSegments(std::optional<SegmentRange> segments) {
  m_document = segments;
  update();
}

QSize WavefrontRibbon::sizeHint() const {
  return {400, static_cast<int>(fontMetrics().height() * 2.2 + kTop + kFlagRoom)};
}

QRectF WavefrontRibbon::strip() const {
  return {static_cast<double>(m_left), kTop, std::max(1.0, static_cast<double>(width() - m_left - m_right)),
          std::max(1.0, height() - kTop - kFlagRoom)};
}

double WavefrontRibbon::xOf(std::int64_t segment) const {
  const auto total = static_cast<double>(std::max<std::int64_t>(1, m_state.data().totalSegments()));
  return strip().left() + strip().width() * static_cast<double>(segment) / total;
}

std::int64_t WavefrontRibbon::segmentAt(double x) const {
  const std::int64_t total = m_state.data().totalSegments();
  const double share = (x - strip().left()) / strip().width();
  const auto segment = static_cast<std::int64_t>(std::floor(share * static_cast<double>(total)));
  return std::clamp<std::int64_t>(segment, 0, std::max<std::int64_t>(0, total - 1));
}

QRectF WavefrontRibbon::frame() const {
  const double left = xOf(m_window.first);
  QRectF box(left, strip().top() - 2, xOf(m_window.end) - left, strip().height() + 4);
  if (box.width() < kNarrowestFrame) {
    const double middle = box.center().x();
    box.setLeft(middle - kNarrowestFrame / 2);
    box.setRight(middle + kNarrowestFrame / 2);
  }
  return box;
}

QImage WavefrontRibbon::makeImage(const QSize& pixels, double pixelRatio) const {
  const ThemeColors& colors = themeColors(palette());
  QImage image(pixels, QImage::Format_RGB32);
  image.setDevicePixelRatio(pixelRatio);
  image.fill(mixColors(colors.raised.rgb(), colors.panel.rgb(), 160));
  const int layers = m_state.data().layers();
  const std::int64_t total = m_state.data().totalSegments();
  if (layers == 0 || total == 0 || pixels.isEmpty()) return image;
  const double perPixel = static_cast<double>(total) / pixels.width();
  const int level = perPixel > 1 ? static_cast<int>(std::floor(std::log2(perPixel))) : 0;
  const int period = static_cast<int>(6 * pixelRatio);
  std::vector<QRgb> row(static_cast<std::size_t>(pixels.width()));
  for (int layer = 0; layer < layers; ++layer) {
    const int top = (layers - 1 - layer) * pixels.height() / layers;
    const int bottom = (layers - layer) * pixels.height() / layers;
    const std::int64_t done = m_state.doneEnd(layer);
    int end = 0;
    int restored = 0;
    for (; end < pixels.width(); ++end) {
      const auto segment = static_cast<std::int64_t>((end + 0.5) * perPixel);
      if (segment >= done) break;
      const float heat = m_state.columnHeat(level, segment >> level, layer);
      row[static_cast<std::size_t>(end)] = std::isnan(heat) ? colors.line.rgb() : heatColor(heat);
      if (m_state.data().origin(segment, layer) == CellOrigin::kRestored) restored = end + 1;
    }
    for (int y = top; y < bottom; ++y) {
      auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
      std::memcpy(line, row.data(), static_cast<std::size_t>(end) * sizeof(QRgb));
      for (int x = period - 1 - y % period; x < restored; x += period)
        line[x] = hatchColor(line[x], colors.panel.rgb());
    }
  }
  return image;
}

void WavefrontRibbon::paintInto(QPainter& painter, double pixelRatio) const {
  const ThemeColors& colors = themeColors(palette());
  const QRectF box = strip();
  painter.drawImage(box.topLeft(), makeImage((box.size() * pixelRatio).toSize(), pixelRatio));
  const std::int64_t total = m_state.data().totalSegments();
  if (total == 0) return;

  const GroupShape running = m_state.running();
  if (!running.isEmpty()) {
    const double x = std::min(xOf(running.firstSegment), box.right() - 2);
    painter.fillRect(QRectF(x, box.top(), 2, box.height()), colors.accent);
  }
  if (m_document) {
    const double left = xOf(m_document->first);
    painter.fillRect(QRectF(left, box.bottom() + 3, std::max(3.0, xOf(m_document->end) - left), 2), colors.dim);
  }
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colors.evidence);
  double last = -100;
  for (const std::int64_t segment : m_state.data().snapshots()) {
    const double x = xOf(segment) + box.width() / static_cast<double>(total) / 2;
    if (x - last < 6) continue;  // flags that would cover each other are one
    last = x;
    const double y = box.bottom() + 6;
    painter.drawPolygon(QPolygonF({QPointF(x, y), QPointF(x + 4, y + 7), QPointF(x - 4, y + 7)}));
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(colors.text, 1.5));
  painter.drawRoundedRect(frame().adjusted(0.75, 0.75, -0.75, -0.75), 3, 3);
  painter.setRenderHint(QPainter::Antialiasing, false);
}

void WavefrontRibbon::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  paintInto(painter, devicePixelRatioF());
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
  if (std::abs(event->position().x() - m_pressedX) > kDragDistance) m_dragged = true;
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
