#include "ui/timeline/timeline_layout.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "tests/ui/timeline/timeline_samples.h"

namespace tidemark::ui {
namespace {

using ::testing::ElementsAre;

constexpr TimelineMetrics kMetrics{500, 80, 20, 30, 10};

TEST(AnswerLanes, EveryDifferentAnswerIsALaneAndComesBackToIt) {
  const AnswerLanes lanes =
      lanesOf(sampleTimeline({{1, "garden"}, {4, "garden"}, {7, "office"}, {9, "garden"}}).answers);
  EXPECT_THAT(lanes.answers, ElementsAre(QStringLiteral("garden"), QStringLiteral("office")));
  EXPECT_THAT(lanes.stretches, ElementsAre(AnswerStretch{0, 2, 0}, AnswerStretch{2, 3, 1}, AnswerStretch{3, 4, 0}));
  EXPECT_TRUE(lanesOf({}).answers.empty());
}

TEST(AnswerLanes, WhatIsStoredBecomesPlainText) {
  TimelineRecord record;
  record.id = 7;
  record.state = QuestionState::kRunning;  // the program ended in the middle of it
  record.points = {{3, " In the\n garden ", {5, 6}, 3 * std::log(0.5)},
                   {9, "", {}, -std::numeric_limits<double>::infinity()},
                   {11, "x", {1}, std::numeric_limits<double>::quiet_NaN()}};
  const AnswerTimeline timeline = timelineFromRecord(record);
  EXPECT_EQ(timeline.state, QuestionState::kCancelled);
  ASSERT_EQ(timeline.answers.size(), 3u);
  EXPECT_EQ(timeline.answers[0].answer, QStringLiteral("In the garden"));
  EXPECT_NEAR(timeline.answers[0].sureness, 0.5, 1e-6);  // three choices: two tokens and the end
  EXPECT_EQ(timeline.answers[1].sureness, 0.0F);
  EXPECT_EQ(timeline.answers[2].sureness, 0.0F);
  EXPECT_THAT(timeline.places, ElementsAre(3, 9, 11));
}

TEST(TimelineLayout, AnAnswerStandsForTheTextSinceThePlaceBefore) {
  const TimelineLayout layout(sampleTimeline({{9, "a"}, {29, "b"}, {39, "a"}}), 40, kMetrics);
  EXPECT_EQ(layout.segmentsOf(0), (std::pair<qint64, qint64>{0, 10}));
  EXPECT_EQ(layout.segmentsOf(1), (std::pair<qint64, qint64>{10, 30}));
  const QRectF document = layout.document();
  EXPECT_EQ(document, QRectF(100, 20, 390, 60));
  EXPECT_EQ(layout.cellRect(0), QRectF(100, 20, 97.5, 30));
  EXPECT_EQ(layout.cellRect(1).top(), 50);  // in its own lane
  EXPECT_EQ(layout.cellRect(2).top(), 20);
  EXPECT_DOUBLE_EQ(layout.cellRect(2).right(), document.right());
}

TEST(TimelineLayout, APointFindsTheAnswerThatIsDrawnThere) {
  const TimelineLayout layout(sampleTimeline({{9, "a"}, {19, "b"}}, {39}), 40, kMetrics);
  EXPECT_EQ(layout.answerAt(100), 0u);
  EXPECT_EQ(layout.answerAt(layout.xOf(10) - 0.1), 0u);
  EXPECT_EQ(layout.answerAt(layout.xOf(10) + 0.1), 1u);
  EXPECT_FALSE(layout.answerAt(layout.xOf(20) + 0.1));  // not asked yet
  EXPECT_FALSE(layout.answerAt(99));
  EXPECT_FALSE(layout.answerAt(491));
}

TEST(TimelineLayout, PlacesBehindTheEndAndNothingAtAllStayInside) {
  const TimelineLayout wide(sampleTimeline({{9, "a"}, {99, "b"}}), 40, kMetrics);
  EXPECT_LE(wide.cellRect(1).right(), wide.document().right());
  const TimelineLayout none(AnswerTimeline{}, 0, kMetrics);
  EXPECT_FALSE(none.answerAt(200));
  EXPECT_EQ(none.document().height(), 0);
  const TimelineLayout narrow(sampleTimeline({{0, "a"}}), 1, {10, 80, 20, 30, 10});
  EXPECT_GE(narrow.document().width(), 1);
}

}  // namespace
}  // namespace tidemark::ui
