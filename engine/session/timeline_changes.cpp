#include "engine/session/session_records.h"

namespace tidemark {

std::vector<std::size_t> changePoints(const TimelineRecord& timeline) {
  const std::vector<TimelinePoint>& points = timeline.points;
  std::vector<std::size_t> changes;
  for (std::size_t i = 1; i < points.size(); ++i) {
    if (points[i].tokens != points[i - 1].tokens) changes.push_back(i);
  }
  return changes;
}

}  // namespace tidemark
