// Documents that are read while their text is still coming.

#include <gmock/gmock.h>

#include "tests/service/import_fixture.h"

namespace tidemark {
namespace {

using ::testing::ElementsAre;
using testing::EventLog;
using ::testing::HasSubstr;

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr std::size_t kTextBytes = 16'000;
#else
constexpr std::size_t kTextBytes = 30'000;
#endif

class ImportWhileReading : public ImportTest {
 protected:
  /// Index of the first event of a kind; the count of events if there is none.
  template <typename T>
  static std::size_t indexOf(EventLog& log) {
    const std::vector<Event> events = log.events();
    const auto found =
        std::find_if(events.begin(), events.end(), [](const Event& event) { return std::holds_alternative<T>(event); });
    return static_cast<std::size_t>(found - events.begin());
  }
};

TEST_F(ImportWhileReading, TheStateDoesNotDependOnHowTextArrives) {
  const std::string text = sampleText(0, kTextBytes);
  const auto whole = read("whole.tidemark", listRequest({write("whole.txt", text)}));
  ASSERT_TRUE(whole);
  for (const bool delayed : {false, true}) {
    for (const Schedule schedule : {Schedule::kDiagonal, Schedule::kSequential}) {
      SCOPED_TRACE(std::string(delayed ? "delayed" : "plain") + (schedule == Schedule::kDiagonal ? " d" : " s"));
      const std::string name = "grown" + std::to_string(delayed) + std::to_string(static_cast<int>(schedule));
      Script script;
      script.pages(text.substr(0, kTextBytes / 2), 7 + delayed).wait(600).pages(text.substr(kTextBytes / 2), 5);
      ReadRequest request = listRequest({write(name + ".pdf", script)});
      request.schedule = schedule;
      request.snapshotSeconds = 0;
      EventLog log;
      const auto grown = read(name + ".tidemark", request, log, delayed);
      ASSERT_TRUE(grown);
      EXPECT_EQ(grown->stateHash, whole->stateHash);
      EXPECT_EQ(grown->tokens, whole->tokens);
      EXPECT_EQ(grown->segmentsRead, whole->segmentsRead);
      EXPECT_EQ(grown->tailTokens, whole->tailTokens);
      const std::size_t groups = schedule == Schedule::kDiagonal ? static_cast<std::size_t>(whole->segmentsRead) + 5
                                                                 : static_cast<std::size_t>(whole->segmentsRead) * 6;
      EXPECT_EQ(log.count<GroupFinished>(), groups);  // the front never drained
      EXPECT_LT(indexOf<GroupFinished>(log), indexOf<DocumentImported>(log));
      EXPECT_EQ(log.count<ReadingStarted>(), 1u);
      expectWhole(name + ".tidemark");
    }
  }
}

TEST_F(ImportWhileReading, NothingIsStoredOfADocumentThatIsNotComplete) {
  const auto gate = m_directory / "gate";
  const auto begun = write("a.txt", sampleText(0, 9000));
  const auto grown =
      write("b.pdf", Script().pages(sampleText(9000, 20'000), 3).await(gate).pages(sampleText(29'000, 4000), 4));
  EventLog log;
  std::string hash;
  {
    auto service = start("s.tidemark", log);
    ReadRequest request = listRequest({begun, grown});
    request.snapshotSeconds = 0;
    const auto run = service->read(request);
    // Everything that can be read before the gate opens is read, and the front stands still.
    std::size_t groups = 0;
    ASSERT_TRUE(waitUntil([&] {
      const std::size_t before = std::exchange(groups, log.count<GroupFinished>());
      std::this_thread::sleep_for(std::chrono::milliseconds(150));
      return groups > 40 && groups == before;
    }));
    EXPECT_THAT(titles("s.tidemark"), ElementsAre("a.txt"));
    const std::uint64_t end = stored("s.tidemark").documents()->back().bytes.end;
    const std::int64_t segments = *stored("s.tidemark").segmentCount();
    EXPECT_GT(segments, 0);
    const auto last = stored("s.tidemark").segments(segments - 1, segments);
    EXPECT_LE(last->back().bytes.end, end);
    expectWhole("s.tidemark");
    std::ofstream(gate) << "open";
    const auto finished = log.wait<ReadFinished>(*run);
    ASSERT_TRUE(finished);
    hash = finished->stateHash;
  }
  expectWhole("s.tidemark");
  EXPECT_EQ(read("t.tidemark", listRequest({begun, write("b.txt", sampleText(9000, 24'000))}))->stateHash, hash);
  const auto contents = stored("s.tidemark").contents();
  EXPECT_EQ(contents->back().source.author, "an author");
  EXPECT_EQ(contents->back().source.format, "pdf");
  EXPECT_GT(contents->back().pages.size(), 30u);
  EXPECT_EQ(contents->back().pages[4].label, "p5");
}

TEST_F(ImportWhileReading, ADocumentThatFailsInTheMiddleLeavesNoTrace) {
  const auto first = write("a.txt", sampleText(0, 7000));
  const auto last = write("c.txt", sampleText(40'000, 9000));
  const auto expected = read("expected.tidemark", listRequest({first, last}));
  ASSERT_TRUE(expected);
  const std::string text = sampleText(7000, 20'000);
  for (const bool delayed : {false, true}) {
    for (const char* end : {"crash", "refuse book.pdf: it is encrypted; take the lock off"}) {
      SCOPED_TRACE(std::string(end) + (delayed ? " delayed" : ""));
      const std::string name = std::string("failed-") + end[0] + (delayed ? "d" : "") + ".tidemark";
      const auto broken = write("b.pdf", Script().pages(text, 1).wait(400).line(end));
      EventLog log;
      const auto finished = read(name, listRequest({first, broken, last}), log, delayed);
      ASSERT_TRUE(finished);
      EXPECT_EQ(finished->stateHash, expected->stateHash);
      EXPECT_EQ(finished->tokens, expected->tokens);
      EXPECT_EQ(log.count<DocumentRefused>(), 1u);
      EXPECT_LT(indexOf<GroupFinished>(log), indexOf<DocumentRefused>(log));  // it was being read
      EXPECT_THAT(titles(name), ElementsAre("a.txt", "c.txt"));
      expectWhole(name);
      // The same list again reads nothing, and says once more what is wrong.
      EventLog again;
      const auto repeated = read(name, listRequest({first, broken, last}), again);
      ASSERT_TRUE(repeated);
      EXPECT_EQ(repeated->segmentsRead, 0);
      EXPECT_EQ(repeated->stateHash, expected->stateHash);
      EXPECT_EQ(again.count<DocumentRefused>(), 1u);
    }
  }
}

TEST_F(ImportWhileReading, MostlyImagesAreRefusedUnlessForced) {
  Script script;
  script.pages(sampleText(0, 12'000), 1, 400).wait(300);
  for (int i = 0; i < 200; ++i) script.line("image");
  const auto scan = write("scan.pdf", script);
  EXPECT_THAT(refusal("s.tidemark", listRequest({scan})), HasSubstr("images without text"));
  EXPECT_TRUE(stored("s.tidemark").documents()->empty());
  ReadRequest forced = listRequest({scan});
  forced.force = true;
  EventLog log;
  const auto finished = read("s.tidemark", forced, log);
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->stateHash, read("t.tidemark", listRequest({write("t.txt", sampleText(0, 12'000))}))->stateHash);
  for (const Event& event : log.events()) {
    const auto* imported = std::get_if<DocumentImported>(&event);
    EXPECT_TRUE(imported == nullptr || imported->coverage.imagePages == 200);
  }
}

TEST_F(ImportWhileReading, CancelDuringExtractionLeavesWhatWasThere) {
  const auto first = write("a.txt", sampleText(0, 9000));
  const auto endless =
      write("b.pdf", Script().pages(sampleText(9000, 20'000), 2).await(m_directory / "never").page("x"));
  EventLog log;
  {
    auto service = start("s.tidemark", log);
    const auto run = service->read(listRequest({first, endless}));
    ASSERT_TRUE(waitUntil([&] { return log.count<GroupFinished>() > 20; }));
    service->cancel(*run);
    ASSERT_TRUE(log.wait<RunCancelled>(*run));
    // The same service reads on without it.
    ReadRequest request = listRequest({write("c.txt", sampleText(40'000, 3000))}, true);
    const auto finished = log.wait<ReadFinished>(*service->read(request));
    ASSERT_TRUE(finished);
    EXPECT_EQ(finished->stateHash, read("t.tidemark", listRequest({first, m_directory / "c.txt"}))->stateHash);
  }
  EXPECT_THAT(titles("s.tidemark"), ElementsAre("a.txt", "c.txt"));
  expectWhole("s.tidemark");
}

TEST_F(ImportWhileReading, AsksWhileTextIsAwaited) {
  const auto gate = m_directory / "gate";
  const auto tavern = readWhole(resource("samples/tavern-night.txt"));
  const auto grown = write("b.pdf", Script().pages(sampleText(0, 9000), 2, 300).await(gate).page("The end."));
  EventLog log;
  auto service = start("s.tidemark", log);
  ReadRequest request = listRequest({write("a.txt", tavern), grown});
  request.snapshotSeconds = 0;
  const auto run = service->read(request);
  ASSERT_TRUE(waitUntil([&] { return log.count<SnapshotStored>() > 5 && log.count<GroupFinished>() > 50; }));
  const auto answer = log.wait<AnswerFinished>(*service->ask(askRequest("Where was Mary born?")));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->question.answer, "Geneva");
  EXPECT_EQ(log.count<ReadFinished>(), 0u);
  std::ofstream(gate) << "open";
  EXPECT_TRUE(log.wait<ReadFinished>(*run));
}

TEST_F(ImportWhileReading, ProgressIsToldAtMostTenTimesASecond) {
  Script script;
  for (int i = 0; i < 150; ++i) script.page("A page of text, number " + std::to_string(i) + ".\n").wait(4);
  EventLog log;
  const auto before = std::chrono::steady_clock::now();
  ASSERT_TRUE(read("s.tidemark", listRequest({write("a.txt", "first"), write("b.pdf", script)}), log));
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count();
  EXPECT_GE(log.count<DocumentProgress>(), 4u);
  EXPECT_LE(static_cast<double>(log.count<DocumentProgress>()), 10 * seconds + 4);  // beginnings and ends besides
  for (const Event& event : log.events()) {
    const auto* progress = std::get_if<DocumentProgress>(&event);
    EXPECT_TRUE(progress == nullptr || progress->files == 2);
  }
}

}  // namespace
}  // namespace tidemark
