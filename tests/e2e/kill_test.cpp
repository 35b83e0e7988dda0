// The real program, killed while it reads: started again, everything is there and the read goes on to the same memory.

#include <QElapsedTimer>
#include <QProcess>

#include "engine/session/session_library.h"
#include "engine/session/session_store.h"
#include "tests/e2e/window_fixture.h"

namespace tidemark::ui {
namespace {

#if defined(__SANITIZE_ADDRESS__)
constexpr std::size_t kTextBytes = 20'000;
#else
constexpr std::size_t kTextBytes = 400'000;
#endif

class KillTest : public WindowTest {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(folder() / "config/tidemark");
    std::filesystem::create_directories(folder() / "state/tidemark");
    Settings settings;
    settings.sessionsFolder = path("sessions");
    settings.snapshotSeconds = 0.2;
    settings.threads = 2;
    ASSERT_TRUE(saveSettings(path("settings.ini"), settings).isEmpty());
    ASSERT_TRUE(saveSettings(path("config/tidemark/tidemark.ini"), settings).isEmpty());
    std::ifstream book(resource("samples/moby-dick.txt"), std::ios::binary);
    std::string text(kTextBytes, '\0');
    book.read(text.data(), static_cast<std::streamsize>(text.size()));
    m_text = write("book.txt", text.substr(0, static_cast<std::size_t>(book.gcount())));
  }

  std::unique_ptr<QProcess> startProgram(const QStringList& arguments) {
    auto program = std::make_unique<QProcess>();
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), path("config"));
    environment.insert(QStringLiteral("XDG_STATE_HOME"), path("state"));
    environment.insert(QStringLiteral("XDG_DATA_HOME"), path("data"));
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_folder.path());
    program->setProcessEnvironment(environment);
    program->setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program->start(QStringLiteral(TM_BINARY_DIR "/bin/tidemark"), arguments);
    EXPECT_TRUE(program->waitForStarted());
    return program;
  }

  [[nodiscard]] std::filesystem::path session() const { return folder() / "sessions/book.tidemark"; }
  [[nodiscard]] std::int64_t storedSegments() const {
    const auto store = SessionStore::open(session(), SessionAccess::kRead);
    if (!store) return 0;
    const auto count = store->segmentCount();
    return count ? *count : 0;
  }

  QString m_text;
};

TEST_F(KillTest, NothingIsLostAndTheReadEndsInTheSameMemory) {
  auto program = startProgram({m_text});
  ASSERT_TRUE(QTest::qWaitFor([&] { return storedSegments() > 0; }, kLongMilliseconds));
  // Until the window has written down which session is open: at most a second after the change.
  const QString state = path("state/tidemark/window.ini");
  ASSERT_TRUE(QTest::qWaitFor(
      [&] { return loadWindowState(state).openSession.endsWith(QStringLiteral("book.tidemark")); }, kLongMilliseconds));
  program->kill();
  ASSERT_TRUE(program->waitForFinished());

  const auto check = verifySession(session());
  ASSERT_TRUE(check.ok()) << check.error().message;
  EXPECT_TRUE(check->problems.empty()) << check->problems.front();
  const std::int64_t kept = storedSegments();
  EXPECT_GT(kept, 0);

  ASSERT_TRUE(QFile::copy(state, path("window.ini")));
  openWindow();
  m_window->resumeLastSession();
  ASSERT_TRUE(QTest::qWaitFor(
      [&] {
        return WindowTest::state() == ReadingState::kIncomplete || WindowTest::state() == ReadingState::kFinished;
      },
      kLongMilliseconds));
  if (WindowTest::state() == ReadingState::kIncomplete) {
    ASSERT_NE(m_window->messageBar().currentMessage(), nullptr);
    EXPECT_EQ(m_window->messageBar().currentMessage()->actions.size(), 1u);  // "Continue reading"
    m_window->actions().read->trigger();
    ASSERT_TRUE(waitFor(ReadingState::kFinished));
  }
  closeWindow();

  const auto hashOf = [](const std::filesystem::path& file) {
    const auto store = SessionStore::open(file, SessionAccess::kRead);
    return store ? (*store->newestSnapshot())->stateHash : store.error().message;
  };
  const std::string interrupted = hashOf(session());
  openWindow();
  m_window->openFiles({m_text});
  ASSERT_TRUE(QTest::qWaitFor(
      [&] {
        return WindowTest::state() == ReadingState::kFinished &&
               m_window->session().facts().name != QStringLiteral("book");
      },
      kLongMilliseconds));
  const std::filesystem::path whole = m_window->session().facts().path.toStdString();
  closeWindow();
  EXPECT_NE(whole, session());
  EXPECT_EQ(hashOf(whole), interrupted);
}

TEST_F(KillTest, AModelThatEndedTheProgramIsNotLoadedByItself) {
  const std::filesystem::path model = folder() / "crashing";
  std::filesystem::create_directories(model);
  std::filesystem::copy(resource("models/mini"), model);
  Settings settings = loadSettings(path("settings.ini")).settings;
  settings.models = {{QString::fromStdString(model.string()), {}}};
  settings.modelDirectory = settings.models[0].directory;
  for (const char* file : {"settings.ini", "config/tidemark/tidemark.ini"}) {
    ASSERT_TRUE(saveSettings(path(file), settings).isEmpty());
  }
  const auto notes = [this] {
    std::error_code none;
    std::filesystem::directory_iterator each(folder() / "state/tidemark/loading", none);
    return !none && each != std::filesystem::directory_iterator();
  };
  // Killed as soon as it says that it is loading; loading may be faster than that, so a few tries.
  const LoadNotes judge(folder() / "state/tidemark/loading");
  for (int attempt = 0; attempt < 20 && !judge.wasInterrupted(model); ++attempt) {
    auto program = startProgram({QStringLiteral("--new-window"), m_text});
    QElapsedTimer clock;
    clock.start();
    while (!notes() && clock.elapsed() < kLongMilliseconds) {
    }
    program->kill();
    ASSERT_TRUE(program->waitForFinished());
  }
  ASSERT_TRUE(judge.wasInterrupted(model));

  openWindow();
  ASSERT_NE(m_window->messageBar().currentMessage(), nullptr);
  const Message said = *m_window->messageBar().currentMessage();
  EXPECT_TRUE(said.text.contains(QStringLiteral("crashing"))) << said.text.toStdString();
  ASSERT_EQ(said.actions.size(), 2u);
  m_window->openFiles({m_text});
  ASSERT_TRUE(waitFor(ReadingState::kUnavailable));
  EXPECT_FALSE(m_window->session().facts().model.has_value());
  EXPECT_TRUE(judge.wasInterrupted(model)) << "asking is not loading";
  EXPECT_EQ(m_window->messageBar().messageCount(), 1);
  said.actions[1].run();  // the built-in model
  ASSERT_TRUE(QTest::qWaitFor([&] { return state() == ReadingState::kReading || state() == ReadingState::kFinished; },
                              kLongMilliseconds));
  EXPECT_TRUE(m_window->settings().modelDirectory.isEmpty());
  EXPECT_EQ(m_window->messageBar().messageCount(), 0);
  closeWindow();

  ASSERT_TRUE(saveSettings(path("settings.ini"), settings).isEmpty());
  openWindow();
  ASSERT_NE(m_window->messageBar().currentMessage(), nullptr);
  const Message again = *m_window->messageBar().currentMessage();
  m_window->openFiles({write("short.txt", "Mary was born in Geneva.\n")});
  ASSERT_TRUE(waitFor(ReadingState::kUnavailable));
  again.actions[0].run();  // anyway
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  EXPECT_FALSE(judge.wasInterrupted(model)) << "it was loaded: nothing is held against it";
  closeWindow();
  openWindow();
  EXPECT_EQ(m_window->messageBar().currentMessage(), nullptr);
}

TEST_F(KillTest, ASecondStartHandsItsFilesToTheFirst) {
  auto first = startProgram({});
  ASSERT_TRUE(QTest::qWaitFor(
      [&] { return !QDir(m_folder.path()).entryList({QStringLiteral("*.socket")}, QDir::System).isEmpty(); },
      kLongMilliseconds));
  auto second = startProgram({m_text});
  ASSERT_TRUE(second->waitForFinished(kLongMilliseconds));
  EXPECT_EQ(second->exitCode(), 0);
  EXPECT_TRUE(QTest::qWaitFor([&] { return storedSegments() > 0; }, kLongMilliseconds));
  EXPECT_EQ(first->state(), QProcess::Running);
  first->terminate();
  first->waitForFinished();
}

TEST_F(KillTest, VersionAndHelpNeedNoDisplay) {
  for (const char* option : {"--version", "--help"}) {
    QProcess program;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("no-such-platform"));
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(TM_BINARY_DIR "/bin/tidemark"), {QString::fromLatin1(option)});
    ASSERT_TRUE(program.waitForFinished());
    EXPECT_EQ(program.exitCode(), 0);
    EXPECT_TRUE(program.readAllStandardOutput().contains("tidemark"));
  }
}

}  // namespace
}  // namespace tidemark::ui
