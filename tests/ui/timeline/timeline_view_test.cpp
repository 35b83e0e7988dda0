#include "ui/timeline/timeline_view.h"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QImage>
#include <QMenu>
#include <QSignalSpy>
#include <QTest>
#include <memory>

#include "tests/ui/timeline/timeline_samples.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

class TimelineViewTest : public ::testing::Test {
 protected:
  TimelineViewTest() {
    applyAppearance(*qApp, {ThemeChoice::kDark, 100, {}}, true);
    m_view.resize(700, 200);
    m_view.setTotalSegments(40);
    m_view.setPlaceName([](qint64 segment) { return QStringLiteral("p. %1").arg(segment / 10 + 1); });
    m_view.setTimeline(sampleTimeline({{9, "garden"}, {19, "garden"}, {29, "<b>office</b>"}, {39, "garden"}}));
    m_view.show();
    m_view.activateWindow();
    EXPECT_TRUE(QTest::qWaitForWindowActive(&m_view));
  }
  [[nodiscard]] QPoint middleOf(std::size_t answer) const {
    return (m_view.timelineLayout().cellRect(answer).center() - QPointF(0, m_view.scrolled())).toPoint();
  }

  TimelineView m_view;
};

TEST_F(TimelineViewTest, AClickGoesToTheTextThatMadeTheDifference) {
  const QSignalSpy activated(&m_view, &TimelineView::segmentActivated);
  QTest::mouseClick(m_view.viewport(), Qt::LeftButton, {}, middleOf(2));
  ASSERT_EQ(activated.size(), 1);
  EXPECT_EQ(activated[0][0].toLongLong(), 20);
  EXPECT_EQ(m_view.currentAnswer(), 2u);
  QTest::mouseClick(m_view.viewport(), Qt::LeftButton, {}, QPoint(2, 60));  // beside the document
  EXPECT_EQ(activated.size(), 1);
}

TEST_F(TimelineViewTest, KeysGoFromPlaceToPlaceAndFromChangeToChange) {
  m_view.setFocus();
  QTest::keyClick(&m_view, Qt::Key_Home);
  EXPECT_EQ(m_view.currentAnswer(), 0u);
  QTest::keyClick(&m_view, Qt::Key_Right);
  EXPECT_EQ(m_view.currentAnswer(), 1u);
  QTest::keyClick(&m_view, Qt::Key_Down);
  EXPECT_EQ(m_view.currentAnswer(), 2u);
  QTest::keyClick(&m_view, Qt::Key_Down);
  EXPECT_EQ(m_view.currentAnswer(), 3u);
  QTest::keyClick(&m_view, Qt::Key_Down);  // no further change
  EXPECT_EQ(m_view.currentAnswer(), 3u);
  QTest::keyClick(&m_view, Qt::Key_Up);
  EXPECT_EQ(m_view.currentAnswer(), 2u);
  QTest::keyClick(&m_view, Qt::Key_Left);
  QTest::keyClick(&m_view, Qt::Key_Up);
  EXPECT_EQ(m_view.currentAnswer(), 0u);
  QTest::keyClick(&m_view, Qt::Key_Left);
  EXPECT_EQ(m_view.currentAnswer(), 0u);
  QTest::keyClick(&m_view, Qt::Key_End);
  EXPECT_EQ(m_view.currentAnswer(), 3u);
  const QSignalSpy activated(&m_view, &TimelineView::segmentActivated);
  QTest::keyClick(&m_view, Qt::Key_Return);
  ASSERT_EQ(activated.size(), 1);
  EXPECT_EQ(activated[0][0].toLongLong(), 30);
}

TEST_F(TimelineViewTest, TheCurrentPlaceStaysWhileAnswersAreAdded) {
  m_view.setCurrentAnswer(1);
  m_view.setTimeline(sampleTimeline({{9, "garden"}, {19, "garden"}, {29, "office"}}));
  EXPECT_EQ(m_view.currentAnswer(), 1u);
  AnswerTimeline other = sampleTimeline({{9, "garden"}, {19, "garden"}});
  other.id = 2;
  m_view.setTimeline(other);
  EXPECT_FALSE(m_view.currentAnswer());
}

TEST_F(TimelineViewTest, AChangeSaysWhatWasAnsweredBefore) {
  EXPECT_EQ(m_view.describe(1), QStringLiteral("After p. 2: garden · 100 % sure of its words"));
  EXPECT_EQ(m_view.describe(2), QStringLiteral("After p. 3: <b>office</b> (before: garden) · 100 % sure of its words"));
  EXPECT_EQ(m_view.describeStretch(0), QStringLiteral("p. 1 to p. 2: garden"));
  EXPECT_EQ(m_view.describeStretch(1), QStringLiteral("p. 3: <b>office</b>"));
  EXPECT_TRUE(m_view.describe(99).isEmpty());
  EXPECT_TRUE(m_view.describeStretch(99).isEmpty());
}

TEST_F(TimelineViewTest, TheMenuAsksAsOfThePlace) {
  m_view.setCurrentAnswer(2);
  const std::unique_ptr<QMenu> menu(m_view.makeMenu());
  const QSignalSpy asked(&m_view, &TimelineView::askAsOfRequested);
  ASSERT_EQ(menu->actions().size(), 2);
  menu->actions()[1]->trigger();
  ASSERT_EQ(asked.size(), 1);
  EXPECT_EQ(asked[0][0].toLongLong(), 29);
}

TEST_F(TimelineViewTest, ScreenReadersHearAStretchAsOneItem) {
  QAccessible::setActive(true);
  QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&m_view);
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->role(), QAccessible::List);
  ASSERT_EQ(list->childCount(), 3);
  QAccessibleInterface* office = list->child(1);
  ASSERT_NE(office, nullptr);
  EXPECT_EQ(office->text(QAccessible::Name), QStringLiteral("p. 3: <b>office</b>"));
  EXPECT_EQ(list->indexOfChild(office), 1);
  EXPECT_EQ(list->childAt(office->rect().center().x(), office->rect().center().y()), office);
  const QSignalSpy activated(&m_view, &TimelineView::segmentActivated);
  office->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
  ASSERT_EQ(activated.size(), 1);
  EXPECT_TRUE(office->state().selected);
  EXPECT_FALSE(list->child(0)->state().selected);
  m_view.setTimeline({});
  EXPECT_EQ(list->childCount(), 0);
  EXPECT_FALSE(office->isValid());
  QAccessible::setActive(false);
}

TEST_F(TimelineViewTest, ManyAnswersScrollAndTheCurrentOneIsSeen) {
  AnswerTimeline timeline;
  timeline.id = 9;
  for (qint64 i = 0; i < 60; ++i) {
    timeline.places.push_back(i);
    timeline.answers.push_back({i, QString::number(i), 0.5F});
  }
  m_view.setTimeline(timeline);
  m_view.setCurrentAnswer(59);
  EXPECT_GT(m_view.scrolled(), 0);
  EXPECT_TRUE(m_view.viewport()->rect().contains(middleOf(59)));
  m_view.setCurrentAnswer(0);
  EXPECT_EQ(m_view.scrolled(), 0);
}

class PaintedTimeline : public ::testing::TestWithParam<double> {};

TEST_P(PaintedTimeline, SureAnswersAreAccentUnsureOnesPalerAndTheRestIsGround) {
  applyAppearance(*qApp, {ThemeChoice::kDark, 100, {}}, true);
  const ThemeColors& colors = themeColors(true);
  TimelineView view;
  view.resize(700, 200);
  view.setTotalSegments(40);
  AnswerTimeline timeline = sampleTimeline({{9, "garden"}, {19, "office"}}, {39});
  timeline.answers[1].sureness = 0.2F;
  view.setTimeline(timeline);
  view.ensurePolished();
  QImage image(view.size() * GetParam(), QImage::Format_RGB32);
  image.setDevicePixelRatio(GetParam());
  view.render(&image);
  const TimelineLayout layout = view.timelineLayout();
  const auto at = [&](const QPointF& point) { return image.pixelColor((point * GetParam()).toPoint()); };
  EXPECT_EQ(at(layout.cellRect(0).center()), colors.accent);
  const QColor unsure = at(layout.cellRect(1).center());
  EXPECT_NE(unsure, colors.accent);
  EXPECT_GT(unsure.blue(), colors.panel.blue());
  const double waiting = layout.xOf(30);
  EXPECT_NE(at({waiting, layout.laneRect(0).center().y()}), colors.accent);
  EXPECT_EQ(at({waiting, layout.laneRect(0).center().y()}), at({waiting, layout.laneRect(1).center().y()}));
  EXPECT_EQ(at({350, 190}), colors.panel);
}

INSTANTIATE_TEST_SUITE_P(PixelRatios, PaintedTimeline, ::testing::Values(1.0, 2.0));

}  // namespace
}  // namespace tidemark::ui
