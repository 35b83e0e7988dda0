#include "engine/session/snapshot_thinning.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace tidemark {
namespace {

SnapshotInfo at(std::int64_t segment, bool pinned = false, std::uint64_t bytes = 10) {
  SnapshotInfo info;
  info.segment = segment;
  info.pinned = pinned;
  info.bytes = bytes;
  return info;
}

std::vector<SnapshotInfo> evenly(int count, std::int64_t first, std::int64_t step) {
  std::vector<SnapshotInfo> all;
  all.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) all.push_back(at(first + i * step));
  return all;
}

std::vector<SnapshotInfo> thinned(std::vector<SnapshotInfo> snapshots, std::uint64_t budget) {
  const std::vector<std::size_t> removed = snapshotsToRemove(snapshots, budget);
  EXPECT_TRUE(std::is_sorted(removed.begin(), removed.end()));
  for (auto index = removed.rbegin(); index != removed.rend(); ++index) {
    snapshots.erase(snapshots.begin() + static_cast<std::ptrdiff_t>(*index));
  }
  return snapshots;
}

std::uint64_t bytesOf(const std::vector<SnapshotInfo>& snapshots) {
  std::uint64_t bytes = 0;
  for (const SnapshotInfo& info : snapshots) bytes += info.bytes;
  return bytes;
}

TEST(SnapshotThinning, KeepsAllWithinTheBudget) {
  EXPECT_TRUE(snapshotsToRemove({}, 0).empty());
  const std::vector<SnapshotInfo> three = {at(0), at(5), at(6)};
  EXPECT_TRUE(snapshotsToRemove(three, 30).empty());
}

TEST(SnapshotThinning, NewestAndPinnedStayWhateverTheBudget) {
  const std::vector<SnapshotInfo> kept = thinned({at(0), at(5, true), at(6), at(7, true), at(9), at(12)}, 0);
  ASSERT_EQ(kept.size(), 3u);
  EXPECT_EQ(kept[0].segment, 5);
  EXPECT_EQ(kept[1].segment, 7);
  EXPECT_EQ(kept[2].segment, 12);
}

TEST(SnapshotThinning, DistancesGrowWithAge) {
  for (const std::int64_t step : {1, 4, 64}) {
    for (const std::int64_t offset : {0, 1, 63}) {
      for (const int count : {2, 3, 17, 100, 1000}) {
        const std::vector<SnapshotInfo> all = evenly(count, offset, step);
        for (const int most : {1, 2, 3, 8, 20, 50, 500}) {
          const std::vector<SnapshotInfo> kept = thinned(all, static_cast<std::uint64_t>(most) * 10);
          ASSERT_LE(kept.size(), static_cast<std::size_t>(most));
          ASSERT_EQ(kept.back().segment, all.back().segment);
          // At the ends distances are what is left over: before the first snapshot, and up to the newest.
          for (std::size_t i = 3; i < kept.size(); ++i) {
            ASSERT_LE(kept[i].segment - kept[i - 1].segment, kept[i - 1].segment - kept[i - 2].segment)
                << "step " << step << " offset " << offset << " count " << count << " most " << most;
          }
        }
      }
    }
  }
}

TEST(SnapshotThinning, UsesMostOfTheBudget) {
  const std::vector<SnapshotInfo> all = evenly(1000, 0, 1);
  for (const int most : {20, 50, 100, 500}) {
    EXPECT_GE(thinned(all, static_cast<std::uint64_t>(most) * 10).size(), static_cast<std::size_t>(most) * 3 / 4)
        << most;
  }
}

TEST(SnapshotThinning, RandomSnapshotsFitTheBudgetAndKeepPins) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    std::vector<SnapshotInfo> all;
    std::int64_t segment = -1;
    std::uint64_t forced = 0;
    const int count = 1 + static_cast<int>(random() % 60);
    for (int i = 0; i < count; ++i) {
      segment += 1 + static_cast<std::int64_t>(random() % 40);
      all.push_back(at(segment, random() % 8 == 0, 1 + random() % 20));
      if (all.back().pinned || i + 1 == count) forced += all.back().bytes;
    }
    const std::uint64_t budget = random() % 600;
    const std::vector<SnapshotInfo> kept = thinned(all, budget);
    EXPECT_LE(bytesOf(kept), std::max(budget, forced));
    EXPECT_EQ(kept.back().segment, all.back().segment);
    const auto isPinned = [](const SnapshotInfo& info) { return info.pinned; };
    EXPECT_EQ(std::count_if(kept.begin(), kept.end(), isPinned), std::count_if(all.begin(), all.end(), isPinned));
  }
}

TEST(SnapshotThinning, ThinningWhileReadingKeepsAboutWhatThinningAtTheEndKeeps) {
  constexpr std::uint64_t kBudget = 24 * 10;
  std::vector<SnapshotInfo> all;
  std::vector<SnapshotInfo> kept;
  for (int segment = 0; segment < 5000; ++segment) {
    all.push_back(at(segment));
    kept.push_back(at(segment));
    kept = thinned(std::move(kept), kBudget);
    ASSERT_LE(bytesOf(kept), kBudget);
    // No place is further from the kept snapshot before it than about half of its age.
    if (segment < 100) continue;
    ASSERT_GE(kept.size(), 12u) << segment;
    for (std::size_t i = 1; i < kept.size(); ++i) {
      ASSERT_LE(kept[i].segment - kept[i - 1].segment, (segment - kept[i - 1].segment) / 2 + 1) << segment;
    }
  }
  EXPECT_GE(kept.size() * 4, thinned(all, kBudget).size() * 3);
}

TEST(SnapshotThinning, DamagedPositionsDoNotHurt) {
  const std::vector<SnapshotInfo> odd = {at(-5), at(0), at(1), at(INT64_MAX - 1), at(INT64_MAX)};
  EXPECT_EQ(thinned(odd, 10).back().segment, INT64_MAX);
}

}  // namespace
}  // namespace tidemark
