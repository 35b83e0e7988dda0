#include "ui/wavefront/cell_raster.h"

#include <QPainter>
#include <algorithm>
#include <cstring>

namespace tidemark::ui {
namespace {

constexpr int kHatchShare = 120;

std::vector<std::uint8_t> coverageOf(const QImage& picture) {
  std::vector<std::uint8_t> coverage;
  coverage.reserve(static_cast<std::size_t>(picture.width()) * static_cast<std::size_t>(picture.height()));
  for (int y = 0; y < picture.height(); ++y) {
    for (int x = 0; x < picture.width(); ++x)
      coverage.push_back(static_cast<std::uint8_t>(qAlpha(picture.pixel(x, y))));
  }
  return coverage;
}

}  // namespace

QRgb mixColors(QRgb over, QRgb under, int share) {
  const auto mix = [share](int a, int b) { return (a * share + b * (255 - share) + 127) / 255; };
  return qRgb(mix(qRed(over), qRed(under)), mix(qGreen(over), qGreen(under)), mix(qBlue(over), qBlue(under)));
}

QRgb hatchColor(QRgb cell, QRgb background) {
  return mixColors(background, cell, kHatchShare);
}

CellRaster::CellRaster(const CellStyle& style) : m_style(style) {
  makeMasks();
}

void CellRaster::makeMasks() {
  const auto draw = [this](bool outline) {
    QImage picture(std::max(1, m_style.width), std::max(1, m_style.height), QImage::Format_ARGB32_Premultiplied);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing, m_style.radius > 0);
    QRectF box(0, 0, std::max(1, m_style.width - m_style.gap), std::max(1, m_style.height - m_style.gap));
    if (outline) {
      const double half = m_style.line / 2.0;
      box.adjust(half, half, -half, -half);
      painter.setPen(QPen(Qt::black, m_style.line));
    } else {
      painter.setPen(Qt::NoPen);
      painter.setBrush(Qt::black);
    }
    painter.drawRoundedRect(box, m_style.radius, m_style.radius);
    painter.end();
    return coverageOf(picture);
  };
  m_fill = draw(false);
  m_outline = draw(true);
}

int CellRaster::lineKey(int y) const {
  // Rows with the same masks look the same; the middle of a cell is one row over and over.
  const auto row = static_cast<std::size_t>(y) * static_cast<std::size_t>(m_style.width);
  const auto above = row - static_cast<std::size_t>(m_style.width);
  const auto bytes = static_cast<std::size_t>(m_style.width);
  const bool same = y > 0 && std::memcmp(&m_fill[row], &m_fill[above], bytes) == 0 &&
                    std::memcmp(&m_outline[row], &m_outline[above], bytes) == 0;
  return same ? lineKey(y - 1) : y;
}

void CellRaster::makeLine(int y, int hatchPhase, std::span<const RasterCell> cells) {
  const int width = m_style.width;
  const std::uint8_t* fill = &m_fill[static_cast<std::size_t>(y) * static_cast<std::size_t>(width)];
  const std::uint8_t* outline = &m_outline[static_cast<std::size_t>(y) * static_cast<std::size_t>(width)];
  QRgb* out = m_line.data();
  for (const RasterCell& cell : cells) {
    int hatch = hatchPhase;  // begins anew in each cell: cells look alike wherever the view stands
    const bool lineOnly = cell.look == CellLook::kOutline;
    const std::uint8_t* mask = lineOnly ? outline : fill;
    const QRgb ink = lineOnly ? m_style.outline : cell.color;
    const QRgb hatched = cell.look == CellLook::kHatched ? hatchColor(ink, m_style.background) : ink;
    const auto blend = [&](int share) {
      return share == 255 ? ink : share == 0 ? m_style.background : mixColors(ink, m_style.background, share);
    };
    if (cell.look == CellLook::kNone) std::fill_n(out, width, m_style.background);
    if (cell.look == CellLook::kFilled || lineOnly) {
      // Between the corners a row has one coverage.
      const int middle = width / 2;
      int from = middle;
      int to = middle + 1;
      while (from > 0 && mask[from - 1] == mask[middle]) --from;
      while (to < width && mask[to] == mask[middle]) ++to;
      for (int x = 0; x < from; ++x) out[x] = blend(mask[x]);
      std::fill(out + from, out + to, blend(mask[middle]));
      for (int x = to; x < width; ++x) out[x] = blend(mask[x]);
    }
    for (int x = 0; x < width && cell.look == CellLook::kHatched; ++x) {
      const int share = mask[x];
      const QRgb color = hatch < m_style.line ? hatched : ink;
      out[x] = share == 255 ? color : share == 0 ? m_style.background : mixColors(color, m_style.background, share);
      if (++hatch == m_style.hatchPeriod) hatch = 0;
    }
    out += width;
  }
}

void CellRaster::paintRow(QImage& image, int left, int top, std::span<const RasterCell> cells) {
  const auto length = static_cast<int>(cells.size()) * m_style.width;
  const int from = std::max(0, -left);
  const int to = std::min(length, image.width() - left);
  if (from >= to || m_style.width <= 0) return;
  m_line.resize(static_cast<std::size_t>(length));
  const bool hatched =
      std::any_of(cells.begin(), cells.end(), [](const RasterCell& cell) { return cell.look == CellLook::kHatched; });
  const auto bytes = static_cast<std::size_t>(to - from) * sizeof(QRgb);
  const int period = hatched ? m_style.hatchPeriod : 1;
  // Where a line with the same key and hatching was put before.
  std::vector<int> made(static_cast<std::size_t>(m_style.height) * static_cast<std::size_t>(period), -1);
  for (int y = 0; y < m_style.height; ++y) {
    const int target = top + y;
    if (target < 0 || target >= image.height()) continue;
    const int phase = y % period;
    int& source = made[static_cast<std::size_t>(lineKey(y) * period + phase)];
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(target)) + left + from;
    if (source >= 0) {
      std::memcpy(line, reinterpret_cast<const QRgb*>(image.constScanLine(source)) + left + from, bytes);
      continue;
    }
    makeLine(y, phase, cells);
    std::memcpy(line, m_line.data() + from, bytes);
    source = target;
  }
}

}  // namespace tidemark::ui
