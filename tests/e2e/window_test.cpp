// Open, read, ask, cancel, close, come back: what people do, with the real engine.

#include <gmock/gmock.h>

#include <QElapsedTimer>
#include <QPushButton>

#include "tests/e2e/window_fixture.h"
#include "ui/reading/reading_list_page.h"
#include "ui/wavefront/wavefront_panel.h"

namespace tidemark::ui {
namespace {

TEST_F(WindowTest, TheSampleIsReadAndAnsweredWithinAMinute) {
  QElapsedTimer timer;
  timer.start();
  openWindow();
  ASSERT_TRUE(openSample());
  Q_EMIT m_window->questionPanel().askRequested(QStringLiteral("Where was Mary born?"), std::nullopt);
  EXPECT_EQ(waitForAnswer(1), QStringLiteral("Geneva"));
#if !defined(__SANITIZE_ADDRESS__)
  EXPECT_LT(timer.elapsed(), 60'000);
#endif
  const Exchange exchange = m_window->questionPanel().exchanges().back();
  EXPECT_EQ(exchange.asOfSegment, 37);
  EXPECT_EQ(exchange.tokensReread, 0);
  EXPECT_EQ(m_window->session().segments().size(), 38u);
}

TEST_F(WindowTest, EverythingIsThereWhenItIsOpenedAgain) {
  openWindow();
  ASSERT_TRUE(openSample());
  Q_EMIT m_window->questionPanel().askRequested(QStringLiteral("Where was Mary born?"), std::nullopt);
  ASSERT_EQ(waitForAnswer(1), QStringLiteral("Geneva"));
  m_window->questionPanel().setDraft(QStringLiteral("Where is Dan"));
  m_window->documentPanel().goToByte(9'000, false);
  const quint64 top = m_window->documentPanel().topByte();
  ASSERT_GT(top, 0u);
  const QString session = m_window->session().facts().path;
  closeWindow();

  openWindow();
  m_window->resumeLastSession();
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  EXPECT_EQ(m_window->session().facts().path, session);
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_window->documentPanel().text().isComplete(); }));
  ASSERT_EQ(m_window->questionPanel().exchanges().size(), 1u);
  EXPECT_EQ(m_window->questionPanel().exchanges()[0].answer, QStringLiteral("Geneva"));
  EXPECT_EQ(m_window->questionPanel().draft(), QStringLiteral("Where is Dan"));
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_window->documentPanel().topByte() == top; }));
  ASSERT_NE(m_window->messageBar().currentMessage(), nullptr);
  EXPECT_TRUE(m_window->messageBar().currentMessage()->text.contains(QStringLiteral("0 tokens")));
}

TEST_F(WindowTest, ClosingDuringAReadLosesNothingAndTheReadIsOfferedAgain) {
#if defined(__SANITIZE_ADDRESS__)
  constexpr std::size_t kBytes = 20'000;
  constexpr int kSegments = 49;
#else
  constexpr std::size_t kBytes = 149'630;  // all of it
  constexpr int kSegments = 380;
#endif
  std::ifstream notes(resource("samples/harbor-notes.txt"), std::ios::binary);
  std::string text(kBytes, '\0');
  ASSERT_TRUE(notes.read(text.data(), static_cast<std::streamsize>(text.size())));
  openWindow();
  m_window->openFiles({write("notes.txt", text)});
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_window->session().segments().size() > 3; }, kLongMilliseconds));
  closeWindow();

  openWindow();
  m_window->resumeLastSession();
  ASSERT_TRUE(QTest::qWaitFor(
      [&] { return state() == ReadingState::kIncomplete || state() == ReadingState::kFinished; }, kLongMilliseconds));
  if (state() == ReadingState::kIncomplete) {
    ASSERT_NE(m_window->messageBar().currentMessage(), nullptr);
    ASSERT_EQ(m_window->messageBar().currentMessage()->actions.size(), 1u);
    m_window->actions().read->trigger();
  }
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  EXPECT_EQ(m_window->session().facts().segmentsRead, kSegments);
}

TEST_F(WindowTest, QuestionsAreAnsweredWhileItReadsAndTheReadCanBePausedAndStopped) {
  openWindow();
  m_window->openFiles({QString::fromStdString(resource("samples/moby-dick.txt").string())});
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_window->session().segments().size() > 20; }, kLongMilliseconds));
  m_window->actions().pause->trigger();
  ASSERT_TRUE(waitFor(ReadingState::kPaused));
  const auto held = m_window->session().segments().size();
  Q_EMIT m_window->questionPanel().askRequested(QStringLiteral("Where is Mary?"), std::nullopt);
  EXPECT_NE(waitForAnswer(1), QStringLiteral("(none came)"));
  EXPECT_EQ(m_window->session().segments().size(), held);
  m_window->actions().read->trigger();
  ASSERT_TRUE(waitFor(ReadingState::kReading));
  m_window->actions().cancelReading->trigger();
  ASSERT_TRUE(waitFor(ReadingState::kIncomplete));
}

TEST_F(WindowTest, BadFilesAreNamedAndNothingElseChanges) {
  openWindow();
  ASSERT_TRUE(openSample());
  const QString before = m_window->session().facts().path;
  const QString nothing = m_folder.filePath(QStringLiteral("nothing"));
  std::filesystem::create_directory(nothing.toStdString());
  m_window->openFiles({write("empty.txt", ""), QStringLiteral("/nowhere/it's \"gone\".txt"), nothing});
  ASSERT_TRUE(QTest::qWaitFor([&] {
    const Message* message = m_window->messageBar().currentMessage();
    return message != nullptr && message->severity == Severity::kError;
  }));
  EXPECT_TRUE(m_window->messageBar().currentMessage()->details.contains(QStringLiteral("it's")));
  EXPECT_EQ(m_window->session().facts().path, before);
  EXPECT_EQ(state(), ReadingState::kFinished);
}

TEST_F(WindowTest, AModelThatFailsLeavesAWindowThatWorks) {
  openWindow();
  Settings broken = m_window->settings();
  broken.modelDirectory = m_folder.path();
  m_window->applySettings(broken);
  m_window->actions().trySample->trigger();
  ASSERT_TRUE(waitFor(ReadingState::kUnavailable));
  EXPECT_TRUE(m_window->documentPanel().text().byteCount() > 10'000);
  ASSERT_NE(m_window->messageBar().currentMessage(), nullptr);
  EXPECT_TRUE(m_window->messageBar().currentMessage()->text.contains(QStringLiteral("config.json")));
  EXPECT_EQ(m_window->messageBar().currentMessage()->actions.front().text, QStringLiteral("Models…"));
  broken.modelDirectory.clear();
  m_window->applySettings(broken);
  m_window->actions().read->trigger();  // "Try again"
  EXPECT_TRUE(waitFor(ReadingState::kFinished));
}

TEST_F(WindowTest, ASecondDocumentIsAppendedToTheSameMemory) {
  openWindow();
  m_window->openFiles({write("one.txt", "Mary went to the garden.\n")});
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  m_window->session().addFiles({write("two.txt", std::string(4000, 'x') + "\nThe end.\n")});
  ASSERT_TRUE(QTest::qWaitFor(
      [&] { return m_window->session().facts().documents.size() == 2 && state() == ReadingState::kFinished; },
      kLongMilliseconds));
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_window->documentPanel().text().byteCount() == 25 + 4010; }));
}

TEST_F(WindowTest, SeveralFilesAreReadInTheOrderOfTheirList) {
  openWindow();
  m_window->openFiles(
      {write("one.txt", "Mary went to the garden.\n"), write("two.txt", "First of all.\n"), write("three.txt", "")});
  ReadingListPage& list = m_window->readingList();
  ASSERT_TRUE(QTest::qWaitFor([&] { return list.isVisible() && list.model().isSettled(); }, kLongMilliseconds));
  EXPECT_TRUE(m_window->session().facts().path.isEmpty());
  EXPECT_EQ(list.model().moveBy(1, -1), 0);
  list.readButton().click();
  EXPECT_FALSE(list.isVisible());
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_window->documentPanel().text().byteCount() == 25 + 14; }));
  EXPECT_EQ(m_window->documentPanel().text().text({0, 14}), "First of all.\n");
  ASSERT_EQ(m_window->session().facts().documents.size(), 2u);
  EXPECT_EQ(m_window->session().facts().contents.size(), 2u);
}

TEST_F(WindowTest, PastedTextIsReadAndAFileThatChangedIsReadAgainFromTheChange) {
  openWindow();
  m_window->session().openPasted(QStringLiteral("Daniel was born in Oslo.\n"));
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  EXPECT_EQ(m_window->session().facts().totalBytes, 25u);
  const QString file = write("changing.txt", std::string(6000, 'a') + "\nThe end.\n");
  m_window->openFiles({file});
  ASSERT_TRUE(QTest::qWaitFor(
      [&] { return m_window->session().facts().totalBytes == 6010 && state() == ReadingState::kFinished; },
      kLongMilliseconds));
  closeWindow();
  (void)write("changing.txt", std::string(6000, 'a') + "\nAnother end, and a longer one.\n");
  openWindow();
  m_window->resumeLastSession();
  const auto offered = [&]() -> const MessageAction* {
    const Message* message = m_window->messageBar().currentMessage();
    if (message == nullptr || message->key != QStringLiteral("changedSources")) return nullptr;
    return &message->actions.front();
  };
  ASSERT_TRUE(
      QTest::qWaitFor([&] { return offered() != nullptr && state() == ReadingState::kFinished; }, kLongMilliseconds));
  const auto read = offered()->run;
  read();
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_window->documentPanel().text().byteCount() == 6032; }, kLongMilliseconds));
  EXPECT_TRUE(waitFor(ReadingState::kFinished));
  EXPECT_EQ(m_window->session().facts().totalBytes, 6032u);
}

TEST_F(WindowTest, BookmarksAreKeptAndCanBeUndone) {
  openWindow();
  ASSERT_TRUE(openSample());
  Q_EMIT m_window->documentPanel().bookmarkRequested(100, QStringLiteral("Here"));
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_window->session().bookmarks().size() == 1; }, kLongMilliseconds));
  m_window->actions().undo->trigger();
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_window->session().bookmarks().empty(); }, kLongMilliseconds));
  m_window->actions().redo->trigger();
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_window->session().bookmarks().size() == 1; }, kLongMilliseconds));
  closeWindow();
  openWindow();
  m_window->resumeLastSession();
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  ASSERT_EQ(m_window->session().bookmarks().size(), 1u);
  EXPECT_EQ(m_window->session().bookmarks()[0].label, "Here");
}

TEST_F(WindowTest, AFileThatIsGoneLaterChangesNothing) {
  openWindow();
  const QString file = write("gone.txt", std::string(3000, 'a') + "\nMary was born in Geneva.\n");
  m_window->openFiles({file});
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  ASSERT_TRUE(QFile::remove(file));
  closeWindow();
  openWindow();
  m_window->resumeLastSession();
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_window->documentPanel().text().byteCount() == 3026; }));
}

TEST_F(WindowTest, AnswersNameThePageInTextsThatHavePages) {
  openWindow();
  m_window->openFiles({write("pages.txt", "Mary was born in Geneva.\n\f" + std::string(4000, 'a') + "\n\fThe end.\n")});
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_window->documentPanel().text().isComplete(); }));
  Q_EMIT m_window->questionPanel().askRequested(QStringLiteral("Where was Mary born?"), std::nullopt);
  ASSERT_NE(waitForAnswer(1), QStringLiteral("(none came)"));
  EXPECT_EQ(m_window->questionPanel().exchanges()[0].asOfPage, QStringLiteral("2"));
}

TEST_F(WindowTest, ASessionThatIsGoneIsNotTriedAgain) {
  openWindow();
  ASSERT_TRUE(openSample());
  const QString session = m_window->session().facts().path;
  closeWindow();
  ASSERT_TRUE(QFile::remove(session));
  openWindow();
  m_window->resumeLastSession();
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_window->messageBar().currentMessage() != nullptr; }));
  EXPECT_EQ(state(), ReadingState::kNone);
  closeWindow();
  openWindow();
  m_window->resumeLastSession();
  EXPECT_EQ(state(), ReadingState::kNone);
  EXPECT_EQ(m_window->messageBar().currentMessage(), nullptr);
}

TEST_F(WindowTest, ZoomAndLayoutComeBack) {
  openWindow();
  m_window->actions().zoomIn->trigger();
  const double zoom = m_window->documentPanel().zoom();
  ASSERT_GT(zoom, 1.0);
  m_window->resize(1111, 777);
  closeWindow();
  openWindow();
  EXPECT_NEAR(m_window->documentPanel().zoom(), zoom, 0.01);
  EXPECT_EQ(m_window->size(), QSize(1111, 777));
}

TEST_F(WindowTest, ClosingDuringAnAnswerIsSafe) {
  openWindow();
  ASSERT_TRUE(openSample());
  for (int i = 0; i < 20; ++i) {
    Q_EMIT m_window->questionPanel().askRequested(QStringLiteral("Where is Daniel?"), std::nullopt);
  }
  closeWindow();
  openWindow();
  m_window->resumeLastSession();
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  for (const Exchange& each : m_window->questionPanel().exchanges()) EXPECT_NE(each.state, QuestionState::kRunning);
}

}  // namespace
}  // namespace tidemark::ui
