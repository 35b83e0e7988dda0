#pragma once
// What is known of every cell of a session, and the log of groups it came from. A plain value: GUI thread, no QObject.
//
// Which group is running. The engine reports a group when it has FINISHED, so the one that runs now is the next one of
// the schedule: the diagonal after the last one reported (or the next cell, when reading sequentially), cut to the
// layers and to the segments that are known to exist. While the number of segments is an estimate the newest cell of
// that diagonal may turn out not to exist; the first group without layer 0 settles it. Before the first report of a
// read its first cell is running. When the read is paused, stopped or over, nothing is running.

#include <QFloat16>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/service/events.h"
#include "engine/session/session_records.h"
#include "ui/wavefront/wavefront_schedule.h"

namespace tidemark::ui {

/// One finished group, 24 bytes. Seconds count over all reads since the session was shown; pauses are left out.
struct GroupRecord {
  double startSeconds = 0;
  float seconds = 0;
  std::uint32_t index = 0;  // within its read
  std::uint32_t firstSegment = 0;
  std::uint16_t firstLayer = 0;
  std::uint16_t count = 0;

  [[nodiscard]] double endSeconds() const { return startSeconds + static_cast<double>(seconds); }
  [[nodiscard]] GroupShape shape() const { return {firstLayer, firstSegment, count}; }
};

enum class CellOrigin { kNone, kRestored, kRead };

class WavefrontData {
 public:
  /// Forgets everything. Segments [0, restoredSegments) are in memory already.
  void reset(int layers, int segmentTokens, std::int64_t totalSegments, std::int64_t restoredSegments);
  /// Numbers of cells that an earlier run of the program stored; cells outside the restored segments are ignored.
  void restoreMetrics(std::span<const CellMetricsRecord> metrics);

  /// A read begins behind `firstSegment` segments; cells at or after it, from a read that was stopped, are forgotten.
  void startReading(std::int64_t firstSegment, std::int64_t totalSegments);
  /// O(cells of the group). Groups that do not fit the layers are ignored.
  void addGroup(const GroupFinished& group);
  void setPaused(bool paused);
  void stopReading();
  void setTotalSegments(std::int64_t totalSegments);
  void setSnapshots(std::vector<std::int64_t> segments);

  [[nodiscard]] int layers() const { return m_layers; }
  [[nodiscard]] int segmentTokens() const { return m_segmentTokens; }
  /// At least the segments seen so far; otherwise the estimate.
  [[nodiscard]] std::int64_t totalSegments() const;
  [[nodiscard]] std::int64_t restoredSegments() const { return m_restoredSegments; }
  /// Cells of `layer` before this segment are done or restored.
  [[nodiscard]] std::int64_t doneEnd(int layer) const { return m_doneEnd[static_cast<std::size_t>(layer)]; }
  /// Segments that have left the last layer: what the memory holds completely.
  [[nodiscard]] std::int64_t finishedSegments() const { return m_layers == 0 ? 0 : doneEnd(m_layers - 1); }

  [[nodiscard]] CellOrigin origin(std::int64_t segment, int layer) const;
  /// Nothing for cells that have not run, and for restored ones without numbers.
  [[nodiscard]] std::optional<CellMetrics> metrics(std::int64_t segment, int layer) const;
  /// Place in groups() of the group a cell ran in; nothing for pending and restored cells.
  [[nodiscard]] std::optional<std::int64_t> groupOf(std::int64_t segment, int layer) const;

  [[nodiscard]] const std::vector<GroupRecord>& groups() const { return m_groups; }
  [[nodiscard]] const std::vector<std::int64_t>& snapshots() const { return m_snapshots; }  // ascending
  [[nodiscard]] const ReadBounds& bounds() const { return m_bounds; }                       // of the newest read
  [[nodiscard]] bool isReading() const { return m_reading; }
  [[nodiscard]] bool isPaused() const { return m_paused; }
  /// See above; empty when nothing runs.
  [[nodiscard]] GroupShape running() const;
  /// The one after it.
  [[nodiscard]] GroupShape next() const;

 private:
  struct Cell {
    qfloat16 novelty;
    qfloat16 writeStrength;
    qfloat16 relativeChange;
    std::uint16_t hasNumbers = 0;
    std::uint32_t group = 0;  // place in the log plus 1; 0: none of this program's reads
  };

  [[nodiscard]] Cell& cellAt(std::int64_t segment, int layer);
  [[nodiscard]] const Cell* findCell(std::int64_t segment, int layer) const;
  void setCell(std::int64_t segment, int layer, const CellMetrics& values, std::uint32_t group);
  void forgetFrom(std::int64_t segment);

  int m_layers = 0;
  int m_segmentTokens = 0;
  std::int64_t m_estimate = 0;
  std::int64_t m_restoredSegments = 0;
  // Blocks of segments, so that a growing document never copies what it has.
  std::vector<std::vector<Cell>> m_blocks;
  std::vector<std::int64_t> m_doneEnd;  // [layer]
  std::vector<GroupRecord> m_groups;
  std::vector<std::int64_t> m_snapshots;

  ReadBounds m_bounds;
  GroupShape m_last;  // of the newest read
  double m_clockOffset = 0;
  bool m_skipGap = false;
  bool m_reading = false;
  bool m_paused = false;
};

}  // namespace tidemark::ui
