#include "ui/wavefront/meter_strip.h"

#include <QEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr int kPicture = 56;  // width of one small picture
constexpr int kSpace = 10;
constexpr std::size_t kShownWindows = 60;

}  // namespace

MeterStrip::MeterStrip(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("wavefrontMeters"));
  setAttribute(Qt::WA_OpaquePaintEvent);
  setAccessibleName(tr("Speed and memory"));
  setToolTip(
      tr("Tokens per second (median of the last seconds). The memory keeps its size at any length of text; the rising "
         "line is what a key/value cache would take for the same text."));
  setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void MeterStrip::setFigures(const ThroughputMeter& throughput, const MemoryFigures& memory, std::int64_t read,
                            std::int64_t total) {
  const QString text = figuresText(throughput.tokensPerSecond(), memory);
  const auto& all = throughput.windows();
  const std::size_t shown = std::min(kShownWindows, all.size());
  std::vector<float> windows(all.end() - static_cast<std::ptrdiff_t>(shown), all.end());
  const double share = total > 0 ? std::clamp(static_cast<double>(read) / static_cast<double>(total), 0.0, 1.0) : 0.0;
  if (text == m_text && windows == m_windows && share == m_share) return;
  m_text = text;
  // Only ever wider: a row that is laid out anew for every figure would repaint everything beside it.
  const int width = fontMetrics().horizontalAdvance(m_text) + 4;
  if (width > m_textRoom || m_text.isEmpty()) {
    m_textRoom = width;
    updateGeometry();
  }
  m_windows = std::move(windows);
  m_memory = memory;
  m_share = share;
  setAccessibleDescription(m_text);
  update();
}

QSize MeterStrip::sizeHint() const {
  return {2 * (kPicture + kSpace) + m_textRoom, fontMetrics().height() + 8};
}

QSize MeterStrip::minimumSizeHint() const {
  return {fontMetrics().averageCharWidth() * 12, sizeHint().height()};
}

void MeterStrip::changeEvent(QEvent* event) {
  if (event->type() == QEvent::FontChange) updateGeometry();
  if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) update();
  QWidget::changeEvent(event);
}

void MeterStrip::paintThroughput(QPainter& painter, const QRectF& box) const {
  if (m_windows.size() < 2) return;
  const float top = *std::max_element(m_windows.begin(), m_windows.end());
  if (top <= 0) return;
  QPolygonF line;
  for (std::size_t i = 0; i < m_windows.size(); ++i) {
    const double x = box.left() + box.width() * static_cast<double>(i) / static_cast<double>(m_windows.size() - 1);
    line << QPointF(x, box.bottom() - box.height() * static_cast<double>(m_windows[i] / top));
  }
  painter.setPen(QPen(themeColors(palette()).accent, 1.25));
  painter.drawPolyline(line);
}

void MeterStrip::paintMemory(QPainter& painter, const QRectF& box) const {
  const std::uint64_t top = std::max(m_memory.cacheBytes, m_memory.stateBytes);
  if (top == 0 || m_share <= 0) return;
  const ThemeColors& colors = themeColors(palette());
  const double end = box.left() + box.width() * m_share;
  const auto height = [&](std::uint64_t bytes) {
    return box.bottom() - box.height() * static_cast<double>(bytes) / static_cast<double>(top);
  };
  QPen rising(colors.dim, 1.25, Qt::DashLine);
  rising.setDashPattern({2, 2});
  painter.setPen(rising);
  painter.drawLine(QPointF(box.left(), box.bottom()), QPointF(end, height(m_memory.cacheBytes)));
  painter.setPen(QPen(colors.accent, 1.5));
  painter.drawLine(QPointF(box.left(), height(m_memory.stateBytes)), QPointF(end, height(m_memory.stateBytes)));
}

void MeterStrip::paintEvent(QPaintEvent* /*event*/) {
  const ThemeColors& colors = themeColors(palette());
  QPainter painter(this);
  painter.fillRect(rect(), colors.panel);
  const int textWidth = fontMetrics().horizontalAdvance(m_text) + 2;
  const int textLeft = std::max(0, width() - textWidth);
  painter.setPen(colors.dim);
  const QString shown = fontMetrics().elidedText(m_text, Qt::ElideRight, width());
  painter.drawText(QRect(textLeft, 0, width() - textLeft, height()), Qt::AlignRight | Qt::AlignVCenter, shown);
  painter.setRenderHint(QPainter::Antialiasing);
  const double top = (height() - fontMetrics().height()) / 2.0 + 2;
  const double tall = fontMetrics().height() - 4;
  QRectF box(textLeft - kSpace - kPicture, top, kPicture, tall);
  if (box.left() < 0) return;
  paintMemory(painter, box);
  box.translate(-(kPicture + kSpace), 0);
  if (box.left() >= 0) paintThroughput(painter, box);
}

}  // namespace tidemark::ui
