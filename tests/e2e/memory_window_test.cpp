// Fork, rewind, undo reading, pin, ask along the document, a memory without its text: in the real window with the real
// engine.

#include <gmock/gmock.h>

#include <QLabel>

#include "engine/session/session_export.h"
#include "tests/e2e/window_fixture.h"
#include "ui/document/document_view.h"
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

}  // namespace
}  // namespace tidemark::ui
