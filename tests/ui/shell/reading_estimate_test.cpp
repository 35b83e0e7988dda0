#include "ui/shell/reading_estimate.h"

#include <gtest/gtest.h>

#include <QRandomGenerator>
#include <algorithm>
#include <cmath>

namespace tidemark::ui {
namespace {

/// A reading of 1,000,000 bytes in groups, with `noise` in the time of each group and pauses that do not count.
struct Reading {
  const char* name;
  double seconds;     // in all, without pauses
  double noise;       // of a group's time, relative
  double pauseEvery;  // seconds of work; 0: never
  double pauseLength;
  double stepSeconds;
};

class SteadyReading : public testing::TestWithParam<Reading> {};

TEST_P(SteadyReading, AfterATenthTheErrorStaysUnderFifteenPercent) {
  const Reading& run = GetParam();
  constexpr qint64 kTotal = 1000000;
  QRandomGenerator random(7);
  ReadingEstimate estimate;
  estimate.start(kTotal);
  const double rate = static_cast<double>(kTotal) / run.seconds;
  double clock = 100;
  double worked = 0;
  double nextPause = run.pauseEvery;
  int checked = 0;
  estimate.addSample(clock, 0);
  while (worked < run.seconds) {
    const double planned = run.stepSeconds;
    const double took = planned * (1 + run.noise * (2 * random.generateDouble() - 1));
    worked += planned;
    clock += took;
    estimate.addSample(clock, std::min(kTotal, static_cast<qint64>(worked * rate)));
    if (run.pauseEvery > 0 && worked > nextPause) {
      nextPause += run.pauseEvery;
      estimate.pause(clock);
      EXPECT_TRUE(estimate.isPaused());
      estimate.addSample(clock + run.pauseLength / 2, kTotal);  // late news of before the pause
      clock += run.pauseLength;
      estimate.resume(clock);
    }
    if (worked < 0.1 * run.seconds || worked > 0.95 * run.seconds) continue;
    const auto remaining = estimate.remaining();
    ASSERT_TRUE(remaining.has_value()) << worked;
    EXPECT_LE(remaining->lowSeconds, remaining->highSeconds);
    const double middle = (remaining->lowSeconds + remaining->highSeconds) / 2;
    const double truth = run.seconds - worked;
    EXPECT_LT(std::abs(middle - truth), 0.15 * truth) << run.name << " at " << worked;
    ++checked;
  }
  EXPECT_GT(checked, 20);
}

INSTANTIATE_TEST_SUITE_P(Table, SteadyReading,
                         testing::Values(Reading{"even", 60, 0, 0, 0, 0.05}, Reading{"noisy", 60, 0.5, 0, 0, 0.05},
                                         Reading{"veryNoisy", 120, 0.9, 0, 0, 0.1},
                                         Reading{"pausing", 60, 0.2, 7, 33, 0.05},
                                         Reading{"coarse", 300, 0.1, 0, 0, 2.0},
                                         Reading{"long", 7200, 0.3, 600, 4000, 0.5}));

TEST(ReadingEstimate, SaysNothingBeforeItMeansSomething) {
  ReadingEstimate estimate;
  EXPECT_FALSE(estimate.remaining());
  estimate.start(1000000);
  estimate.addSample(0, 0);
  estimate.addSample(1.5, 100000);
  EXPECT_FALSE(estimate.remaining()) << "less than 2 seconds";
  estimate.addSample(2.5, 150000);
  EXPECT_TRUE(estimate.remaining());

  estimate.start(1000000);
  estimate.addSample(0, 0, 0);
  estimate.addSample(5, 10000, 63);
  EXPECT_FALSE(estimate.remaining()) << "1 % and 63 groups";
  estimate.addSample(6, 12000, 64);
  EXPECT_TRUE(estimate.remaining());
}

TEST(ReadingEstimate, AResumedReadingCountsFromWhereItBegan) {
  ReadingEstimate estimate;
  estimate.start(1000000);
  estimate.addSample(10, 900000);
  estimate.addSample(15, 901000);
  EXPECT_FALSE(estimate.remaining()) << "90 % were read before";
  for (int i = 1; i <= 10; ++i) estimate.addSample(15 + i, 901000 + 5000 * i);
  const auto remaining = estimate.remaining();
  ASSERT_TRUE(remaining);
  EXPECT_NEAR((remaining->lowSeconds + remaining->highSeconds) / 2, 49000.0 / 5000, 4);
}

TEST(ReadingEstimate, FollowsAChangeOfSpeed) {
  ReadingEstimate estimate;
  estimate.start(10000000);
  double bytes = 0;
  double clock = 0;
  for (; clock < 20; clock += 0.1) estimate.addSample(clock, static_cast<qint64>(bytes += 10000));
  for (; clock < 40; clock += 0.1) estimate.addSample(clock, static_cast<qint64>(bytes += 2500));
  const auto remaining = estimate.remaining();
  ASSERT_TRUE(remaining);
  const double truth = (10000000 - bytes) / 25000;
  EXPECT_NEAR((remaining->lowSeconds + remaining->highSeconds) / 2, truth, 0.15 * truth);
}

TEST(ReadingEstimate, UnsteadyWorkGivesAWiderRange) {
  const auto width = [](double slowShare) {
    ReadingEstimate estimate;
    estimate.start(1000000);
    double bytes = 0;
    for (int i = 0; i < 200; ++i) {
      bytes += i % 20 < 10 ? 1000 : 1000 * slowShare;
      estimate.addSample(i * 0.1, static_cast<qint64>(bytes));
    }
    const auto remaining = estimate.remaining();
    return remaining->highSeconds / remaining->lowSeconds;
  };
  EXPECT_LT(width(1), 1.02);
  EXPECT_GT(width(0.3), 1.3);
}

TEST(ReadingEstimate, TakesNonsenseCalmly) {
  ReadingEstimate estimate;
  estimate.start(1000);
  estimate.addSample(5, 100);
  estimate.addSample(4, 900);   // back in time
  estimate.addSample(5, 120);   // the same moment
  estimate.addSample(8, 50);    // fewer bytes
  estimate.addSample(30, 120);  // a stall
  EXPECT_FALSE(estimate.remaining().has_value() && !std::isfinite(estimate.remaining()->highSeconds));
  estimate.resume(3);
  estimate.pause(31);
  estimate.pause(32);
  estimate.resume(33);
  estimate.addSample(40, 1000);
  EXPECT_FALSE(estimate.remaining()) << "finished";
  estimate.start(0);
  estimate.addSample(1, 0);
  estimate.addSample(9, 0);
  EXPECT_FALSE(estimate.remaining());
}

}  // namespace
}  // namespace tidemark::ui
