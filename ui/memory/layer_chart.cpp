#include "ui/memory/layer_chart.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/memory/memory_texts.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr double kRowUnits = 1.5;

}  // namespace

double endOfScale(double share) {
  for (const double end : {0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0}) {
    if (share <= end) return end;
  }
  return 2;
}

LayerChart::LayerChart(QWidget* parent) : ChartView(tr("Change by layer"), parent) {
  setAccessibleDescription(tr("How far the two memories are apart in every layer"));
}

void LayerChart::setLayers(std::vector<LayerDifference> layers) {
  m_layers = std::move(layers);
  double most = 0;
  for (const LayerDifference& each : m_layers) most = std::max({most, each.relative(), each.relativeKeySum()});
  m_end = endOfScale(most);
  itemsReset();
}

QSize LayerChart::sizeHint() const {
  return {static_cast<int>(unit() * 16), static_cast<int>(unit() * 8)};
}

double LayerChart::contentHeight() const {
  return std::round(unit() * kRowUnits) * itemCount() + unit() / 2;
}

double LayerChart::labelWidth() const {
  return std::ceil(fontMetrics().horizontalAdvance(tr("layer %1").arg(std::max(0, itemCount() - 1))) + unit() / 2);
}

double LayerChart::numberWidth() const {
  return std::ceil(fontMetrics().horizontalAdvance(shareText(1.234)) + unit() / 2);
}

QRectF LayerChart::itemRect(int item) const {
  const double row = std::round(unit() * kRowUnits);
  return {0, row * item, static_cast<double>(viewport()->width()), row};
}

QRectF LayerChart::groundOf(int item) const {
  const QRectF row = itemRect(item);
  const double left = std::round(unit() * 1.25) + labelWidth();
  return {left, row.top() + std::round(row.height() * 0.2),
          std::max(1.0, row.width() - left - numberWidth() - unit() * 0.75), std::round(row.height() * 0.6)};
}

QRectF LayerChart::barRect(int item) const {
  const QRectF ground = groundOf(item);
  const double share = std::clamp(m_layers[static_cast<std::size_t>(item)].relative() / m_end, 0.0, 1.0);
  // The thin bar stands below it.
  return {ground.left(), ground.top(), ground.width() * share, std::round(ground.height() * 0.65)};
}

QString LayerChart::describe(int item) const {
  if (item < 0 || item >= itemCount()) return {};
  const LayerDifference& layer = m_layers[static_cast<std::size_t>(item)];
  return tr("Layer %1: the matrix differs by %2 of its length, the sum of keys by %3")
      .arg(item)
      .arg(shareText(layer.relative()), shareText(layer.relativeKeySum()));
}

void LayerChart::paintChart(QPainter& painter) const {
  const ThemeColors& colors = themeColors(palette());
  for (int item = 0; item < itemCount(); ++item) {
    const LayerDifference& layer = m_layers[static_cast<std::size_t>(item)];
    const bool isCurrent = current() == item;
    const QRectF row = itemRect(item);
    const QRectF ground = groundOf(item);
    const double margin = std::round(unit() * 1.25);
    painter.setFont(font());
    painter.setPen(isCurrent ? colors.text : colors.dim);
    painter.drawText(QRectF(margin, row.top(), labelWidth(), row.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("layer %1").arg(item));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.raised);
    painter.drawRoundedRect(ground, 3, 3);
    const QRectF bar = barRect(item);
    painter.setBrush(colors.accent);
    if (bar.width() > 0) painter.drawRoundedRect(bar, std::min(3.0, bar.width() / 2), std::min(3.0, bar.width() / 2));
    const double keys = std::clamp(layer.relativeKeySum() / m_end, 0.0, 1.0) * ground.width();
    painter.fillRect(QRectF(ground.left(), bar.bottom() + 1, keys, std::max(2.0, ground.bottom() - bar.bottom() - 2)),
                     colors.dim);
    painter.setPen(colors.text);
    painter.drawText(QRectF(ground.right(), row.top(), numberWidth(), row.height()), Qt::AlignRight | Qt::AlignVCenter,
                     shareText(layer.relative()));
    if (!isCurrent) continue;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(hasFocus() ? colors.accent : colors.line, 1));
    painter.drawRoundedRect(row.adjusted(margin / 2, 0.5, -0.5, -0.5), 4, 4);
  }
}

}  // namespace tidemark::ui
