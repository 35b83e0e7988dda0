// Files that changed after they were read, in a session that is really there: when the window asks, and when it does
// not.

#include "ui/window/sources_presenter.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>

#include "engine/session/session_store.h"
#include "tests/ui/window/controlled_panels.h"
#include "ui/shell/window_state.h"

namespace tidemark::ui {
namespace {

class SourcesPresenterTest : public ControlledPanels {
 protected:
  SourcesPresenterTest() {
    write("another text now");
    ModelIdentity identity;
    identity.layers = 2;
    auto store = SessionStore::create(m_session, identity);
    EXPECT_TRUE(store.ok());
    const auto id = store->beginDocument("book.txt", m_file);
    EXPECT_TRUE(store->appendText(*id, "0123456789").ok());
    DocumentContents contents;
    contents.source = {"text", 1, "", "{}", 1, 10};
    const auto document = store->finishDocument(*id, std::string(64, 'a'), 10, 0, contents);
    EXPECT_TRUE(document.ok());
    if (document) m_document = *document;
  }
  void write(const std::string& text) { std::ofstream(m_file, std::ios::binary) << text; }
  /// The session is opened, and its files have been looked at.
  void open() {
    const QSignalSpy compared(&m_controller, &SessionController::sourcesCompared);
    m_controller.openSession(QString::fromStdString(m_session));
    SessionShown shown;
    shown.token = m_log->token();
    shown.path = m_session;
    shown.overview.documents = {m_document};
    m_log->sink(shown);
    ASSERT_TRUE(QTest::qWaitFor([&] { return compared.size() == 1; }));
  }
  void ask() {
    const QSignalSpy compared(&m_controller, &SessionController::sourcesCompared);
    m_controller.compareSources();
    ASSERT_TRUE(QTest::qWaitFor([&] { return compared.size() == 1; }));
  }
  [[nodiscard]] bool isOffered() const {
    const Message* message = m_messages.currentMessage();
    return message != nullptr && message->actions.size() == 2;
  }
  [[nodiscard]] QString said() const {
    const Message* message = m_messages.currentMessage();
    return message == nullptr ? QString() : message->text;
  }
  /// The button is pressed, and the message goes.
  void press(std::size_t action) {
    ASSERT_TRUE(isOffered());
    const Message message = *m_messages.currentMessage();
    m_messages.dismissCurrent();
    message.actions[action].run();
  }

  QTemporaryDir m_folder;
  const std::string m_session = m_folder.path().toStdString() + "/book.tidemark";
  const std::string m_file = m_folder.path().toStdString() + "/book.txt";
  DocumentRecord m_document;
  WindowStateStore m_state{m_folder.filePath(QStringLiteral("window.ini"))};
  int m_placesKept = 0;
  SourcesPresenter m_presenter{m_controller, m_state, m_messages, [this] { ++m_placesKept; }};
};

TEST_F(SourcesPresenterTest, AChangedFileIsReadAgainAndTheViewStays) {
  open();
  EXPECT_TRUE(said().contains(QStringLiteral("book.txt has changed")));
  m_log->sink(SessionReady{m_log->token(), {}, 0.01});
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_controller.facts().state == ReadingState::kIncomplete; }));
  press(0);
  ASSERT_EQ(m_log->reads.size(), 1u);
  EXPECT_EQ(m_log->reads[0].revise, std::vector<std::int64_t>{m_document.id});
  EXPECT_EQ(m_placesKept, 1);
}

TEST_F(SourcesPresenterTest, WhatIsKeptIsNotOfferedAgainUntilTheFileChangesAgain) {
  open();
  press(1);
  EXPECT_EQ(m_messages.messageCount(), 0);
  open();
  EXPECT_EQ(m_messages.messageCount(), 0) << "it was said once";
  m_state.flush();
  EXPECT_EQ(
      loadWindowState(m_folder.filePath(QStringLiteral("window.ini"))).sessions.value(m_controller.facts().path).kept,
      m_state.sessionView(m_controller.facts().path).kept);

  write("yet another text");
  std::filesystem::last_write_time(m_file, std::filesystem::file_time_type::clock::now() + std::chrono::seconds(9));
  open();
  press(1);
  EXPECT_EQ(m_state.sessionView(m_controller.facts().path).kept.size(), 1) << "of each file the last";
  open();
  EXPECT_EQ(m_messages.messageCount(), 0);
}

TEST_F(SourcesPresenterTest, WhoeverAsksIsToldInAnyCase) {
  open();
  press(1);
  ask();
  EXPECT_TRUE(isOffered()) << "also what was kept";
  m_messages.dismissCurrent();

  std::filesystem::remove(m_file);
  ask();
  EXPECT_TRUE(said().contains(QStringLiteral("cannot be found")));
  EXPECT_TRUE(m_messages.currentMessage()->details.contains(QString::fromStdString(m_file)));
  m_messages.dismissCurrent();

  std::filesystem::create_directory(m_file);
  ask();
  EXPECT_TRUE(said().contains(QStringLiteral("cannot be found")));
}

TEST_F(SourcesPresenterTest, AMissingFileIsNoNewsWhenASessionIsOpened) {
  std::filesystem::remove(m_file);
  open();
  EXPECT_EQ(m_messages.messageCount(), 0);
}

}  // namespace
}  // namespace tidemark::ui
