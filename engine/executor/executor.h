#pragma once
// Reads a stream of segments into a memory, one group of cells per step. The sequential and the diagonal executor run
// the same cells with the same arithmetic and leave the same bits; only the order and the grouping differ.
//
// Engine thread. After an error the memory is undefined: restore a snapshot.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/base/types.h"

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
  /// that.
  [[nodiscard]] virtual Result<bool> nextSegment(std::vector<TokenId>& tokens) = 0;
};

/// One group that ran: layers [firstLayer, firstLayer + count), layer firstLayer on segment firstSegment, the next
/// layer on the segment before it, and so on. Valid until the next step.
struct GroupReport {
  std::int64_t index = 0;  // steps so far in this run
  int firstLayer = 0;
  int count = 0;
  std::int64_t firstSegment = 0;  // numbered over the whole session
  std::span<const CellMetrics> metrics;
  double startSeconds = 0;  // since the executor was made
  double endSeconds = 0;
  /// The segment that left the last layer, if any; its hidden rows are in slot L of buffer `parity` until the next
  /// step.
  std::optional<std::int64_t> finishedSegment;
  int parity = 0;

  [[nodiscard]] std::int64_t segmentOf(int layer) const { return firstSegment - (layer - firstLayer); }
};

class Executor {
 public:
  Executor() = default;
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;
  virtual ~Executor() = default;

  /// Runs the next group; nothing when the source has ended and every segment has left the last layer. A steady step
  /// allocates nothing.
  [[nodiscard]] virtual Result<std::optional<GroupReport>> step(SegmentSource& source) = 0;
  /// The activations, for looking at hidden rows between steps.
  [[nodiscard]] virtual Workspace& workspace() = 0;
};

/// `memory` stands after segment firstSegment - 1. Errors: kOutOfMemory with bytes needed and free; kUnsupported for a
/// model without memory.
[[nodiscard]] Result<std::unique_ptr<Executor>> makeExecutor(Schedule schedule, Backend& backend, DeviceMemory& memory,
                                                             std::int64_t firstSegment);

/// Commits one segment of any length up to T to `memory`, cell by cell: the ragged last segment of a trace, or a tail
/// in a throw-away copy. `workspace` needs T + M rows. Returns the buffer parity that holds the last layer's rows.
[[nodiscard]] Result<int> commitSegment(Backend& backend, Workspace& workspace, DeviceMemory& memory,
                                        std::span<const TokenId> tokens);

/// Logits [tokens, V] of the same decoder without memory and without segments: the baseline.
[[nodiscard]] Result<std::vector<float>> computeFullAttention(Backend& backend, std::span<const TokenId> tokens);

}  // namespace tidemark
