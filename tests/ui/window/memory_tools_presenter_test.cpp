// What the panels for comparing memories and measuring recall ask the engine for, and what they hear of it.

#include "ui/window/memory_tools_presenter.h"

#include <gtest/gtest.h>

#include <QCheckBox>
#include <QDockWidget>
#include <QMainWindow>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/memory/memory_samples.h"
#include "tests/ui/window/controlled_panels.h"
#include "ui/memory/diff_panel.h"
#include "ui/memory/recall_panel.h"

namespace tidemark::ui {
namespace {

constexpr const char* kWhale = "/books/whale.tidemark";
constexpr const char* kOther = "/books/other.tidemark";

class MemoryToolsPresenterTest : public ControlledPanels {
 protected:
  MemoryToolsPresenterTest() {
    SessionSummary whale;
    whale.path = kWhale;
    whale.name = "whale";
    whale.segments = 10;
    SessionSummary other = whale;
    other.path = kOther;
    other.name = "other";
    SessionSummary unread = whale;
    unread.path = "/books/unread.tidemark";
    unread.segments = 0;
    SessionSummary broken = whale;
    broken.path = "/books/broken.tidemark";
    broken.problem = "it is broken";
    m_presenter.setLibrary({whale, other, unread, broken});
    m_diff.show();
    m_recall.show();
  }
  /// Ten segments, all read; `ready` is whether its model could be loaded.
  void open(bool ready = true, const char* path = kWhale) {
    m_controller.openSession(QString::fromLatin1(path));
    SessionShown shown{m_log->token(), path, {}, {}, {}};
    shown.overview.size = {10, 100, 100, true, 3};
    for (std::int64_t segment : {3, 7, 9}) shown.overview.snapshots.emplace_back().segment = segment;
    for (std::uint64_t i = 0; i < 10; ++i) shown.segments.push_back({i * 10, i * 10 + 10});
    m_log->sink(shown);
    if (ready) {
      SessionReady notice{m_log->token(), {}, 0.01};
      notice.model.identity.segmentSize = 128;
      m_log->sink(notice);
    } else {
      m_log->sink(SessionUnavailable{m_log->token(), true, makeError(ErrorCode::kNotFound, "there is no model")});
    }
    const ReadingState wanted = ready ? ReadingState::kFinished : ReadingState::kUnavailable;
    ASSERT_TRUE(QTest::qWaitFor([&] { return m_controller.facts().state == wanted; }));
    QTest::qWait(20);
  }
  template <typename T>
  const T& lastWork() const {
    return std::get<T>(m_log->works.back());
  }
  bool waitForProblem(const char* text) {
    return QTest::qWaitFor([&] { return m_diff.problem().contains(QLatin1String(text)); });
  }

  DiffPanel m_diff;
  RecallPanel m_recall;
  MemoryPresenter m_memory{m_controller, memoryPanels()};
  MemoryToolsPresenter m_presenter{m_controller, m_memory,
                                   MemoryToolPanels{m_diff, m_recall, m_document, m_wavefront, m_sidebar, m_messages}};
};

TEST_F(MemoryToolsPresenterTest, WhatIsChosenIsAskedForAndWhatComesIsShown) {
  open();
  m_diff.findChild<QCheckBox*>()->setChecked(true);
  m_presenter.compare();
  ASSERT_EQ(m_log->works.size(), 1u);
  const auto& request = lastWork<MemoryDiffRequest>();
  EXPECT_EQ(request.first.session, kWhale);
  EXPECT_FALSE(request.first.segment);
  EXPECT_EQ(request.second.session, kWhale);
  EXPECT_EQ(request.second.segment, 7);  // a snapshot half-way
  EXPECT_TRUE(request.questions);
  EXPECT_TRUE(m_diff.isBusy());
  EXPECT_EQ(m_controller.facts().work, MemoryWork::kComparing);
  m_presenter.compare();  // one at a time
  EXPECT_EQ(m_log->works.size(), 1u);
  m_log->event(MemoriesCompared{m_log->run(), sampleDiff()});
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_diff.result().has_value(); }));
  EXPECT_FALSE(m_diff.isBusy());
  EXPECT_EQ(m_controller.facts().work, MemoryWork::kNone);
  EXPECT_TRUE(m_diff.summary().contains(QStringLiteral("stored question")));
}

TEST_F(MemoryToolsPresenterTest, MenusCompareWithAnotherSessionAndFromAPlace) {
  const QSignalSpy wanted(&m_presenter, &MemoryToolsPresenter::diffWanted);
  Q_EMIT m_sidebar.compareRequested(QString::fromLatin1(kOther));  // nothing is open
  EXPECT_TRUE(m_log->works.empty());
  open();
  Q_EMIT m_sidebar.compareRequested(QString::fromLatin1(kOther));
  ASSERT_EQ(m_log->works.size(), 1u);
  EXPECT_EQ(lastWork<MemoryDiffRequest>().second.session, kOther);
  EXPECT_FALSE(lastWork<MemoryDiffRequest>().second.segment);
  m_log->event(RunCancelled{m_log->run()});
  ASSERT_TRUE(QTest::qWaitFor([&] { return !m_diff.isBusy(); }));
  Q_EMIT m_document.compareRequested(4);
  ASSERT_EQ(m_log->works.size(), 2u);
  EXPECT_EQ(lastWork<MemoryDiffRequest>().first.segment, 4);
  EXPECT_EQ(lastWork<MemoryDiffRequest>().second.session, kWhale);
  EXPECT_FALSE(lastWork<MemoryDiffRequest>().second.segment);
  m_log->event(RunCancelled{m_log->run()});
  ASSERT_TRUE(QTest::qWaitFor([&] { return !m_diff.isBusy(); }));
  Q_EMIT m_sidebar.compareRequested(QStringLiteral("/books/unread.tidemark"));
  EXPECT_EQ(m_log->works.size(), 2u);
  EXPECT_TRUE(m_diff.problem().contains(QStringLiteral("no memory to compare")));
  EXPECT_EQ(wanted.size(), 4);
}

TEST_F(MemoryToolsPresenterTest, WhatGoesWrongIsSaidInThePanelOrAboveTheTextIfThatIsHidden) {
  open();
  const int messages = m_messages.messageCount();
  m_presenter.compare();
  m_log->event(RunFailed{m_log->run(), makeError(ErrorCode::kMismatch, "the two memories cannot be compared")});
  ASSERT_TRUE(waitForProblem("cannot be compared"));
  EXPECT_FALSE(m_diff.isBusy());
  EXPECT_EQ(m_messages.messageCount(), messages);
  m_recall.hide();
  m_presenter.measure();
  m_log->event(RunFailed{m_log->run(), makeError(ErrorCode::kInvalidArgument, "24 facts cannot be spread")});
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_recall.problem().contains(QStringLiteral("cannot be spread")); }));
  ASSERT_NE(m_messages.currentMessage(), nullptr);
  EXPECT_TRUE(m_messages.currentMessage()->text.contains(QStringLiteral("cannot be spread")));
  EXPECT_EQ(m_controller.facts().state, ReadingState::kFinished);
}

TEST_F(MemoryToolsPresenterTest, APanelBehindAnotherTabIsNotSeen) {
  QMainWindow window;
  window.resize(900, 500);
  const auto dock = [&window](const char* name, QWidget& panel) {
    auto* const made = new QDockWidget(QLatin1String(name), &window);
    made->setWidget(&panel);
    window.addDockWidget(Qt::BottomDockWidgetArea, made);
    return made;
  };
  QDockWidget* const diff = dock("diff", m_diff);
  QDockWidget* const recall = dock("recall", m_recall);
  window.tabifyDockWidget(diff, recall);
  window.show();
  recall->raise();
  open();
  const int messages = m_messages.messageCount();
  const auto fail = [this](QDockWidget* front, const char* problem) {
    front->raise();
    QTest::qWait(20);
    m_presenter.compare();
    m_log->event(RunFailed{m_log->run(), makeError(ErrorCode::kMismatch, problem)});
    EXPECT_TRUE(waitForProblem(problem));
  };
  fail(diff, "seen where it happened");
  EXPECT_EQ(m_messages.messageCount(), messages);
  fail(recall, "not seen otherwise");
  EXPECT_EQ(m_messages.messageCount(), messages + 1);
  m_diff.setParent(nullptr);  // the test owns them
  m_recall.setParent(nullptr);
}

TEST_F(MemoryToolsPresenterTest, RecallIsMeasuredOnDemandAndStoppedByItsButton) {
  open();
  EXPECT_TRUE(m_log->works.empty());
  EXPECT_TRUE(m_recall.cost().contains(QStringLiteral("tokens"))) << m_recall.cost().toStdString();
  Q_EMIT m_recall.measureRequested();
  ASSERT_EQ(m_log->works.size(), 1u);
  EXPECT_EQ(lastWork<RecallRequest>().meter.facts, 10);  // one in each segment
  EXPECT_TRUE(m_recall.isBusy());
  Q_EMIT m_recall.stopRequested();
  EXPECT_EQ(m_log->commands.back(), "cancel 1");
  m_log->event(RunCancelled{m_log->run()});
  ASSERT_TRUE(QTest::qWaitFor([&] { return !m_recall.isBusy(); }));
  EXPECT_TRUE(m_recall.problem().isEmpty());
  m_presenter.measure();
  m_log->event(RecallMeasured{m_log->run(), sampleRecall()});
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_recall.result().has_value(); }));
  EXPECT_GT(m_controller.facts().tokensPerSecond, 0);  // the next one knows how long it takes
  EXPECT_TRUE(m_recall.cost().contains(QStringLiteral("second")) || m_recall.cost().contains(QStringLiteral("about")))
      << m_recall.cost().toStdString();
}

TEST_F(MemoryToolsPresenterTest, NothingOfASessionThatWasLeftReachesTheNext) {
  open();
  m_presenter.measure();
  const RunId run = m_log->run();
  open(true, kOther);
  EXPECT_FALSE(m_recall.isBusy());
  m_log->event(RecallMeasured{run, sampleRecall()});
  m_log->event(MemoriesCompared{run, sampleDiff()});
  QTest::qWait(50);
  EXPECT_FALSE(m_recall.result());
  EXPECT_FALSE(m_diff.result());
  m_controller.closeSession();
  EXPECT_FALSE(m_diff.knowsSession());
  EXPECT_TRUE(m_recall.cost().contains(QStringLiteral("Open a session")));
}

TEST_F(MemoryToolsPresenterTest, WithoutAModelFilesAreComparedOnAWorker) {
  open(false);
  EXPECT_TRUE(m_recall.cost().contains(QStringLiteral("not loaded")));
  m_presenter.compare();
  EXPECT_TRUE(m_log->works.empty());
  ASSERT_TRUE(waitForProblem("whale.tidemark"));  // the file is not there
  EXPECT_FALSE(m_diff.isBusy());
  m_presenter.compare();
  m_controller.closeSession();  // what comes then is of nobody's
  QTest::qWait(50);
  EXPECT_TRUE(m_diff.problem().isEmpty());
}

}  // namespace
}  // namespace tidemark::ui
