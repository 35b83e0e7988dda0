#include "ui/wavefront/heat_legend.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>

#include "ui/theme/heat_map.h"

namespace tidemark::ui {
namespace {

constexpr double kScaleHeight = 6;

QFont smallFont(const QFont& font) {
  QFont small = font;
  small.setPointSizeF(font.pointSizeF() * 0.85);
  return small;
}

}  // namespace

void paintHeatScale(QPainter& painter, const QRectF& box, HeatMetric metric, const ThemeColors& colors) {
  for (int x = 0; x < static_cast<int>(box.width()); ++x) {
    const auto share = static_cast<float>(x / std::max(1.0, box.width() - 1));
    painter.fillRect(QRectF(box.left() + x, box.top(), 1, kScaleHeight), QColor(heatColor(share)));
  }
  const QFontMetricsF metrics(painter.font());
  painter.setPen(colors.dim);
  for (const HeatTick& tick : heatTicks(metric)) {
    const QString text = metricTickText(metric, tick.value);
    const double width = metrics.horizontalAdvance(text) + 2;
    const double x = std::clamp(box.left() + box.width() * tick.place - width / 2, box.left(), box.right() - width);
    painter.drawText(QRectF(x, box.top() + kScaleHeight + 1, width, metrics.height()), Qt::AlignCenter, text);
  }
}

HeatLegend::HeatLegend(QWidget* parent) : QWidget(parent) {
  setObjectName(QStringLiteral("wavefrontLegend"));
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setMetric(HeatMetric::kChange);
}

void HeatLegend::setMetric(HeatMetric metric) {
  m_metric = metric;
  setToolTip(metricExplanation(metric));
  setAccessibleName(tr("Colour scale: %1").arg(metricName(metric)));
  setAccessibleDescription(metricExplanation(metric));
  update();
}

QSize HeatLegend::sizeHint() const {
  const QFontMetrics metrics(smallFont(font()));
  return {metrics.averageCharWidth() * 28, static_cast<int>(kScaleHeight) + metrics.height() + 4};
}

void HeatLegend::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.fillRect(rect(), themeColors(palette()).panel);
  painter.setFont(smallFont(font()));
  const double height = sizeHint().height();
  paintHeatScale(painter, QRectF(0, (this->height() - height) / 2 + 2, width(), height), m_metric,
                 themeColors(palette()));
}

void HeatLegend::changeEvent(QEvent* event) {
  if (event->type() == QEvent::FontChange) updateGeometry();
  if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) update();
  QWidget::changeEvent(event);
}

}  // namespace tidemark::ui
