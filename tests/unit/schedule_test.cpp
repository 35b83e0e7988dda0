#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "engine/schedule/diagonal_schedule.h"

namespace tidemark {
namespace {

TEST(DiagonalSchedule, EveryCellOnceAfterTheCellsItNeeds) {
  for (int segments = 1; segments <= 12; ++segments) {
    for (int layers = 1; layers <= 12; ++layers) {
      SCOPED_TRACE(std::to_string(segments) + " segments, " + std::to_string(layers) + " layers");
      DiagonalSchedule schedule(layers);
      std::map<std::pair<std::int64_t, int>, std::int64_t> diagonalOf;  // by (segment, layer)
      std::int64_t diagonals = 0;
      while (true) {
        const bool enters = schedule.entered() < segments;
        ASSERT_TRUE(!enters || schedule.accepts());
        const auto diagonal = schedule.next(enters);
        if (!diagonal) break;
        ASSERT_EQ(diagonal->index, diagonals++);
        ASSERT_GE(diagonal->count, 1);
        ASSERT_LE(diagonal->count, std::min(segments, layers));
        for (int layer = diagonal->firstLayer; layer < diagonal->firstLayer + diagonal->count; ++layer) {
          ASSERT_TRUE(diagonalOf.emplace(std::pair(diagonal->segmentOf(layer), layer), diagonal->index).second);
        }
      }
      EXPECT_EQ(diagonals, segments + layers - 1);
      EXPECT_FALSE(schedule.next(false).has_value());  // and stays at the end
      ASSERT_EQ(static_cast<int>(diagonalOf.size()), segments * layers);
      for (const auto& [cell, diagonal] : diagonalOf) {
        const auto [segment, layer] = cell;
        ASSERT_TRUE(segment >= 0 && segment < segments && layer >= 0 && layer < layers);
        if (segment > 0) {
          ASSERT_LT(diagonalOf.at({segment - 1, layer}), diagonal);
        }
        if (layer > 0) {
          ASSERT_LT(diagonalOf.at({segment, layer - 1}), diagonal);
        }
      }
    }
  }
}

TEST(DiagonalSchedule, TheFrontStopsAcceptingWhenItDrains) {
  DiagonalSchedule schedule(3);
  EXPECT_FALSE(schedule.next(false).has_value());  // nothing entered yet: no diagonal, and the start stays open
  EXPECT_TRUE(schedule.accepts());
  ASSERT_TRUE(schedule.next(true).has_value());
  EXPECT_TRUE(schedule.accepts());
  ASSERT_TRUE(schedule.next(false).has_value());
  EXPECT_FALSE(schedule.accepts());
}

}  // namespace
}  // namespace tidemark
