// What two memories differ in: lengths against a direct computation, places in sessions, and answers.

#include "engine/service/memory_diff.h"

#include <gmock/gmock.h>

#include <cmath>
#include <span>

#include "engine/base/sha256.h"
#include "engine/base/split_mix.h"
#include "engine/service/memory_diff_job.h"
#include "engine/session/session_export.h"
#include "tests/service/service_fixture.h"

namespace tidemark {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Two heads with two keys and three values each, and the sums of the four keys.
constexpr std::size_t kMatrixFloats = 12;
constexpr std::size_t kKeySumFloats = 4;

ModelIdentity smallModel(int layers) {
  ModelIdentity model;
  model.layers = layers;
  model.memoryHeads = 2;
  model.keyWidth = 4;
  model.hiddenSize = 6;
  return model;
}

LayerMemory writtenLayer(std::uint64_t seed) {
  SplitMix64 random(seed);
  LayerMemory layer;
  layer.written = true;
  for (std::size_t i = 0; i < kMatrixFloats + kKeySumFloats; ++i) {
    layer.values.push_back(static_cast<float>(random.nextUniform() - 0.5));
  }
  return layer;
}

TEST(MemoryDiff, EqualMemoriesDifferInNothing) {
  MemorySnapshot memory;
  memory.layers = {writtenLayer(1), {}, writtenLayer(2)};
  memory.layers[2].values[3] = INFINITY;  // of a model that went wrong: still equal
  const auto differences = compareMemories(smallModel(3), memory, memory);
  ASSERT_TRUE(differences.ok()) << differences.error().message;
  ASSERT_EQ(differences->size(), 3u);
  for (const LayerDifference& each : *differences) {
    EXPECT_EQ(each.matrix, 0.0);
    EXPECT_EQ(each.keySum, 0.0);
    EXPECT_EQ(each.relative(), 0.0);
    EXPECT_EQ(each.matrixFirst, each.matrixSecond);
  }
}

TEST(MemoryDiff, LengthsAreThoseOfTheDifference) {
  MemorySnapshot first;
  first.layers = {writtenLayer(1)};
  MemorySnapshot second = first;
  second.layers[0].values[0] += 0.75f;
  second.layers[0].values[kMatrixFloats - 1] -= 1.0f;  // the last of W
  second.layers[0].values[kMatrixFloats] += 2.0f;      // the first of z
  double matrix = 0;
  double keySum = 0;
  double firstLength = 0;
  double secondLength = 0;
  for (std::size_t i = 0; i < first.layers[0].values.size(); ++i) {
    const double a = static_cast<double>(first.layers[0].values[i]);
    const double b = static_cast<double>(second.layers[0].values[i]);
    (i < kMatrixFloats ? matrix : keySum) += (a - b) * (a - b);
    if (i < kMatrixFloats) firstLength += a * a;
    if (i < kMatrixFloats) secondLength += b * b;
  }
  const auto differences = compareMemories(smallModel(1), first, second);
  ASSERT_TRUE(differences.ok()) << differences.error().message;
  const LayerDifference& layer = differences->front();
  EXPECT_DOUBLE_EQ(layer.matrix, std::sqrt(matrix));
  EXPECT_NEAR(layer.matrix, 1.25, 1e-6);
  EXPECT_DOUBLE_EQ(layer.keySum, std::sqrt(keySum));
  EXPECT_NEAR(layer.keySum, 2.0, 1e-6);
  EXPECT_DOUBLE_EQ(layer.matrixFirst, std::sqrt(firstLength));
  EXPECT_DOUBLE_EQ(layer.matrixSecond, std::sqrt(secondLength));
  EXPECT_DOUBLE_EQ(layer.relative(), std::sqrt(matrix / std::max(firstLength, secondLength)));
}

TEST(MemoryDiff, TheSmallestDifferenceIsSeen) {
  MemorySnapshot first;
  first.layers = {writtenLayer(1)};
  MemorySnapshot second = first;
  float& value = second.layers[0].values[5];
  value = std::nextafter(value, 1.0f);
  const auto differences = compareMemories(smallModel(1), first, second);
  ASSERT_TRUE(differences.ok());
  EXPECT_GT(differences->front().matrix, 0.0);
  EXPECT_EQ(differences->front().keySum, 0.0);
}

TEST(MemoryDiff, ALayerThatWasNeverWrittenIsZeros) {
  MemorySnapshot empty;
  empty.layers.resize(1);
  MemorySnapshot written;
  written.layers = {writtenLayer(1)};
  const auto differences = compareMemories(smallModel(1), empty, written);
  ASSERT_TRUE(differences.ok());
  EXPECT_EQ(differences->front().matrixFirst, 0.0);
  EXPECT_EQ(differences->front().matrix, differences->front().matrixSecond);
  EXPECT_EQ(differences->front().relative(), 1.0);
  EXPECT_EQ(compareMemories(smallModel(1), empty, empty)->front().relative(), 0.0);
}

TEST(MemoryDiff, OtherShapesAreRefused) {
  MemorySnapshot memory;
  memory.layers = {writtenLayer(1)};
  const auto layers = compareMemories(smallModel(2), memory, memory);
  ASSERT_FALSE(layers.ok());
  EXPECT_EQ(layers.error().code, ErrorCode::kMismatch);
  EXPECT_THAT(layers.error().message, HasSubstr("1 layers"));
  MemorySnapshot cut = memory;
  cut.layers[0].values.pop_back();
  const auto numbers = compareMemories(smallModel(1), memory, cut);
  ASSERT_FALSE(numbers.ok());
  EXPECT_THAT(numbers.error().message, HasSubstr("15 numbers"));
}

class MemoryDiffTest : public ServiceTest {
 protected:
  [[nodiscard]] static std::string tavern() { return readWhole(resource("samples/tavern-night.txt")); }
  /// The same text about another city.
  [[nodiscard]] static std::string otherTavern() {
    std::string text = tavern();
    const std::string fact = "Mary was born in Geneva";
    text.replace(text.find(fact), fact.size(), "Mary was born in Lisbon");
    return text;
  }
  void readText(const std::string& session, const std::string& text) {
    testing::EventLog log;
    auto service = start(session, log);
    ASSERT_TRUE(log.wait<ReadFinished>(*service->read(readRequest(write(session + ".txt", text)))));
  }
  [[nodiscard]] std::string fileHash(const std::string& session) const {
    const std::string bytes = readWhole(m_directory / session);
    Sha256 hash;
    hash.update(std::as_bytes(std::span(bytes)));
    return hash.hexDigest();
  }
  AnswerFinished ask(const std::string& session, const std::string& question) {
    testing::EventLog log;
    auto service = start(session, log);
    return log.wait<AnswerFinished>(*service->ask(askRequest(question))).value_or(AnswerFinished{});
  }
  [[nodiscard]] MemoryPlace place(const std::string& session,
                                  std::optional<std::int64_t> segment = std::nullopt) const {
    return {m_directory / session, segment};
  }
  MemoryDiffHooks hooks() {
    MemoryDiffHooks hooks;
    hooks.loadModel = [this](const std::string& precision) {
      ++m_modelsLoaded;
      ModelOptions options{BackendChoice::kCpu, 2};
      options.precision = precision;
      return loadModel(resource("models/mini"), options);
    };
    return hooks;
  }
  MemoryDiff diff(const MemoryPlace& first, const MemoryPlace& second, bool questions = false) {
    auto result = diffMemories({first, second, questions}, hooks());
    EXPECT_TRUE(result.ok()) << result.error().message;
    return result.ok() ? std::move(*result) : MemoryDiff{};
  }
  Error refused(const MemoryPlace& first, const MemoryPlace& second) {
    const auto result = diffMemories({first, second}, hooks());
    EXPECT_FALSE(result.ok());
    return result.ok() ? Error{} : result.error();
  }
  [[nodiscard]] std::vector<SegmentRecord> segmentsOf(const std::string& session) const {
    const auto store = SessionStore::open(m_directory / session, SessionAccess::kRead);
    return *store->segments(0, INT64_MAX);
  }
  /// The memory after `segment` by a read of its own that ends there.
  [[nodiscard]] MemorySnapshot readUpTo(const std::vector<SegmentRecord>& segments, std::int64_t segment) const {
    auto model = loadModel(resource("models/mini"), {BackendChoice::kCpu, 2});
    auto memory = model->backend->createMemory();
    auto workspace = model->backend->createWorkspace(
        {model->config().memory->segmentSize + model->config().memory->memoryTokens, 1});
    for (std::int64_t i = 0; i <= segment; ++i) {
      EXPECT_TRUE(commitSegment(*model->backend, **workspace, **memory, segments[static_cast<std::size_t>(i)].tokens));
    }
    return *captureMemory(*model->backend, **memory, segment);
  }
  static void expectNoDifference(const MemoryDiff& diff) {
    EXPECT_TRUE(diff.sameState());
    ASSERT_FALSE(diff.layers.empty());
    for (const LayerDifference& layer : diff.layers) {
      EXPECT_EQ(layer.matrix, 0.0);
      EXPECT_EQ(layer.keySum, 0.0);
      EXPECT_GT(layer.matrixFirst, 0.0);
    }
    EXPECT_EQ(diff.reading.basis, ReadingBasis::kTokens);
    EXPECT_FALSE(diff.reading.firstSegment);
    EXPECT_FALSE(diff.tailsDiffer);
    EXPECT_THAT(diff.segments, IsEmpty());
  }

  int m_modelsLoaded = 0;
};

TEST_F(MemoryDiffTest, TheSameFileAndTheSameReadingDifferInNothing) {
  readText("a", tavern());
  readText("b", tavern());
  expectNoDifference(diff(place("a"), place("a")));
  expectNoDifference(diff(place("a"), place("b")));
  EXPECT_EQ(m_modelsLoaded, 0);
}

TEST_F(MemoryDiffTest, FindsWhereReadingsPartAndWhatAnswersDiffer) {
  readText("a", tavern());
  readText("b", otherTavern());
  const std::string born = "Where was Mary born?";
  const std::string color = "What is the favorite color of Charles?";
  const auto first = ask("a", born);
  const auto second = ask("b", born);
  ASSERT_NE(first.question.answer, second.question.answer);
  const auto colors = ask("b", color);
  const std::string before = fileHash("a") + fileHash("b");

  const MemoryDiff found = diff(place("a"), place("b"), true);
  EXPECT_FALSE(found.sameState());
  const auto one = segmentsOf("a");
  const auto other = segmentsOf("b");
  std::size_t parts = 0;
  while (one[parts].tokens == other[parts].tokens) ++parts;
  ASSERT_GT(parts, 0u);
  EXPECT_EQ(found.reading.basis, ReadingBasis::kTokens);
  EXPECT_EQ(found.reading.firstSegment, static_cast<std::int64_t>(parts));
  ASSERT_FALSE(found.segments.empty());
  EXPECT_EQ(found.segments.front().segment, static_cast<std::int64_t>(parts));
  EXPECT_NE(found.segments.front().first, found.segments.front().second);
  for (const LayerDifference& layer : found.layers) {
    EXPECT_GT(layer.matrix, 0.0);
    EXPECT_LT(layer.relative(), 1.0);
  }
  ASSERT_EQ(found.questions.size(), 2u);  // the one that both were asked comes once
  EXPECT_EQ(found.questions[0].question, born);
  EXPECT_TRUE(found.questions[0].differs());
  EXPECT_EQ(found.questions[0].first.tokens, first.question.tokens);
  EXPECT_EQ(found.questions[0].second.tokens, second.question.tokens);
  EXPECT_EQ(found.questions[0].second.text, second.question.answer);
  EXPECT_EQ(found.questions[1].question, color);
  EXPECT_EQ(found.questions[1].second.text, colors.question.answer);
  EXPECT_EQ(m_modelsLoaded, 1);
  EXPECT_EQ(fileHash("a") + fileHash("b"), before);
}

TEST_F(MemoryDiffTest, PlacesWithoutASnapshotAreReadAgain) {
  readText("a", tavern());
  const auto segments = segmentsOf("a");
  const MemorySnapshot fifth = readUpTo(segments, 5);
  const MemorySnapshot ninth = readUpTo(segments, 9);
  const MemoryDiff found = diff(place("a", 5), place("a", 9));
  EXPECT_GT(found.second.segmentsReread, 0);
  EXPECT_EQ(found.first.stateHash, hashMemory(fifth));
  EXPECT_EQ(found.second.stateHash, hashMemory(ninth));
  const auto direct = compareMemories(found.model, fifth, ninth);
  ASSERT_TRUE(direct.ok());
  for (std::size_t layer = 0; layer < direct->size(); ++layer) {
    EXPECT_EQ(found.layers[layer].matrix, (*direct)[layer].matrix);
    EXPECT_EQ(found.layers[layer].keySum, (*direct)[layer].keySum);
  }
  EXPECT_EQ(found.reading.firstSegment, 6);  // only one of them has it
  ASSERT_EQ(found.segments.size(), 4u);
  EXPECT_FALSE(found.segments.front().first);
  EXPECT_TRUE(found.segments.front().second);
  expectNoDifference(diff(place("a", 5), place("a", 5)));
  // From the empty memory everything is new.
  const MemoryDiff all = diff(place("a", -1), place("a"));
  EXPECT_EQ(all.layers.front().relative(), 1.0);
  EXPECT_EQ(all.reading.firstSegment, 0);
}

TEST_F(MemoryDiffTest, MemoriesWithoutTextAreComparedByWhatTheirCellsDid) {
  readText("a", tavern());
  readText("b", otherTavern());
  for (const char* name : {"a", "b"}) {
    const auto store = SessionStore::open(m_directory / name, SessionAccess::kRead);
    ASSERT_TRUE(exportMemory(*store, m_directory / (std::string(name) + "-memory")).ok());
  }
  const MemoryDiff whole = diff(place("a"), place("b"));
  const MemoryDiff found = diff(place("a-memory"), place("b-memory"));
  EXPECT_EQ(found.reading.basis, ReadingBasis::kCellMetrics);
  EXPECT_EQ(found.reading.firstSegment, whole.reading.firstSegment);
  EXPECT_EQ(found.first.stateHash, whole.first.stateHash);
  const MemoryDiff same = diff(place("a"), place("a-memory"));
  EXPECT_TRUE(same.sameState());
  EXPECT_FALSE(same.reading.firstSegment);
  const Error earlier = refused(place("a-memory", 2), place("a-memory"));
  EXPECT_EQ(earlier.code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(earlier.message, HasSubstr("without its text"));
  EXPECT_EQ(m_modelsLoaded, 0);
}

TEST_F(MemoryDiffTest, OtherModelsPrecisionsAndPlacesAreRefused) {
  readText("a", tavern());
  const auto identity = SessionStore::open(m_directory / "a", SessionAccess::kRead)->model();
  ModelIdentity wider = identity;
  wider.keyWidth += 16;
  ModelIdentity other = identity;
  other.weightsSha256 = std::string(64, 'f');
  ModelIdentity half = identity;
  half.precision = "bf16";
  ASSERT_TRUE(SessionStore::create(m_directory / "wider", wider).ok());
  ASSERT_TRUE(SessionStore::create(m_directory / "other", other).ok());
  ASSERT_TRUE(SessionStore::create(m_directory / "half", half).ok());
  ASSERT_TRUE(SessionStore::create(m_directory / "empty", identity).ok());
  EXPECT_THAT(refused(place("a"), place("wider")).message, HasSubstr("key width"));
  EXPECT_THAT(refused(place("other"), place("a")).message, HasSubstr("weights SHA-256"));
  const Error precision = refused(place("a"), place("half"));
  EXPECT_EQ(precision.code, ErrorCode::kMismatch);
  EXPECT_THAT(precision.message, HasSubstr("f32"));
  EXPECT_THAT(precision.message, HasSubstr("bf16"));
  EXPECT_THAT(refused(place("a"), place("empty")).message, HasSubstr("no memory to compare"));
  EXPECT_THAT(refused(place("a", 1000), place("a")).message, HasSubstr("segment 1000"));
  EXPECT_THAT(refused(place("a", -2), place("a")).message, HasSubstr("segment -2"));
  EXPECT_FALSE(diffMemories({place("a"), place("missing")}, hooks()).ok());
  EXPECT_EQ(m_modelsLoaded, 0);
}

TEST_F(MemoryDiffTest, StopsBetweenTwoSegments) {
  readText("a", tavern());
  MemoryDiffHooks stopping = hooks();
  int asked = 0;
  stopping.cancelled = [&] { return ++asked > 2; };
  const auto stopped = diffMemories({place("a", 5), place("a")}, stopping);
  ASSERT_FALSE(stopped.ok());
  EXPECT_EQ(stopped.error().code, ErrorCode::kCancelled);
  EXPECT_EQ(asked, 3);
}

}  // namespace
}  // namespace tidemark
