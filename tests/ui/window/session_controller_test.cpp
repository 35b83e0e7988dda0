#include "ui/window/session_controller.h"

#include <gmock/gmock.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "tests/ui/support/fake_engine.h"

namespace tidemark::ui {
namespace {

using testing::FakeEngine;
using testing::FakeEngineLog;

class SessionControllerTest : public ::testing::Test {
 protected:
  SessionControllerTest()
      : m_bridge([this](NoticeSink sink) {
          m_log->sink = std::move(sink);
          return std::make_unique<FakeEngine>(m_log);
        }),
        m_controller(m_bridge, m_loader) {
    m_choice.modelDirectory = "/model";
    m_choice.sessionsFolder = m_folder.path().toStdString() + "/sessions";
    m_controller.setChoice(m_choice);
    QObject::connect(&m_controller, &SessionController::textReady,
                     [this](const std::shared_ptr<const TextPiece>& piece) { m_text += piece->bytes; });
    QObject::connect(&m_controller, &SessionController::sessionLeft, [this] { m_text.clear(); });
    QObject::connect(&m_controller, &SessionController::failed,
                     [this](const QString& sentence, bool) { m_failures << sentence; });
    QObject::connect(&m_controller, &SessionController::filesRefused,
                     [this](const std::vector<RefusedFile>& files) { m_refused += static_cast<int>(files.size()); });
  }

  QString write(const std::string& name, const std::string& text) {
    const std::string path = m_folder.path().toStdString() + "/" + name;
    std::ofstream(path, std::ios::binary) << text;
    return QString::fromStdString(path);
  }
  [[nodiscard]] ReadingState state() const { return m_controller.facts().state; }
  bool waitFor(ReadingState wanted) {
    return QTest::qWaitFor([&] { return state() == wanted; });
  }
  static ModelSummary model() {
    ModelSummary summary;
    summary.identity.segmentSize = 4;
    summary.identity.layers = 2;
    return summary;
  }
  void makeReady() { m_log->sink(SessionReady{m_log->token(), model(), 0.01}); }
  GroupFinished group(int firstLayer, std::int64_t firstSegment, std::uint64_t bytesRead) {
    GroupFinished finished;
    finished.run = m_log->run();
    finished.firstLayer = firstLayer;
    finished.firstSegment = firstSegment;
    finished.bytesRead = bytesRead;
    finished.cells.resize(1);
    return finished;
  }
  /// A new session on one file, up to the running read.
  void startOn(const QString& file, std::uint64_t bytes) {
    m_controller.openFiles({file});
    ASSERT_TRUE(waitFor(ReadingState::kOpening));
    makeReady();
    ASSERT_TRUE(waitFor(ReadingState::kReading));
    DocumentImported imported{m_log->run(), {}};
    imported.document.bytes = {0, bytes};
    m_log->event(imported);
    m_log->event(ReadingStarted{m_log->run(), 0, 0, bytes, 4});
  }

  QTemporaryDir m_folder;
  std::shared_ptr<FakeEngineLog> m_log = std::make_shared<FakeEngineLog>();
  TextLoader m_loader;
  EngineBridge m_bridge;
  SessionController m_controller;
  EngineChoice m_choice;
  std::string m_text;
  QStringList m_failures;
  int m_refused = 0;
};

TEST_F(SessionControllerTest, AFileIsShownThenGivenASessionThenRead) {
  const QString file = write("book.txt", "0123456789");
  m_controller.openFiles({file});
  ASSERT_TRUE(waitFor(ReadingState::kOpening));
  EXPECT_EQ(m_text, "0123456789");
  ASSERT_EQ(m_log->opened.size(), 1u);
  EXPECT_TRUE(m_log->opened[0].create);
  EXPECT_EQ(m_log->opened[0].session.filename(), "book.tidemark");
  EXPECT_TRUE(m_log->reads.empty());
  makeReady();
  ASSERT_TRUE(waitFor(ReadingState::kReading));
  ASSERT_EQ(m_log->reads.size(), 1u);
  EXPECT_EQ(m_log->reads[0].files, (std::vector<std::filesystem::path>{file.toStdString()}));
}

TEST_F(SessionControllerTest, SegmentsComeFromTheGroupsThatEnterTheFirstLayer) {
  startOn(write("book.txt", "0123456789"), 10);
  m_log->event(group(0, 0, 4));
  m_log->event(group(1, 0, 4));  // the same segment, a layer further up
  m_log->event(group(0, 1, 9));
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_controller.segments().size() == 2; }));
  EXPECT_EQ(m_controller.segments(), (std::vector<ByteRange>{{0, 4}, {4, 9}}));
  EXPECT_EQ(m_controller.facts().readBytes, 9u);
  EXPECT_EQ(m_controller.facts().segmentsEstimated, 2);
  ReadFinished finished;
  finished.run = m_log->run();
  finished.segmentsRead = 2;
  finished.tailTokens = 1;
  m_log->event(finished);
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  EXPECT_EQ(m_controller.facts().readBytes, 10u);
  EXPECT_EQ(m_controller.facts().tailTokens, 1);
}

TEST_F(SessionControllerTest, PauseResumeAndCancelReachTheEngineAndWaitForItsWord) {
  startOn(write("book.txt", "0123456789"), 10);
  m_controller.pauseReading();
  EXPECT_EQ(m_log->commands.back(), "pause 1");
  EXPECT_EQ(state(), ReadingState::kReading);  // not before the engine says so
  m_log->event(RunPaused{m_log->run()});
  ASSERT_TRUE(waitFor(ReadingState::kPaused));
  m_controller.continueReading();
  EXPECT_EQ(m_log->commands.back(), "resume 1");
  m_log->event(RunResumed{m_log->run()});
  ASSERT_TRUE(waitFor(ReadingState::kReading));
  m_controller.cancelReading();
  m_log->event(RunCancelled{m_log->run()});
  ASSERT_TRUE(waitFor(ReadingState::kIncomplete));
  m_controller.continueReading();  // a new run, without files: on with what the session holds
  EXPECT_EQ(m_log->reads.size(), 2u);
  EXPECT_TRUE(m_log->reads[1].files.empty());
}

TEST_F(SessionControllerTest, AReadCancelledBeforeAnythingWasImportedKeepsItsFiles) {
  m_controller.openFiles({write("book.txt", "0123456789")});
  ASSERT_TRUE(waitFor(ReadingState::kOpening));
  makeReady();
  ASSERT_TRUE(waitFor(ReadingState::kReading));
  m_log->event(RunCancelled{m_log->run()});
  ASSERT_TRUE(waitFor(ReadingState::kIncomplete));
  m_controller.continueReading();
  ASSERT_EQ(m_log->reads.size(), 2u);
  EXPECT_EQ(m_log->reads[1].files.size(), 1u);
}

TEST_F(SessionControllerTest, AModelThatFailsKeepsTheTextAndMayBeTriedAgain) {
  m_controller.openFiles({write("book.txt", "0123456789")});
  ASSERT_TRUE(waitFor(ReadingState::kOpening));
  m_log->sink(SessionUnavailable{m_log->token(), false, makeError(ErrorCode::kNotFound, "no model; choose another")});
  ASSERT_TRUE(waitFor(ReadingState::kUnavailable));
  EXPECT_EQ(m_text, "0123456789");
  EXPECT_EQ(m_failures, (QStringList{QStringLiteral("no model; choose another")}));
  m_controller.continueReading();
  ASSERT_EQ(m_log->opened.size(), 2u);
  EXPECT_TRUE(m_log->opened[1].create);
  makeReady();
  ASSERT_TRUE(waitFor(ReadingState::kReading));
  EXPECT_EQ(m_log->reads.back().files.size(), 1u);
}

TEST_F(SessionControllerTest, OnlyBadFilesChangeNothing) {
  startOn(write("book.txt", "0123456789"), 10);
  std::filesystem::create_directory(m_folder.path().toStdString() + "/no-texts");
  m_controller.openFiles({QStringLiteral("/nowhere/missing.txt"), m_folder.filePath(QStringLiteral("no-texts"))});
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_refused > 0; }));
  EXPECT_EQ(m_text, "0123456789");
  EXPECT_EQ(state(), ReadingState::kReading);
  EXPECT_EQ(m_controller.facts().name, QStringLiteral("book"));
}

TEST_F(SessionControllerTest, MoreDocumentsGoBehindThoseOfTheOpenSession) {
  startOn(write("book.txt", "0123456789"), 10);
  m_controller.addFiles({write("more.txt", "more")});
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_log->reads.size() == 2; }));
  EXPECT_TRUE(m_log->reads[1].append);
  EXPECT_EQ(m_log->opened.size(), 1u);
  EXPECT_EQ(m_text, "0123456789");
}

TEST_F(SessionControllerTest, QuestionsAreRunsOfTheirOwn) {
  startOn(write("book.txt", "0123456789"), 10);
  const auto run = m_controller.ask(QStringLiteral("Who?"), 3);
  ASSERT_TRUE(run);
  EXPECT_EQ(m_log->questions.back().asOfSegment, 3);
  QString reason;
  QObject::connect(&m_controller, &SessionController::answerFailed,
                   [&](RunId, const QString& sentence) { reason = sentence; });
  m_log->event(RunFailed{*run, makeError(ErrorCode::kInvalidArgument, "the question is too long; shorten it")});
  EXPECT_TRUE(QTest::qWaitFor([&] { return !reason.isEmpty(); }));
  EXPECT_EQ(state(), ReadingState::kReading);
  m_log->refuses = true;
  EXPECT_FALSE(m_controller.ask(QStringLiteral("Who?"), std::nullopt));
  EXPECT_EQ(m_failures.size(), 1);
}

TEST_F(SessionControllerTest, AfterALostDeviceTheCpuGoesOn) {
  QStringList lost;
  QObject::connect(&m_controller, &SessionController::deviceFailed, [&](const QString& sentence) { lost << sentence; });
  startOn(write("book.txt", "0123456789"), 10);
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_controller.facts().documents.size() == 1; }));
  m_log->event(RunFailed{m_log->run(), makeError(ErrorCode::kDeviceLost, "the GPU failed; go on with the CPU")});
  ASSERT_TRUE(waitFor(ReadingState::kIncomplete));
  EXPECT_EQ(lost, (QStringList{QStringLiteral("the GPU failed; go on with the CPU")}));
  EXPECT_TRUE(m_failures.isEmpty());
  m_controller.continueOnCpu();
  ASSERT_EQ(m_log->opened.size(), 2u);
  EXPECT_FALSE(m_log->opened[1].create);
  EXPECT_EQ(m_log->opened[1].session, m_log->opened[0].session);
  EXPECT_EQ(m_log->opened[1].model.backend, BackendChoice::kCpu);
  SessionShown shown;
  shown.token = m_log->token();
  shown.path = m_log->opened[1].session;
  shown.overview.size.textBytes = 10;
  m_log->sink(shown);
  makeReady();
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_log->reads.size() == 2; }));
}

TEST_F(SessionControllerTest, ADeviceThatIsLostWhileAnsweringOffersTheCpuOnce) {
  int lost = 0;
  QStringList reasons;
  QObject::connect(&m_controller, &SessionController::deviceFailed, [&](const QString&) { ++lost; });
  QObject::connect(&m_controller, &SessionController::answerFailed,
                   [&](RunId, const QString& sentence) { reasons << sentence; });
  startOn(write("book.txt", "0123456789"), 10);
  ReadFinished finished;
  finished.run = m_log->run();
  m_log->event(finished);
  ASSERT_TRUE(waitFor(ReadingState::kFinished));
  const auto first = m_controller.ask(QStringLiteral("Who?"), std::nullopt);
  const auto second = m_controller.ask(QStringLiteral("Where?"), std::nullopt);
  ASSERT_TRUE(first && second);
  m_log->event(RunFailed{*first, makeError(ErrorCode::kDeviceLost, "the GPU failed; go on with the CPU")});
  m_log->event(RunFailed{*second, makeError(ErrorCode::kDeviceLost, "the GPU failed; go on with the CPU")});
  EXPECT_TRUE(QTest::qWaitFor([&] { return reasons.size() == 2; }));
  EXPECT_EQ(lost, 1);
  EXPECT_EQ(state(), ReadingState::kFinished);
  m_controller.continueOnCpu();
  ASSERT_EQ(m_log->opened.size(), 2u);
  EXPECT_EQ(m_log->opened[1].model.backend, BackendChoice::kCpu);
}

TEST_F(SessionControllerTest, MemoryOfTheGpuThatIsTooSmallOffersTheCpuToo) {
  int lost = 0;
  QObject::connect(&m_controller, &SessionController::deviceFailed, [&](const QString&) { ++lost; });
  m_controller.openFiles({write("book.txt", "0123456789")});
  ASSERT_TRUE(waitFor(ReadingState::kOpening));
  ModelSummary onGpu = model();
  onGpu.onGpu = true;
  m_log->sink(SessionReady{m_log->token(), onGpu, 0.01});
  ASSERT_TRUE(waitFor(ReadingState::kReading));
  m_log->event(RunFailed{m_log->run(), makeError(ErrorCode::kOutOfMemory, "the GPU has too little memory")});
  ASSERT_TRUE(waitFor(ReadingState::kIncomplete));
  EXPECT_EQ(lost, 1);
  m_controller.continueOnCpu();  // nothing was imported yet: the file is made again, and the text read into it
  ASSERT_EQ(m_log->opened.size(), 2u);
  EXPECT_TRUE(m_log->opened[1].create);
  makeReady();
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_log->reads.size() == 2; }));
  EXPECT_EQ(m_log->reads[1].files.size(), 1u);
  EXPECT_EQ(m_text, "0123456789");
  // On the CPU, too little memory is nothing that the CPU could help with.
  m_log->event(RunFailed{m_log->run(), makeError(ErrorCode::kOutOfMemory, "there is too little memory")});
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_failures.size() == 1; }));
  EXPECT_EQ(lost, 1);
}

TEST_F(SessionControllerTest, AnotherDeviceOpensTheSessionAgainAndGoesOn) {
  startOn(write("book.txt", "0123456789"), 10);
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_controller.facts().documents.size() == 1; }));
  m_choice.model.threads = 1;
  m_controller.setChoice(m_choice);
  ASSERT_EQ(m_log->opened.size(), 2u);
  EXPECT_FALSE(m_log->opened[1].create);
  EXPECT_EQ(m_log->opened[1].model.threads, 1);
  EXPECT_EQ(m_log->opened[1].session, m_log->opened[0].session);
  SessionShown shown;
  shown.token = m_log->token();
  shown.path = m_log->opened[1].session;
  shown.overview.size.textBytes = 10;
  m_log->sink(shown);
  makeReady();
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_log->reads.size() == 2; }));
}

}  // namespace
}  // namespace tidemark::ui
