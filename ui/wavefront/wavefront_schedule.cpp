#include "ui/wavefront/wavefront_schedule.h"

#include <algorithm>

namespace tidemark::ui {

std::int64_t groupCount(const ReadBounds& bounds) {
  const std::int64_t segments = bounds.endSegment - bounds.firstSegment;
  if (segments <= 0 || bounds.layers <= 0) return 0;
  return bounds.order == ReadOrder::kSequential ? segments * bounds.layers : segments + bounds.layers - 1;
}

GroupShape groupAt(const ReadBounds& bounds, std::int64_t ordinal) {
  if (ordinal < 0 || ordinal >= groupCount(bounds)) return {};
  if (bounds.order == ReadOrder::kSequential) {
    return {static_cast<int>(ordinal % bounds.layers), bounds.firstSegment + ordinal / bounds.layers, 1};
  }
  const std::int64_t lastEntered = bounds.endSegment - bounds.firstSegment - 1;
  const auto firstLayer = static_cast<int>(std::max<std::int64_t>(0, ordinal - lastEntered));
  const auto lastLayer = static_cast<int>(std::min<std::int64_t>(bounds.layers - 1, ordinal));
  return {firstLayer, bounds.firstSegment + ordinal - firstLayer, lastLayer - firstLayer + 1};
}

std::int64_t ordinalOf(const ReadBounds& bounds, std::int64_t segment, int layer) {
  if (segment < bounds.firstSegment || segment >= bounds.endSegment || layer < 0 || layer >= bounds.layers) return -1;
  const std::int64_t offset = segment - bounds.firstSegment;
  return bounds.order == ReadOrder::kSequential ? offset * bounds.layers + layer : offset + layer;
}

std::int64_t doneEndAfter(const ReadBounds& bounds, std::int64_t finished, int layer) {
  const std::int64_t segments = std::max<std::int64_t>(0, bounds.endSegment - bounds.firstSegment);
  const std::int64_t done = bounds.order == ReadOrder::kSequential
                                ? (finished - layer + bounds.layers - 1) / std::max(1, bounds.layers)
                                : finished - layer;
  return bounds.firstSegment + std::clamp<std::int64_t>(done, 0, segments);
}

GroupShape groupAfter(const ReadBounds& bounds, const GroupShape& last) {
  if (last.isEmpty()) return groupAt(bounds, 0);
  ReadBounds known = bounds;
  known.endSegment = std::max(bounds.endSegment, last.firstSegment + 1);
  if (bounds.order == ReadOrder::kDiagonal && last.firstLayer > 0) known.endSegment = last.firstSegment + 1;
  return groupAt(known, ordinalOf(known, last.firstSegment, last.firstLayer) + 1);
}

ReadOrder orderShownBy(const ReadBounds& bounds, const GroupShape& group, std::int64_t index, ReadOrder assumed) {
  if (group.count > 1) return ReadOrder::kDiagonal;
  const std::int64_t diagonal = group.firstSegment - bounds.firstSegment + group.firstLayer;
  if (index != diagonal) return ReadOrder::kSequential;
  // Layer 1 of the first segment, alone, although a second segment could have entered.
  const bool others = bounds.endSegment - bounds.firstSegment > 1;
  if (group.firstLayer > 0 && group.firstSegment == bounds.firstSegment && others) return ReadOrder::kSequential;
  return assumed;
}

}  // namespace tidemark::ui
