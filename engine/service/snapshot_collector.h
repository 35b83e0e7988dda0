#pragma once
// Decides after which segments a snapshot is taken, and collects it layer by layer as the front passes: layer l's
// memory after segment s exists only between diagonals s + l and s + l + 1. So a copy is queued when the diagonal is
// submitted, and finished when it has ended.

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "engine/base/run_clock.h"
#include "engine/executor/executor.h"
#include "engine/memory/memory_snapshot.h"

namespace tidemark {

class SnapshotCollector final : public GroupObserver {
 public:
  /// What the reader knows of a segment when it enters.
  struct SegmentKnowledge {
    std::function<bool(std::int64_t segment)> isStorable;     // without it: no snapshot
    std::function<bool(std::int64_t segment)> beginsChapter;  // a good place for one
  };
  /// Segments between two snapshots at chapters: reading so many again takes no time worth saving, and a book of short
  /// chapters does not fill a session with snapshots.
  static constexpr std::int64_t kChapterDistance = 128;

  /// A snapshot at least every `longestSeconds` of reading, at segments aligned to powers of two, and at chapters, and
  /// no more often than keeps copying and writing under 2 % of the time (as far as longestSeconds allows). Infinity:
  /// none.
  SnapshotCollector(Backend& backend, const DeviceMemory& memory, double longestSeconds, SegmentKnowledge segments);

  /// Queues copies of what is final once this group has ended.
  [[nodiscard]] Status groupSubmitted(const GroupReport& report) override;
  /// To be called after every step. Takes over what was copied behind this group.
  [[nodiscard]] Status groupFinished(const GroupReport& report);

  /// A snapshot that is complete since the last call, if any.
  [[nodiscard]] std::optional<MemorySnapshot> takeComplete();

  /// What storing a snapshot cost, besides the copying.
  void stored(double seconds) { m_costSeconds = m_copySeconds + seconds; }
  [[nodiscard]] double copySeconds() const { return m_copySeconds; }

 private:
  struct Pending {
    MemorySnapshot snapshot;
    std::vector<std::unique_ptr<MemoryCopy>> copies;  // of each layer, while under way
    /// The layer that the group leaves behind this snapshot's segment, if any.
    [[nodiscard]] std::optional<std::size_t> layerIn(const GroupReport& report) const;
  };

  [[nodiscard]] bool isDue(std::int64_t segment) const;
  [[nodiscard]] bool isChapterDue(std::int64_t segment) const;

  Backend& m_backend;
  const DeviceMemory& m_memory;
  double m_longestSeconds;
  SegmentKnowledge m_segments;
  RunClock m_clock;
  double m_lastDecision = 0;
  std::optional<std::int64_t> m_lastChapter;  // segment of the last snapshot at one
  std::int64_t m_segmentsEntered = 0;
  double m_costSeconds = 0;  // of the last snapshot, copied and written
  double m_copySeconds = 0;  // of the one being collected
  std::deque<Pending> m_pending;
  std::optional<MemorySnapshot> m_complete;
};

}  // namespace tidemark
