#include "ui/wavefront/wavefront_scene.h"

#include <QLocale>
#include <algorithm>
#include <cmath>
#include <cstring>

#include "ui/theme/heat_map.h"
#include "ui/wavefront/cell_text.h"
#include "ui/wavefront/scene_overlay.h"

namespace tidemark::ui {
namespace {

constexpr double kGapShare = 0.12;
constexpr double kRadius = 4;
constexpr int kNumberSteps = 100;

int gapPixels(const WavefrontLayout& layout) {
  if (layout.detail() < DetailLevel::kGaps) return 0;
  const double smaller = std::min(layout.pitch(), layout.rowHeight()) * layout.pixelRatio();
  return std::max(1, static_cast<int>(std::lround(smaller * kGapShare)));
}

int devicePixels(double logical, const WavefrontLayout& layout) {
  return static_cast<int>(std::lround(logical * layout.pixelRatio()));
}

QRgb colorOf(float heat, const ThemeColors& colors) {
  return std::isnan(heat) ? colors.line.rgb() : heatColor(heat);
}

CellLook lookOf(const WavefrontState& state, std::int64_t segment, int layer, std::int64_t doneEnd) {
  if (segment >= doneEnd) return CellLook::kOutline;
  return state.data().origin(segment, layer) == CellOrigin::kRead ? CellLook::kFilled : CellLook::kHatched;
}

void paintVectorCells(QPainter& painter, const SceneView& view) {
  const WavefrontLayout& layout = *view.layout;
  const double radius = cellRadius(layout);
  painter.save();
  painter.setClipRect(layout.area());
  for (int layer = 0; layer < layout.layers(); ++layer) {
    const std::int64_t done = view.state->doneEnd(layer);
    const SegmentRange range = layout.visibleSegments(layer);
    for (std::int64_t s = range.first; s < range.end; ++s) {
      const QRectF body = cellBody(layout, {s, layer});
      const CellLook look = lookOf(*view.state, s, layer, done);
      if (look == CellLook::kOutline) {
        painter.setPen(QPen(view.colors.line, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(body.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
        continue;
      }
      const QRgb color = colorOf(view.state->heat(s, layer), view.colors);
      painter.setPen(Qt::NoPen);
      painter.setBrush(QColor(color));
      painter.drawRoundedRect(body, radius, radius);
      if (look == CellLook::kHatched) {
        painter.setPen(QPen(QColor(hatchColor(color, view.colors.panel.rgb())), 1));
        painter.drawLine(body.bottomLeft(), body.topRight());
      }
    }
  }
  painter.restore();
}

}  // namespace

QRectF cellBody(const WavefrontLayout& layout, const CellId& cell) {
  const double gap = gapPixels(layout) / layout.pixelRatio();
  return layout.cellRect(cell).adjusted(0, 0, -gap, -gap);
}

double cellRadius(const WavefrontLayout& layout) {
  if (layout.detail() < DetailLevel::kRounded) return 0;
  return std::min(kRadius, std::min(layout.pitch(), layout.rowHeight()) / 5);
}

std::int64_t visibleCellCount(const WavefrontLayout& layout) {
  std::int64_t count = 0;
  for (int layer = 0; layer < layout.layers(); ++layer) {
    const SegmentRange range = layout.visibleSegments(layer);
    count += range.end - range.first;
  }
  return count;
}

void ScenePainter::paint(QPainter& painter, const SceneView& view) {
  if (view.layout->layers() == 0 || view.layout->area().isEmpty()) return;
  if (view.vectorCells) {
    paintVectorCells(painter, view);
  } else {
    paintCellImage(painter, view);
  }
  if (view.layout->detail() == DetailLevel::kNumbers) paintNumbers(painter, view);
  paintSceneOverlay(painter, view);
}

CellStyle ScenePainter::styleFor(const SceneView& view) const {
  const WavefrontLayout& layout = *view.layout;
  CellStyle style;
  style.width = devicePixels(layout.pitch(), layout);
  style.height = devicePixels(layout.rowHeight(), layout);
  style.gap = std::min(gapPixels(layout), std::max(0, style.height - 1));
  style.radius = devicePixels(cellRadius(layout), layout);
  style.line = std::max(1, devicePixels(1, layout));
  style.hatchPeriod = std::max(4, devicePixels(layout.pitch() < 14 ? 4 : 7, layout));
  style.background = view.colors.panel.rgb();
  style.outline = view.colors.line.rgb();
  return style;
}

void ScenePainter::paintCellImage(QPainter& painter, const SceneView& view) {
  const WavefrontLayout& layout = *view.layout;
  const int rowHeight = devicePixels(layout.rowHeight(), layout);
  const QSize size(devicePixels(layout.area().width(), layout), rowHeight * layout.layers());
  if (m_image.size() != size) m_image = QImage(size, QImage::Format_RGB32);
  m_image.setDevicePixelRatio(layout.pixelRatio());
  m_image.fill(view.colors.panel);
  const bool dense = layout.detail() < DetailLevel::kGaps;
  if (!dense) {
    const CellStyle style = styleFor(view);
    if (!m_raster || m_raster->style() != style) m_raster = std::make_unique<CellRaster>(style);
  }
  for (int layer = 0; layer < layout.layers(); ++layer) {
    const int top = (layout.layers() - 1 - layer) * rowHeight;
    if (dense) {
      paintDenseRow(view, layer, top, rowHeight);
    } else {
      paintCellRow(view, layer, top);
    }
  }
  painter.drawImage(layout.area().topLeft(), m_image);
}

void ScenePainter::paintCellRow(const SceneView& view, int layer, int top) {
  const WavefrontState& state = *view.state;
  const SegmentRange range = view.layout->visibleSegments(layer);
  const std::int64_t done = state.doneEnd(layer);
  m_cells.clear();
  for (std::int64_t s = range.first; s < range.end; ++s) {
    const CellLook look = lookOf(state, s, layer, done);
    m_cells.push_back({look == CellLook::kOutline ? 0 : colorOf(state.heat(s, layer), view.colors), look});
  }
  m_raster->paintRow(m_image, static_cast<int>(view.layout->cellLeft(range.first, layer)), top, m_cells);
}

void ScenePainter::paintDenseRow(const SceneView& view, int layer, int top, int height) {
  const WavefrontLayout& layout = *view.layout;
  const WavefrontState& state = *view.state;
  const double cell = layout.pitch() * layout.pixelRatio();
  const int level = cell >= 1 ? 0 : static_cast<int>(std::floor(std::log2(1 / cell)));
  const double left = layout.cellLeft(0, layer);
  const std::int64_t done = state.doneEnd(layer);
  const QRgb waiting = mixColors(view.colors.line.rgb(), view.colors.panel.rgb(), 90);
  auto* first = reinterpret_cast<QRgb*>(m_image.scanLine(top));
  std::int64_t lastColumn = -1;
  QRgb color = 0;
  std::int64_t hatchEnd = 0;  // pixels before it are restored
  for (int x = 0; x < m_image.width(); ++x) {
    const auto segment = static_cast<std::int64_t>(std::floor((x + 0.5 - left) / cell));
    if (segment < 0 || segment >= layout.segments()) continue;
    if (segment >= done) {
      first[x] = waiting;
      continue;
    }
    const std::int64_t column = segment >> level;
    if (column != lastColumn) {
      color = colorOf(level == 0 ? state.heat(segment, layer) : state.columnHeat(level, column, layer), view.colors);
      if (state.data().origin(segment, layer) == CellOrigin::kRestored) hatchEnd = x + static_cast<int>(cell) + 1;
    }
    lastColumn = column;
    first[x] = color;
  }
  const int gap = height >= devicePixels(6, layout) ? std::max(1, devicePixels(1, layout)) : 0;
  const auto bytes = static_cast<std::size_t>(m_image.width()) * sizeof(QRgb);
  const int period = devicePixels(7, layout);
  for (int y = height - gap - 1; y >= 0; --y) {
    auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(top + y));
    if (y > 0) std::memcpy(line, first, bytes);
    const auto end = static_cast<int>(std::min<std::int64_t>(hatchEnd, m_image.width()));
    for (int x = (period - (top + y) % period) % period; x < end; x += period) {
      line[x] = hatchColor(line[x], view.colors.panel.rgb());
    }
  }
}

const QImage& ScenePainter::numberImage(float heat, const SceneView& view) {
  const double ratio = view.layout->pixelRatio();
  QFont font = view.font;
  font.setPointSizeF(std::max(6.0, view.font.pointSizeF() * 0.72));
  if (font != m_numberFont || ratio != m_numberRatio) m_numbers.assign(kNumberSteps + 1, QImage());
  m_numberFont = font;
  m_numberRatio = ratio;
  const auto step = static_cast<std::size_t>(std::lround(std::clamp(heat, 0.0F, 1.0F) * kNumberSteps));
  QImage& image = m_numbers[step];
  if (!image.isNull()) return image;
  const float shown = static_cast<float>(step) / kNumberSteps;
  const QString text = heatNumber(shown);
  const QSizeF size = QFontMetricsF(font).boundingRect(text).adjusted(-1, -1, 1, 1).size();
  image = QImage((size * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(ratio);
  image.fill(Qt::transparent);
  QPainter painter(&image);
  painter.setFont(font);
  painter.setPen(textOnHeat(shown));
  painter.drawText(QRectF(QPointF(0, 0), size), Qt::AlignCenter, text);
  return image;
}

void ScenePainter::paintNumbers(QPainter& painter, const SceneView& view) {
  const WavefrontLayout& layout = *view.layout;
  if (layout.rowHeight() < QFontMetricsF(view.font).height() * 0.9) return;
  painter.save();
  painter.setClipRect(layout.area());
  for (int layer = 0; layer < layout.layers(); ++layer) {
    const SegmentRange range = layout.visibleSegments(layer);
    const std::int64_t end = std::min(range.end, view.state->doneEnd(layer));
    for (std::int64_t s = range.first; s < end; ++s) {
      const float heat = view.state->heat(s, layer);
      if (std::isnan(heat)) continue;
      const QImage& number = numberImage(heat, view);
      const QRectF body = cellBody(layout, {s, layer});
      const QSizeF size = QSizeF(number.size()) / layout.pixelRatio();
      if (size.width() > body.width()) return painter.restore();
      painter.drawImage(
          QPointF(std::round(body.center().x() - size.width() / 2), std::round(body.center().y() - size.height() / 2)),
          number);
    }
  }
  painter.restore();
}

}  // namespace tidemark::ui
