#include "ui/wavefront/cell_raster.h"

#include <QPainter>
#include <algorithm>
#include <cstring>
#include <map>

namespace tidemark::ui {
namespace {

constexpr int kHatchShare = 120;
constexpr std::size_t kUnmade = static_cast<std::size_t>(-1);

QRgb* scanLine(QImage& image, int y) {
  return reinterpret_cast<QRgb*>(image.scanLine(y));
}

}  // namespace

QRgb mixColors(QRgb over, QRgb under, int share) {
  // Red and blue at once, green beside them; (v + v / 256 + 128) / 256 is v / 255, rounded.
  constexpr QRgb kRedBlue = 0xff00ffU;
  const auto a = static_cast<QRgb>(share);
  const QRgb b = 255U - a;
  QRgb redBlue = (over & kRedBlue) * a + (under & kRedBlue) * b;
  redBlue = ((redBlue + ((redBlue >> 8) & kRedBlue) + 0x800080U) >> 8) & kRedBlue;
  QRgb green = ((over >> 8) & 0xffU) * a + ((under >> 8) & 0xffU) * b;
  green = (green + (green >> 8) + 0x80U) & 0xff00U;
  return 0xff000000U | redBlue | green;
}

QRgb hatchColor(QRgb cell, QRgb background) {
  return mixColors(background, cell, kHatchShare);
}

CellRaster::CellRaster(const CellStyle& style) : m_style(style) {
  m_style.width = std::max(1, style.width);
  m_style.height = std::max(1, style.height);
  makeLines();
}

std::vector<std::uint8_t> CellRaster::coverage(bool outline) const {
  const int bodyWidth = std::max(1, m_style.width - m_style.gap);
  const int bodyHeight = std::max(1, m_style.height - m_style.gap);
  QImage picture(m_style.width, m_style.height, QImage::Format_ARGB32_Premultiplied);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing, m_style.radius > 0);
  QRectF box(0, 0, bodyWidth, bodyHeight);
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
  std::vector<std::uint8_t> shares;
  shares.reserve(static_cast<std::size_t>(m_style.width) * static_cast<std::size_t>(m_style.height));
  for (int y = 0; y < m_style.height; ++y) {
    // Made symmetric, so that a scanline of the upper half serves in the lower half too.
    const int like = y < bodyHeight ? std::min(y, bodyHeight - 1 - y) : y;
    for (int x = 0; x < m_style.width; ++x) shares.push_back(static_cast<std::uint8_t>(qAlpha(picture.pixel(x, like))));
  }
  return shares;
}

std::vector<QRgb> CellRaster::outlineLine(const std::uint8_t* mask, QRgb color) const {
  std::vector<QRgb> line;
  for (int x = 0; x < m_style.width; ++x) line.push_back(mixColors(color, m_style.background, mask[x]));
  return line;
}

void CellRaster::makeLines() {
  const std::vector<std::uint8_t> fill = coverage(false);
  const std::vector<std::uint8_t> outline = coverage(true);
  const auto width = static_cast<std::size_t>(m_style.width);
  std::map<std::vector<std::uint8_t>, std::size_t> known;
  for (int y = 0; y < m_style.height; ++y) {
    const std::uint8_t* filled = &fill[static_cast<std::size_t>(y) * width];
    const std::uint8_t* lined = &outline[static_cast<std::size_t>(y) * width];
    std::vector<std::uint8_t> key(filled, filled + width);
    key.insert(key.end(), lined, lined + width);
    const auto [place, isNew] = known.emplace(std::move(key), m_lines.size());
    m_lineOf.push_back(place->second);
    if (isNew) {
      Line line;
      while (line.from < m_style.width && filled[line.from] != 255) ++line.from;
      line.to = line.from;
      while (line.to < m_style.width && filled[line.to] == 255) ++line.to;
      for (int x = 0; x < m_style.width; ++x) {
        if (filled[x] > 0 && (x < line.from || x >= line.to)) line.partial.push_back({x, filled[x]});
      }
      line.outline = outlineLine(lined, m_style.outline);
      line.nextOutline = outlineLine(lined, m_style.nextOutline);
      m_lines.push_back(std::move(line));
    }
    const Line& line = m_lines[m_lineOf.back()];
    std::vector<int> hatch;
    for (int x = line.from; x < line.to; ++x) {
      if ((x + y) % m_style.hatchPeriod < m_style.line) hatch.push_back(x);
    }
    m_hatch.push_back(std::move(hatch));
  }
}

void CellRaster::paintLine(const Line& line, std::span<const RasterCell> cells) {
  const int width = m_style.width;
  const QRgb background = m_style.background;
  QRgb* out = m_pixels.data();
  for (const RasterCell& cell : cells) {
    switch (cell.look) {
      case CellLook::kNone:
        std::fill_n(out, width, background);
        break;
      case CellLook::kOutline:
        std::copy(line.outline.begin(), line.outline.end(), out);
        break;
      case CellLook::kNext:
        std::copy(line.nextOutline.begin(), line.nextOutline.end(), out);
        break;
      default:
        std::fill_n(out, line.from, background);
        std::fill(out + line.from, out + line.to, cell.color);
        std::fill(out + line.to, out + width, background);
        for (const PartialPixel& pixel : line.partial) out[pixel.x] = mixColors(cell.color, background, pixel.share);
    }
    out += width;
  }
}

void CellRaster::paintRow(QImage& image, int left, int top, std::span<const RasterCell> cells) {
  const auto length = static_cast<int>(cells.size()) * m_style.width;
  const int from = std::clamp(left, 0, image.width());
  const int to = std::clamp(left + length, from, image.width());
  m_pixels.resize(static_cast<std::size_t>(length));
  std::vector<std::size_t> made(m_lines.size(), kUnmade);  // the scanline that has it already
  for (int y = 0; y < m_style.height; ++y) {
    const int target = top + y;
    if (target < 0 || target >= image.height()) continue;
    QRgb* out = scanLine(image, target);
    std::size_t& source = made[m_lineOf[static_cast<std::size_t>(y)]];
    if (source != kUnmade) {
      std::memcpy(out, image.constScanLine(static_cast<int>(source)),
                  static_cast<std::size_t>(image.width()) * sizeof(QRgb));
      continue;
    }
    paintLine(m_lines[m_lineOf[static_cast<std::size_t>(y)]], cells);
    std::fill(out, out + from, m_style.background);
    std::copy(m_pixels.data() + (from - left), m_pixels.data() + (to - left), out + from);
    std::fill(out + to, out + image.width(), m_style.background);
    source = static_cast<std::size_t>(target);
  }
  paintHatch(image, left, top, cells);
}

void CellRaster::paintHatch(QImage& image, int left, int top, std::span<const RasterCell> cells) const {
  std::vector<std::pair<int, QRgb>> hatched;  // left edge, colour of the lines
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const int x = left + static_cast<int>(i) * m_style.width;
    if (cells[i].look != CellLook::kHatched || x >= image.width() || x + m_style.width <= 0) continue;
    hatched.emplace_back(x, hatchColor(cells[i].color, m_style.background));
  }
  if (hatched.empty()) return;
  for (int y = 0; y < m_style.height; ++y) {
    if (top + y < 0 || top + y >= image.height()) continue;
    QRgb* out = scanLine(image, top + y);
    for (const auto& [x, color] : hatched) {
      const bool whole = x >= 0 && x + m_style.width <= image.width();
      for (const int inside : m_hatch[static_cast<std::size_t>(y)]) {
        if (whole || (x + inside >= 0 && x + inside < image.width())) out[x + inside] = color;
      }
    }
  }
}

}  // namespace tidemark::ui
