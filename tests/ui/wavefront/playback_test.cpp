#include "ui/wavefront/playback.h"

#include <gtest/gtest.h>

#include <QLocale>

#include "tests/ui/wavefront/wavefront_samples.h"
#include "ui/wavefront/wavefront_meters.h"

namespace tidemark::ui {
namespace {

class PlaybackTest : public testing::Test {
 protected:
  PlaybackTest() : m_playback([this] { return m_now; }) {
    m_data.reset(3, 64, 10, 0);
    m_data.startReading(0, 10);
    for (const auto& group : sampleRead(m_bounds)) m_data.addGroup(group);
    m_data.stopReading();
  }

  ReadBounds m_bounds{ReadOrder::kDiagonal, 3, 0, 10};
  WavefrontData m_data;
  double m_now = 100;
  Playback m_playback;
};

TEST_F(PlaybackTest, TheRecordedReadRunsAtItsOwnSpeed) {
  m_playback.load(PlaybackTimeline::recorded(m_data));
  EXPECT_NEAR(m_playback.timeline().duration(), 0.12, 1e-6);
  m_playback.play();
  m_now += 0.055;
  EXPECT_TRUE(m_playback.isPlaying());
  EXPECT_EQ(m_playback.finishedGroups(), 5);
  EXPECT_EQ(m_playback.timeline().shapeOf(5), groupAt(m_bounds, 5));
  m_now += 10;
  EXPECT_FALSE(m_playback.isPlaying());
  EXPECT_TRUE(m_playback.isAtEnd());
  EXPECT_EQ(m_playback.finishedGroups(), 12);
}

TEST_F(PlaybackTest, PauseSeekAndSpeed) {
  m_playback.load(PlaybackTimeline::recorded(m_data));
  m_playback.play();
  m_now += 0.02;
  m_playback.pause();
  m_now += 50;
  EXPECT_NEAR(m_playback.position(), 0.02, 1e-9);
  m_playback.setSpeed(4);
  m_playback.play();
  m_now += 0.01;
  EXPECT_NEAR(m_playback.position(), 0.06, 1e-9);
  m_playback.setSpeed(1000);
  EXPECT_DOUBLE_EQ(m_playback.rate(), Playback::kMaxSpeed);
  m_playback.seek(-3);
  EXPECT_DOUBLE_EQ(m_playback.position(), 0);
  m_playback.seek(99);
  EXPECT_TRUE(m_playback.isAtEnd());
}

TEST_F(PlaybackTest, FitPlaysTheWholeReadInTheGivenTime) {
  m_playback.load(PlaybackTimeline::recorded(m_data));
  m_playback.setFit(10);
  m_playback.play();
  m_now += 5;
  EXPECT_NEAR(m_playback.position(), 0.06, 1e-6);
  m_now += 4.9;
  EXPECT_TRUE(m_playback.isPlaying());
  m_now += 0.2;
  EXPECT_FALSE(m_playback.isPlaying());
}

TEST_F(PlaybackTest, PlayAtTheEndBeginsAgain) {
  m_playback.load(PlaybackTimeline::recorded(m_data));
  m_playback.seek(99);
  m_playback.play();
  EXPECT_DOUBLE_EQ(m_playback.position(), 0);
}

TEST_F(PlaybackTest, SteppingMovesGroupByGroup) {
  for (const PlaybackTimeline& timeline :
       {PlaybackTimeline::recorded(m_data), PlaybackTimeline::scheduled(TimelineKind::kUntimed, m_bounds)}) {
    m_playback.load(timeline);
    for (int i = 1; i <= 12; ++i) {
      m_playback.stepGroups(1);
      EXPECT_EQ(m_playback.finishedGroups(), i);
    }
    m_playback.stepGroups(-5);
    EXPECT_EQ(m_playback.finishedGroups(), 7);
  }
}

TEST_F(PlaybackTest, ScheduleAndRecordAgreeAboutEveryMoment) {
  const auto recorded = PlaybackTimeline::recorded(m_data);
  const auto scheduled = PlaybackTimeline::scheduled(TimelineKind::kUntimed, m_bounds);
  ASSERT_EQ(recorded.groups(), scheduled.groups());
  for (std::int64_t finished = 0; finished <= recorded.groups(); ++finished) {
    EXPECT_EQ(recorded.shapeOf(finished), scheduled.shapeOf(finished));
    for (int layer = 0; layer < 3; ++layer) {
      EXPECT_EQ(recorded.doneEndAfter(finished, layer), scheduled.doneEndAfter(finished, layer)) << finished << layer;
    }
  }
}

TEST_F(PlaybackTest, SequentialOrderTakesOneStepPerCell) {
  const auto timeline = PlaybackTimeline::scheduled(TimelineKind::kSimulated, {ReadOrder::kSequential, 3, 0, 10});
  EXPECT_EQ(timeline.groups(), 30);
  EXPECT_NEAR(timeline.duration(), 1.0, 1e-9);
  EXPECT_EQ(timeline.shapeOf(4), (GroupShape{1, 1, 1}));
}

TEST(Meters, TheMedianForgetsAnOutlier) {
  ThroughputMeter meter;
  meter.reset(2, 100);
  EXPECT_EQ(meter.tokensPerSecond(), 0);
  GroupRecord group;
  group.count = 2;
  group.seconds = 0.125F;
  for (int i = 0; i < 40; ++i) {
    group.startSeconds = i * 0.125;
    meter.add(group);
  }
  EXPECT_NEAR(meter.tokensPerSecond(), 800, 1);
  group.startSeconds = 5;
  group.seconds = 9;
  meter.add(group);
  meter.add(group);
  EXPECT_NEAR(meter.tokensPerSecond(), 800, 1);
}

TEST(Meters, TheTextNamesBytesAsTheWholeWindowDoes) {
  QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
  EXPECT_EQ(figuresText(3214.2, {590000, 412000000}),
            QStringLiteral("3,214 tokens/s · memory 590 kB · a KV cache would be 412 MB"));
  EXPECT_EQ(figuresText(0, {590000, 0}), QStringLiteral("memory 590 kB"));
  EXPECT_EQ(memoryFigures(590000, 100, 10, 64).cacheBytes, 64000U);
}

}  // namespace
}  // namespace tidemark::ui
