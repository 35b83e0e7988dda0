#include "ui/shell/reading_bar.h"

#include <gtest/gtest.h>

#include <QLocale>
#include <QMainWindow>
#include <QProgressBar>
#include <QTest>
#include <QToolBar>

namespace tidemark::ui {
namespace {

bool showsProgress(const ReadingBar& bar) {
  return bar.findChild<QProgressBar*>()->isVisibleTo(&bar);
}

struct TextCase {
  double low;
  double high;
  const char* text;
};
class RemainingText : public testing::TestWithParam<TextCase> {};

TEST_P(RemainingText, IsWhatAPersonWouldSay) {
  QLocale::setDefault(QLocale::c());
  EXPECT_EQ(remainingTimeText({GetParam().low, GetParam().high}), QString::fromUtf8(GetParam().text));
}

INSTANTIATE_TEST_SUITE_P(
    Table, RemainingText,
    testing::Values(TextCase{9.2, 10.9, "about 9–11 s left"}, TextCase{9.9, 10.1, "about 10 s left"},
                    TextCase{0.1, 0.2, "about 1 s left"}, TextCase{41, 52, "about 40–50 s left"},
                    TextCase{70, 130, "about 1–2 min left"}, TextCase{118, 122, "about 2 min left"},
                    TextCase{1500, 1800, "about 25–30 min left"}, TextCase{3000, 7300, "about 1–2 h left"}));

TEST(ReadingBar, SaysWhereTheReadingIs) {
  QLocale::setDefault(QLocale::c());
  ReadingBar bar;
  EXPECT_FALSE(showsProgress(bar));
  bar.setPhase(ReadingPhase::kReading, 0);
  EXPECT_TRUE(showsProgress(bar));
  for (int i = 0; i <= 62; ++i) bar.setProgress({i * 0.25, i * 10000, 1000000, i * 367 / 62, 590, 0});
  EXPECT_TRUE(bar.text().startsWith(QStringLiteral("62 % · 367 of 590 segment"))) << bar.text().toStdString();
  EXPECT_TRUE(bar.text().contains(QStringLiteral(" s left"))) << bar.text().toStdString();
  EXPECT_EQ(bar.findChild<QProgressBar*>()->value(), 620);
  EXPECT_EQ(bar.findChild<QProgressBar*>()->accessibleDescription(), bar.text());
}

TEST(ReadingBar, APauseHidesTheTimeAndDoesNotCount) {
  ReadingBar bar;
  bar.setPhase(ReadingPhase::kReading, 0);
  for (int i = 0; i <= 40; ++i) bar.setProgress({i * 0.25, i * 10000, 1000000, i, 100, 0});
  const auto before = bar.remaining();
  ASSERT_TRUE(before);
  bar.setPhase(ReadingPhase::kPaused, 10);
  EXPECT_TRUE(bar.text().endsWith(QStringLiteral("paused")));
  EXPECT_FALSE(bar.remaining());
  bar.setPhase(ReadingPhase::kReading, 500);
  bar.setProgress({500.25, 410000, 1000000, 41, 100, 0});
  ASSERT_TRUE(bar.remaining());
  EXPECT_NEAR(bar.remaining()->highSeconds, before->highSeconds, 2);
}

TEST(ReadingBar, ANewReadingStartsANewEstimate) {
  ReadingBar bar;
  bar.setPhase(ReadingPhase::kReading, 0);
  for (int i = 0; i <= 40; ++i) bar.setProgress({i * 0.25, i * 10000, 1000000, i, 100, 0});
  ASSERT_TRUE(bar.remaining());
  bar.setPhase(ReadingPhase::kFinished, 11);
  EXPECT_TRUE(bar.text().endsWith(QStringLiteral("finished")));
  bar.setPhase(ReadingPhase::kReading, 20);
  bar.setProgress({20, 0, 1000000, 0, 100, 0});
  EXPECT_FALSE(bar.remaining());
  bar.setPhase(ReadingPhase::kIdle, 21);
  EXPECT_FALSE(showsProgress(bar));
}

TEST(ReadingBar, AppearsAndLeavesInAToolBar) {
  QMainWindow window;
  auto* tools = window.addToolBar(QStringLiteral("tools"));
  auto* bar = new ReadingBar(&window);
  tools->addWidget(bar);
  window.resize(800, 200);
  window.show();
  QTest::qWait(20);
  const auto* progress = bar->findChild<QProgressBar*>();
  EXPECT_FALSE(progress->isVisible());
  bar->setPhase(ReadingPhase::kReading, 0);
  QTest::qWait(20);
  EXPECT_TRUE(progress->isVisible());
  EXPECT_GE(progress->width(), 120);
  bar->setPhase(ReadingPhase::kIdle, 1);
  EXPECT_FALSE(progress->isVisible());
}

TEST(ReadingBar, StandsStillWhileItsTextGetsShorter) {
  ReadingBar bar;
  bar.resize(700, 30);
  bar.show();
  bar.setPhase(ReadingPhase::kReading, 0);
  for (int i = 0; i <= 40; ++i) bar.setProgress({i * 0.25, i * 10000, 1000000, i, 100, 0});
  QTest::qWait(20);
  const auto* progress = bar.findChild<QProgressBar*>();
  const int width = progress->width();
  const auto length = bar.text().size();
  bar.setPhase(ReadingPhase::kPaused, 11);
  QTest::qWait(20);
  EXPECT_LT(bar.text().size(), length);
  EXPECT_EQ(progress->width(), width);
}

TEST(ReadingBar, WithoutATotalItOnlySaysHowMuch) {
  ReadingBar bar;
  bar.setPhase(ReadingPhase::kReading, 0);
  bar.setProgress({1, 500, 0, 12, 0, 0});
  EXPECT_TRUE(bar.text().startsWith(QStringLiteral("12 segment")));
  EXPECT_EQ(bar.findChild<QProgressBar*>()->maximum(), 0);
  bar.setProgress({2, 999999, 1000000, 99, 100, 0});
  EXPECT_TRUE(bar.text().startsWith(QStringLiteral("99 %"))) << "100 % only when all is read";
}

}  // namespace
}  // namespace tidemark::ui
