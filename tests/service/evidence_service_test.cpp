// Evidence through the engine thread: where planted facts are found, what is kept, and what is said when there is none.

#include <gmock/gmock.h>

#include <cmath>

#include "engine/memory/memory_trace.h"
#include "engine/service/trace_choice.h"
#include "engine/session/session_export.h"
#include "tests/service/service_fixture.h"
#include "tests/support/delayed_backend.h"
#include "tests/support/evidence_trial.h"

namespace tidemark {
namespace {

using testing::EventLog;
using testing::EvidenceTrial;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class EvidenceServiceTest : public ServiceTest {
 protected:
  ReadFinished readTavern(const std::string& session, std::optional<bool> traces, int threads = 2) {
    EventLog log;
    auto service = start(session, log, threads);
    ReadRequest request = readRequest(resource("samples/tavern-night.txt"));
    request.keepTraces = traces;
    const auto finished = log.wait<ReadFinished>(*service->read(request));
    EXPECT_TRUE(finished);
    return finished.value_or(ReadFinished{});
  }
  AnswerFinished askMary(const std::string& session, EvidenceChoice choice, int threads = 2,
                         std::optional<std::int64_t> asOf = {}) {
    EventLog log;
    auto service = start(session, log, threads);
    AskRequest request = askRequest("Where was Mary born?");
    request.evidence = choice;
    request.asOfSegment = asOf;
    const auto finished = log.wait<AnswerFinished>(*service->ask(request));
    EXPECT_TRUE(finished);
    return finished.value_or(AnswerFinished{});
  }
  SessionStore storeOf(const std::string& session) {
    auto store = SessionStore::open(m_directory / session, SessionAccess::kRead);
    EXPECT_TRUE(store.ok());
    return std::move(store).value();
  }
};

TEST_F(EvidenceServiceTest, FindsTheSentenceAndKeepsIt) {
  (void)readTavern("s", true);
  const auto finished = askMary("s", EvidenceChoice::kStored);
  EXPECT_EQ(finished.question.answer, "Geneva");
  EXPECT_THAT(finished.question.noEvidence, IsEmpty());
  ASSERT_FALSE(finished.question.evidence.empty());
  const EvidenceRecord& best = finished.question.evidence.front();
  EXPECT_EQ(best.quote, "Mary was born in Geneva.");
  EXPECT_EQ(finished.question.tokensReread, 0);
  const std::string text = readWhole(resource("samples/tavern-night.txt"));
  EXPECT_EQ(text.substr(best.bytes.begin, best.bytes.end - best.bytes.begin), best.quote);
  EXPECT_GT(best.share, 0.1);
  EXPECT_LT(best.share, 1.0);
  EXPECT_GT(best.logDrop, 1.0);
  EXPECT_EQ(best.page, 0);  // plain text without form feeds
  const SessionStore store = storeOf("s");
  const auto questions = store.questions();
  ASSERT_TRUE(questions.ok());
  EXPECT_EQ(questions->front().evidence, finished.question.evidence);
  const auto segment = store.segments(best.segment, best.segment + 1);
  EXPECT_LT(segment->front().bytes.begin, best.bytes.end);
  EXPECT_GT(segment->front().bytes.end, best.bytes.begin);
  EXPECT_THAT(store.verify()->problems, IsEmpty());
}

TEST_F(EvidenceServiceTest, IsTheSameForAnyThreadsAndHoweverTheTracesCame) {
  const ReadFinished kept = readTavern("kept", true, 1);
  const ReadFinished without = readTavern("without", false, 2);
  EXPECT_EQ(kept.stateHash, without.stateHash);
  EXPECT_EQ(storeOf("without").traces(0, 100)->size(), 0u);
  const auto expected = askMary("kept", EvidenceChoice::kStored, 1).question.evidence;
  ASSERT_FALSE(expected.empty());
  EXPECT_EQ(askMary("kept", EvidenceChoice::kStored, 3).question.evidence, expected);

  const auto refused = askMary("without", EvidenceChoice::kStored);
  EXPECT_EQ(refused.question.answer, "Geneva");
  EXPECT_THAT(refused.question.evidence, IsEmpty());
  EXPECT_THAT(refused.question.noEvidence, HasSubstr("38 segments were read without keeping memory traces"));
  EXPECT_EQ(storeOf("without").questions()->back().noEvidence, refused.question.noEvidence);
  const auto replayed = askMary("without", EvidenceChoice::kReplay);
  EXPECT_EQ(replayed.question.evidence, expected);
  EXPECT_EQ(replayed.question.tokensReread, 38 * 128);
  const auto again = askMary("without", EvidenceChoice::kReplay);  // it was kept
  EXPECT_EQ(again.question.tokensReread, 0);
  const auto traces = storeOf("without").traces(0, 100);
  const auto others = storeOf("kept").traces(0, 100);
  ASSERT_EQ(traces->size(), 38u);
  for (std::size_t i = 0; i < traces->size(); ++i) EXPECT_EQ((*traces)[i].packed, (*others)[i].packed) << i;
}

// Its segments have no traces either, but that is not why: they cannot be had any more.
TEST_F(EvidenceServiceTest, AMemoryWithoutItsTextSaysThatAndNotHowItWasRead) {
  (void)readTavern("s", true);
  ASSERT_TRUE(exportMemory(storeOf("s"), m_directory / "memory").ok());
  for (const EvidenceChoice choice : {EvidenceChoice::kStored, EvidenceChoice::kReplay}) {
    const auto finished = askMary("memory", choice);
    EXPECT_EQ(finished.question.answer, "Geneva");
    EXPECT_EQ(finished.question.noEvidence, "this session holds a memory without the text that it came from");
  }
}

TEST_F(EvidenceServiceTest, LooksNoFurtherThanTheMemoryThatAnswered) {
  (void)readTavern("s", std::nullopt);  // kept by default for a small model
  for (const EvidenceRecord& each : askMary("s", EvidenceChoice::kStored, 2, 5).question.evidence) {
    EXPECT_LE(each.segment, 5);
  }
  const auto unasked = askMary("s", EvidenceChoice::kNone);
  EXPECT_THAT(unasked.question.evidence, IsEmpty());
  EXPECT_THAT(unasked.question.noEvidence, IsEmpty());
}

// The built-in model commits the tail to a copy of its memory: one more segment.
TEST_F(EvidenceServiceTest, TheTailIsASegmentToo) {
  EventLog log;
  auto service = start("s", log);
  const std::string text = "It was a quiet evening at the inn. Mary was born in Geneva. Nobody spoke of it again.";
  ReadRequest request = readRequest(write("short.txt", text));
  ASSERT_TRUE(log.wait<ReadFinished>(*service->read(request)));
  AskRequest ask = askRequest("Where was Mary born?");
  ask.evidence = EvidenceChoice::kStored;
  const auto finished = log.wait<AnswerFinished>(*service->ask(ask));
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->question.answer, "Geneva");
  ASSERT_EQ(finished->question.evidence.size(), 1u);
  EXPECT_EQ(finished->question.evidence[0].segment, 0);
  EXPECT_EQ(finished->question.evidence[0].quote, "Mary was born in Geneva.");
  EXPECT_NEAR(finished->question.evidence[0].share, 1.0, 1e-2);
}

TEST_F(EvidenceServiceTest, PagesAreCountedFromFormFeeds) {
  std::string text = readWhole(resource("samples/tavern-night.txt"));
  const std::size_t fact = text.find("Mary was born in Geneva.");
  text.insert(text.rfind("\n\n", fact), "\n\f");
  text.insert(text.rfind("\n\n", fact / 2), "\n\f");
  EventLog log;
  auto service = start("s", log);
  ASSERT_TRUE(log.wait<ReadFinished>(*service->read(readRequest(write("pages.txt", text)))));
  AskRequest ask = askRequest("Where was Mary born?");
  ask.evidence = EvidenceChoice::kStored;
  const auto finished = log.wait<AnswerFinished>(*service->ask(ask));
  ASSERT_TRUE(finished && !finished->question.evidence.empty());
  EXPECT_EQ(finished->question.evidence.front().quote, "Mary was born in Geneva.");
  EXPECT_EQ(finished->question.evidence.front().page, 3);
}

// The whole experiment is tests/bench/evidence_bench.cpp; this is some of it.
TEST_F(EvidenceServiceTest, FindsPlantedFactsAndMissesThemWhenTheyAreLeftOut) {
  auto model = loadModel(resource("models/mini"), {BackendChoice::kCpu, 2});
  ASSERT_TRUE(model.ok());
  const auto prose = testing::proseOf(resource("samples/moby-dick.txt"));
  int right = 0;
  int firstThree = 0;
  int quoted = 0;
  double best = 0;
  double random = 0;
  const int segments = kLongTextBytes > 100'000 ? 64 : 12;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const auto document =
        testing::plantFacts(prose, *model->tokenizer, segments, model->config().memory->segmentSize, 5, seed);
    ASSERT_TRUE(document.ok());
    const auto trials = testing::tryEvidence(*model, m_directory / "trial", *document, seed, false);
    ASSERT_TRUE(trials.ok()) << trials.error().message;
    for (const EvidenceTrial& trial : *trials) {
      if (!trial.right) continue;
      ++right;
      firstThree += trial.rank >= 0 && trial.rank < 3 ? 1 : 0;
      quoted += trial.quoteHoldsFact ? 1 : 0;
      if (!trial.evidence.empty()) best += trial.evidence.front().logDrop;
      random += trial.randomDrop;
    }
  }
  ASSERT_GE(right, 5);
  EXPECT_GE(firstThree, 0.8 * right);
  EXPECT_GE(quoted, 0.8 * right);
  EXPECT_GT(best / right, 2.0);
  EXPECT_LT(std::abs(random / right), 0.5);
}

TEST_F(EvidenceServiceTest, ABackendThatCannotTraceSaysSo) {
  const auto open = [&](EventLog& log) {
    auto model = loadModel(resource("models/mini"), {BackendChoice::kCpu, 2});
    EXPECT_TRUE(model.ok());
    model->backend =
        std::make_unique<testing::DelayedBackend>(std::move(model->backend), testing::DelayedBackend::Options{});
    return startWith(std::move(model), "s", log);
  };
  EventLog log;
  auto service = open(log);
  ReadRequest request = readRequest(resource("samples/tavern-night.txt"));
  request.keepTraces = true;
  const auto failed = log.wait<RunFailed>(*service->read(request));
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->error.code, ErrorCode::kUnsupported);
  EXPECT_THAT(failed->error.message, HasSubstr("--backend cpu"));
  request.keepTraces = std::nullopt;  // not kept where it cannot be
  const auto run = service->read(request);
  ASSERT_TRUE(log.wait<ReadFinished>(*run));
  AskRequest ask = askRequest("Where was Mary born?");
  ask.evidence = EvidenceChoice::kReplay;
  const auto finished = log.wait<AnswerFinished>(*service->ask(ask));
  ASSERT_TRUE(finished);
  EXPECT_EQ(finished->question.answer, "Geneva");
  EXPECT_THAT(finished->question.noEvidence, HasSubstr("does not trace"));
}

TEST_F(EvidenceServiceTest, ADamagedTraceCostsTheEvidenceAndNotTheAnswer) {
  (void)readTavern("s", true);
  {
    auto store = SessionStore::open(m_directory / "s", SessionAccess::kWrite);
    ASSERT_TRUE(store.ok());
    const std::vector<TraceRecord> broken = {{7, std::vector<std::byte>(12)}};  // of some other model
    ASSERT_TRUE(store->storeTraces(broken).ok());
  }
  const auto finished = askMary("s", EvidenceChoice::kStored);
  EXPECT_EQ(finished.question.answer, "Geneva");
  EXPECT_EQ(finished.question.state, QuestionState::kDone);
  EXPECT_THAT(finished.question.evidence, IsEmpty());
  EXPECT_THAT(finished.question.noEvidence, HasSubstr("memory trace has 12 bytes"));
}

TEST(TraceChoice, IsByTheSizeOfATraceBesideItsText) {
  auto config = loadModelConfig(resource("models/mini"));
  ASSERT_TRUE(config.ok());
  EXPECT_TRUE(keepsTracesByDefault(*config));
  config->hiddenSize = 2048;
  config->layers = 16;
  config->memory->memoryTokens = 128;
  config->memory->segmentSize = 1024;
  EXPECT_FALSE(keepsTracesByDefault(*config));
}

}  // namespace
}  // namespace tidemark
