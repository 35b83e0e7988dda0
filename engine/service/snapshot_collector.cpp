#include "engine/service/snapshot_collector.h"

#include <algorithm>
#include <bit>

namespace tidemark {
namespace {

constexpr double kShortestSeconds = 1.0;
constexpr double kCostShare = 0.02;
constexpr std::size_t kMostPending = 2;  // a front shorter than two intervals keeps memory use small

}  // namespace

SnapshotCollector::SnapshotCollector(const Backend& backend, const DeviceMemory& memory, double longestSeconds)
    : m_backend(backend), m_memory(memory), m_longestSeconds(longestSeconds) {}

bool SnapshotCollector::isDue(std::int64_t segment) const {
  if (m_pending.size() >= kMostPending) return false;
  const double now = m_clock.seconds();
  const double interval =
      std::clamp(m_costSeconds / kCostShare, std::min(kShortestSeconds, m_longestSeconds), m_longestSeconds);
  // Three quarters of the interval pass in any case; the last quarter may be spent waiting for a round segment number.
  if (now - m_lastDecision < 0.75 * interval) return false;
  const double segmentsPerQuarter = static_cast<double>(m_segmentsEntered) / std::max(now, 1e-6) * 0.25 * interval;
  const auto alignment = std::bit_floor(static_cast<std::uint64_t>(std::max(1.0, segmentsPerQuarter)));
  return static_cast<std::uint64_t>(segment + 1) % alignment == 0;
}

void SnapshotCollector::groupFinished(const GroupReport& report) {
  if (report.firstLayer == 0) {
    ++m_segmentsEntered;
    if (isDue(report.firstSegment)) {
      m_lastDecision = m_clock.seconds();
      m_copySeconds = 0;
      m_pending.emplace_back();
      m_pending.back().segment = report.firstSegment;
      m_pending.back().layers.resize(static_cast<std::size_t>(m_backend.config().layers));
    }
  }
  if (m_pending.empty()) return;
  const double before = m_clock.seconds();
  for (MemorySnapshot& snapshot : m_pending) {
    const auto layer = report.firstLayer + (report.firstSegment - snapshot.segment);
    if (layer < report.firstLayer || layer >= report.firstLayer + report.count) continue;
    captureLayer(m_backend, m_memory, static_cast<int>(layer), snapshot.layers[static_cast<std::size_t>(layer)]);
  }
  m_copySeconds += m_clock.seconds() - before;
  if (report.finishedSegment && *report.finishedSegment == m_pending.front().segment) {
    m_complete = std::move(m_pending.front());
    m_pending.pop_front();
  }
}

std::optional<MemorySnapshot> SnapshotCollector::takeComplete() {
  return std::exchange(m_complete, std::nullopt);
}

}  // namespace tidemark
