// The two panels: what is chosen, what is shown while it runs, and what of a result.

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

#include "tests/ui/memory/memory_samples.h"
#include "ui/memory/diff_panel.h"
#include "ui/memory/fact_model.h"
#include "ui/memory/layer_chart.h"
#include "ui/memory/question_diff_model.h"
#include "ui/memory/recall_chart.h"
#include "ui/memory/recall_panel.h"
#include "ui/memory/segment_chart.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

using Tester = QAbstractItemModelTester;

TEST(MemoryModels, QuestionsThatDifferComeFirst) {
  QuestionDiffModel model;
  const Tester tester(&model, Tester::FailureReportingMode::Fatal);
  model.setQuestions(sampleDiff().questions);
  ASSERT_EQ(model.rowCount(), 3);
  const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
  EXPECT_EQ(text(0, QuestionDiffModel::kResult), QStringLiteral("differs"));
  EXPECT_EQ(text(0, QuestionDiffModel::kFirst), QStringLiteral("Geneva"));
  EXPECT_EQ(text(0, QuestionDiffModel::kSecond), QStringLiteral("no answer"));
  EXPECT_EQ(text(1, QuestionDiffModel::kResult), QStringLiteral("same"));
  EXPECT_EQ(text(2, QuestionDiffModel::kResult), QStringLiteral("not asked"));
  EXPECT_TRUE(text(2, QuestionDiffModel::kFirst).contains(QStringLiteral("too long")));
  // A question is never taken for markup.
  EXPECT_TRUE(model.index(1, QuestionDiffModel::kQuestion)
                  .data(Qt::ToolTipRole)
                  .toString()
                  .contains(QStringLiteral("&lt;b&gt;Mary")));
  model.setQuestions({});
  EXPECT_EQ(model.rowCount(), 0);
}

TEST(MemoryModels, FactsAreListedFromTheEndOn) {
  FactModel model;
  const Tester tester(&model, Tester::FailureReportingMode::Fatal);
  model.setReadings(sampleRecall().readings);
  ASSERT_EQ(model.rowCount(), 8);
  EXPECT_EQ(model.index(0, FactModel::kDistance).data().toString(), QStringLiteral("3"));
  EXPECT_EQ(model.index(0, FactModel::kResult).data().toString(), QStringLiteral("right by luck"));
  EXPECT_EQ(model.index(1, FactModel::kResult).data().toString(), QStringLiteral("recalled"));
  EXPECT_EQ(model.index(7, FactModel::kResult).data().toString(), QStringLiteral("not recalled"));
  EXPECT_EQ(model.placeOf(model.index(0, 0)), 700u);
  model.setReadings({});
  EXPECT_EQ(model.rowCount(), 0);
}

class DiffPanelTest : public ::testing::Test {
 protected:
  DiffPanelTest() {
    applyAppearance(*qApp, {ThemeChoice::kDark, 100, {}}, true);
    m_panel.resize(1400, 300);
    m_panel.setSession({QStringLiteral("/books/whale.tidemark"), QStringLiteral("whale"), 40}, {9, 19, 29, 39});
    m_panel.setOthers({{QStringLiteral("/books/other.tidemark"), QStringLiteral("other"), 30},
                       {QStringLiteral("/books/whale.tidemark"), QStringLiteral("whale"), 40}});
    m_panel.show();
  }
  [[nodiscard]] QPushButton& button(const char* text) const {
    for (auto* each : m_panel.findChildren<QPushButton*>()) {
      if (each->text() == QLatin1String(text)) return *each;
    }
    ADD_FAILURE() << "no button " << text;
    return *m_panel.findChild<QPushButton*>();
  }
  DiffPanel m_panel;
};

TEST_F(DiffPanelTest, TheFirstChoiceIsASnapshotHalfWayOfTheSameSession) {
  const DiffChoice choice = m_panel.choice();
  EXPECT_FALSE(choice.first);
  EXPECT_EQ(choice.second, QStringLiteral("/books/whale.tidemark"));
  EXPECT_EQ(choice.secondSegment, 29);
  EXPECT_FALSE(choice.questions);
}

TEST_F(DiffPanelTest, PlacesAndSessionsAreChosen) {
  ASSERT_TRUE(m_panel.choose(17, QStringLiteral("/books/other.tidemark")));
  m_panel.findChild<QCheckBox*>()->setChecked(true);
  DiffChoice choice = m_panel.choice();
  EXPECT_EQ(choice.first, 17);
  EXPECT_EQ(choice.second, QStringLiteral("/books/other.tidemark"));
  EXPECT_FALSE(choice.secondSegment);
  EXPECT_TRUE(choice.questions);
  EXPECT_FALSE(m_panel.choose(std::nullopt, QStringLiteral("/books/unknown.tidemark")));
  // A list that comes again changes nothing; one without the session falls back to the open one.
  m_panel.setOthers({{QStringLiteral("/books/other.tidemark"), QStringLiteral("other"), 31}});
  EXPECT_EQ(m_panel.choice().second, QStringLiteral("/books/other.tidemark"));
  m_panel.setOthers({});
  EXPECT_EQ(m_panel.choice().second, QStringLiteral("/books/whale.tidemark"));
  const QSignalSpy wanted(&m_panel, &DiffPanel::compareRequested);
  QTest::mouseClick(&button("&Compare"), Qt::LeftButton);
  EXPECT_EQ(wanted.size(), 1);
}

TEST_F(DiffPanelTest, AFileOfNoLibraryIsAskedForAndStaysInTheList) {
  auto& sessions = *m_panel.findChildren<QComboBox*>()[1];
  ASSERT_EQ(sessions.currentText(), QStringLiteral("this session"));
  const QSignalSpy wanted(&m_panel, &DiffPanel::fileWanted);
  sessions.setCurrentIndex(sessions.count() - 1);
  EXPECT_EQ(wanted.size(), 1);
  EXPECT_EQ(sessions.currentText(), QStringLiteral("this session"));  // until there is one
  m_panel.addFile(QStringLiteral("/mail/memory.tidemark"));
  EXPECT_EQ(m_panel.choice().second, QStringLiteral("/mail/memory.tidemark"));
  m_panel.setOthers({});
  EXPECT_EQ(m_panel.choice().second, QStringLiteral("/mail/memory.tidemark"));
  m_panel.addFile(QStringLiteral("/mail/memory.tidemark"));
  EXPECT_EQ(sessions.count(), 4);  // this session, the file, a line, another file
}

TEST_F(DiffPanelTest, ItSaysHowFarItIsAndCanBeStopped) {
  m_panel.activateWindow();
  ASSERT_TRUE(QTest::qWaitForWindowActive(&m_panel));
  button("&Compare").setFocus();
  m_panel.begin();
  EXPECT_TRUE(button("&Stop").hasFocus());  // the keyboard is where it was
  EXPECT_FALSE(button("&Compare").isVisible());
  EXPECT_TRUE(button("&Stop").isVisible());
  m_panel.setProgress({3, 12, 0, 6});
  const auto says = [&](const char* text) {
    for (const auto* each : m_panel.findChildren<QLabel*>()) {
      if (each->isVisible() && each->text() == QLatin1String(text)) return true;
    }
    return false;
  };
  EXPECT_TRUE(says("3 of 12 segments read again"));
  m_panel.setProgress({12, 12, 2, 6});
  EXPECT_TRUE(says("2 of 6 answers"));
  const QSignalSpy stopped(&m_panel, &DiffPanel::stopRequested);
  QTest::mouseClick(&button("&Stop"), Qt::LeftButton);
  EXPECT_EQ(stopped.size(), 1);
  m_panel.end();
  EXPECT_TRUE(button("&Compare").isVisible());
  m_panel.showProblem(QStringLiteral("the two memories cannot be compared"));
  EXPECT_TRUE(says("the two memories cannot be compared"));
  m_panel.begin();
  EXPECT_TRUE(m_panel.problem().isEmpty());
}

TEST_F(DiffPanelTest, AResultIsASentenceChartsAndATable) {
  m_panel.setPlaceName([](qint64 segment) { return QStringLiteral("p. %1").arg(segment); });
  m_panel.showResult(sampleDiff(), true);
  EXPECT_EQ(m_panel.summary(), QStringLiteral("“whale” at the end, “other” after segment 29: They differ from p. 10 "
                                              "on. The matrices differ by 1.0 % (layer 0) to 6.0 % (layer 5). 1 of 3 "
                                              "stored question(s) are answered differently."));
  EXPECT_EQ(m_panel.layers().itemCount(), 6);
  EXPECT_EQ(m_panel.segments().itemCount(), 30);
  const QSignalSpy activated(&m_panel, &DiffPanel::segmentActivated);
  Q_EMIT m_panel.segments().itemActivated(4);
  ASSERT_EQ(activated.size(), 1);
  EXPECT_EQ(activated[0][0].toLongLong(), 14);
  auto* table = m_panel.findChild<QTableView*>();
  QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(table);
  ASSERT_NE(accessible->tableInterface(), nullptr);
  EXPECT_EQ(accessible->tableInterface()->rowCount(), 3);
  EXPECT_EQ(accessible->text(QAccessible::Name), QStringLiteral("Answers of both memories"));
  EXPECT_TRUE(m_panel.asText().contains(QStringLiteral("5\t6.0 %\t3.0 %")));
  EXPECT_TRUE(m_panel.asText().contains(QStringLiteral("Where was Mary born?\tGeneva\tno answer")));
  // Another session is another memory.
  m_panel.setSession({QStringLiteral("/books/third.tidemark"), QStringLiteral("third"), 3}, {2});
  EXPECT_FALSE(m_panel.result());
}

TEST_F(DiffPanelTest, WhatOnlyAnotherSessionHasIsNowhereInThisText) {
  MemoryDiff diff = sampleDiff();
  diff.segments.front().first.reset();
  m_panel.showResult(diff, false);
  const QSignalSpy activated(&m_panel, &DiffPanel::segmentActivated);
  Q_EMIT m_panel.segments().itemActivated(0);
  EXPECT_EQ(activated.size(), 0);
  diff.second.session = diff.first.session;  // a later place of the same one
  m_panel.showResult(diff, false);
  Q_EMIT m_panel.segments().itemActivated(0);
  EXPECT_EQ(activated.size(), 1);
}

TEST_F(DiffPanelTest, EqualMemoriesAreSaidToBe) {
  MemoryDiff diff = sampleDiff();
  diff.second.stateHash = diff.first.stateHash;
  diff.reading.firstSegment.reset();
  diff.segments.clear();
  diff.questions.clear();
  m_panel.showResult(diff, true);
  EXPECT_EQ(m_panel.summary(), QStringLiteral("“whale” at the end, “other” after segment 29: The two memories are the "
                                              "same, bit for bit (aaaaaaaaaaaa). No question was "
                                              "asked before."));
}

TEST_F(DiffPanelTest, WithoutASessionNothingCanBeCompared) {
  m_panel.setSession({}, {});
  EXPECT_FALSE(button("&Compare").isEnabled());
  EXPECT_FALSE(m_panel.knowsSession());
}

TEST_F(DiffPanelTest, ALargeTypeWrapsTheFormAndCutsNothingOff) {
  m_panel.showResult(sampleDiff(), true);
  for (const int percent : {100, 200}) {
    applyAppearance(*qApp, {ThemeChoice::kDark, percent, {}}, true);
    for (const int width : {1400, 700}) {
      m_panel.resize(width, 300);
      QTest::qWait(20);
      EXPECT_EQ(m_panel.width(), width) << percent;  // no part forces it wider
      EXPECT_EQ(m_panel.height(), 300) << percent;   // nor higher: what does not fit is scrolled to
      for (QWidget* each : m_panel.findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        if (!each->isVisible()) continue;
        EXPECT_LE(each->geometry().right(), width) << each->metaObject()->className() << " at " << percent;
      }
      const QPushButton& compare = button("&Compare");
      EXPECT_GE(compare.width(), compare.minimumSizeHint().width());
      EXPECT_GE(m_panel.layers().height(), m_panel.layers().fontMetrics().height() * 3);
    }
  }
  applyAppearance(*qApp, {ThemeChoice::kDark, 100, {}}, true);
}

class RecallPanelTest : public ::testing::Test {
 protected:
  RecallPanelTest() {
    m_session.path = QStringLiteral("/books/whale.tidemark");
    m_session.name = QStringLiteral("whale");
    m_session.segments = 40;
    m_session.segmentTokens = 128;
    m_session.tailTokens = 5;
    m_panel.resize(1200, 300);
    m_panel.setSession(m_session);
    m_panel.show();
  }
  [[nodiscard]] QPushButton& measure() const { return *m_panel.findChild<QPushButton*>(); }
  MeasurableSession m_session;
  RecallPanel m_panel;
};

TEST_F(RecallPanelTest, ItSaysWhatItCostsBeforeItStarts) {
  EXPECT_EQ(m_panel.request().meter.facts, 24);
  EXPECT_EQ(m_panel.request().meter.factsPerReading, 6);
  EXPECT_EQ(m_panel.cost(),
            QStringLiteral("Reads the text 4 time(s), 20,500 tokens, and asks 48 questions. The session "
                           "stays as it is, and can be asked meanwhile."));
  m_session.tokensPerSecond = 2'000;
  m_panel.setSession(m_session);
  EXPECT_TRUE(m_panel.cost().contains(QStringLiteral("48 questions: about 10 s.")));
  m_panel.findChildren<QSpinBox*>()[0]->setValue(12);
  EXPECT_TRUE(m_panel.cost().contains(QStringLiteral("Reads the text 2 time(s), 10,250 tokens")));
  const QSignalSpy wanted(&m_panel, &RecallPanel::measureRequested);
  QTest::mouseClick(&measure(), Qt::LeftButton);
  EXPECT_EQ(wanted.size(), 1);
}

TEST_F(RecallPanelTest, WhatCannotBeMeasuredSaysWhyAndForgetsNoChoice) {
  m_session.segments = 0;
  m_session.whyNot = QStringLiteral("Recall can be measured once the text was read to its end.");
  m_panel.setSession(m_session);
  EXPECT_EQ(m_panel.cost(), m_session.whyNot);
  EXPECT_FALSE(measure().isEnabled());
  m_session.segments = 10;
  m_session.whyNot.clear();
  m_panel.setSession(m_session);
  EXPECT_EQ(m_panel.request().meter.facts, 10);  // one in each segment
  m_session.segments = 40;
  m_panel.setSession(m_session);
  EXPECT_EQ(m_panel.request().meter.facts, 24);
  EXPECT_TRUE(measure().isEnabled());
}

TEST_F(RecallPanelTest, AResultIsASentenceAChartAndATableThatGoesToThePlaces) {
  m_panel.begin();
  MeterProgress progress;
  progress.plan = planReadings(m_panel.request().meter, 40, 128, 5);
  progress.segments = 80;
  progress.answered = 12;
  m_panel.setProgress(progress, 48);
  EXPECT_GT(m_panel.findChild<QProgressBar*>()->value(), 400);
  m_panel.showResult(sampleRecall());
  EXPECT_FALSE(m_panel.isBusy());
  EXPECT_EQ(
      m_panel.summary(),
      QStringLiteral("4 of 8 facts were recalled; 1 of these questions are answered right by luck, without having "
                     "read the fact. At least half came back up to 19 segment(s) before the end."));
  EXPECT_EQ(m_panel.chart().itemCount(), 4);
  const QSignalSpy activated(&m_panel, &RecallPanel::byteActivated);
  Q_EMIT m_panel.table().activated(m_panel.table().model()->index(1, 0));
  ASSERT_EQ(activated.size(), 1);
  EXPECT_EQ(activated[0][0].toULongLong(), 600u);
  EXPECT_TRUE(m_panel.asText().contains(QStringLiteral("0–9\t2\t2\t1\t0.01")));
  m_panel.table().setCurrentIndex(m_panel.table().model()->index(0, 0));
  for (QAction* each : m_panel.table().actions()) each->trigger();
  EXPECT_EQ(activated.size(), 2);
  EXPECT_TRUE(QApplication::clipboard()->text().startsWith(QStringLiteral("3\tright by luck\t")));
  m_panel.setSession({});
  EXPECT_FALSE(m_panel.result());
  EXPECT_FALSE(measure().isEnabled());
}

}  // namespace
}  // namespace tidemark::ui
