#include "engine/service/snapshot_collector.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace tidemark {
namespace {

constexpr double kShortestSeconds = 1.0;
constexpr double kCostShare = 0.02;
constexpr std::size_t kMostPending = 2;  // a front shorter than two intervals keeps memory use small

}  // namespace

SnapshotCollector::SnapshotCollector(Backend& backend, const DeviceMemory& memory, double longestSeconds,
                                     SegmentKnowledge segments)
    : m_backend(backend), m_memory(memory), m_longestSeconds(longestSeconds), m_segments(std::move(segments)) {}

bool SnapshotCollector::isChapterDue(std::int64_t segment) const {
  if (m_pending.size() >= kMostPending || std::isinf(m_longestSeconds)) return false;
  if (!m_segments.beginsChapter(segment)) return false;
  if (m_lastChapter && segment - *m_lastChapter < kChapterDistance) return false;
  return m_clock.seconds() - m_lastDecision >= m_costSeconds / kCostShare;
}

bool SnapshotCollector::isDue(std::int64_t segment) const {
  if (m_pending.size() >= kMostPending || std::isinf(m_longestSeconds)) return false;
  const double now = m_clock.seconds();
  const double interval =
      std::clamp(m_costSeconds / kCostShare, std::min(kShortestSeconds, m_longestSeconds), m_longestSeconds);
  // Three quarters of the interval pass in any case; the last quarter may be spent waiting for a round segment number.
  if (now - m_lastDecision < 0.75 * interval) return false;
  const double segmentsPerQuarter = static_cast<double>(m_segmentsEntered) / std::max(now, 1e-6) * 0.25 * interval;
  const auto alignment = std::bit_floor(static_cast<std::uint64_t>(std::max(1.0, segmentsPerQuarter)));
  return static_cast<std::uint64_t>(segment + 1) % alignment == 0;
}

std::optional<std::size_t> SnapshotCollector::Pending::layerIn(const GroupReport& report) const {
  const auto layer = report.firstLayer + (report.firstSegment - snapshot.segment);
  if (layer < report.firstLayer || layer >= report.firstLayer + report.count) return std::nullopt;
  return static_cast<std::size_t>(layer);
}

Status SnapshotCollector::groupSubmitted(const GroupReport& report) {
  if (report.firstLayer == 0) {
    ++m_segmentsEntered;
    const bool isChapter = isChapterDue(report.firstSegment);
    if ((isChapter || isDue(report.firstSegment)) && m_segments.isStorable(report.firstSegment)) {
      if (isChapter) m_lastChapter = report.firstSegment;
      m_lastDecision = m_clock.seconds();
      m_copySeconds = 0;
      const auto layers = static_cast<std::size_t>(m_backend.config().layers);
      Pending& pending = m_pending.emplace_back();
      pending.snapshot.segment = report.firstSegment;
      pending.snapshot.layers.resize(layers);
      pending.copies.resize(layers);
    }
  }
  if (m_pending.empty()) return {};
  const double before = m_clock.seconds();
  for (Pending& pending : m_pending) {
    const auto layer = pending.layerIn(report);
    if (!layer) continue;
    auto copy = m_backend.queueMemoryCopy(m_memory, static_cast<int>(*layer));
    if (!copy) return copy.error();
    pending.copies[*layer] = std::move(copy).value();
  }
  m_copySeconds += m_clock.seconds() - before;
  return {};
}

Status SnapshotCollector::groupFinished(const GroupReport& report) {
  if (m_pending.empty()) return {};
  const double before = m_clock.seconds();
  for (Pending& pending : m_pending) {
    const auto layer = pending.layerIn(report);
    if (!layer) continue;
    if (Status taken = finishCapture(m_backend, *pending.copies[*layer], pending.snapshot.layers[*layer]); !taken) {
      return taken;
    }
    pending.copies[*layer].reset();
  }
  m_copySeconds += m_clock.seconds() - before;
  if (report.finishedSegment && *report.finishedSegment == m_pending.front().snapshot.segment) {
    m_complete = std::move(m_pending.front().snapshot);
    m_pending.pop_front();
  }
  return {};
}

std::optional<MemorySnapshot> SnapshotCollector::takeComplete() {
  return std::exchange(m_complete, std::nullopt);
}

}  // namespace tidemark
