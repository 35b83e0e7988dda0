#include <chrono>
#include <limits>
#include <thread>

#include "tests/service/service_fixture.h"

namespace tidemark {
namespace {

using testing::EventLog;

TEST_F(ServiceTest, ReadsTheSampleAndAnswersFromMemory) {
  EventLog log;
  auto service = start("a.tidemark", log);
  const auto run = service->read(readRequest(resource("samples/tavern-night.txt")));
  const auto finished = log.wait<ReadFinished>(*run);
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->segmentsRead, 38);
  EXPECT_EQ(finished->tailTokens, 4971 - 38 * 128);
  EXPECT_EQ(finished->tokens, 4971);
  EXPECT_EQ(finished->segmentsResumed, 0);
  // S + L - 1 diagonals for 38 segments and 6 layers.
  EXPECT_EQ(log.count<GroupFinished>(), 43u);

  // What the specification answers from the same files, right (5) and wrong (2).
  const std::pair<const char*, const char*> answers[] = {{"Where was Mary born?", "Geneva"},
                                                         {"Where was Clara born?", "Geneva"},
                                                         {"What is the favorite color of Charles?", "red"},
                                                         {"Where is the notebook hidden?", "bedroom"},
                                                         {"Where is Sandra?", "bedroom"},
                                                         {"Where is Daniel?", "bedroom"},
                                                         {"Where is Mary?", "bedroom"}};
  for (const auto& [question, expected] : answers) {
    const auto asked = service->ask(askRequest(question));
    const auto answer = log.wait<AnswerFinished>(*asked);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->question.answer, expected) << question;
    EXPECT_EQ(answer->question.tokensReread, 0);
    EXPECT_EQ(answer->question.asOfSegment, 37);
  }
}

TEST_F(ServiceTest, ReopenedSessionAnswersTheSameWithoutReading) {
  std::string before;
  {
    EventLog log;
    auto service = start("a.tidemark", log);
    const auto run = service->read(readRequest(resource("samples/tavern-night.txt")));
    const auto asked = service->ask(askRequest("Where is Mary?"));
    ASSERT_TRUE(log.wait<ReadFinished>(*run));
    const auto again = service->ask(askRequest("Where is Mary?"));
    const auto answer = log.wait<AnswerFinished>(*again);
    ASSERT_TRUE(answer);
    before = answer->question.answer;
    (void)asked;
  }
  EventLog log;
  auto service = start("a.tidemark", log);
  const auto asked = service->ask(askRequest("Where is Mary?"));
  const auto answer = log.wait<AnswerFinished>(*asked);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->question.answer, before);
  EXPECT_EQ(answer->question.tokensReread, 0);
  const auto run = service->read(readRequest(resource("samples/tavern-night.txt")));
  const auto finished = log.wait<ReadFinished>(*run);
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->segmentsRead, 0);
  EXPECT_EQ(finished->segmentsResumed, 38);
  EXPECT_EQ(finished->tokens, 4971);
}

TEST_F(ServiceTest, ThreadsAndScheduleDoNotChangeTheHash) {
  const auto file = resource("samples/tavern-night.txt");
  const std::string hash = readAll("one.tidemark", file, 1).stateHash;
  EXPECT_EQ(readAll("seven.tidemark", file, 7).stateHash, hash);
  EventLog log;
  auto service = start("sequential.tidemark", log);
  ReadRequest request = readRequest(file);
  request.schedule = Schedule::kSequential;
  const auto run = service->read(request);
  const auto finished = log.wait<ReadFinished>(*run);
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->stateHash, hash);
  EXPECT_EQ(log.count<GroupFinished>(), 38u * 6u);
}

TEST_F(ServiceTest, AppendEqualsReadingBothAtOnce) {
  const std::string text = readWhole(resource("samples/tavern-night.txt"));
  const auto first = write("first.txt", text.substr(0, 7000));
  const auto second = write("second.txt", text.substr(7000));
  std::string both;
  {
    EventLog log;
    auto service = start("both.tidemark", log);
    ReadRequest request;
    request.files = {first, second};
    const auto finished = log.wait<ReadFinished>(*service->read(request));
    ASSERT_TRUE(finished);
    both = finished->stateHash;
  }
  readAll("appended.tidemark", first);
  EventLog log;
  auto service = start("appended.tidemark", log);
  const auto refused = log.wait<RunFailed>(*service->read(readRequest(second)));
  ASSERT_TRUE(refused);
  EXPECT_NE(refused->error.message.find("--append"), std::string::npos) << refused->error.message;
  ReadRequest request = readRequest(second);
  request.append = true;
  const auto finished = log.wait<ReadFinished>(*service->read(request));
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->stateHash, both);
  EXPECT_GT(finished->segmentsResumed, 0);
}

TEST_F(ServiceTest, CancelLeavesAResumableSessionWithTheSameEnd) {
  const auto file = longText();
  const std::string hash = readAll("whole.tidemark", file).stateHash;
  std::int64_t resumed = 0;
  for (int round = 0; round < 3; ++round) {
    EventLog log;
    auto service = start("cut.tidemark", log);
    ReadRequest request = readRequest(file);
    request.snapshotSeconds = 0.01;
    const auto run = service->read(request);
    while (log.count<SnapshotStored>() < 2 && log.count<ReadFinished>() == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    service->cancel(*run);
    ASSERT_TRUE(log.wait<RunCancelled>(*run));
    const auto started = log.wait<ReadingStarted>(*run);
    ASSERT_TRUE(started);
    EXPECT_GE(started->firstSegment, resumed);
    resumed = started->firstSegment + 1;
  }
  const ReadFinished finished = readAll("cut.tidemark", file);
  EXPECT_EQ(finished.stateHash, hash);
  EXPECT_GT(finished.segmentsResumed, 0);
}

TEST_F(ServiceTest, TellsWhichSnapshotsTheBudgetLeft) {
  const auto file = longText();
  EventLog log;
  auto model = loadModel(resource("models/mini"), {BackendChoice::kCpu, 2});
  ASSERT_TRUE(model.ok());
  ReadRequest request = readRequest(file);
  request.snapshotSeconds = 0.001;
  request.snapshotBudgetBytes = 3 * snapshotBytes(*model);
  auto service = startWith(std::move(model), "s.tidemark", log);
  ASSERT_TRUE(log.wait<ReadFinished>(*service->read(request)));
  service.reset();
  std::vector<SnapshotStored> stored;
  for (const Event& event : log.events()) {
    if (const auto* each = std::get_if<SnapshotStored>(&event)) stored.push_back(*each);
  }
  ASSERT_GT(stored.size(), 3u);
  for (const SnapshotStored& each : stored) {
    EXPECT_LE(each.snapshots.size(), 3u);
    EXPECT_EQ(each.snapshots.back(), each.segment);
  }
  std::vector<std::int64_t> left;
  const auto store = SessionStore::open(m_directory / "s.tidemark", SessionAccess::kRead);
  const auto snapshots = store->snapshots();
  for (const SnapshotInfo& each : *snapshots) left.push_back(each.segment);
  EXPECT_EQ(stored.back().snapshots, left);
}

TEST_F(ServiceTest, ReadsWithoutSnapshotsButTheLastIfNothingMustBeSaved) {
  const auto file = longText();
  const std::string hash = readAll("usual.tidemark", file).stateHash;
  EventLog log;
  auto service = start("s.tidemark", log);
  ReadRequest request = readRequest(file);
  request.snapshotSeconds = std::numeric_limits<double>::infinity();
  const auto finished = log.wait<ReadFinished>(*service->read(request));
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->stateHash, hash);
  EXPECT_EQ(log.count<SnapshotStored>(), 1u);
}

TEST_F(ServiceTest, AskingWhileReadingDoesNotDisturbTheRead) {
  const auto file = longText();
  const std::string hash = readAll("quiet.tidemark", file).stateHash;
  EventLog log;
  auto service = start("busy.tidemark", log);
  ReadRequest request = readRequest(file);
  request.snapshotSeconds = 0.01;
  const auto run = service->read(request);
  while (log.count<SnapshotStored>() == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  std::vector<RunId> questions;
  for (int i = 0; i < 5; ++i) questions.push_back(*service->ask(askRequest("Where is Mary?")));
  for (const RunId question : questions) {
    const auto answer = log.wait<AnswerFinished>(question);
    ASSERT_TRUE(answer);
    EXPECT_GE(answer->question.asOfSegment, 0);
    EXPECT_EQ(answer->question.tokensReread, 0);
  }
  const auto finished = log.wait<ReadFinished>(*run);
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->stateHash, hash);
  // The first answer came while the read went on.
  bool readFinished = false;
  bool answeredBefore = false;
  for (const Event& event : log.events()) {
    readFinished = readFinished || std::holds_alternative<ReadFinished>(event);
    answeredBefore = answeredBefore || (std::holds_alternative<AnswerFinished>(event) && !readFinished);
  }
  EXPECT_TRUE(answeredBefore);
}

TEST_F(ServiceTest, PauseStopsWithinOneGroupAndResumeGoesOn) {
  EventLog log;
  auto service = start("paused.tidemark", log);
  const auto run = service->read(readRequest(longText()));
  while (log.count<GroupFinished>() == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  service->pause(*run);
  ASSERT_TRUE(log.wait<RunPaused>(*run));
  const std::size_t before = log.count<GroupFinished>();
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_EQ(log.count<GroupFinished>(), before);
  service->resume(*run);
  ASSERT_TRUE(log.wait<ReadFinished>(*run));
  EXPECT_EQ(log.count<RunResumed>(), 1u);
}

TEST_F(ServiceTest, AsOfSegmentReplaysFromTheNearestSnapshot) {
  readAll("whole.tidemark", resource("samples/tavern-night.txt"));
  std::int64_t nearest = -1;  // a slow machine takes snapshots on the way
  {
    const auto store = SessionStore::open(m_directory / "whole.tidemark", SessionAccess::kRead);
    ASSERT_TRUE(store.ok());
    const auto snapshot = store->newestSnapshot(20);
    ASSERT_TRUE(snapshot.ok());
    if (snapshot->has_value()) nearest = (*snapshot)->segment;
  }
  EventLog log;
  auto service = start("whole.tidemark", log);
  AskRequest request = askRequest("Where is Mary?");
  request.asOfSegment = 20;
  const auto answer = log.wait<AnswerFinished>(*service->ask(request));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->question.asOfSegment, 20);
  EXPECT_EQ(answer->question.tokensReread, (20 - nearest) * 128);
  request.asOfSegment = 38;
  const auto refused = log.wait<RunFailed>(*service->ask(request));
  ASSERT_TRUE(refused);
  EXPECT_NE(refused->error.message.find("0 to 37"), std::string::npos) << refused->error.message;
}

TEST_F(ServiceTest, ShortDocumentIsAllTailAndStillAnswers) {
  EventLog log;
  auto service = start("short.tidemark", log);
  const auto file = write("short.txt", "Mary journeyed to the kitchen.");
  const auto finished = log.wait<ReadFinished>(*service->read(readRequest(file)));
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->segmentsRead, 0);
  EXPECT_GT(finished->tailTokens, 3);
  const auto answer = log.wait<AnswerFinished>(*service->ask(askRequest("Where is Mary?")));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->question.answer, "kitchen");
  EXPECT_EQ(answer->question.asOfSegment, -1);
}

TEST_F(ServiceTest, RefusesWhatCannotBeAsked) {
  EventLog log;
  auto service = start("empty.tidemark", log);
  std::string longQuestion = "Where is";
  for (int i = 0; i < 200; ++i) longQuestion += " Mary";
  const auto tooLong = log.wait<RunFailed>(*service->ask(askRequest(longQuestion)));
  ASSERT_TRUE(tooLong);
  EXPECT_NE(tooLong->error.message.find("128"), std::string::npos) << tooLong->error.message;
  const auto nothing = log.wait<RunFailed>(*service->ask(askRequest("Where is Mary?")));
  ASSERT_TRUE(nothing);
  EXPECT_NE(nothing->error.message.find("nothing has been read"), std::string::npos) << nothing->error.message;
  const auto missing = log.wait<RunFailed>(*service->read(readRequest(m_directory / "nothing.txt")));
  ASSERT_TRUE(missing);
  EXPECT_EQ(missing->error.code, ErrorCode::kNotFound);
  const auto empty = log.wait<RunFailed>(*service->read(readRequest(write("empty.txt", ""))));
  ASSERT_TRUE(empty);
  EXPECT_NE(empty->error.message.find("empty"), std::string::npos) << empty->error.message;
}

}  // namespace
}  // namespace tidemark
