#pragma once
// The order in which cells (segment s, layer l) run, as the view needs it. Pure integers.
//
// Diagonal: group d holds the cells with s + l = d (counted from the first segment of the read); it shrinks at both
// ends. Sequential: one cell after the other, all layers of a segment before the next segment.

#include <cstdint>

namespace tidemark::ui {

/// Cells of one group: layer firstLayer on firstSegment, the next layer on the segment before it, and so on.
struct GroupShape {
  int firstLayer = 0;
  std::int64_t firstSegment = 0;
  int count = 0;  // 0: no group

  [[nodiscard]] bool isEmpty() const { return count == 0; }
  [[nodiscard]] std::int64_t segmentOf(int layer) const { return firstSegment - (layer - firstLayer); }
  [[nodiscard]] bool contains(std::int64_t segment, int layer) const {
    return layer >= firstLayer && layer < firstLayer + count && segmentOf(layer) == segment;
  }
  friend bool operator==(const GroupShape&, const GroupShape&) = default;
};

enum class ReadOrder { kDiagonal, kSequential };

/// One read: segments [firstSegment, endSegment) through `layers` layers. The end may be an estimate.
struct ReadBounds {
  ReadOrder order = ReadOrder::kDiagonal;
  int layers = 0;
  std::int64_t firstSegment = 0;
  std::int64_t endSegment = 0;
  friend bool operator==(const ReadBounds&, const ReadBounds&) = default;
};

[[nodiscard]] std::int64_t groupCount(const ReadBounds& bounds);
/// Empty outside [0, groupCount).
[[nodiscard]] GroupShape groupAt(const ReadBounds& bounds, std::int64_t ordinal);
/// Which group runs a cell; -1 outside the read.
[[nodiscard]] std::int64_t ordinalOf(const ReadBounds& bounds, std::int64_t segment, int layer);
/// First segment of `layer` that has not run after `finished` groups.
[[nodiscard]] std::int64_t doneEndAfter(const ReadBounds& bounds, std::int64_t finished, int layer);

/// The group the engine runs after `last`; empty when the read is over. A diagonal that no longer begins at layer 0
/// says that the text has ended, whatever the estimate was; segments beyond the estimate move it.
[[nodiscard]] GroupShape groupAfter(const ReadBounds& bounds, const GroupShape& last);

/// The order that a finished group gives away. `index` counts the groups of the read. While both orders would give the
/// same groups (the first cells of the first segment), `assumed` is the answer.
[[nodiscard]] ReadOrder orderShownBy(const ReadBounds& bounds, const GroupShape& group, std::int64_t index,
                                     ReadOrder assumed);

}  // namespace tidemark::ui
