#include "ui/wavefront/wavefront_data.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/ui/wavefront/wavefront_samples.h"
#include "ui/wavefront/wavefront_state.h"

namespace tidemark::ui {
namespace {

constexpr auto kDiagonal = ReadOrder::kDiagonal;
constexpr auto kSequential = ReadOrder::kSequential;

TEST(Schedule, EveryCellRunsOnceAfterWhatItNeeds) {
  for (const ReadOrder order : {kDiagonal, kSequential}) {
    for (int layers = 1; layers <= 5; ++layers) {
      for (std::int64_t segments = 1; segments <= 7; ++segments) {
        const ReadBounds bounds{order, layers, 3, 3 + segments};
        std::set<std::pair<std::int64_t, int>> done;
        for (std::int64_t i = 0; i < groupCount(bounds); ++i) {
          const GroupShape group = groupAt(bounds, i);
          ASSERT_FALSE(group.isEmpty());
          for (int l = group.firstLayer; l < group.firstLayer + group.count; ++l) {
            const std::int64_t s = group.segmentOf(l);
            ASSERT_EQ(ordinalOf(bounds, s, l), i);
            ASSERT_TRUE(l == 0 || done.count({s, l - 1}) == 1);
            ASSERT_TRUE(s == 3 || done.count({s - 1, l}) == 1);
          }
          for (int l = group.firstLayer; l < group.firstLayer + group.count; ++l) {
            ASSERT_TRUE(done.insert({group.segmentOf(l), l}).second);
          }
          for (int l = 0; l < layers; ++l) {
            std::int64_t end = 3;
            while (done.count({end, l}) == 1) ++end;
            ASSERT_EQ(doneEndAfter(bounds, i + 1, l), end) << layers << segments << i << l;
          }
          const GroupShape after = groupAfter(bounds, group);
          ASSERT_EQ(after, groupAt(bounds, i + 1));
        }
        ASSERT_EQ(done.size(), static_cast<std::size_t>(segments * layers));
        ASSERT_TRUE(groupAt(bounds, groupCount(bounds)).isEmpty());
      }
    }
  }
}

TEST(WavefrontData, TheRunningGroupIsTheOneTheEngineReportsNext) {
  for (const ReadOrder order : {kDiagonal, kSequential}) {
    WavefrontData data;
    data.reset(4, 64, 9, 0);
    EXPECT_TRUE(data.running().isEmpty());
    data.startReading(0, 9);
    const ReadBounds bounds{order, 4, 0, 9};
    EXPECT_EQ(data.running(), groupAt(bounds, 0));
    const auto groups = sampleRead(bounds);
    for (std::size_t i = 0; i < groups.size(); ++i) {
      data.addGroup(groups[i]);
      const auto next = static_cast<std::int64_t>(i) + 1;
      // The first group is the same in both orders: until the second one comes a read counts as diagonal.
      if (i == 0 && order == kSequential) continue;
      EXPECT_EQ(data.running(), groupAt(bounds, next)) << next;
      EXPECT_EQ(data.next(), groupAt(bounds, next + 1)) << next;
    }
    EXPECT_TRUE(data.running().isEmpty());
    EXPECT_EQ(data.finishedSegments(), 9);
  }
}

TEST(WavefrontData, NothingRunsWhilePausedOrStopped) {
  WavefrontData data;
  data.reset(3, 64, 10, 0);
  data.startReading(0, 10);
  for (const auto& group : sampleRead({kDiagonal, 3, 0, 10}, 5)) data.addGroup(group);
  EXPECT_FALSE(data.running().isEmpty());
  data.setPaused(true);
  EXPECT_TRUE(data.running().isEmpty());
  EXPECT_TRUE(data.next().isEmpty());
  data.setPaused(false);
  EXPECT_EQ(data.running().firstSegment, 5);
  data.stopReading();
  EXPECT_TRUE(data.running().isEmpty());
}

TEST(WavefrontData, ADrainingFrontEndsTheDocumentWhateverTheEstimateWas) {
  WavefrontData data;
  data.reset(3, 64, 100, 0);
  data.startReading(0, 100);
  const ReadBounds real{kDiagonal, 3, 0, 6};
  const auto groups = sampleRead(real);
  for (std::size_t i = 0; i <= 6; ++i) data.addGroup(groups[i]);
  EXPECT_EQ(data.running(), groupAt(real, 7));
  EXPECT_TRUE(data.next().isEmpty());
  data.addGroup(groups[7]);
  EXPECT_TRUE(data.running().isEmpty());
}

TEST(WavefrontData, MoreSegmentsThanEstimatedMoveTheEnd) {
  WavefrontData data;
  data.reset(2, 64, 3, 0);
  data.startReading(0, 3);
  for (const auto& group : sampleRead({kDiagonal, 2, 0, 8}, 7)) data.addGroup(group);
  EXPECT_EQ(data.totalSegments(), 7);
  EXPECT_FALSE(data.running().isEmpty());
}

TEST(WavefrontData, AResumedReadKeepsWhatWasRestored) {
  WavefrontData data;
  data.reset(3, 64, 20, 8);
  data.restoreMetrics(std::vector<CellMetricsRecord>{{7, 1, 0.25F, 0.5F, 0.125F}, {9, 1, 1, 1, 1}, {7, 5, 1, 1, 1}});
  data.startReading(8, 20);
  EXPECT_EQ(data.running(), (GroupShape{0, 8, 1}));
  EXPECT_EQ(data.origin(7, 2), CellOrigin::kRestored);
  EXPECT_EQ(data.origin(8, 0), CellOrigin::kNone);
  ASSERT_TRUE(data.metrics(7, 1).has_value());
  EXPECT_FLOAT_EQ(data.metrics(7, 1)->relativeChange, 0.125F);
  EXPECT_FALSE(data.metrics(7, 0).has_value());
  EXPECT_FALSE(data.metrics(9, 1).has_value());
  for (const auto& group : sampleRead({kDiagonal, 3, 8, 20}, 4)) data.addGroup(group);
  EXPECT_EQ(data.origin(8, 2), CellOrigin::kRead);
  EXPECT_EQ(data.groupOf(8, 2), 2);
  EXPECT_EQ(data.running(), groupAt({kDiagonal, 3, 8, 20}, 4));
  EXPECT_EQ(data.finishedSegments(), 10);
}

TEST(WavefrontData, AReadThatBeginsAgainForgetsWhatItReadsAgain) {
  WavefrontData data;
  data.reset(3, 64, 20, 0);
  data.startReading(0, 20);
  for (const auto& group : sampleRead({kDiagonal, 3, 0, 20}, 10)) data.addGroup(group);
  data.stopReading();
  data.startReading(4, 20);
  EXPECT_EQ(data.origin(3, 2), CellOrigin::kRead);
  EXPECT_EQ(data.origin(4, 0), CellOrigin::kNone);
  data.addGroup(sampleGroup({0, 4, 1}, 0));
  EXPECT_EQ(data.groupOf(4, 0), 10);
  // Seconds go on where the first read ended.
  EXPECT_NEAR(data.groups().back().startSeconds, 0.1, 1e-6);
}

TEST(WavefrontData, APauseIsLeftOutOfTheClock) {
  WavefrontData data;
  data.reset(1, 64, 5, 0);
  data.startReading(0, 5);
  data.addGroup(sampleGroup({0, 0, 1}, 0));
  data.setPaused(true);
  data.setPaused(false);
  GroupFinished late = sampleGroup({0, 1, 1}, 1);
  late.startSeconds += 100;
  late.endSeconds += 100;
  data.addGroup(late);
  EXPECT_NEAR(data.groups().back().endSeconds(), 0.02, 1e-6);
}

TEST(WavefrontData, GroupsThatDoNotFitAreIgnored) {
  WavefrontData data;
  data.reset(3, 64, 5, 0);
  data.addGroup(sampleGroup({2, 4, 3}, 0));
  data.addGroup(sampleGroup({0, 1, 3}, 0));
  data.addGroup(GroupFinished{});
  EXPECT_TRUE(data.groups().empty());
}

TEST(WavefrontData, SnapshotsStayInOrderAndCountOnce) {
  WavefrontData data;
  data.reset(1, 64, 50, 0);
  data.setSnapshots({30, 10, 30, 20});
  EXPECT_EQ(data.snapshots(), (std::vector<std::int64_t>{10, 20, 30}));
}

TEST(WavefrontState, CellsSayWhatTheyAre) {
  WavefrontState state;
  state.reset(3, 64, 20, 5);
  state.startReading(5, 20);
  state.addGroups(sampleRead({kDiagonal, 3, 5, 20}, 4));
  EXPECT_EQ(state.cellState(4, 2), CellState::kRestored);
  EXPECT_EQ(state.cellState(8, 0), CellState::kDone);
  EXPECT_EQ(state.cellState(9, 0), CellState::kRunning);
  EXPECT_EQ(state.cellState(7, 2), CellState::kRunning);
  EXPECT_EQ(state.cellState(10, 0), CellState::kNext);
  EXPECT_EQ(state.cellState(11, 0), CellState::kPending);
  EXPECT_EQ(state.cellState(10, 2), CellState::kPending);
  state.setPaused(true);
  EXPECT_EQ(state.cellState(9, 0), CellState::kPending);
}

TEST(WavefrontState, HundredThousandSegmentsFit) {
  WavefrontState state;
  state.reset(32, 256, 100000, 0);
  state.startReading(0, 100000);
  state.addGroups(sampleRead({kDiagonal, 32, 0, 100000}));
  EXPECT_EQ(state.finishedSegments(), 100000);
  EXPECT_NEAR(state.heat(99999, 31), 0.75, 1e-3);  // a change of 0.1
  state.setMetric(HeatMetric::kNovelty);
  EXPECT_NEAR(state.heat(99999, 31), heatOf(HeatMetric::kNovelty, sampleNovelty(99999, 31)), 1e-3);
}

TEST(WavefrontState, AFarViewKeepsItsBrightCellsVisible) {
  WavefrontState state;
  state.reset(1, 64, 8, 8);
  std::vector<CellMetricsRecord> metrics;
  for (std::int64_t s = 0; s < 8; ++s) metrics.push_back({s, 0, 0, 0, s == 5 ? 1.0F : 1e-4F});
  state.restoreMetrics(metrics);
  EXPECT_EQ(state.metric(), HeatMetric::kChange);
  EXPECT_NEAR(state.columnHeat(0, 5, 0), 1, 1e-4);
  EXPECT_NEAR(state.columnHeat(2, 1, 0), (0.25 + 1) / 2, 1e-3);
  EXPECT_NEAR(state.columnHeat(3, 0, 0), (0.125 + 1) / 2, 1e-3);
  EXPECT_NEAR(state.columnHeat(2, 0, 0), 0, 1e-3);
}

TEST(WavefrontState, MetricsThatComeInSlicesAreTheSameAsAtOnce) {
  std::vector<CellMetricsRecord> metrics;
  for (std::int64_t s = 0; s < 300; ++s) {
    for (int l = 0; l < 4; ++l) metrics.push_back({s, l, 0.5F, 0.5F, sampleNovelty(s, l)});
  }
  metrics.push_back({300, 0, 1, 1, 1});  // not restored
  WavefrontState whole;
  whole.reset(4, 64, 400, 300);
  whole.restoreMetrics(metrics);
  WavefrontState sliced;
  sliced.reset(4, 64, 400, 300);
  const std::span<const CellMetricsRecord> all(metrics);
  sliced.restoreMetrics(all.first(501));
  const std::uint64_t before = sliced.revision();
  sliced.restoreMetrics(all.subspan(501));
  EXPECT_NE(sliced.revision(), before);
  for (int level = 0; level < 9; ++level) {
    for (std::int64_t c = 0; c << level < 300; ++c) {
      ASSERT_EQ(whole.columnHeat(level, c, 3), sliced.columnHeat(level, c, 3)) << level << ' ' << c;
    }
  }
  EXPECT_TRUE(std::isnan(sliced.heat(300, 0)));
}

}  // namespace
}  // namespace tidemark::ui
