#include "ui/wavefront/wavefront_layout.h"

#include <algorithm>
#include <cmath>

namespace tidemark::ui {
namespace {

constexpr double kFlatPitch = 3;
constexpr double kGapPitch = 6;
constexpr double kRoundedPitch = 14;
constexpr double kNumbersPitch = 32;

}  // namespace

void WavefrontLayout::setExtent(std::int64_t segments, int layers) {
  m_segments = std::max<std::int64_t>(0, segments);
  m_layers = std::max(0, layers);
  clamp();
}

void WavefrontLayout::setArea(const QRectF& area) {
  m_area = area;
  clamp();
}

void WavefrontLayout::setPixelRatio(double ratio) {
  m_ratio = ratio > 0 ? ratio : 1;
}

void WavefrontLayout::setRowLimit(double pixels) {
  m_rowLimit = std::max(4.0, pixels);
}

void WavefrontLayout::setShear(double shear) {
  m_shear = std::clamp(shear, 0.0, 1.0);
  clamp();
}

double WavefrontLayout::rowHeight() const {
  if (m_layers == 0) return m_rowLimit;
  const double room = std::min(m_rowLimit, m_area.height() / m_layers);
  return std::max(1.0, std::floor(room * m_ratio)) / m_ratio;
}

double WavefrontLayout::pitch() const {
  return m_wantedPitch >= kGapPitch ? std::round(m_wantedPitch * m_ratio) / m_ratio : m_wantedPitch;
}

double WavefrontLayout::columns() const {
  return static_cast<double>(m_segments) + m_shear * std::max(0, m_layers - 1);
}

double WavefrontLayout::visibleColumns() const {
  return m_area.width() / pitch();
}

DetailLevel WavefrontLayout::detail() const {
  const double p = pitch();
  if (p < kFlatPitch) return DetailLevel::kPyramid;
  if (p < kGapPitch) return DetailLevel::kFlat;
  if (p < kRoundedPitch) return DetailLevel::kGaps;
  return p < kNumbersPitch ? DetailLevel::kRounded : DetailLevel::kNumbers;
}

double WavefrontLayout::rowTop(int layer) const {
  return m_area.top() + (m_layers - 1 - layer) * rowHeight();
}

double WavefrontLayout::originPixels() const {
  return -std::round(m_offset * pitch() * m_ratio);
}

double WavefrontLayout::shiftPixels(int layer) const {
  return std::round(m_shear * layer * pitch() * m_ratio);
}

double WavefrontLayout::cellLeft(std::int64_t segment, int layer) const {
  return originPixels() + shiftPixels(layer) + static_cast<double>(segment) * (pitch() * m_ratio);
}

QRectF WavefrontLayout::cellRect(const CellId& cell) const {
  return {m_area.left() + cellLeft(cell.segment, cell.layer) / m_ratio, rowTop(cell.layer), pitch(), rowHeight()};
}

std::optional<CellId> WavefrontLayout::hitTest(const QPointF& point) const {
  if (m_layers == 0 || !m_area.contains(point)) return std::nullopt;
  const int row = static_cast<int>(std::floor((point.y() - m_area.top()) / rowHeight()));
  if (row < 0 || row >= m_layers) return std::nullopt;
  const int layer = m_layers - 1 - row;
  const double pixels = (point.x() - m_area.left()) * m_ratio - originPixels() - shiftPixels(layer);
  const auto segment = static_cast<std::int64_t>(std::floor(pixels / (pitch() * m_ratio)));
  if (segment < 0 || segment >= m_segments) return std::nullopt;
  return CellId{segment, layer};
}

SegmentRange WavefrontLayout::visibleSegments(int layer) const {
  const double width = pitch() * m_ratio;
  const double left = -originPixels() - shiftPixels(layer);
  const auto first = static_cast<std::int64_t>(std::floor(left / width));
  const auto end = static_cast<std::int64_t>(std::ceil((left + m_area.width() * m_ratio) / width));
  return {std::clamp<std::int64_t>(first, 0, m_segments), std::clamp<std::int64_t>(end, 0, m_segments)};
}

SegmentRange WavefrontLayout::visibleSegments() const {
  return {visibleSegments(std::max(0, m_layers - 1)).first, visibleSegments(0).end};
}

double WavefrontLayout::fitPitch() const {
  return m_area.width() / std::max(1.0, columns());
}

void WavefrontLayout::setPitch(double pitch) {
  m_wantedPitch = std::clamp(pitch, std::min(fitPitch(), m_rowLimit), kMaxPitch);
  clamp();
}

void WavefrontLayout::setDefaultPitch() {
  const double fitting = std::floor(fitPitch() * m_ratio) / m_ratio;
  setPitch(std::clamp(fitting, std::min(rowHeight(), m_rowLimit), m_rowLimit));
}

void WavefrontLayout::zoomAt(double x, double factor) {
  const double fromLeft = x - m_area.left();
  const double column = m_offset + fromLeft / pitch();
  setPitch(m_wantedPitch * factor);
  m_offset = column - fromLeft / pitch();
  clamp();
}

void WavefrontLayout::panBy(double pixels) {
  scrollTo(m_offset + pixels / pitch());
}

void WavefrontLayout::scrollTo(double offset) {
  m_offset = offset;
  clamp();
}

void WavefrontLayout::fit() {
  setPitch(std::min(fitPitch(), m_rowLimit));
  scrollTo(0);
}

void WavefrontLayout::center(std::int64_t segment) {
  const double middle = static_cast<double>(segment) + 0.5 + m_shear * std::max(0, m_layers - 1) / 2;
  scrollTo(middle - visibleColumns() / 2);
}

void WavefrontLayout::reveal(const CellId& cell) {
  const double column = static_cast<double>(cell.segment) + m_shear * cell.layer;
  if (column < m_offset) scrollTo(column);
  if (column + 1 > m_offset + visibleColumns()) scrollTo(column + 1 - visibleColumns());
}

void WavefrontLayout::followFront(double frontColumn) {
  scrollTo(frontColumn - kFrontShare * visibleColumns());
}

void WavefrontLayout::clamp() {
  if (m_area.width() <= 0) return;
  m_wantedPitch = std::clamp(m_wantedPitch, std::min(fitPitch(), m_rowLimit), kMaxPitch);
  m_offset = std::clamp(m_offset, 0.0, std::max(0.0, columns() - visibleColumns()));
}

}  // namespace tidemark::ui
