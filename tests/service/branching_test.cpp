// The memory as of other places than the end: pins, chapters, timelines, and what must not change by asking.

#include <gmock/gmock.h>

#include <limits>

#include "engine/service/session_fork.h"
#include "tests/service/import_fixture.h"

namespace tidemark {
namespace {

using testing::EventLog;
using ::testing::HasSubstr;

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr std::size_t kBookBytes = 12'000;
#else
constexpr std::size_t kBookBytes = 40'000;
#endif

class BranchingTest : public ImportTest {
 protected:
  /// With no snapshot but the last, unless seconds are given: a slow machine would store some in between.
  ReadFinished readBook(double snapshotSeconds = std::numeric_limits<double>::infinity()) {
    ReadRequest request = listRequest({write("book.txt", sampleText(0, kBookBytes))});
    request.snapshotSeconds = snapshotSeconds;
    return ImportTest::read("s.tidemark", request).value_or(ReadFinished{});
  }
  /// The memory that a fresh read of the text up to the end of `segment` leaves.
  std::string freshHash(std::int64_t segment) {
    const std::uint64_t end = stored("s.tidemark").segments(segment, segment + 1)->front().bytes.end;
    const auto file = write("part.txt", sampleText(0, end));
    std::filesystem::remove(m_directory / "part.tidemark");
    const auto finished = ImportTest::read("part.tidemark", listRequest({file}));
    EXPECT_TRUE(finished);
    EXPECT_EQ(finished ? finished->segmentsRead : 0, segment + 1);
    return finished ? finished->stateHash : "";
  }
};

TEST_F(BranchingTest, APinIsTheMemoryOfAFreshReadUpToThere) {
  const ReadFinished whole = readBook();
  const std::int64_t segment = whole.segmentsRead / 3;
  EventLog log;
  auto service = start("s.tidemark", log);
  const auto pinned = log.wait<SnapshotPinned>(*service->work(PinRequest{segment}));
  ASSERT_TRUE(pinned);
  EXPECT_EQ(pinned->snapshot.segment, segment);
  EXPECT_TRUE(pinned->snapshot.pinned);
  EXPECT_GT(pinned->segmentsReread, 0);
  EXPECT_EQ(pinned->snapshot.stateHash, freshHash(segment));
  // Once more costs nothing; from there on the answer needs no reading.
  EXPECT_EQ(log.wait<SnapshotPinned>(*service->work(PinRequest{segment}))->segmentsReread, 0);
  AskRequest question = askRequest("Where was Mary born?");
  question.asOfSegment = segment;
  EXPECT_EQ(log.wait<AnswerFinished>(*service->ask(question))->question.tokensReread, 0);
  EXPECT_THAT(log.wait<RunFailed>(*service->work(PinRequest{100'000}))->error.message, HasSubstr("segments 0 to"));
  service.reset();
  expectWhole("s.tidemark");
  // Where the next token begins is right as well: a session cut there goes on like an undisturbed one.
  EXPECT_EQ(ImportTest::read("s.tidemark", ReadRequest{})->stateHash, whole.stateHash);
}

TEST_F(BranchingTest, AnyPlaceIsTheMemoryOfAFreshReadUpToThere) {
  const ReadFinished whole = readBook(0.02);
  const std::int64_t last = whole.segmentsRead - 1;
  EventLog log;
  auto service = start("s.tidemark", log);
  for (const std::int64_t segment : {std::int64_t{0}, std::int64_t{1}, last / 4, last / 2 + 1, last - 1, last}) {
    const auto pinned = log.wait<SnapshotPinned>(*service->work(PinRequest{segment}));
    ASSERT_TRUE(pinned);
    EXPECT_EQ(pinned->snapshot.stateHash, freshHash(segment)) << segment;
  }
  service.reset();
  // So are the snapshots that a read leaves.
  const auto snapshots = stored("s.tidemark").snapshots();
  ASSERT_GT(snapshots->size(), 6u);
  EXPECT_EQ((*snapshots)[4].stateHash, freshHash((*snapshots)[4].segment));
}

TEST_F(BranchingTest, ReadingGoesOnFromAPin) {
  const ReadFinished whole = readBook();
  const std::int64_t segment = whole.segmentsRead / 2;
  const auto bytes = [&](std::int64_t index) { return stored("s.tidemark").segments(index, index + 1)->front().bytes; };
  const std::uint64_t cut = bytes(segment + 2).begin;
  EventLog log;
  auto service = start("s.tidemark", log);
  ASSERT_TRUE(log.wait<SnapshotPinned>(*service->work(PinRequest{segment})));
  const auto removed = log.wait<TextRemoved>(*service->work(RemoveTextRequest{{cut, kBookBytes - 3000}}));
  ASSERT_TRUE(removed);
  EXPECT_LE(removed->segmentsReread, 2);
  const auto finished = log.wait<ReadFinished>(*service->read(ReadRequest{}));
  service.reset();
  std::string text = sampleText(0, kBookBytes);
  text.erase(cut, kBookBytes - 3000 - cut);
  const auto fresh = ImportTest::read("fresh.tidemark", listRequest({write("cut.txt", text)}));
  EXPECT_EQ(finished->stateHash, fresh->stateHash);
}

TEST_F(BranchingTest, AChapterHasASnapshotUnlessThereIsOneNearby) {
  const std::string front = "# One\n\n" + sampleText(0, 9'000) + "\n\n";
  ReadRequest request = listRequest({write("book.md", front + "# Two\n\n" + sampleText(9'000, 3'000))});
  request.snapshotSeconds = 3600;
  const auto finished = ImportTest::read("s.tidemark", request);
  ASSERT_TRUE(finished);
  const auto store = stored("s.tidemark");
  const auto snapshots = store.snapshots();
  ASSERT_TRUE(snapshots && !snapshots->empty());
  EXPECT_EQ(snapshots->front().segment, 0);
  if (finished->seconds > 0.7) GTEST_SKIP() << "so slow a machine takes snapshots anywhere, since some time has passed";
  std::int64_t second = 0;
  while (store.segments(second, second + 1)->front().bytes.end <= front.size()) ++second;
  for (const SnapshotInfo& snapshot : *snapshots) EXPECT_NE(snapshot.segment, second);
}

TEST_F(BranchingTest, ATimelineAsksAsOfEveryPlace) {
  // Facts of a form that the model knows, in prose that says nothing of her.
  const std::vector<std::string> rooms = {"kitchen", "garden", "bathroom"};
  const std::size_t part = kBookBytes / 8;
  std::string text = sampleText(0, 600) + "\n";
  for (std::size_t i = 0; i < rooms.size(); ++i) {
    text += "Sandra went to the " + rooms[i] + ".\n" + sampleText(600 + i * part, part) + "\n";
  }
  ReadRequest request = listRequest({write("moves.txt", text)});
  request.snapshotSeconds = std::numeric_limits<double>::infinity();
  const auto whole = ImportTest::read("s.tidemark", request);
  ASSERT_TRUE(whole);
  EventLog log;
  auto service = start("s.tidemark", log);
  TimelineRequest timeline;
  timeline.question = "Where is Sandra?";
  timeline.every = 2;
  const auto run = service->work(timeline);
  const auto finished = log.wait<TimelineFinished>(*run);
  ASSERT_TRUE(finished);
  EXPECT_EQ(log.wait<TimelineStarted>(*run)->segments.size(), finished->timeline.points.size());
  EXPECT_EQ(finished->timeline.points.back().segment, whole->segmentsRead - 1);
  EXPECT_EQ(log.count<TimelineAdvanced>(), finished->timeline.points.size());
  // Each point is what an ordinary question as of there is answered with.
  for (const std::size_t index : {std::size_t{0}, finished->timeline.points.size() / 2}) {
    AskRequest question = askRequest(timeline.question);
    question.asOfSegment = finished->timeline.points[index].segment;
    EXPECT_EQ(log.wait<AnswerFinished>(*service->ask(question))->question.tokens,
              finished->timeline.points[index].tokens);
    EXPECT_LT(finished->timeline.points[index].logProbability, 0);
  }
  service.reset();
  const auto kept = stored("s.tidemark").timelines();
  ASSERT_TRUE(kept && kept->size() == 1);
  EXPECT_EQ(kept->front().points, finished->timeline.points);
  EXPECT_EQ(kept->front().state, QuestionState::kDone);
  expectWhole("s.tidemark");
}

TEST_F(BranchingTest, AStoppedTimelineKeepsWhatWasAsked) {
  readBook();
  EventLog log;
  auto service = start("s.tidemark", log);
  const auto run = service->work(TimelineRequest{"Where is Mary?", 1, 8});
  ASSERT_TRUE(waitUntil([&] { return log.count<TimelineAdvanced>() > 2; }));
  service->cancel(*run);
  ASSERT_TRUE(log.wait<RunCancelled>(*run));
  service.reset();
  const auto kept = stored("s.tidemark").timelines();
  EXPECT_EQ(kept->front().state, QuestionState::kCancelled);
  EXPECT_EQ(kept->front().points.size(), log.count<TimelineAdvanced>());
}

TEST_F(BranchingTest, AForkAsOfAPlaceLeavesTheParentAsItIs) {
  const ReadFinished whole = readBook();
  const std::int64_t segment = whole.segmentsRead / 2;
  const std::uint64_t end = stored("s.tidemark").segments(segment, segment + 1)->front().bytes.end;
  const std::string parent = readWhole(m_directory / "s.tidemark");
  auto model = loadModel(resource("models/mini"), {BackendChoice::kCpu, 2});
  ASSERT_TRUE(model.ok());
  const auto target = m_directory / "child.tidemark";
  ASSERT_TRUE(forkWithout(m_directory / "s.tidemark", target, {end, kBookBytes}, *model).ok());
  EXPECT_EQ(stored("child.tidemark").newestSnapshot()->value().stateHash, freshHash(segment));
  EXPECT_EQ(forkWithout(m_directory / "s.tidemark", target, {end, kBookBytes}, *model).error().code,
            ErrorCode::kInvalidArgument);
  expectWhole("child.tidemark");
  const auto more = ImportTest::read("child.tidemark", listRequest({write("more.txt", sampleText(end, 5000))}, true));
  EXPECT_EQ(more->segmentsResumed, segment + 1);
  EXPECT_EQ(readWhole(m_directory / "s.tidemark"), parent);
  for (const auto& entry : std::filesystem::directory_iterator(m_directory)) {
    EXPECT_EQ(entry.path().string().find("tidemark-fork"), std::string::npos) << entry.path();
  }
}

TEST_F(BranchingTest, AForkTakesNoMoreRoomThanItsPart) {
  const ReadFinished whole = readBook(0.01);
  const std::int64_t segment = whole.segmentsRead / 8;
  const std::uint64_t end = stored("s.tidemark").segments(segment, segment + 1)->front().bytes.end;
  auto model = loadModel(resource("models/mini"), {BackendChoice::kCpu, 2});
  ASSERT_TRUE(model.ok());
  const auto target = m_directory / "child.tidemark";
  ASSERT_TRUE(forkWithout(m_directory / "s.tidemark", target, {end, kBookBytes}, *model).ok());
  const auto parts = stored("s.tidemark").snapshots();
  ASSERT_GT(parts->size(), 6u);
  EXPECT_LT(std::filesystem::file_size(target), std::filesystem::file_size(m_directory / "s.tidemark") / 2);
  EXPECT_EQ(stored("child.tidemark").newestSnapshot()->value().stateHash, freshHash(segment));
  expectWhole("child.tidemark");
}

TEST_F(BranchingTest, ABudgetForLessThanOneSnapshotIsRefused) {
  ReadRequest request = listRequest({write("book.txt", sampleText(0, 3000))});
  request.snapshotBudgetBytes = 1000;
  const std::string message = refusal("s.tidemark", request);
  EXPECT_THAT(message, HasSubstr("1000 B"));
  EXPECT_THAT(message, HasSubstr("a snapshot of this model's memory takes"));
}

TEST_F(BranchingTest, QuestionsAndTimelinesWhileReadingChangeNothing) {
  const ReadFinished whole = readBook();
  EventLog log;
  auto service = start("other.tidemark", log);
  ReadRequest request = listRequest({m_directory / "book.txt"});
  request.snapshotSeconds = 0.02;
  const auto run = service->read(request);
  ASSERT_TRUE(waitUntil([&] {
    const auto events = log.events();
    return std::any_of(events.begin(), events.end(), [](const Event& event) {
      const auto* snapshot = std::get_if<SnapshotStored>(&event);
      return snapshot != nullptr && snapshot->segment >= 2;
    });
  }));
  const auto asked = service->ask(askRequest("Where was Mary born?"));
  const auto timeline = service->work(TimelineRequest{"Where is Daniel?", 0, 8});
  const auto pinned = service->work(PinRequest{1});
  EXPECT_TRUE(log.wait<AnswerFinished>(*asked));
  EXPECT_TRUE(log.wait<TimelineFinished>(*timeline));
  EXPECT_TRUE(log.wait<SnapshotPinned>(*pinned));
  EXPECT_EQ(log.wait<ReadFinished>(*run)->stateHash, whole.stateHash);
}

TEST_F(BranchingTest, AppendedIsOneReadOfBoth) {
  readBook();
  const auto more = write("more.txt", sampleText(kBookBytes, kBookBytes / 6));
  const auto appended = ImportTest::read("s.tidemark", listRequest({more}, true));
  const auto both = ImportTest::read("both.tidemark", listRequest({m_directory / "book.txt", more}));
  ASSERT_TRUE(appended && both);
  EXPECT_EQ(appended->stateHash, both->stateHash);
  EXPECT_EQ(appended->tailTokens, both->tailTokens);
  EXPECT_EQ(appended->segmentsRead + appended->segmentsResumed, both->segmentsRead);
  EXPECT_LT(appended->segmentsRead, both->segmentsRead / 3);
}

}  // namespace
}  // namespace tidemark
