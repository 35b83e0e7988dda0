#include "ui/wavefront/wavefront_state.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tidemark::ui {
namespace {

constexpr float kNoHeat = std::numeric_limits<float>::quiet_NaN();

float metricValue(HeatMetric metric, const CellMetrics& cell) {
  switch (metric) {
    case HeatMetric::kNovelty:
      return cell.novelty;
    case HeatMetric::kWriteStrength:
      return cell.writeStrength;
    case HeatMetric::kChange:
      return cell.relativeChange;
    default:
      return kNoHeat;
  }
}

bool isStored(HeatMetric metric) {
  return metric != HeatMetric::kAge && metric != HeatMetric::kEvidence;
}

}  // namespace

void WavefrontState::reset(int layers, int segmentTokens, std::int64_t totalSegments, std::int64_t restoredSegments) {
  clearReplay();
  m_data.reset(layers, segmentTokens, totalSegments, restoredSegments);
  m_pyramid.clear(m_data.layers());
  setEvidence({});
}

void WavefrontState::restoreMetrics(std::span<const CellMetricsRecord> metrics) {
  ++m_revision;
  m_data.restoreMetrics(metrics);
  if (!isStored(m_metric)) return;
  for (const CellMetricsRecord& record : metrics) {
    if (record.segment >= m_data.restoredSegments()) continue;
    const CellMetrics cell{record.novelty, record.writeStrength, record.relativeChange};
    m_pyramid.set(record.segment, record.layer, heatOf(m_metric, metricValue(m_metric, cell)));
  }
  m_pyramid.settle();
}

void WavefrontState::startReading(std::int64_t firstSegment, std::int64_t totalSegments) {
  ++m_revision;
  m_data.startReading(firstSegment, totalSegments);
  m_pyramid.truncate(firstSegment);
}

void WavefrontState::setPaused(bool paused) {
  ++m_revision;
  m_data.setPaused(paused);
}

void WavefrontState::stopReading() {
  ++m_revision;
  m_data.stopReading();
}

void WavefrontState::setTotalSegments(std::int64_t segments) {
  ++m_revision;
  m_data.setTotalSegments(segments);
}

void WavefrontState::addGroups(std::span<const GroupFinished> groups) {
  ++m_revision;
  for (const GroupFinished& group : groups) {
    const std::size_t before = m_data.groups().size();
    m_data.addGroup(group);
    if (m_data.groups().size() == before || !isStored(m_metric)) continue;
    const GroupShape shape = m_data.groups().back().shape();
    for (int i = 0; i < shape.count; ++i) {
      m_pyramid.set(shape.firstSegment - i, shape.firstLayer + i,
                    heatOf(m_metric, metricValue(m_metric, group.cells[static_cast<std::size_t>(i)])));
    }
  }
  m_pyramid.settle();
}

void WavefrontState::setMetric(HeatMetric metric) {
  if (metric == m_metric) return;
  m_metric = metric;
  rebuildPyramid();
}

void WavefrontState::rebuildPyramid() {
  ++m_revision;
  m_pyramid.clear(m_data.layers());
  if (!isStored(m_metric) || m_data.layers() == 0) return;
  for (std::int64_t s = 0; s < m_data.doneEnd(0); ++s) {
    for (int layer = 0; layer < m_data.layers(); ++layer) {
      const auto cell = m_data.metrics(s, layer);
      if (cell) m_pyramid.set(s, layer, heatOf(m_metric, metricValue(m_metric, *cell)));
    }
  }
  m_pyramid.settle();
}

void WavefrontState::setEvidence(const std::vector<std::pair<std::int64_t, float>>& shares) {
  ++m_revision;
  m_evidence.clear();
  m_evidencePyramid.clear(1);
  std::int64_t end = 0;
  for (const auto& [segment, share] : shares) end = std::max(end, segment + 1);
  if (end > std::max<std::int64_t>(m_data.totalSegments(), 1)) end = m_data.totalSegments();
  m_evidence.assign(static_cast<std::size_t>(std::max<std::int64_t>(0, end)), 0.0F);
  for (const auto& [segment, share] : shares) {
    if (segment < 0 || segment >= end) continue;
    m_evidence[static_cast<std::size_t>(segment)] = share;
    m_evidencePyramid.set(segment, 0, heatOf(HeatMetric::kEvidence, share));
  }
  m_evidencePyramid.settle();
}

float WavefrontState::evidence(std::int64_t segment) const {
  const bool known = segment >= 0 && segment < static_cast<std::int64_t>(m_evidence.size());
  return known ? m_evidence[static_cast<std::size_t>(segment)] : 0.0F;
}

void WavefrontState::showReplay(const PlaybackTimeline& timeline, std::int64_t finishedGroups) {
  if (m_replay == nullptr || m_replayFinished != finishedGroups) ++m_revision;
  m_replay = &timeline;
  m_replayFinished = finishedGroups;
}

void WavefrontState::clearReplay() {
  if (m_replay != nullptr) ++m_revision;
  m_replay = nullptr;
}

std::int64_t WavefrontState::doneEnd(int layer) const {
  return m_replay != nullptr ? m_replay->doneEndAfter(m_replayFinished, layer) : m_data.doneEnd(layer);
}

GroupShape WavefrontState::running() const {
  return m_replay != nullptr ? m_replay->shapeOf(m_replayFinished) : m_data.running();
}

GroupShape WavefrontState::next() const {
  return m_replay != nullptr ? m_replay->shapeOf(m_replayFinished + 1) : m_data.next();
}

CellState WavefrontState::cellState(std::int64_t segment, int layer) const {
  if (layer < 0 || layer >= m_data.layers()) return CellState::kPending;
  if (segment < doneEnd(layer)) {
    return m_data.origin(segment, layer) == CellOrigin::kRead ? CellState::kDone : CellState::kRestored;
  }
  if (running().contains(segment, layer)) return CellState::kRunning;
  return next().contains(segment, layer) ? CellState::kNext : CellState::kPending;
}

std::int64_t WavefrontState::finishedSegments() const {
  return m_data.layers() == 0 ? 0 : doneEnd(m_data.layers() - 1);
}

double WavefrontState::frontColumn(double shear) const {
  double front = 0;
  for (int layer = 0; layer < m_data.layers(); ++layer) {
    front = std::max(front, static_cast<double>(doneEnd(layer)) + shear * layer);
  }
  return front;
}

float WavefrontState::age(double segment, int layer) const {
  const double segments = static_cast<double>(std::max<std::int64_t>(1, m_data.totalSegments()));
  const double layers = m_data.layers();
  const bool sequential = m_data.bounds().order == ReadOrder::kSequential;
  const double step = sequential ? segment * layers + layer : segment + layer;
  const double steps = sequential ? segments * layers : segments + layers - 1;
  return static_cast<float>(std::clamp(step / std::max(1.0, steps - 1), 0.0, 1.0));
}

float WavefrontState::heat(std::int64_t segment, int layer) const {
  if (m_metric == HeatMetric::kAge) return age(static_cast<double>(segment), layer);
  if (m_metric == HeatMetric::kEvidence) return heatOf(m_metric, evidence(segment));
  return m_pyramid.value(segment, layer);
}

float WavefrontState::columnHeat(int level, std::int64_t column, int layer) const {
  if (level == 0) return heat(column, layer);
  if (m_metric == HeatMetric::kAge) {
    return age((static_cast<double>(column) + 0.5) * std::ldexp(1.0, level) - 0.5, layer);
  }
  if (m_metric == HeatMetric::kEvidence) {
    return m_evidencePyramid.sample(level, column, 0).maximum;
  }
  const HeatSample sample = m_pyramid.sample(level, column, layer);
  return sample.count > 0 ? (sample.mean + sample.maximum) / 2 : kNoHeat;
}

}  // namespace tidemark::ui
