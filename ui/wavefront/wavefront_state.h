#pragma once
// What ribbon and grid draw: the cells, the chosen metric, and the moment shown (now, or a moment of a replay). A plain
// value that the panel owns; GUI thread.

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "ui/wavefront/heat_metric.h"
#include "ui/wavefront/heat_pyramid.h"
#include "ui/wavefront/playback.h"
#include "ui/wavefront/wavefront_data.h"

namespace tidemark::ui {

enum class CellState { kPending, kNext, kRunning, kDone, kRestored };

class WavefrontState {
 public:
  [[nodiscard]] const WavefrontData& data() const { return m_data; }
  void reset(int layers, int segmentTokens, std::int64_t totalSegments, std::int64_t restoredSegments);
  /// O(records), so that a long session can be restored in slices.
  void restoreMetrics(std::span<const CellMetricsRecord> metrics);
  void startReading(std::int64_t firstSegment, std::int64_t totalSegments);
  /// O(cells), no painting.
  void addGroups(std::span<const GroupFinished> groups);
  void setPaused(bool paused);
  void stopReading();
  void setTotalSegments(std::int64_t segments);
  void setSnapshots(std::vector<std::int64_t> segments) { m_data.setSnapshots(std::move(segments)); }
  /// Another number after every change that cells show, so that a picture of them can be kept.
  [[nodiscard]] std::uint64_t revision() const { return m_revision; }

  [[nodiscard]] HeatMetric metric() const { return m_metric; }
  /// O(cells): about 10 ms for 100,000 segments of 32 layers.
  void setMetric(HeatMetric metric);
  /// Shares 0..1 by segment, the same for all layers. Empty: no evidence.
  void setEvidence(const std::vector<std::pair<std::int64_t, float>>& shares);
  [[nodiscard]] bool hasEvidence() const { return !m_evidence.empty(); }
  [[nodiscard]] float evidence(std::int64_t segment) const;

  /// Shows a moment of a replay until the next clearReplay(). `timeline` outlives it.
  void showReplay(const PlaybackTimeline& timeline, std::int64_t finishedGroups);
  void clearReplay();
  [[nodiscard]] bool isReplay() const { return m_replay != nullptr; }

  /// Of the moment shown.
  [[nodiscard]] std::int64_t doneEnd(int layer) const;
  [[nodiscard]] GroupShape running() const;
  [[nodiscard]] GroupShape next() const;
  [[nodiscard]] CellState cellState(std::int64_t segment, int layer) const;
  /// Segments that have left the last layer.
  [[nodiscard]] std::int64_t finishedSegments() const;
  /// Column s + shear l of the newest cell.
  [[nodiscard]] double frontColumn(double shear) const;

  /// Place on the colour scale, 0..1; NaN where there is no number. Whether a cell is done at the moment shown is the
  /// caller's question.
  [[nodiscard]] float heat(std::int64_t segment, int layer) const;
  /// The same for 2^level segments: halfway between their mean and their maximum, so that a far view is not flat; for
  /// evidence the maximum, so that no mark gets lost.
  [[nodiscard]] float columnHeat(int level, std::int64_t column, int layer) const;

 private:
  void rebuildPyramid();
  [[nodiscard]] float age(double segment, int layer) const;

  WavefrontData m_data;
  HeatMetric m_metric = HeatMetric::kChange;
  HeatPyramid m_pyramid;
  std::vector<float> m_evidence;  // [segment]
  HeatPyramid m_evidencePyramid;  // one layer
  const PlaybackTimeline* m_replay = nullptr;
  std::int64_t m_replayFinished = 0;
  std::uint64_t m_revision = 0;
};

}  // namespace tidemark::ui
