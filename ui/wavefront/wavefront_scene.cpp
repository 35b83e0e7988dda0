#include "ui/wavefront/wavefront_scene.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "ui/theme/heat_map.h"
#include "ui/wavefront/cell_text.h"
#include "ui/wavefront/scene_overlay.h"
#include "ui/wavefront/vector_cells.h"

namespace tidemark::ui {
namespace {

constexpr double kGapShare = 0.12;
constexpr double kRadius = 4;
constexpr int kNumberSteps = 200;
constexpr int kNextShare = 190;

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

}  // namespace

RasterCell cellOf(const SceneView& view, const CellId& cell, std::int64_t doneEnd) {
  const WavefrontState& state = *view.state;
  if (cell.segment >= doneEnd) return {0, CellLook::kOutline};
  const bool read = state.data().origin(cell.segment, cell.layer) == CellOrigin::kRead;
  return {colorOf(state.heat(cell.segment, cell.layer), view.colors), read ? CellLook::kFilled : CellLook::kHatched};
}

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
  paintSceneOverlay(painter, view, m_sprites, m_labelFonts);
}

void ScenePainter::paintAround(QPainter& painter, const SceneView& view, const QRect& all) {
  QRegion around(all);
  if (view.layout->layers() > 0) {
    const QRectF area = view.layout->area();
    const double bottom = area.top() + view.layout->rowHeight() * view.layout->layers();
    // Only whole pixels: what the image covers in part needs something beneath it.
    const QPoint corner(static_cast<int>(std::ceil(area.left())), static_cast<int>(std::ceil(area.top())));
    const QPoint end(static_cast<int>(std::floor(area.right())), static_cast<int>(std::floor(bottom)));
    around -= QRect(corner, end - QPoint(1, 1));
  }
  for (const QRect& part : around) painter.fillRect(part, view.colors.panel);
}

CellStyle ScenePainter::styleFor(const SceneView& view) const {
  const WavefrontLayout& layout = *view.layout;
  CellStyle style;
  style.width = std::max(1, devicePixels(layout.pitch(), layout));
  style.height = std::max(1, devicePixels(layout.rowHeight(), layout));
  style.gap = std::min(gapPixels(layout), style.height - 1);
  style.radius = devicePixels(cellRadius(layout), layout);
  style.line = std::max(1, devicePixels(1, layout));
  style.hatchPeriod = std::max(4, devicePixels(layout.pitch() < 14 ? 4 : 7, layout));
  style.background = view.colors.panel.rgb();
  style.outline = view.colors.line.rgb();
  style.nextOutline = mixColors(view.colors.accent.rgb(), view.colors.panel.rgb(), kNextShare);
  return style;
}

void ScenePainter::paintCellImage(QPainter& painter, const SceneView& view) {
  const WavefrontLayout& layout = *view.layout;
  const PictureKey key{view.state,        view.state->revision(), layout.area(),          layout.offset(),
                       layout.pitch(),    layout.rowHeight(),     layout.pixelRatio(),    layout.shear(),
                       layout.segments(), layout.layers(),        view.colors.panel.rgb()};
  if (!(key == m_pictureKey) || m_image.isNull()) makeCellImage(view);
  m_pictureKey = key;
  painter.drawImage(layout.area().topLeft(), m_image);
}

void ScenePainter::makeCellImage(const SceneView& view) {
  const WavefrontLayout& layout = *view.layout;
  const int rowHeight = devicePixels(layout.rowHeight(), layout);
  const QSize size(devicePixels(layout.area().width(), layout), rowHeight * layout.layers());
  if (m_image.size() != size) m_image = QImage(size, QImage::Format_RGB32);
  m_image.setDevicePixelRatio(layout.pixelRatio());
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
}

void ScenePainter::paintCellRow(const SceneView& view, int layer, int top) {
  const WavefrontState& state = *view.state;
  const SegmentRange range = view.layout->visibleSegments(layer);
  const std::int64_t done = std::clamp(state.doneEnd(layer), range.first, range.end);
  m_cells.clear();
  for (std::int64_t s = range.first; s < done; ++s) m_cells.push_back(cellOf(view, {s, layer}, done));
  m_cells.resize(static_cast<std::size_t>(range.end - range.first), {0, CellLook::kOutline});
  const auto mark = [&](const GroupShape& group, const RasterCell& cell) {
    const std::int64_t segment = group.segmentOf(layer);
    const bool inside = group.contains(segment, layer) && range.contains(segment);
    if (inside) m_cells[static_cast<std::size_t>(segment - range.first)] = cell;
  };
  mark(state.next(), {0, CellLook::kNext});
  mark(state.running(), {view.colors.accent.rgb(), CellLook::kFilled});
  m_raster->paintRow(m_image, static_cast<int>(view.layout->cellLeft(range.first, layer)), top, m_cells);
}

void ScenePainter::paintDenseRow(const SceneView& view, int layer, int top, int height) {
  const WavefrontLayout& layout = *view.layout;
  const WavefrontState& state = *view.state;
  const double cell = layout.pitch() * layout.pixelRatio();
  const double left = layout.cellLeft(0, layer);
  const int width = m_image.width();
  // First pixel whose middle is at or behind the left edge of a segment.
  const auto pixelOf = [&](std::int64_t segment) {
    const double place = std::ceil(left + cell * static_cast<double>(segment) - 0.5);
    return static_cast<int>(std::clamp(place, 0.0, static_cast<double>(width)));
  };
  const int begin = pixelOf(0);
  const int done = pixelOf(state.doneEnd(layer));
  const int end = std::max(done, pixelOf(layout.segments()));
  const QRgb background = view.colors.panel.rgb();
  auto* first = reinterpret_cast<QRgb*>(m_image.scanLine(top));
  std::fill(first, first + begin, background);
  std::fill(first + done, first + end, mixColors(view.colors.line.rgb(), background, 90));
  std::fill(first + end, first + width, background);
  const int level = cell >= 1 ? 0 : static_cast<int>(std::floor(std::log2(1 / cell)));
  std::int64_t lastColumn = -1;
  QRgb color = 0;
  for (int x = begin; x < done; ++x) {
    const std::int64_t column = static_cast<std::int64_t>((x + 0.5 - left) / cell) >> level;
    if (column != lastColumn) color = colorOf(state.columnHeat(level, column, layer), view.colors);
    lastColumn = column;
    first[x] = color;
  }
  repeatDenseLine(view, top, height, begin, std::min(done, pixelOf(state.data().restoredSegments())));
}

void ScenePainter::repeatDenseLine(const SceneView& view, int top, int height, int hatchBegin, int hatchEnd) {
  const WavefrontLayout& layout = *view.layout;
  const QRgb background = view.colors.panel.rgb();
  const int width = m_image.width();
  const auto* first = reinterpret_cast<const QRgb*>(m_image.constScanLine(top));
  const int gap = height >= devicePixels(6, layout) ? std::max(1, devicePixels(1, layout)) : 0;
  const int period = std::max(2, devicePixels(7, layout));
  for (int y = height - 1; y >= 0; --y) {  // the line that is copied gets its hatching last
    auto* line = reinterpret_cast<QRgb*>(m_image.scanLine(top + y));
    if (y >= height - gap) {
      std::fill(line, line + width, background);
      continue;
    }
    if (y > 0) std::memcpy(line, first, static_cast<std::size_t>(width) * sizeof(QRgb));
    const int phase = (2 * period - (top + y) % period - hatchBegin % period) % period;
    for (int x = hatchBegin + phase; x < hatchEnd; x += period) line[x] = hatchColor(line[x], background);
  }
}

const QImage& ScenePainter::numberImage(float heat, const SceneView& view) {
  const double ratio = view.layout->pixelRatio();
  const HeatMetric metric = view.state->metric();
  QFont font = view.font;
  font.setPointSizeF(std::max(6.0, view.font.pointSizeF() * 0.72));
  if (font != m_numberFont || ratio != m_numberRatio || metric != m_numberMetric) {
    m_numbers.assign(kNumberSteps + 1, QImage());
  }
  m_numberFont = font;
  m_numberRatio = ratio;
  m_numberMetric = metric;
  const auto step = static_cast<std::size_t>(std::lround(std::clamp(heat, 0.0F, 1.0F) * kNumberSteps));
  QImage& image = m_numbers[step];
  if (!image.isNull()) return image;
  const double place = static_cast<double>(step) / kNumberSteps;
  const QString text = shortNumber(step == 0 ? 0 : valueAt(metric, place));
  const QSizeF size = QFontMetricsF(font).boundingRect(text).adjusted(-1, -1, 1, 1).size();
  image = QImage((size * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
  image.setDevicePixelRatio(ratio);
  image.fill(Qt::transparent);
  QPainter painter(&image);
  painter.setFont(font);
  painter.setPen(textOnHeat(static_cast<float>(place)));
  painter.drawText(QRectF(QPointF(0, 0), size), Qt::AlignCenter, text);
  return image;
}

void ScenePainter::paintNumbers(QPainter& painter, const SceneView& view) {
  const WavefrontLayout& layout = *view.layout;
  const bool hasNumbers = view.state->metric() != HeatMetric::kAge;
  if (!hasNumbers || layout.rowHeight() < QFontMetricsF(view.font).height() * 0.9) return;
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
      if (size.width() > body.width()) continue;
      painter.drawImage(
          QPointF(std::round(body.center().x() - size.width() / 2), std::round(body.center().y() - size.height() / 2)),
          number);
    }
  }
  painter.restore();
}

}  // namespace tidemark::ui
