#include "ui/timeline/timeline_panel.h"

#include <gtest/gtest.h>

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "tests/ui/timeline/timeline_samples.h"
#include "ui/timeline/timeline_view.h"

namespace tidemark::ui {
namespace {

class TimelinePanelTest : public ::testing::Test {
 protected:
  TimelinePanelTest() {
    m_panel.resize(800, 240);
    m_panel.show();
  }
  [[nodiscard]] QComboBox& questions() const { return *m_panel.findChild<QComboBox*>(); }
  [[nodiscard]] QToolButton& stop() const { return *m_panel.findChild<QToolButton*>(); }

  TimelinePanel m_panel;
};

TEST_F(TimelinePanelTest, AnswersArriveOneByOneAndCanBeStopped) {
  AnswerTimeline timeline = sampleTimeline({}, {9, 19, 29});
  m_panel.begin(timeline);
  EXPECT_TRUE(stop().isVisible());
  EXPECT_EQ(m_panel.progressText(), QStringLiteral("0 of 3 place(s)"));
  m_panel.addAnswer(1, {9, QStringLiteral("garden"), 1});
  m_panel.addAnswer(1, {19, QStringLiteral("office"), 1});
  m_panel.addAnswer(77, {29, QStringLiteral("of a timeline that nobody knows"), 1});
  EXPECT_EQ(m_panel.view().timeline().answers.size(), 2u);
  EXPECT_EQ(m_panel.progressText(), QStringLiteral("2 of 3 place(s)"));
  EXPECT_TRUE(m_panel.note().startsWith(QStringLiteral("Asked at 2 place(s): the answer changes 1 time(s).")));
  const QSignalSpy stopped(&m_panel, &TimelinePanel::stopRequested);
  QTest::mouseClick(&stop(), Qt::LeftButton);
  EXPECT_EQ(stopped.size(), 1);
  m_panel.end(1, QuestionState::kCancelled);
  EXPECT_FALSE(stop().isVisible());
  EXPECT_EQ(m_panel.progressText(), QStringLiteral("stopped"));
  EXPECT_EQ(m_panel.view().timeline().answers.size(), 2u);  // the answers stay
}

TEST_F(TimelinePanelTest, StoredOnesAreListedNewestFirstAndAnyCanBeShown) {
  AnswerTimeline first = sampleTimeline({{9, "garden"}});
  AnswerTimeline second = sampleTimeline({{9, "red"}, {19, "red"}});
  second.id = 2;
  second.question = QStringLiteral("What colour\nis it?");
  m_panel.setTimelines({first, second});
  ASSERT_EQ(questions().count(), 2);
  EXPECT_EQ(questions().itemText(0), QStringLiteral("What colour is it?"));
  EXPECT_EQ(m_panel.view().timeline().id, 2);
  EXPECT_TRUE(m_panel.note().startsWith(QStringLiteral("Asked at 2 place(s): the answer is the same at each.")));
  questions().setCurrentIndex(1);
  EXPECT_EQ(m_panel.view().timeline().id, 1);
  m_panel.addAnswer(2, {29, QStringLiteral("red"), 1});  // what is not shown does not come to the front
  EXPECT_EQ(m_panel.view().timeline().id, 1);
  m_panel.clear();
  EXPECT_EQ(m_panel.view().timeline().id, 0);
  EXPECT_FALSE(questions().isVisible());
  EXPECT_TRUE(m_panel.note().isEmpty());
}

TEST_F(TimelinePanelTest, ChangesAreToldForAsLongAsTheyAreSeen) {
  std::vector<AnswerChange> told;
  QObject::connect(&m_panel, &TimelinePanel::changesShown,
                   [&](const std::vector<AnswerChange>& changes) { told = changes; });
  AnswerTimeline first = sampleTimeline({{9, "garden"}, {19, "garden"}, {29, "office"}, {39, "garden"}});
  AnswerTimeline second = sampleTimeline({{9, "red"}, {19, "red"}});
  second.id = 2;
  m_panel.setTimelines({second, first});
  const std::vector<AnswerChange> changes = {{19, 29, QStringLiteral("garden"), QStringLiteral("office")},
                                             {29, 39, QStringLiteral("office"), QStringLiteral("garden")}};
  EXPECT_EQ(told, changes);
  m_panel.hide();
  EXPECT_TRUE(told.empty());
  m_panel.show();
  EXPECT_EQ(told, changes);
  m_panel.setInFront(false);  // another tab covers it
  EXPECT_TRUE(told.empty());
  m_panel.setInFront(true);
  EXPECT_EQ(told, changes);
  questions().setCurrentIndex(1);  // the same answer everywhere
  EXPECT_TRUE(told.empty());
  questions().setCurrentIndex(0);
  EXPECT_EQ(told, changes);
  m_panel.clear();
  EXPECT_TRUE(told.empty());
}

TEST_F(TimelinePanelTest, TheNoteFollowsTheCurrentPlace) {
  m_panel.setTimelines({sampleTimeline({{9, "garden"}, {19, "office"}})});
  m_panel.view().setCurrentAnswer(1);
  EXPECT_EQ(m_panel.note(), m_panel.view().describe(1));
}

}  // namespace
}  // namespace tidemark::ui
