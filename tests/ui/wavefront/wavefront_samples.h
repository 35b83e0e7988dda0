#pragma once
// Reads made up for the tests: the groups an engine would report.

#include <vector>

#include "engine/service/events.h"
#include "ui/wavefront/wavefront_schedule.h"

namespace tidemark::ui {

inline float sampleNovelty(std::int64_t segment, int layer) {
  return static_cast<float>((segment * 37 + layer * 11) % 100) / 100.0F;
}

inline GroupFinished sampleGroup(const GroupShape& shape, std::int64_t index, double secondsPerGroup = 0.01) {
  GroupFinished group;
  group.index = index;
  group.firstLayer = shape.firstLayer;
  group.firstSegment = shape.firstSegment;
  group.startSeconds = static_cast<double>(index) * secondsPerGroup;
  group.endSeconds = static_cast<double>(index + 1) * secondsPerGroup;
  for (int i = 0; i < shape.count; ++i) {
    group.cells.push_back({sampleNovelty(shape.firstSegment - i, shape.firstLayer + i), 0.5F, 0.1F});
  }
  return group;
}

/// The first `count` groups of a read (all of them: -1).
inline std::vector<GroupFinished> sampleRead(const ReadBounds& bounds, std::int64_t count = -1) {
  std::vector<GroupFinished> groups;
  const std::int64_t end = count < 0 ? groupCount(bounds) : count;
  for (std::int64_t i = 0; i < end; ++i) groups.push_back(sampleGroup(groupAt(bounds, i), i));
  return groups;
}

}  // namespace tidemark::ui
