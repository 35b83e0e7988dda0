#include "ui/wavefront/ribbon_scene.h"

#include <QImage>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "ui/theme/heat_map.h"
#include "ui/wavefront/cell_raster.h"

namespace tidemark::ui {
namespace {

constexpr double kNarrowestFrame = 8;

struct RibbonRow {
  std::vector<QRgb> colors;  // of the pixels that are done, from the left
  int restored = 0;          // so many of them from an earlier run
};

RibbonRow makeRow(const RibbonView& view, int layer, int pixels) {
  const WavefrontState& state = *view.state;
  RibbonRow row;
  const std::int64_t total = state.data().totalSegments();
  if (total == 0) return row;
  const double perPixel = static_cast<double>(total) / pixels;
  const int level = perPixel > 1 ? static_cast<int>(std::floor(std::log2(perPixel))) : 0;
  const std::int64_t done = state.doneEnd(layer);
  std::int64_t lastColumn = -1;
  QRgb color = 0;
  for (int x = 0; x < pixels; ++x) {
    const auto segment = static_cast<std::int64_t>((x + 0.5) * perPixel);
    if (segment >= done) break;
    if (segment >> level != lastColumn) {
      lastColumn = segment >> level;
      const float heat = state.columnHeat(level, lastColumn, layer);
      color = std::isnan(heat) ? view.colors.line.rgb() : heatColor(heat);
    }
    row.colors.push_back(color);
    if (segment < state.data().restoredSegments()) row.restored = x + 1;
  }
  return row;
}

QColor groundColor(const ThemeColors& colors) {
  return QColor(mixColors(colors.raised.rgb(), colors.panel.rgb(), 160));
}

void paintStripImage(QPainter& painter, const RibbonView& view) {
  QImage image((view.strip.size() * view.pixelRatio).toSize(), QImage::Format_RGB32);
  if (image.isNull()) return;
  image.setDevicePixelRatio(view.pixelRatio);
  image.fill(groundColor(view.colors));
  const int layers = view.state->data().layers();
  const int period = std::max(2, static_cast<int>(6 * view.pixelRatio));
  for (int layer = 0; layer < layers; ++layer) {
    const RibbonRow row = makeRow(view, layer, image.width());
    const int bottom = (layers - layer) * image.height() / layers;
    for (int y = (layers - 1 - layer) * image.height() / layers; y < bottom; ++y) {
      auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
      std::copy(row.colors.begin(), row.colors.end(), line);
      for (int x = period - 1 - y % period; x < row.restored; x += period) {
        line[x] = hatchColor(line[x], view.colors.panel.rgb());
      }
    }
  }
  painter.drawImage(view.strip.topLeft(), image);
}

void paintStripShapes(QPainter& painter, const RibbonView& view) {
  painter.fillRect(view.strip, groundColor(view.colors));
  const int layers = view.state->data().layers();
  for (int layer = 0; layer < layers; ++layer) {
    const RibbonRow row = makeRow(view, layer, static_cast<int>(view.strip.width()));
    const double height = view.strip.height() / layers;
    const double top = view.strip.top() + (layers - 1 - layer) * height;
    for (std::size_t x = 0; x < row.colors.size();) {
      std::size_t end = x + 1;
      while (end < row.colors.size() && row.colors[end] == row.colors[x]) ++end;
      const QRectF run(view.strip.left() + static_cast<double>(x), top, static_cast<double>(end - x), height);
      painter.fillRect(run, QColor(row.colors[x]));
      x = end;
    }
  }
}

void paintFlags(QPainter& painter, const RibbonView& view) {
  painter.setPen(Qt::NoPen);
  painter.setBrush(view.colors.evidence);
  const double half = (ribbonX(view, 1) - ribbonX(view, 0)) / 2;
  double last = -100;
  for (const std::int64_t segment : view.state->data().snapshots()) {
    const double x = ribbonX(view, segment) + half;
    if (x - last < 6) continue;  // flags that would cover each other are one
    last = x;
    const double y = view.strip.bottom() + 6;
    painter.drawPolygon(QPolygonF({QPointF(x, y), QPointF(x + 4, y + 7), QPointF(x - 4, y + 7)}));
  }
}

}  // namespace

double ribbonX(const RibbonView& view, std::int64_t segment) {
  const auto total = static_cast<double>(std::max<std::int64_t>(1, view.state->data().totalSegments()));
  return view.strip.left() + view.strip.width() * static_cast<double>(segment) / total;
}

QRectF ribbonFrame(const RibbonView& view) {
  const double left = ribbonX(view, view.window.first);
  QRectF box(left, view.strip.top() - 2, ribbonX(view, view.window.end) - left, view.strip.height() + 4);
  if (box.width() < kNarrowestFrame) {
    const double middle = box.center().x();
    box.setLeft(middle - kNarrowestFrame / 2);
    box.setRight(middle + kNarrowestFrame / 2);
  }
  return box;
}

void paintRibbon(QPainter& painter, const RibbonView& view) {
  if (view.vectorCells) {
    paintStripShapes(painter, view);
  } else {
    paintStripImage(painter, view);
  }
  if (view.state->data().totalSegments() == 0) return;
  const GroupShape running = view.state->running();
  if (!running.isEmpty()) {
    const double x = std::min(ribbonX(view, running.firstSegment), view.strip.right() - 2);
    painter.fillRect(QRectF(x, view.strip.top(), 2, view.strip.height()), view.colors.accent);
  }
  if (view.document) {
    const double left = ribbonX(view, view.document->first);
    const double width = std::max(3.0, ribbonX(view, view.document->end) - left);
    painter.fillRect(QRectF(left, view.strip.bottom() + 3, width, 2), view.colors.dim);
  }
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  paintFlags(painter, view);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(view.colors.text, 1.5));
  painter.drawRoundedRect(ribbonFrame(view).adjusted(0.75, 0.75, -0.75, -0.75), 3, 3);
  painter.restore();
}

}  // namespace tidemark::ui
