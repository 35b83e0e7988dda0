#include "ui/window/session_controller.h"

#include <gmock/gmock.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "engine/session/session_store.h"
#include "tests/ui/support/fake_engine.h"

namespace tidemark::ui {
namespace {

using testing::FakeEngineLog;

class SessionControllerTest : public ::testing::Test {
 protected:
  SessionControllerTest() : m_bridge(testing::makerOf(m_log)), m_controller(m_bridge, m_loader) {
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

TEST_F(SessionControllerTest, SnapshotsThatGaveWayToOthersAreNotCounted) {
  startOn(write("book.txt", "0123456789"), 10);
  std::vector<std::vector<qint64>> told;
  QObject::connect(&m_controller, &SessionController::snapshotsChanged,
                   [&](const std::vector<qint64>& segments) { told.push_back(segments); });
  m_log->event(SnapshotStored{m_log->run(), 3, 0.01, 700, {3}});
  m_log->event(SnapshotStored{m_log->run(), 5, 0.01, 900, {3, 5}});
  m_log->event(SnapshotStored{m_log->run(), 7, 0.01, 900, {3, 7}});
  ASSERT_TRUE(QTest::qWaitFor([&] { return told.size() == 3; }));
  EXPECT_EQ(told.back(), (std::vector<qint64>{3, 7}));
  EXPECT_EQ(m_controller.facts().snapshots, 2u);
  EXPECT_EQ(m_controller.snapshotSegments(), (std::vector<qint64>{3, 7}));
  EXPECT_EQ(m_controller.facts().segmentsStored, 8);
  m_log->event(ReadingStarted{m_log->run(), 4, 4, 10, 4});  // once more, from an earlier place
  ASSERT_TRUE(QTest::qWaitFor([&] { return told.size() == 4; }));
  EXPECT_EQ(told.back(), (std::vector<qint64>{3}));
  EXPECT_EQ(m_controller.facts().snapshots, 1u);
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

// --- several files, gaps, pasted text, changed files

struct ChoiceLog {
  explicit ChoiceLog(SessionController& controller) {
    QObject::connect(&controller, &SessionController::choiceBegan,
                     [this](const QStringList& paths, bool append, bool startsByItself) {
                       listed = paths;
                       appends = append;
                       itself = startsByItself;
                       ++begun;
                     });
    QObject::connect(&controller, &SessionController::fileChecked, [this](int, const FileReport&) { ++checked; });
    QObject::connect(&controller, &SessionController::fileRefused, [this](int, const RefusedFile&) { ++refused; });
    QObject::connect(&controller, &SessionController::choiceEnded, [this] { ++ended; });
  }
  QStringList listed;
  bool appends = false;
  bool itself = false;
  int begun = 0;
  int checked = 0;
  int refused = 0;
  int ended = 0;
};

TEST_F(SessionControllerTest, SeveralFilesAreReadInTheOrderThatSomebodyChooses) {
  ChoiceLog log(m_controller);
  m_controller.openFiles({write("one.txt", "one"), write("bad.txt", ""), write("three.txt", "three")});
  ASSERT_TRUE(QTest::qWaitFor([&] { return log.checked + log.refused == 3; }));
  QTest::qWait(20);
  EXPECT_TRUE(m_controller.isChoosing());
  EXPECT_EQ(log.listed.size(), 3);
  EXPECT_EQ(log.refused, 1);
  EXPECT_EQ(m_refused, 0);  // the list says it
  EXPECT_TRUE(m_log->opened.empty());
  EXPECT_EQ(m_text, "");
  m_controller.readChosen({2, 0}, false);
  EXPECT_FALSE(m_controller.isChoosing());
  EXPECT_EQ(log.ended, 1);
  ASSERT_EQ(m_log->opened.size(), 1u);
  EXPECT_EQ(m_log->opened[0].session.filename(), "three.tidemark");
  makeReady();
  ASSERT_TRUE(waitFor(ReadingState::kReading));
  ASSERT_EQ(m_log->reads[0].files.size(), 2u);
  EXPECT_EQ(m_log->reads[0].files[0].filename(), "three.txt");
  EXPECT_EQ(m_log->reads[0].files[1].filename(), "one.txt");
  EXPECT_FALSE(m_log->reads[0].force);
}

TEST_F(SessionControllerTest, AFileWithGapsIsDecidedAboutAndTheOpenSessionStays) {
  startOn(write("book.txt", "0123456789"), 10);
  ChoiceLog log(m_controller);
  m_controller.openFiles({write("gap.txt", std::string("\xFF\xFE"
                                                       "A\0\0\xD8"
                                                       "B\0",
                                                       8))});
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_controller.isChoosing() && log.checked == 1; }));
  QTest::qWait(20);
  EXPECT_TRUE(m_controller.isChoosing());
  EXPECT_EQ(m_text, "0123456789");
  EXPECT_EQ(m_controller.facts().name, QStringLiteral("book"));
  m_controller.cancelChoice();
  EXPECT_FALSE(m_controller.isChoosing());
  EXPECT_EQ(state(), ReadingState::kReading);
  EXPECT_EQ(m_log->opened.size(), 1u);
  m_controller.readChosen({0}, true);  // too late
  EXPECT_EQ(m_log->opened.size(), 1u);
}

TEST_F(SessionControllerTest, ScansAreForcedOnPurposeAndAddedBehindTheOthers) {
  startOn(write("book.txt", "0123456789"), 10);
  ChoiceLog log(m_controller);
  m_controller.addFiles({write("a.txt", "a"), write("b.txt", "b")});
  ASSERT_TRUE(QTest::qWaitFor([&] { return log.checked == 2; }));
  EXPECT_TRUE(log.appends);
  m_controller.readChosen({1}, true);
  ASSERT_EQ(m_log->reads.size(), 2u);
  EXPECT_TRUE(m_log->reads[1].append);
  EXPECT_TRUE(m_log->reads[1].force);
  ASSERT_EQ(m_log->reads[1].files.size(), 1u);
  EXPECT_EQ(m_log->reads[1].files[0].filename(), "b.txt");
}

TEST_F(SessionControllerTest, AListOfWhichNothingCanBeReadIsNoList) {
  ChoiceLog log(m_controller);
  m_controller.openFiles({write("a.txt", ""), write("b.txt", "")});
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_refused == 2; }));
  EXPECT_FALSE(m_controller.isChoosing());
  EXPECT_EQ(log.ended, log.begun);
}

TEST_F(SessionControllerTest, ANewerListReplacesTheOlderOne) {
  ChoiceLog log(m_controller);
  m_controller.openFiles({write("one.txt", "one"), write("two.txt", "two")});
  ASSERT_TRUE(QTest::qWaitFor([&] { return log.begun == 1; }));
  m_controller.openFiles({write("book.txt", "0123456789")});
  EXPECT_EQ(log.ended, 1);
  ASSERT_TRUE(waitFor(ReadingState::kOpening));
  EXPECT_EQ(m_text, "0123456789");
}

TEST_F(SessionControllerTest, PastedTextBecomesADocument) {
  m_controller.openPasted(QStringLiteral("  \n "));
  EXPECT_EQ(state(), ReadingState::kNone);
  m_controller.openPasted(QStringLiteral("Call me Ishmael.\nSome years ago"));
  ASSERT_TRUE(waitFor(ReadingState::kOpening));
  EXPECT_EQ(m_text, "Call me Ishmael.\nSome years ago");
  EXPECT_TRUE(m_controller.facts().name.startsWith(QStringLiteral("Call me Ishmael")));
  makeReady();
  ASSERT_TRUE(waitFor(ReadingState::kReading));
  EXPECT_TRUE(m_log->reads[0].files.empty());
  ASSERT_EQ(m_log->reads[0].pasted.size(), 1u);
  EXPECT_EQ(m_log->reads[0].pasted[0].text, "Call me Ishmael.\nSome years ago");
}

TEST_F(SessionControllerTest, ProgressOfFilesIsAFactUntilTheDocumentIsThere) {
  startOn(write("book.txt", "0123456789"), 10);
  DocumentProgress progress;
  progress.run = m_log->run();
  progress.path = "/books/other.pdf";
  progress.progress.pages = 3;
  m_log->event(progress);
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_controller.facts().importing.has_value(); }));
  EXPECT_EQ(m_controller.facts().importing->path, "/books/other.pdf");
  DocumentImported imported{m_log->run(), {}};
  imported.document.id = 7;
  imported.document.bytes = {10, 30};
  imported.contents.document = 7;
  imported.contents.pages = {{10, "i"}};
  m_log->event(imported);
  EXPECT_TRUE(QTest::qWaitFor([&] { return !m_controller.facts().importing; }));
  EXPECT_EQ(m_controller.facts().documents.size(), 2u);
  EXPECT_EQ(m_controller.facts().contents.back().pages.size(), 1u);
  EXPECT_EQ(m_controller.facts().totalBytes, 30u);
}

TEST_F(SessionControllerTest, ARefusedFileIsSaidAndNotAskedForAgain) {
  ChoiceLog log(m_controller);
  m_controller.openFiles({write("one.txt", "one"), write("two.txt", "two")});
  ASSERT_TRUE(QTest::qWaitFor([&] { return log.checked == 2; }));
  m_controller.readChosen({0, 1}, false);
  makeReady();
  ASSERT_TRUE(waitFor(ReadingState::kReading));
  m_log->event(DocumentRefused{m_log->run(), m_log->reads[0].files[0].string(),
                               makeError(ErrorCode::kCorrupt, "one.txt changed while it was being read")});
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_refused == 1; }));
  EXPECT_EQ(state(), ReadingState::kReading);
  m_log->event(RunCancelled{m_log->run()});
  ASSERT_TRUE(waitFor(ReadingState::kIncomplete));
  m_controller.continueReading();
  ASSERT_EQ(m_log->reads.size(), 2u);
  ASSERT_EQ(m_log->reads[1].files.size(), 1u);
  EXPECT_EQ(m_log->reads[1].files[0].filename(), "two.txt");
}

/// A session that is really there, of one file that has changed since.
class ChangedSourceTest : public SessionControllerTest {
 protected:
  ChangedSourceTest() {
    m_file = write("book.txt", "another text now");
    ModelIdentity identity;
    identity.layers = 2;
    auto store = SessionStore::create(m_session, identity);
    EXPECT_TRUE(store.ok());
    const auto id = store->beginDocument("book.txt", m_file.toStdString());
    EXPECT_TRUE(store->appendText(*id, "0123456789").ok());
    DocumentContents contents;
    contents.source = {"text", kExtractionVersion, "", "{}", 1, 10};
    const auto document = store->finishDocument(*id, std::string(64, 'a'), 10, 0, contents);
    EXPECT_TRUE(document.ok()) << (document.ok() ? "" : document.error().message);
    if (document) m_document = *document;
    QObject::connect(&m_controller, &SessionController::sourcesCompared,
                     [this](const ComparedSources& sources) { m_changed = sources.changed; });
  }
  void open() {
    m_controller.openSession(QString::fromStdString(m_session));
    SessionShown shown;
    shown.token = m_log->token();
    shown.path = m_session;
    shown.overview.documents = {m_document};
    shown.overview.size.textBytes = 10;
    m_log->sink(shown);
  }
  std::string m_session = m_folder.path().toStdString() + "/book.tidemark";
  QString m_file;
  DocumentRecord m_document;
  std::vector<ComparedSources::Changed> m_changed;
};

TEST_F(ChangedSourceTest, IsNoticedAndReadAgainFromTheChange) {
  open();
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_changed.size() == 1 && m_text.size() == 10; }));
  ASSERT_EQ(m_changed.size(), 1u);
  makeReady();
  ASSERT_TRUE(waitFor(ReadingState::kIncomplete));
  m_controller.revise({m_changed[0].document.id});
  ASSERT_EQ(m_log->reads.size(), 1u);
  EXPECT_EQ(m_log->reads[0].revise, (std::vector<std::int64_t>{m_changed[0].document.id}));
  EXPECT_TRUE(m_log->reads[0].files.empty());
  // The new edition is taken from the session, all of it.
  m_text.clear();
  DocumentImported imported{m_log->run(), {}};
  imported.document.id = 2;
  imported.document.bytes = {0, 16};
  imported.revised = true;
  m_log->event(imported);
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_text == "0123456789"; }));  // what the file holds
}

TEST_F(ChangedSourceTest, MayBeAskedForBeforeTheModelIsThere) {
  open();
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_changed.size() == 1; }));
  ASSERT_EQ(m_changed.size(), 1u);
  m_controller.revise({m_changed[0].document.id});
  EXPECT_TRUE(m_log->reads.empty());
  makeReady();
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_log->reads.size() == 1; }));
  EXPECT_EQ(m_log->reads[0].revise.size(), 1u);
}

}  // namespace
}  // namespace tidemark::ui
