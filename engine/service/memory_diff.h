#pragma once
// What two memories of one model differ in, and where the readings that left them part. Pure functions on values and
// on sessions that are looked at only; memory_diff_job.h finds the memories.

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/memory/memory_snapshot.h"
#include "engine/session/session_store.h"

namespace tidemark {

/// Lengths are Frobenius norms, summed up in double precision. A layer that was never written counts as zeros.
struct LayerDifference {
  double matrix = 0;        // |W_b - W_a|
  double matrixFirst = 0;   // |W_a|
  double matrixSecond = 0;  // |W_b|
  double keySum = 0;        // |z_b - z_a|
  double keySumFirst = 0;
  double keySumSecond = 0;

  /// |W_b - W_a| beside the longer of the two: 0 for equal ones, at most 2.
  [[nodiscard]] double relative() const;
  /// The same of the sums of keys.
  [[nodiscard]] double relativeKeySum() const;
};

/// One for each layer; all numbers that measure a difference are exactly 0 if and only if the memories hold equal
/// numbers. Errors: kMismatch (a memory that is not of this model's shape, with numbers).
[[nodiscard]] Result<std::vector<LayerDifference>> compareMemories(const ModelIdentity& model,
                                                                   const MemorySnapshot& first,
                                                                   const MemorySnapshot& second);

/// Up to `segments` of a session: what a memory came from.
struct ReadingPart {
  const SessionStore& store;
  std::int64_t segments = 0;
};

/// What says that two readings are the same. Equal tokens make the chain of hashes over them equal, and the other way
/// round; where the text was left out, what the cells did is compared instead: the numbers of the same reading in the
/// same precision are the same, and those of another one hardly ever.
enum class ReadingBasis { kTokens, kCellMetrics, kUnknown };

struct ReadingDifference {
  ReadingBasis basis = ReadingBasis::kUnknown;
  /// The first segment that is not the same in both, also if only one of them has it; nothing if there is none, or it
  /// cannot be told.
  std::optional<std::int64_t> firstSegment;
};

/// Errors: those of the stores.
[[nodiscard]] Result<ReadingDifference> compareReadings(const ReadingPart& first, const ReadingPart& second);

/// Means over the layers.
struct SegmentWrite {
  double novelty = 0;
  double writeStrength = 0;
  double relativeChange = 0;
  friend bool operator==(const SegmentWrite&, const SegmentWrite&) = default;
};

/// What a segment wrote in each of two readings; nothing where one has not read that far or kept no metrics.
struct SegmentDifference {
  std::int64_t segment = 0;
  std::optional<SegmentWrite> first;
  std::optional<SegmentWrite> second;
};

/// From segment `from` on, those that at least one of the two has metrics for. Errors: those of the stores.
[[nodiscard]] Result<std::vector<SegmentDifference>> compareWrites(const ReadingPart& first, const ReadingPart& second,
                                                                   std::int64_t from);

}  // namespace tidemark
