// Fork, rewind, undo reading, pin, ask along the document, a memory without its text: in the real window with the real
// engine.

#include <gmock/gmock.h>

#include <QCheckBox>
#include <QDockWidget>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTableView>

#include "engine/session/session_export.h"
#include "tests/e2e/window_fixture.h"
#include "ui/document/document_view.h"
#include "ui/memory/diff_panel.h"
#include "ui/memory/recall_chart.h"
#include "ui/memory/recall_panel.h"
#include "ui/memory/segment_chart.h"
#include "ui/sessions/session_sidebar.h"
#include "ui/timeline/timeline_panel.h"
#include "ui/timeline/timeline_view.h"

namespace tidemark::ui {
namespace {

class MemoryWindowTest : public WindowTest {
 protected:
  /// The message with this many actions, once it is on top.
  void choose(std::size_t action, std::size_t actions) {
    ASSERT_TRUE(QTest::qWaitFor([&] {
      const Message* message = m_window->messageBar().currentMessage();
      return message != nullptr && message->actions.size() == actions;
    }));
    m_window->messageBar().currentMessage()->actions[action].run();
  }
  [[nodiscard]] quint64 shownBytes() const { return m_window->documentPanel().text().byteCount(); }
  [[nodiscard]] QString ask(const char* question) {
    const std::size_t before = m_window->questionPanel().exchanges().size();
    Q_EMIT m_window->questionPanel().askRequested(QString::fromLatin1(question), std::nullopt);
    return waitForAnswer(before + 1);
  }
};

TEST_F(MemoryWindowTest, AForkGoesOnFromHereAndItsParentIsUntouched) {
  openWindow();
  ASSERT_TRUE(openSample());
  const QString parent = m_window->session().facts().path;
  const auto all = m_window->session().facts().totalBytes;
  m_window->documentPanel().goToByte(9'000, false);
  m_window->actions().forkHere->trigger();
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_window->session().facts().path != parent; }, kLongMilliseconds));
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  EXPECT_TRUE(m_window->session().facts().name.startsWith(QStringLiteral("tavern-night as of segment")));
  EXPECT_LT(m_window->session().facts().totalBytes, all);
  EXPECT_TRUE(QTest::qWaitFor([&] { return shownBytes() == m_window->session().facts().totalBytes; }));
  EXPECT_NE(ask("Where was Mary born?"), QStringLiteral("(none came)"));
  m_window->session().openSession(parent);
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_window->session().facts().totalBytes == all; }, kLongMilliseconds));
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  EXPECT_EQ(m_window->session().segments().size(), 38u);
}

TEST_F(MemoryWindowTest, ARewindAsksFirstAndTheSessionEndsThere) {
  openWindow();
  ASSERT_TRUE(openSample());
  m_window->documentPanel().goToByte(9'000, false);
  const auto segment = m_window->documentPanel().segmentAt(m_window->documentPanel().topByte());
  ASSERT_TRUE(segment);
  const auto end = m_window->session().segments()[static_cast<std::size_t>(*segment)].end;
  m_window->actions().rewindHere->trigger();
  EXPECT_EQ(m_window->session().segments().size(), 38u);
  ASSERT_NO_FATAL_FAILURE(choose(1, 2));
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_window->session().facts().totalBytes == end; }, kLongMilliseconds));
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  EXPECT_EQ(m_window->session().segments().size(), static_cast<std::size_t>(*segment) + 1);
  EXPECT_TRUE(QTest::qWaitFor([&] { return shownBytes() == end; }));
  EXPECT_NE(ask("Where was Mary born?"), QStringLiteral("(none came)"));
}

TEST_F(MemoryWindowTest, APassageIsUndoneAndWhatStandsBehindItIsReadAgain) {
  openWindow();
  ASSERT_TRUE(openSample());
  const auto all = m_window->session().facts().totalBytes;
  Q_EMIT m_window->documentPanel().removalRequested({4'000, 6'000});
  ASSERT_NO_FATAL_FAILURE(choose(1, 2));
  ASSERT_TRUE(
      QTest::qWaitFor([&] { return m_window->session().facts().totalBytes == all - 2'000; }, kLongMilliseconds));
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  EXPECT_GT(m_window->session().segments().size(), 25u);
  EXPECT_EQ(m_window->session().segments().back().end <= all - 2'000, true);
  EXPECT_TRUE(QTest::qWaitFor([&] { return shownBytes() == all - 2'000; }));
}

TEST_F(MemoryWindowTest, AnswersAlongTheDocumentAreShownAgainWhenItIsOpenedAgain) {
  openWindow();
  ASSERT_TRUE(openSample());
  m_window->questionPanel().setDraft(QStringLiteral("Where was Mary born?"));
  m_window->actions().askAlong->trigger();
  ASSERT_TRUE(QTest::qWaitFor(
      [&] {
        const AnswerTimeline& shown = m_window->timelinePanel().view().timeline();
        return shown.id != 0 && shown.state == QuestionState::kDone;
      },
      kLongMilliseconds));
  const AnswerTimeline shown = m_window->timelinePanel().view().timeline();
  EXPECT_GT(shown.answers.size(), 10u);
  EXPECT_EQ(shown.answers.back().segment, 37);
  EXPECT_EQ(shown.answers.back().answer, QStringLiteral("Geneva"));
  EXPECT_TRUE(m_window->timelinePanel().isVisible());
  EXPECT_EQ(m_window->session().facts().work, MemoryWork::kNone);
  EXPECT_FALSE(m_window->timelinePanel().shownChanges().empty());
  m_window->findChild<QDockWidget*>(QStringLiteral("wavefrontDock"))->raise();  // its tab covers the panel
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_window->timelinePanel().shownChanges().empty(); }));
  closeWindow();

  openWindow();
  m_window->resumeLastSession();
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  ASSERT_EQ(m_window->timelinePanel().timelines().size(), 1u);
  EXPECT_EQ(m_window->timelinePanel().view().timeline().answers, shown.answers);
}

TEST_F(MemoryWindowTest, APinIsToldAndIsASnapshotMore) {
  openWindow();
  ASSERT_TRUE(openSample());
  const std::size_t before = m_window->session().snapshotSegments().size();
  m_window->documentPanel().goToByte(9'000, false);
  m_window->actions().pinHere->trigger();
  ASSERT_TRUE(
      QTest::qWaitFor([&] { return m_window->session().snapshotSegments().size() == before + 1; }, kLongMilliseconds));
  EXPECT_TRUE(m_window->messageBar().currentMessage()->text.contains(QStringLiteral("pinned")));
}

TEST_F(MemoryWindowTest, AMemoryWithoutItsTextSaysSoAndCanBeAsked) {
  openWindow();
  ASSERT_TRUE(openSample());
  const std::filesystem::path session = m_window->session().facts().path.toStdString();
  const std::filesystem::path memory = folder() / "memory.tidemark";
  closeWindow();
  {
    const auto store = SessionStore::open(session, SessionAccess::kRead);
    ASSERT_TRUE(store.ok());
    ASSERT_TRUE(exportMemory(*store, memory).ok());
  }

  openWindow();
  m_window->openFiles({QString::fromStdString(memory.string())});
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  EXPECT_TRUE(m_window->session().facts().textIsLeftOut);
  const auto says = [this] {
    for (const QLabel* each : m_window->documentPanel().findChildren<QLabel*>()) {
      if (each->isVisible() && each->text().contains(QStringLiteral("memory without its text"))) return true;
    }
    return false;
  };
  EXPECT_TRUE(QTest::qWaitFor(says));
  for (const QAction* each :
       {m_window->actions().find, m_window->actions().goTo, m_window->actions().bookmark,
        m_window->actions().addDocuments, m_window->actions().rewindHere, m_window->actions().forkHere}) {
    EXPECT_FALSE(each->isEnabled()) << each->text().toStdString();
  }
  EXPECT_EQ(ask("Where was Mary born?"), QStringLiteral("Geneva"));
  for (int i = 0; i < 5; ++i) QTest::qWait(10);
  EXPECT_EQ(m_window->messageBar().currentMessage() != nullptr &&
                m_window->messageBar().currentMessage()->severity == Severity::kError,
            false);
}

TEST_F(MemoryWindowTest, TwoPlacesOfASessionAreComparedAndSegmentsGoToTheirText) {
  openWindow();
  ASSERT_TRUE(openSample());
  ASSERT_EQ(ask("Where was Mary born?"), QStringLiteral("Geneva"));
  m_window->actions().compareMemories->trigger();
  DiffPanel& panel = m_window->diffPanel();
  EXPECT_TRUE(panel.isVisible());
  EXPECT_FALSE(panel.result());
  panel.findChild<QCheckBox*>()->setChecked(true);
  ASSERT_TRUE(panel.choose(3, m_window->session().facts().path));
  Q_EMIT panel.compareRequested();
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel.result().has_value(); }, kLongMilliseconds));
  EXPECT_EQ(panel.result()->first.segment, 3);
  EXPECT_EQ(panel.result()->second.segment, 37);
  EXPECT_EQ(panel.result()->reading.firstSegment, 4);
  ASSERT_EQ(panel.result()->questions.size(), 1u);
  EXPECT_EQ(panel.result()->questions[0].second.text, "Geneva");
  ASSERT_EQ(panel.segments().itemCount(), 34);
  m_window->documentPanel().goToByte(0, false);
  panel.segments().setCurrent(26);
  panel.segments().activateCurrent();
  const auto aim = m_window->session().segments()[30];
  EXPECT_TRUE(QTest::qWaitFor([&] {
    const auto segment = m_window->documentPanel().segmentAt(m_window->documentPanel().topByte());
    return m_window->documentPanel().topByte() > 0 && segment && *segment <= 30 && *segment > 20;
  })) << "top byte "
      << m_window->documentPanel().topByte() << ", wanted " << aim.begin;
}

TEST_F(MemoryWindowTest, AnotherSessionIsComparedFromTheListAndAWrongOneIsOneSentence) {
  openWindow();
  ASSERT_TRUE(openSample());
  const QString parent = m_window->session().facts().path;
  m_window->documentPanel().goToByte(9'000, false);
  m_window->actions().forkHere->trigger();
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_window->session().facts().path != parent; }, kLongMilliseconds));
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  DiffPanel& panel = m_window->diffPanel();
  auto* sidebar = m_window->findChild<SessionSidebar*>();
  const auto compared = [&] {
    Q_EMIT sidebar->compareRequested(parent);
    return panel.result().has_value();
  };
  ASSERT_TRUE(QTest::qWaitFor(compared, kLongMilliseconds));  // once the list knows it
  EXPECT_EQ(panel.result()->second.session, parent.toStdString());
  EXPECT_FALSE(panel.result()->sameState());
  // A file that vanished.
  ASSERT_TRUE(QTest::qWaitFor([&] { return !panel.isBusy(); }));
  std::filesystem::remove(parent.toStdString());
  Q_EMIT sidebar->compareRequested(parent);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !panel.problem().isEmpty(); }, kLongMilliseconds));
  EXPECT_TRUE(panel.problem().contains(parent)) << panel.problem().toStdString();
  EXPECT_TRUE(panel.result());
}

TEST_F(MemoryWindowTest, RecallIsMeasuredWhileAQuestionIsAnswered) {
  openWindow();
  ASSERT_TRUE(openSample());
  m_window->actions().measureRecall->trigger();
  RecallPanel& panel = m_window->recallPanel();
  ASSERT_TRUE(panel.isVisible());
  EXPECT_TRUE(panel.cost().contains(QStringLiteral("tokens"))) << panel.cost().toStdString();
  panel.findChild<QSpinBox*>()->setValue(8);
  Q_EMIT panel.measureRequested();
  EXPECT_TRUE(panel.isBusy());
  EXPECT_EQ(ask("Where was Mary born?"), QStringLiteral("Geneva"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return panel.result().has_value(); }, kLongMilliseconds));
  EXPECT_EQ(panel.chart().itemCount(), static_cast<int>(panel.result()->buckets.size()));
  EXPECT_GT(panel.chart().itemCount(), 4);
  ASSERT_EQ(panel.table().model()->rowCount(), 8);
  m_window->documentPanel().goToByte(0, false);
  Q_EMIT panel.table().activated(panel.table().model()->index(0, 0));  // the nearest to the end
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_window->documentPanel().topByte() > shownBytes() / 2; }));
  // The window goes while one is under way.
  Q_EMIT panel.measureRequested();
  EXPECT_TRUE(panel.isBusy());
  closeWindow();
}

}  // namespace
}  // namespace tidemark::ui
