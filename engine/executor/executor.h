#pragma once
// Reads a stream of segments into a memory, one group of cells per step. The sequential and the diagonal executor run
// the same cells with the same arithmetic and leave the same bits; only the order and the grouping differ.
//
// Look-ahead: a device that computes by itself idles between two steps unless the next groups wait in its queue. With
// look-ahead n, up to n groups beyond the one that step() reports are submitted; without (0) nothing runs between
// steps, and hidden rows and memory may be looked at there. Who needs the memory between two groups of a read with
// look-ahead queues a copy of it as a GroupObserver.
//
// Engine thread. After an error the memory is undefined: restore a snapshot.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/backend/layer_plan.h"
#include "engine/base/result.h"
#include "engine/base/run_clock.h"
#include "engine/base/types.h"
#include "engine/memory/memory_trace.h"

namespace tidemark {

enum class Schedule { kSequential, kDiagonal };

/// Where segments come from.
class SegmentSource {
 public:
  SegmentSource() = default;
  SegmentSource(const SegmentSource&) = delete;
  SegmentSource& operator=(const SegmentSource&) = delete;
  virtual ~SegmentSource() = default;

  /// Replaces `tokens` with the T tokens of the next full segment; false when there is none. Never called again after
  /// that, and only when isReady().
  [[nodiscard]] virtual Result<bool> nextSegment(std::vector<TokenId>& tokens) = 0;
  /// False while it cannot be told whether there is a next segment, because more text is on its way.
  [[nodiscard]] virtual bool isReady() { return true; }
};

/// One group: layers [firstLayer, firstLayer + count), layer firstLayer on segment firstSegment, the next layer on the
/// segment before it, and so on. Valid until the next step.
struct GroupReport {
  std::int64_t index = 0;  // steps so far in this run
  int firstLayer = 0;
  int count = 0;
  std::int64_t firstSegment = 0;  // numbered over the whole session
  std::span<const CellMetrics> metrics;
  double startSeconds = 0;  // since the executor was made: when it was submitted or the group before it ended
  double endSeconds = 0;    // when it was known to have ended
  /// The segment that left the last layer, if any; its hidden rows are in slot L of buffer `parity` until the next
  /// step (without look-ahead).
  std::optional<std::int64_t> finishedSegment;
  int parity = 0;

  [[nodiscard]] std::int64_t segmentOf(int layer) const { return firstSegment - (layer - firstLayer); }
};

/// Sees every group right after it was submitted, before the next one is: the only time at which a copy of the memory
/// as this group leaves it can be queued.
class GroupObserver {
 public:
  GroupObserver() = default;
  GroupObserver(const GroupObserver&) = delete;
  GroupObserver& operator=(const GroupObserver&) = delete;
  virtual ~GroupObserver() = default;

  /// `report` has no metrics and no end yet. An error ends the run.
  [[nodiscard]] virtual Status groupSubmitted(const GroupReport& report) = 0;
};

class Executor {
 public:
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;
  virtual ~Executor() = default;

  /// Submits groups as far ahead as it may, awaits the oldest and reports it; nothing when the source has ended and
  /// every segment has left the last layer, or when it waits for the source (isWaiting): then the front stays as it is,
  /// and the read goes on with the next step. What goes wrong with a later group is an error only after the groups
  /// before it were reported. A steady step allocates nothing.
  [[nodiscard]] Result<std::optional<GroupReport>> step(SegmentSource& source);
  /// Whether the last step() reported nothing because the source was not ready.
  [[nodiscard]] bool isWaiting() const { return m_waiting; }
  /// Told of every group from now on; null: nobody is. Must outlive the executor.
  void setObserver(GroupObserver* observer) { m_observer = observer; }
  /// Given room for what every cell writes to memory from now on; null: nobody keeps it. Must outlive the executor; for
  /// backends with tracesMemory().
  void setWriteSink(MemoryWriteSink* sink) { m_writeSink = sink; }
  /// The activations, for looking at hidden rows between steps (without look-ahead).
  [[nodiscard]] Workspace& workspace() { return *m_workspace; }

 protected:
  Executor(Backend& backend, DeviceMemory& memory, std::unique_ptr<Workspace> workspace, int lookAhead);
  /// Submits the next group and says which one it was, with startSeconds; nothing at the end. Not called again after
  /// that, nor after an error.
  [[nodiscard]] virtual Result<std::optional<GroupReport>> submitNext(SegmentSource& source) = 0;
  /// Whether submitNext is going to ask the source.
  [[nodiscard]] virtual bool asksNext() const = 0;
  /// Submits the group behind the embedding of the segment that enters with it, if one does. Its first layer stands at
  /// `firstSegment`.
  [[nodiscard]] Status submit(CellGroup group, std::int64_t firstSegment, const std::vector<TokenId>* entering);
  [[nodiscard]] Backend& backend() { return m_backend; }
  [[nodiscard]] double seconds() const { return m_clock.seconds(); }

 private:
  [[nodiscard]] Status submitAhead(SegmentSource& source);

  Backend& m_backend;
  DeviceMemory& m_memory;
  LayerPlan m_plan;  // before the workspace: what is still under way when that goes may look at it
  std::unique_ptr<Workspace> m_workspace;
  GroupObserver* m_observer = nullptr;
  MemoryWriteSink* m_writeSink = nullptr;
  std::vector<std::vector<MemoryWriteTrace>> m_writes;  // a ring as m_underWay, each with a place per layer
  std::vector<GroupReport> m_underWay;                  // a ring of look-ahead + 1
  std::size_t m_oldest = 0;
  std::size_t m_underWayCount = 0;
  bool m_ended = false;  // nothing more to submit
  bool m_waiting = false;
  std::optional<Error> m_failed;  // why nothing more can be submitted
  std::vector<CellMetrics> m_metrics;
  RunClock m_clock;
  double m_lastEnd = 0;
};

/// `memory` stands after segment firstSegment - 1. `lookAhead` is at most the backend's. Errors: kOutOfMemory with
/// bytes needed and free; kUnsupported for a model without memory.
[[nodiscard]] Result<std::unique_ptr<Executor>> makeExecutor(Schedule schedule, Backend& backend, DeviceMemory& memory,
                                                             std::int64_t firstSegment, int lookAhead = 0);

/// Commits one segment of any length up to T to `memory`, cell by cell: the ragged last segment of a trace, or a tail
/// in a throw-away copy. `workspace` needs T + M rows. Returns the buffer parity that holds the last layer's rows.
/// `writes`, if not empty, has a place per layer for what is written (backends with tracesMemory()).
[[nodiscard]] Result<int> commitSegment(Backend& backend, Workspace& workspace, DeviceMemory& memory,
                                        std::span<const TokenId> tokens, std::span<const MemoryWriteTrace> writes = {});

/// Logits [tokens, V] of the same decoder without memory and without segments: the baseline.
[[nodiscard]] Result<std::vector<float>> computeFullAttention(Backend& backend, std::span<const TokenId> tokens);

/// The same up to what a question needs: the logits [V] of the last of at least one token. `workspace` needs as many
/// rows as there are tokens; making it is not part of the work.
[[nodiscard]] Result<std::vector<float>> prefillFullAttention(Backend& backend, Workspace& workspace,
                                                              std::span<const TokenId> tokens);

}  // namespace tidemark
