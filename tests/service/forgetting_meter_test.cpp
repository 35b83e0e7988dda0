// The forgetting meter: facts about names that a text does not have, where they come to lie, what is counted, and the
// curve of a reader whose capacity is known.

#include "engine/service/forgetting_meter.h"

#include <gmock/gmock.h>

#include <deque>
#include <numeric>
#include <set>

#include "engine/base/sha256.h"
#include "engine/base/split_mix.h"
#include "engine/document/memory_text_source.h"
#include "engine/service/model_recall.h"
#include "engine/service/planted_text.h"
#include "engine/session/session_export.h"
#include "tests/service/service_fixture.h"

namespace tidemark {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;

NamesInText namesOf(const std::string& text, std::size_t pieceBytes = 1000) {
  NamesInText names;
  for (std::size_t at = 0; at < text.size(); at += pieceBytes) names.scan(text.substr(at, pieceBytes));
  names.finish();
  return names;
}

TEST(MarkerFacts, KnowWhichNamesATextHas) {
  const std::string text =
      "ALICE drew a map.Mapping the (kitchen) took Edwardian days; Zo\xC3\xAB"
      "Anna left. Leo";
  for (const std::size_t piece : {1u, 2u, 7u, 1000u}) {
    const NamesInText names = namesOf(text, piece);
    for (const char* name : {"Alice", "map", "kitchen", "Leo"}) EXPECT_TRUE(names.contains(name)) << name;
    for (const char* name : {"Edward", "Anna", "Ben"}) EXPECT_FALSE(names.contains(name)) << name;
  }
}

TEST(MarkerFacts, AreAboutOtherNamesAndNeverTheSameTwice) {
  const std::string text = readWhole(resource("samples/moby-dick.txt"));
  const NamesInText names = namesOf(text);
  ASSERT_TRUE(names.contains("Peter"));
  const auto facts = makeMarkerFacts(names, 150, 7);
  ASSERT_TRUE(facts.ok()) << facts.error().message;
  std::set<std::string> questions;
  for (const MarkerFact& fact : *facts) {
    EXPECT_TRUE(questions.insert(fact.question).second) << fact.question;
    EXPECT_THAT(fact.sentence, HasSubstr(fact.answer));
    EXPECT_THAT(fact.sentence + fact.question, Not(HasSubstr("%")));
    EXPECT_EQ(text.find(fact.question), std::string::npos);
    EXPECT_TRUE(isRecalled(fact, fact.answer));
    EXPECT_FALSE(isRecalled(fact, fact.question));
    // Whoever the question is about is nobody in the text.
    for (const char* kind : {"was born", " works as", "color of "}) {
      const std::size_t at = fact.sentence.find(kind);
      if (at == std::string::npos) continue;
      const std::string name = kind[0] == 'c' ? fact.sentence.substr(at + 9, fact.sentence.find(" is ") - at - 9)
                                              : fact.sentence.substr(0, fact.sentence.find(' '));
      EXPECT_FALSE(names.contains(name)) << fact.sentence;
    }
  }
  EXPECT_EQ(makeMarkerFacts(names, 150, 7)->back().sentence, facts->back().sentence);
  EXPECT_NE(makeMarkerFacts(names, 150, 8)->front().sentence, facts->front().sentence);
}

TEST(MarkerFacts, RunOut) {
  const auto all = makeMarkerFacts(NamesInText{}, 100000, 1);
  ASSERT_FALSE(all.ok());
  EXPECT_EQ(all.error().code, ErrorCode::kInvalidArgument);
  // Four forms about 67 persons, one about 34 places and two about 27 objects: as many as the message says.
  int most = 0;
  ASSERT_EQ(std::sscanf(all.error().message.c_str(), "only %d facts", &most), 1);
  EXPECT_GT(most, 300);
  EXPECT_TRUE(makeMarkerFacts(NamesInText{}, most, 1).ok());
  EXPECT_FALSE(makeMarkerFacts(NamesInText{}, most + 1, 1).ok());
}

TEST(MarkerFacts, ARightAnswerNamesNothingElse) {
  const MarkerFact city{"Ida was born in Rome.", "Where was Ida born?", "Rome", "Paris Rome Oslo"};
  for (const char* right : {"Rome", "rome.", "Ida was born in Rome", "In Rome, I think"}) {
    EXPECT_TRUE(isRecalled(city, right)) << right;
  }
  for (const char* wrong : {"", "Paris", "Rome or Paris", "Romeo", "Rom e"})
    EXPECT_FALSE(isRecalled(city, wrong)) << wrong;
  const MarkerFact code{"The secret code of the barn is 4711.", "What is the secret code of the barn?", "4711", ""};
  EXPECT_TRUE(isRecalled(code, "It is 4711."));
  for (const char* wrong : {"47110", "4711 4712", "47 11"}) EXPECT_FALSE(isRecalled(code, wrong)) << wrong;
}

TEST(PlantedText, IsTheTextWithThePlantingsInIt) {
  SplitMix64 random(3);
  for (int round = 0; round < 200; ++round) {
    std::string text(random.below(40), 'x');
    std::iota(text.begin(), text.end(), 'a');
    std::vector<Planting> plantings(random.below(5));
    for (Planting& each : plantings) {
      each.at = random.below(text.size() + 1);
      each.text = std::string(1 + random.below(6), static_cast<char>('0' + random.below(10)));
    }
    std::sort(plantings.begin(), plantings.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    std::string expected;
    std::vector<std::size_t> begins;
    std::size_t copied = 0;
    for (const Planting& each : plantings) {
      expected += text.substr(copied, each.at - copied);
      copied = each.at;
      begins.push_back(expected.size());
      expected += each.text;
    }
    expected += text.substr(copied);
    const MemoryTextSource source(text);
    const PlantedText planted(source, plantings);
    ASSERT_EQ(planted.byteCount(), expected.size());
    for (std::size_t i = 0; i < plantings.size(); ++i) EXPECT_EQ(planted.bytesOf(i).begin, begins[i]);
    for (std::size_t offset = 0; offset <= expected.size() + 1; ++offset) {
      std::string out(1 + random.below(expected.size() + 3), '?');
      const auto count = planted.read(offset, out);
      ASSERT_TRUE(count.ok());
      const std::string wanted = offset < expected.size() ? expected.substr(offset, out.size()) : "";
      ASSERT_EQ(out.substr(0, *count), wanted) << "from " << offset;
    }
  }
}

TEST(PlantedText, GoesBetweenSentences) {
  const auto split = [](std::string_view text) {
    const SentencePlace place = findSentencePlace(text);
    return std::string(text.substr(0, place.at)) + (place.isBehindSpace ? "|" : "!") +
           std::string(text.substr(place.at));
  };
  EXPECT_EQ(split("One came. Two went away. Three stayed. Four."), "One came. Two went away. |Three stayed. Four.");
  EXPECT_EQ(split("He said \"and that was all.\"\nThen he left"), "He said \"and that was all.\"\n|Then he left");
  EXPECT_EQ(split("no sentence ends in here"), "no sentence |ends in here");
  EXPECT_EQ(split("aaaa"), "aa!aa");
  EXPECT_EQ(split("\xC3\xA4\xC3\xA4\xC3\xA4"), "\xC3\xA4\xC3\xA4!\xC3\xA4");
  EXPECT_EQ(split(""), "!");
}

TEST(PlantedText, IsSpreadEvenly) {
  EXPECT_EQ(spreadEvenly(8, 4), (std::vector<std::int64_t>{1, 3, 5, 7}));
  EXPECT_EQ(spreadEvenly(3, 3), (std::vector<std::int64_t>{0, 1, 2}));
  EXPECT_EQ(spreadEvenly(100, 1), std::vector<std::int64_t>{50});
}

TEST(RecallBuckets, CountEveryFactOnceAndNameTheNoveltyOfTheirSegments) {
  std::vector<MarkedReading> readings(2);
  for (MarkedReading& reading : readings) {
    reading.places = 10;
    reading.novelty = {0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9};  // and a tail
  }
  for (int distance = 0; distance < 10; ++distance) {
    MarkerOutcome& outcome = readings[static_cast<std::size_t>(distance % 2)].outcomes.emplace_back();
    outcome.distance = distance;
    outcome.recalled = distance < 4;
    outcome.guessed = distance == 9;
  }
  const auto buckets = countByDistance(readings, 3);
  ASSERT_EQ(buckets.size(), 3u);
  EXPECT_EQ(buckets[0].farthest, 3);
  EXPECT_EQ(buckets[1].nearest, 4);
  EXPECT_EQ(buckets[2].farthest, 9);
  EXPECT_EQ(buckets[0].recalled, 4);
  EXPECT_EQ(buckets[0].asked, 4);
  EXPECT_EQ(buckets[1].recalled, 0);
  EXPECT_EQ(buckets[2].asked, 2);
  EXPECT_EQ(buckets[2].guessed, 1);
  EXPECT_NEAR(*buckets[0].novelty, 0.8, 1e-12);   // segments 6 to 8; distance 0 is the tail
  EXPECT_NEAR(*buckets[2].novelty, 0.15, 1e-12);  // segments 0 and 1
  // Readings differ in length by a segment or two: places count from the end of each.
  readings[1].places = 12;
  EXPECT_EQ(countByDistance(readings, 3).back().farthest, 11);
  MarkedReading none;
  none.places = 1;
  EXPECT_FALSE(countByDistance(std::span(&none, 1), 4).front().novelty);
  EXPECT_TRUE(countByDistance({}, 4).empty());
}

/// Keeps the last segments, and nothing of those before: what it recalls is known beforehand.
class WindowReader final : public MarkedReader {
 public:
  WindowReader(const Tokenizer& tokenizer, std::size_t capacity, std::vector<MarkerFact> facts)
      : m_tokenizer(tokenizer), m_capacity(capacity), m_facts(std::move(facts)) {}

  Status begin() override {
    m_window.clear();
    m_novelty.clear();
    return {};
  }
  Result<JobStep> read(SegmentSource& segments) override {
    std::vector<TokenId> tokens;
    const auto more = segments.nextSegment(tokens);
    if (!more) return more.error();
    if (!*more) return JobStep::kDone;
    keep(tokens);
    m_novelty.push_back(1.0 / static_cast<double>(m_novelty.size() + 1));
    return JobStep::kMore;
  }
  Status readTail(std::vector<TokenId> tail) override {
    if (!tail.empty()) keep(tail);
    return {};
  }
  Status ask(const std::string& question) override {
    m_question = question;
    return {};
  }
  Result<std::optional<std::string>> answer() override { return std::optional(answerTo(m_question)); }
  [[nodiscard]] std::span<const double> novelty() const override { return m_novelty; }

 private:
  [[nodiscard]] std::string answerTo(const std::string& question) const {
    const std::string text = std::accumulate(m_window.begin(), m_window.end(), std::string());
    for (const MarkerFact& fact : m_facts) {
      if (fact.question == question) return text.find(fact.sentence) != std::string::npos ? fact.answer : "no idea";
    }
    ADD_FAILURE() << "asked what was not planted: " << question;
    return {};
  }
  void keep(const std::vector<TokenId>& tokens) {
    std::string& text = m_window.emplace_back();
    for (const TokenId token : tokens) text += m_tokenizer.bytes(token);
    if (m_window.size() > m_capacity) m_window.pop_front();
  }

  const Tokenizer& m_tokenizer;
  std::size_t m_capacity;
  std::vector<MarkerFact> m_facts;
  std::string m_question;
  std::deque<std::string> m_window;
  std::vector<double> m_novelty;
};

class ForgettingMeterTest : public ServiceTest {
 protected:
  static constexpr int kFacts = 24;

  /// Two documents, so that facts stand in both.
  void SetUp() override {
    ServiceTest::SetUp();
    testing::EventLog log;
    auto service = start("s", log);
    ReadRequest request = readRequest(resource("samples/tavern-night.txt"));
    m_text = readWhole(resource("samples/tavern-night.txt"));
    const std::string second = readWhole(resource("samples/moby-dick.txt")).substr(30'000, 14'000);
    m_text += "\n" + second;
    request.files.push_back(write("second.txt", second));
    ASSERT_TRUE(log.wait<ReadFinished>(*service->read(request)));
    auto model = EngineService::stop(std::move(service));
    ASSERT_TRUE(model);
    m_model = std::move(model);
  }
  [[nodiscard]] SessionStore open(const std::string& name = "s") const {
    auto store = SessionStore::open(m_directory / name, SessionAccess::kRead);
    EXPECT_TRUE(store.ok()) << store.error().message;
    return std::move(store).value();
  }
  /// What a window of so many segments recalls.
  std::vector<MarkedReading> readWindow(std::size_t capacity, int factsPerReading) {
    WindowReader reader(*m_model->tokenizer, capacity, *makeMarkerFacts(namesOf(m_text), kFacts, 5));
    auto readings = readMarked(open(), *m_model->tokenizer, {kFacts, factsPerReading, 5}, reader, {});
    EXPECT_TRUE(readings.ok()) << readings.error().message;
    return readings.ok() ? std::move(*readings) : std::vector<MarkedReading>(1);
  }
  [[nodiscard]] std::string fileHash() const {
    const std::string bytes = readWhole(m_directory / "s");
    Sha256 hash;
    hash.update(std::as_bytes(std::span(bytes)));
    return hash.hexDigest();
  }
  [[nodiscard]] std::set<std::string> filesInFolder() const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(m_directory)) names.insert(entry.path().filename());
    return names;
  }

  std::string m_text;
  std::optional<LoadedModel> m_model;
};

TEST_F(ForgettingMeterTest, AReaderWithoutLimitsRecallsEverything) {
  const MarkedReading reading = readWindow(SIZE_MAX, kFacts).front();
  ASSERT_EQ(reading.outcomes.size(), static_cast<std::size_t>(kFacts));
  const std::int64_t before = *open().segmentCount();
  EXPECT_GT(reading.segments, before);  // facts take room
  std::vector<std::int64_t> gaps;
  for (std::size_t i = 0; i < reading.outcomes.size(); ++i) {
    const MarkerOutcome& outcome = reading.outcomes[i];
    EXPECT_TRUE(outcome.recalled) << outcome.fact.sentence;
    EXPECT_GE(outcome.distance, 0);
    EXPECT_LT(outcome.distance, reading.places);
    EXPECT_LE(outcome.lastSegment - outcome.firstSegment, 1);
    if (i > 0) gaps.push_back(outcome.lastSegment - reading.outcomes[i - 1].lastSegment);
  }
  const std::int64_t even = before / kFacts;
  EXPECT_THAT(gaps, Each(::testing::AllOf(::testing::Ge(even - 1), ::testing::Le(even + 3))));
}

// The curve is known: a fact is recalled exactly if all segments that hold it are among the last ones.
TEST_F(ForgettingMeterTest, AReaderOfKnownCapacityGivesItsCurve) {
  for (const std::int64_t capacity : {1, 10, 25}) {
    const auto readings = readWindow(static_cast<std::size_t>(capacity), 7);
    ASSERT_EQ(readings.size(), 4u);
    int recalled = 0;
    std::set<std::string> questions;
    for (const MarkedReading& reading : readings) {
      EXPECT_LE(reading.outcomes.size(), 7u);
      for (const MarkerOutcome& outcome : reading.outcomes) {
        const std::int64_t farthest = reading.places - 1 - outcome.firstSegment;
        EXPECT_EQ(outcome.recalled, farthest < capacity) << outcome.fact.sentence << " at " << outcome.distance;
        recalled += outcome.recalled ? 1 : 0;
        questions.insert(outcome.fact.question);
      }
    }
    EXPECT_EQ(questions.size(), static_cast<std::size_t>(kFacts));  // each in one reading
    const auto buckets = countByDistance(readings, 6);
    ASSERT_EQ(buckets.size(), 6u);
    int asked = 0;
    int counted = 0;
    for (const RecallBucket& bucket : buckets) {
      asked += bucket.asked;
      counted += bucket.recalled;
      EXPECT_TRUE(bucket.farthest + 1 >= capacity || bucket.recalled == bucket.asked);
      EXPECT_TRUE(bucket.nearest < capacity || bucket.recalled == 0);
      EXPECT_GT(bucket.asked, 0);
    }
    EXPECT_EQ(asked, kFacts);
    EXPECT_EQ(counted, recalled);
    EXPECT_GT(buckets.back().novelty, buckets.front().novelty);  // the reader's own numbers fall
  }
}

TEST_F(ForgettingMeterTest, TheModelRecallsSomeAndTheSessionStaysAsItIs) {
  const std::string before = fileHash();
  const auto files = filesInFolder();
  MeterPlan planned;
  int answers = 0;
  MeterHooks hooks;
  hooks.planned = [&](const MeterPlan& plan) { planned = plan; };
  hooks.answered = [&](int done, int all) {
    EXPECT_EQ(all, 24);
    EXPECT_EQ(done, answers + 1);
    answers = done;
  };
  RecallRequest request;
  request.meter.facts = 12;
  request.meter.factsPerReading = 4;
  request.buckets = 4;
  const auto recall = measureRecall(open(), *m_model, request, hooks);
  ASSERT_TRUE(recall.ok()) << recall.error().message;
  int recalled = 0;
  int guessed = 0;
  std::int64_t tokens = 0;
  for (const MarkedReading& reading : recall->readings) {
    tokens += reading.tokens;
    for (const MarkerOutcome& outcome : reading.outcomes) {
      recalled += outcome.recalled ? 1 : 0;
      guessed += outcome.guessed ? 1 : 0;
    }
  }
  EXPECT_GE(recalled, 6);  // few facts in little text
  EXPECT_LE(guessed, 3);
  EXPECT_EQ(answers, 24);
  EXPECT_EQ(planned.facts, 12);
  EXPECT_EQ(planned.readings, 3);
  EXPECT_NEAR(static_cast<double>(planned.tokens), static_cast<double>(tokens), 12 * 3);
  for (const RecallBucket& bucket : recall->buckets) ASSERT_TRUE(bucket.novelty);
  EXPECT_GT(*recall->buckets.back().novelty, 0.0);
  // Before the first fact it is the same text, and the same cells as the session's.
  const auto cells = open().metrics(0, 1);
  ASSERT_TRUE(cells.ok());
  double mean = 0;
  for (const CellMetricsRecord& cell : *cells) {
    mean += static_cast<double>(cell.novelty) / static_cast<double>(cells->size());
  }
  ASSERT_GT(recall->readings.front().outcomes.front().firstSegment, 0);
  EXPECT_NEAR(recall->readings.front().novelty.front(), mean, 1e-12);
  EXPECT_EQ(fileHash(), before);
  EXPECT_EQ(filesInFolder(), files);
}

TEST_F(ForgettingMeterTest, StopsAndLeavesNothing) {
  const std::string before = fileHash();
  const auto files = filesInFolder();
  for (const int patience : {0, 3, 30}) {
    int asked = 0;
    MeterHooks hooks;
    hooks.cancelled = [&] { return asked++ >= patience; };
    const auto stopped = measureRecall(open(), *m_model, RecallRequest{.meter = {.facts = 8}}, hooks);
    ASSERT_FALSE(stopped.ok());
    EXPECT_EQ(stopped.error().code, ErrorCode::kCancelled);
    EXPECT_EQ(asked, patience + 1);
  }
  EXPECT_EQ(fileHash(), before);
  EXPECT_EQ(filesInFolder(), files);
}

TEST_F(ForgettingMeterTest, SaysWhatCannotBeMeasured) {
  const auto refused = [&](const std::string& session, int facts) {
    const auto result = measureRecall(open(session), *m_model, RecallRequest{.meter = {.facts = facts}}, {});
    EXPECT_FALSE(result.ok());
    return result.ok() ? std::string() : result.error().message;
  };
  ASSERT_TRUE(exportMemory(open(), m_directory / "memory").ok());
  EXPECT_THAT(refused("memory", 4), HasSubstr("without its text"));
  EXPECT_THAT(refused("s", 1000), HasSubstr("1000 facts"));
  EXPECT_THAT(refused("s", 0), HasSubstr("0 facts"));
  ASSERT_TRUE(SessionStore::create(m_directory / "empty", m_model->identity).ok());
  EXPECT_THAT(refused("empty", 4), HasSubstr("not finished"));
  ModelIdentity other = m_model->identity;
  other.layers += 1;
  ASSERT_TRUE(SessionStore::create(m_directory / "other", other).ok());
  EXPECT_THAT(refused("other", 4), HasSubstr("layers"));
}

}  // namespace
}  // namespace tidemark
