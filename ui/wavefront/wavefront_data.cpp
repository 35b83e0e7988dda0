#include "ui/wavefront/wavefront_data.h"

#include <algorithm>

namespace tidemark::ui {
namespace {

constexpr std::int64_t kBlockSegments = 1024;
constexpr std::int64_t kMaxSegments = std::int64_t{1} << 31;

}  // namespace

void WavefrontData::reset(int layers, int segmentTokens, std::int64_t totalSegments, std::int64_t restoredSegments) {
  *this = WavefrontData();
  m_layers = std::max(0, layers);
  m_segmentTokens = segmentTokens;
  m_estimate = std::max<std::int64_t>(0, totalSegments);
  m_restoredSegments = std::max<std::int64_t>(0, restoredSegments);
  m_doneEnd.assign(static_cast<std::size_t>(m_layers), m_restoredSegments);
  m_bounds = {ReadOrder::kDiagonal, m_layers, 0, this->totalSegments()};
}

void WavefrontData::restoreMetrics(std::span<const CellMetricsRecord> metrics) {
  for (const CellMetricsRecord& record : metrics) {
    if (record.segment < 0 || record.segment >= m_restoredSegments || record.layer < 0 || record.layer >= m_layers) {
      continue;
    }
    setCell(record.segment, record.layer, {record.novelty, record.writeStrength, record.relativeChange}, 0);
  }
}

void WavefrontData::startReading(std::int64_t firstSegment, std::int64_t totalSegments) {
  m_estimate = std::max<std::int64_t>(0, totalSegments);
  forgetFrom(firstSegment);
  // What was read while this session was shown stays "read"; only what nobody saw being read is "restored".
  for (std::int64_t& end : m_doneEnd) end = firstSegment;
  m_restoredSegments = m_groups.empty() ? firstSegment : std::min(m_restoredSegments, firstSegment);
  m_bounds = {ReadOrder::kDiagonal, m_layers, firstSegment, std::max(firstSegment, this->totalSegments())};
  m_last = {};
  m_clockOffset = m_groups.empty() ? 0 : m_groups.back().endSeconds();
  m_skipGap = true;
  m_reading = true;
  m_paused = false;
}

void WavefrontData::addGroup(const GroupFinished& group) {
  const auto count = static_cast<int>(group.cells.size());
  const bool fits = group.firstLayer >= 0 && count > 0 && group.firstLayer + count <= m_layers &&
                    group.firstSegment - (count - 1) >= 0 && group.firstSegment < kMaxSegments;
  if (!fits) return;
  const GroupShape shape{group.firstLayer, group.firstSegment, count};
  if (m_groups.empty() && !m_reading) m_bounds.firstSegment = group.firstSegment;
  m_bounds.endSegment = std::max(m_bounds.endSegment, group.firstSegment + 1);
  m_bounds.order = orderShownBy(m_bounds, shape, group.index, m_bounds.order);
  m_last = shape;

  const double newest = m_groups.empty() ? 0 : m_groups.back().endSeconds();
  if (m_skipGap) m_clockOffset = newest - group.startSeconds;
  m_skipGap = false;
  m_groups.push_back({group.startSeconds + m_clockOffset, static_cast<float>(group.endSeconds - group.startSeconds),
                      static_cast<std::uint32_t>(group.index), static_cast<std::uint32_t>(group.firstSegment),
                      static_cast<std::uint16_t>(group.firstLayer), static_cast<std::uint16_t>(count)});
  const auto place = static_cast<std::uint32_t>(m_groups.size());
  for (int i = 0; i < count; ++i) {
    const int layer = group.firstLayer + i;
    const std::int64_t segment = group.firstSegment - i;
    setCell(segment, layer, group.cells[static_cast<std::size_t>(i)], place);
    std::int64_t& end = m_doneEnd[static_cast<std::size_t>(layer)];
    end = std::max(end, segment + 1);
  }
}

void WavefrontData::setPaused(bool paused) {
  m_paused = paused;
  if (paused) m_skipGap = true;
}

void WavefrontData::stopReading() {
  m_reading = false;
  m_paused = false;
}

void WavefrontData::setTotalSegments(std::int64_t totalSegments) {
  m_estimate = std::max<std::int64_t>(0, totalSegments);
  m_bounds.endSegment = this->totalSegments();
}

void WavefrontData::setSnapshots(std::vector<std::int64_t> segments) {
  std::sort(segments.begin(), segments.end());
  segments.erase(std::unique(segments.begin(), segments.end()), segments.end());
  m_snapshots = std::move(segments);
}

std::int64_t WavefrontData::totalSegments() const {
  return std::max(m_estimate, m_doneEnd.empty() ? 0 : m_doneEnd.front());
}

CellOrigin WavefrontData::origin(std::int64_t segment, int layer) const {
  if (segment < 0 || layer < 0 || layer >= m_layers || segment >= doneEnd(layer)) return CellOrigin::kNone;
  const Cell* cell = findCell(segment, layer);
  return cell != nullptr && cell->group > 0 ? CellOrigin::kRead : CellOrigin::kRestored;
}

std::optional<CellMetrics> WavefrontData::metrics(std::int64_t segment, int layer) const {
  if (origin(segment, layer) == CellOrigin::kNone) return std::nullopt;
  const Cell* cell = findCell(segment, layer);
  if (cell == nullptr || cell->hasNumbers == 0) return std::nullopt;
  return CellMetrics{static_cast<float>(cell->novelty), static_cast<float>(cell->writeStrength),
                     static_cast<float>(cell->relativeChange)};
}

std::optional<std::int64_t> WavefrontData::groupOf(std::int64_t segment, int layer) const {
  if (origin(segment, layer) != CellOrigin::kRead) return std::nullopt;
  return static_cast<std::int64_t>(findCell(segment, layer)->group) - 1;
}

GroupShape WavefrontData::running() const {
  return m_reading && !m_paused ? groupAfter(m_bounds, m_last) : GroupShape{};
}

GroupShape WavefrontData::next() const {
  const GroupShape now = running();
  if (now.isEmpty()) return {};
  ReadBounds known = m_bounds;
  // A front that drains stays empty at the bottom although `now` may begin at layer 0 only by its estimate.
  if (m_last.firstLayer > 0 && m_bounds.order == ReadOrder::kDiagonal) known.endSegment = m_last.firstSegment + 1;
  return groupAfter(known, now);
}

WavefrontData::Cell& WavefrontData::cellAt(std::int64_t segment, int layer) {
  const auto block = static_cast<std::size_t>(segment / kBlockSegments);
  if (block >= m_blocks.size()) m_blocks.resize(block + 1);
  if (m_blocks[block].empty()) m_blocks[block].resize(static_cast<std::size_t>(kBlockSegments * m_layers));
  return m_blocks[block][static_cast<std::size_t>(segment % kBlockSegments * m_layers + layer)];
}

const WavefrontData::Cell* WavefrontData::findCell(std::int64_t segment, int layer) const {
  const auto block = static_cast<std::size_t>(segment / kBlockSegments);
  if (segment < 0 || block >= m_blocks.size() || m_blocks[block].empty()) return nullptr;
  return &m_blocks[block][static_cast<std::size_t>(segment % kBlockSegments * m_layers + layer)];
}

void WavefrontData::setCell(std::int64_t segment, int layer, const CellMetrics& values, std::uint32_t group) {
  cellAt(segment, layer) = {qfloat16(values.novelty), qfloat16(values.writeStrength), qfloat16(values.relativeChange),
                            1, group};
}

void WavefrontData::forgetFrom(std::int64_t segment) {
  for (std::int64_t s = segment; s < totalSegments(); ++s) {
    if (findCell(s, 0) == nullptr) {
      s = (s / kBlockSegments + 1) * kBlockSegments - 1;
      continue;
    }
    for (int layer = 0; layer < m_layers; ++layer) cellAt(s, layer) = {};
  }
}

}  // namespace tidemark::ui
