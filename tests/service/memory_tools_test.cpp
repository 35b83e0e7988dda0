// Comparing memories and measuring recall by request, beside what else the engine thread does: the same numbers as the
// commands get, questions in between, and nothing is changed.

#include <gmock/gmock.h>

#include <algorithm>
#include <span>

#include "engine/base/sha256.h"
#include "engine/session/session_export.h"
#include "tests/service/service_fixture.h"

namespace tidemark {
namespace {

using ::testing::HasSubstr;

class MemoryToolsTest : public ServiceTest {
 protected:
  void SetUp() override {
    ServiceTest::SetUp();
    (void)readAll("a", resource("samples/tavern-night.txt"));
  }
  void readOther() {
    std::string text = readWhole(resource("samples/tavern-night.txt"));
    const std::string fact = "Mary was born in Geneva";
    text.replace(text.find(fact), fact.size(), "Mary was born in Lisbon");
    (void)readAll("b", write("b.txt", text));
  }
  [[nodiscard]] MemoryPlace place(const std::string& session,
                                  std::optional<std::int64_t> segment = std::nullopt) const {
    return {m_directory / session, segment};
  }
  [[nodiscard]] std::string fileHash(const std::string& session) const {
    const std::string bytes = readWhole(m_directory / session);
    Sha256 hash;
    hash.update(std::as_bytes(std::span(bytes)));
    return hash.hexDigest();
  }
  static MemoryDiffHooks loadingHooks() {
    MemoryDiffHooks hooks;
    hooks.loadModel = [](const std::string&) { return loadModel(resource("models/mini"), {BackendChoice::kCpu, 2}); };
    return hooks;
  }
  static RecallRequest fewFacts() {
    RecallRequest request;
    request.meter = {8, 4, 7};
    request.buckets = 4;
    return request;
  }
};

TEST_F(MemoryToolsTest, AComparisonByRequestIsTheOneOfTheCommand) {
  readOther();
  {
    testing::EventLog log;
    auto service = start("a", log);
    ASSERT_TRUE(log.wait<AnswerFinished>(*service->ask(askRequest("Where was Mary born?"))));
  }
  const std::string before = fileHash("a") + fileHash("b");
  const MemoryDiffRequest request{place("a", 5), place("b"), true};
  const auto direct = diffMemories(request, loadingHooks());
  ASSERT_TRUE(direct.ok()) << direct.error().message;
  std::optional<MemoriesCompared> compared;
  {
    testing::EventLog log;
    auto service = start("a", log);
    compared = log.wait<MemoriesCompared>(*service->work(request));
  }
  ASSERT_TRUE(compared);
  const MemoryDiff& diff = compared->diff;
  EXPECT_EQ(diff.first.stateHash, direct->first.stateHash);
  EXPECT_EQ(diff.second.stateHash, direct->second.stateHash);
  EXPECT_GT(diff.first.segmentsReread, 0);
  EXPECT_EQ(diff.reading.firstSegment, direct->reading.firstSegment);
  ASSERT_EQ(diff.layers.size(), direct->layers.size());
  for (std::size_t i = 0; i < diff.layers.size(); ++i) {
    EXPECT_EQ(diff.layers[i].matrix, direct->layers[i].matrix);
    EXPECT_EQ(diff.layers[i].keySum, direct->layers[i].keySum);
  }
  ASSERT_EQ(diff.segments.size(), direct->segments.size());
  for (std::size_t i = 0; i < diff.segments.size(); ++i) {
    EXPECT_EQ(diff.segments[i].segment, direct->segments[i].segment);
    EXPECT_EQ(diff.segments[i].first, direct->segments[i].first);
    EXPECT_EQ(diff.segments[i].second, direct->segments[i].second);
  }
  ASSERT_EQ(diff.questions.size(), 1u);
  EXPECT_EQ(diff.questions[0].first.tokens, direct->questions[0].first.tokens);
  EXPECT_EQ(diff.questions[0].second.tokens, direct->questions[0].second.tokens);
  EXPECT_EQ(diff.questions[0].second.text, direct->questions[0].second.text);
  EXPECT_EQ(fileHash("a") + fileHash("b"), before);
}

TEST_F(MemoryToolsTest, WhatCannotBeComparedIsOneSentenceAndTheSessionGoesOn) {
  write("foreign", "this is no session");
  const auto store = SessionStore::open(m_directory / "a", SessionAccess::kRead);
  ModelIdentity other = store->model();
  other.layers += 1;
  ASSERT_TRUE(SessionStore::create(m_directory / "other", other).ok());
  testing::EventLog log;
  auto service = start("a", log);
  const auto refused = [&](const MemoryPlace& second) {
    const auto failed = log.wait<RunFailed>(*service->work(MemoryDiffRequest{place("a"), second, false}));
    return failed ? failed->error.message : std::string("(it did not fail)");
  };
  EXPECT_THAT(refused(place("missing")), HasSubstr("missing"));
  EXPECT_THAT(refused(place("foreign")), HasSubstr("foreign"));
  EXPECT_THAT(refused(place("other")), HasSubstr("layers"));
  EXPECT_THAT(refused(place("a", 1000)), HasSubstr("segment 1000"));
  EXPECT_TRUE(log.wait<AnswerFinished>(*service->ask(askRequest("Where was Mary born?"))));
}

TEST_F(MemoryToolsTest, RecallByRequestIsTheOneOfTheCommandAndQuestionsAreAnsweredMeanwhile) {
  std::optional<RecallMeasured> measured;
  std::size_t answeredAt = 0;
  std::size_t measuredAt = 0;
  RecallRequest request = fewFacts();
  {
    testing::EventLog log;
    auto service = start("a", log);
    const RunId recall = *service->work(request);
    ASSERT_TRUE(log.wait<RecallAdvanced>(recall));
    const RunId question = *service->ask(askRequest("Where was Mary born?"));
    measured = log.wait<RecallMeasured>(recall);
    const auto answer = log.wait<AnswerFinished>(question);
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->question.answer, "Geneva");
    const auto events = log.events();
    for (std::size_t i = 0; i < events.size(); ++i) {
      if (std::holds_alternative<AnswerFinished>(events[i])) answeredAt = i;
      if (std::holds_alternative<RecallMeasured>(events[i])) measuredAt = i;
    }
  }
  ASSERT_TRUE(measured);
  EXPECT_LT(answeredAt, measuredAt);
  const auto store = SessionStore::open(m_directory / "a", SessionAccess::kRead);
  const auto model = loadModel(resource("models/mini"), {BackendChoice::kCpu, 2});
  const auto direct = measureRecall(*store, *model, request, {});
  ASSERT_TRUE(direct.ok()) << direct.error().message;
  ASSERT_EQ(measured->recall.readings.size(), direct->readings.size());
  for (std::size_t reading = 0; reading < direct->readings.size(); ++reading) {
    const MarkedReading& one = measured->recall.readings[reading];
    const MarkedReading& other = direct->readings[reading];
    EXPECT_EQ(one.tokens, other.tokens);
    EXPECT_EQ(one.novelty, other.novelty);
    ASSERT_EQ(one.outcomes.size(), other.outcomes.size());
    for (std::size_t i = 0; i < one.outcomes.size(); ++i) {
      EXPECT_EQ(one.outcomes[i].answer, other.outcomes[i].answer);
      EXPECT_EQ(one.outcomes[i].distance, other.outcomes[i].distance);
      EXPECT_EQ(one.outcomes[i].guessed, other.outcomes[i].guessed);
    }
  }
  EXPECT_EQ(measured->recall.buckets.size(), direct->buckets.size());
}

TEST_F(MemoryToolsTest, AFactIsPlantedWhereItsPlaceSays) {
  testing::EventLog log;
  auto service = start("a", log);
  const auto measured = log.wait<RecallMeasured>(*service->work(fewFacts()));
  ASSERT_TRUE(measured);
  const auto store = SessionStore::open(m_directory / "a", SessionAccess::kRead);
  const auto segments = *store->segments(0, INT64_MAX);
  std::vector<std::uint64_t> places;
  for (const MarkedReading& reading : measured->recall.readings) {
    for (const MarkerOutcome& outcome : reading.outcomes) places.push_back(outcome.plantedAt);
  }
  std::sort(places.begin(), places.end());
  ASSERT_EQ(places.size(), 8u);
  for (std::size_t i = 0; i < places.size(); ++i) {  // the middles of equal parts
    const auto segment = (2 * i + 1) * segments.size() / 16;
    EXPECT_GE(places[i], segments[segment].bytes.begin);
    EXPECT_LE(places[i], segments[segment].bytes.end);
  }
}

TEST_F(MemoryToolsTest, NothingIsLeftOfWhatWasStopped) {
  const std::string before = fileHash("a");
  {
    testing::EventLog log;
    auto service = start("a", log);
    RecallRequest many;
    many.meter = {24, 1, 0};
    const RunId recall = *service->work(many);
    ASSERT_TRUE(log.wait<RecallAdvanced>(recall));
    service->cancel(recall);
    EXPECT_TRUE(log.wait<RunCancelled>(recall));
    const RunId diff = *service->work(MemoryDiffRequest{place("a", 5), place("a"), false});
    service->cancel(diff);
    EXPECT_TRUE(log.wait<RunCancelled>(diff));
    const RunId last = *service->work(many);  // and one that the end of the service stops
    ASSERT_TRUE(log.wait<RecallAdvanced>(last));
  }
  EXPECT_EQ(fileHash("a"), before);
}

TEST_F(MemoryToolsTest, ATextThatChangesEndsTheMeasurementAndAMemoryWithoutTextRefusesIt) {
  {
    const auto store = SessionStore::open(m_directory / "a", SessionAccess::kRead);
    ASSERT_TRUE(exportMemory(*store, m_directory / "memory").ok());
  }
  {
    testing::EventLog log;
    auto service = start("a", log);
    RecallRequest many;
    many.meter = {24, 1, 0};
    const RunId recall = *service->work(many);
    ASSERT_TRUE(log.wait<RecallAdvanced>(recall));
    ASSERT_TRUE(log.wait<TextRemoved>(*service->work(RemoveTextRequest{{4'000, 6'000}})));
    const auto failed = log.wait<RunFailed>(recall);
    ASSERT_TRUE(failed);
    EXPECT_EQ(failed->error.code, ErrorCode::kBusy);
  }
  testing::EventLog log;
  auto service = start("memory", log);
  const auto refused = log.wait<RunFailed>(*service->work(fewFacts()));
  ASSERT_TRUE(refused);
  EXPECT_THAT(refused->error.message, HasSubstr("without its text"));
}

}  // namespace
}  // namespace tidemark
