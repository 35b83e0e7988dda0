// What memory is made of: traces change nothing, do not depend on how a text is read, and account for every read.

#include "engine/memory/memory_trace.h"

#include <cmath>
#include <limits>

#include "engine/generate/answer_generator.h"
#include "engine/generate/evidence_shares.h"
#include "engine/memory/traced_memory.h"
#include "tests/executor/test_models.h"
#include "tests/support/delayed_backend.h"
#include "tests/support/golden_case.h"
#include "tests/support/vector_source.h"

namespace tidemark {
namespace {

using testing::memoryHash;
using testing::takeMemory;

struct TracedRead {
  std::vector<std::vector<std::byte>> packed;
  std::vector<SegmentWrites> exact;
  std::string hash;
};

/// Keeps everything as floats, beside a collector that packs.
class BothSinks final : public MemoryWriteSink {
 public:
  explicit BothSinks(const ModelConfig& config) : m_config(config) {}
  MemoryWriteTrace roomFor(std::int64_t segment, int layer) override {
    const auto index = static_cast<std::size_t>(segment);
    while (m_writes.size() <= index) m_writes.emplace_back(m_config);
    return m_writes[index].place(m_config, layer);
  }
  std::deque<SegmentWrites> m_writes;

 private:
  const ModelConfig& m_config;
};

TracedRead readTraced(Backend& backend, DeviceMemory& memory, std::span<const TokenId> tokens, Schedule schedule) {
  const ModelConfig& config = backend.config();
  TracedRead read;
  BothSinks sink(config);
  auto executor = makeExecutor(schedule, backend, memory, 0);
  EXPECT_TRUE(executor.ok());
  (*executor)->setWriteSink(&sink);
  testing::VectorSource source(tokens, config.memory->segmentSize);
  while (true) {
    const auto report = (*executor)->step(source);
    EXPECT_TRUE(report.ok());
    if (!report->has_value()) break;
  }
  read.exact.assign(sink.m_writes.begin(), sink.m_writes.end());
  for (const SegmentWrites& writes : read.exact) read.packed.push_back(packWrites(config, writes));
  read.hash = memoryHash(backend, memory);
  return read;
}

/// Largest distance of a read's shares from 1 in sum, in units of the sum of their amounts.
struct SumError {
  double worst = 0;
  int reads = 0;
};

SumError sumError(const ShareCalculator& calculator, const std::vector<SegmentWrites>& segments) {
  std::vector<double> sums(calculator.places().size());
  std::vector<double> amounts(sums.size());
  std::vector<double> shares(sums.size());
  for (const SegmentWrites& writes : segments) {
    calculator.sharesOf(writes, shares);
    for (std::size_t i = 0; i < shares.size(); ++i) {
      sums[i] += shares[i];
      amounts[i] += std::abs(shares[i]);
    }
  }
  SumError error;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (!(calculator.readoutNorms()[i] > 0)) continue;
    ++error.reads;
    const double difference = std::abs(sums[i] - 1) / std::max(1.0, amounts[i]);
    error.worst = difference <= error.worst ? error.worst : difference;
  }
  return error;
}

std::vector<SegmentWrites> unpackAll(const ModelConfig& config, const std::vector<std::vector<std::byte>>& packed) {
  std::vector<SegmentWrites> segments;
  for (const auto& each : packed) {
    auto writes = unpackWrites(config, each);
    EXPECT_TRUE(writes.ok());
    segments.push_back(std::move(writes).value());
  }
  return segments;
}

/// Answers with what is read kept; the memory stands after `tokens`.
ShareCalculator answerOf(Backend& backend, DeviceMemory& memory, std::span<const TokenId> question) {
  AnswerOptions options;
  options.maxTokens = 6;
  options.keepReads = true;
  auto generator = AnswerGenerator::create(backend, memory, question, options);
  EXPECT_TRUE(generator.ok());
  for (int i = 0; i < options.maxTokens; ++i) EXPECT_TRUE(generator->next().ok());
  const int rows = generator->reads().rows();
  EXPECT_EQ(rows, static_cast<int>(question.size()) + options.maxTokens - 1);
  return {backend.config(), generator->reads(), 0, rows};
}

// Every combination of flags that a checkpoint may have is among the golden ones.
class TraceOfGolden : public ::testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(Models, TraceOfGolden, ::testing::ValuesIn(testing::goldenNames()), [](const auto& test) {
  std::string name = test.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST_P(TraceOfGolden, SharesSumToEveryRead) {
  const auto golden = testing::loadGolden(GetParam());
  auto backend = testing::makeCpuBackend(golden.config, golden.weights, {2, {}});
  auto memory = testing::makeMemory(*backend);
  const auto read = readTraced(*backend, *memory, golden.tokens("input_ids"), Schedule::kDiagonal);
  ASSERT_GT(read.exact.size(), 1u);
  const auto calculator = answerOf(*backend, *memory, golden.tokens("question_ids"));
  const SumError exact = sumError(calculator, read.exact);
  const SumError packed = sumError(calculator, unpackAll(golden.config, read.packed));
  std::printf("shares sum to 1 within %.1e, packed %.1e, in %d reads\n", exact.worst, packed.worst, exact.reads);
  EXPECT_GT(exact.reads, 0);
  EXPECT_LT(exact.worst, 2e-6);
  EXPECT_LT(packed.worst, 1e-2);
  // A trace that is left out is missed.
  auto lacking = read.exact;
  lacking.pop_back();
  EXPECT_GT(sumError(calculator, lacking).worst, 0.02);
}

TEST_P(TraceOfGolden, MemoryIsRebuiltFromItsTrace) {
  const auto golden = testing::loadGolden(GetParam());
  auto backend = testing::makeCpuBackend(golden.config, golden.weights, {2, {}});
  auto memory = testing::makeMemory(*backend);
  const auto read = readTraced(*backend, *memory, golden.tokens("input_ids"), Schedule::kSequential);
  const MemorySnapshot expected = takeMemory(*backend, *memory);
  MemorySnapshot rebuilt;
  rebuilt.layers.resize(expected.layers.size());
  for (const SegmentWrites& writes : read.exact) replayWrites(golden.config, writes, rebuilt);
  EXPECT_EQ(rebuilt.segment, static_cast<std::int64_t>(read.exact.size()) - 1);
  for (std::size_t layer = 0; layer < expected.layers.size(); ++layer) {
    EXPECT_LT(testing::relativeError(rebuilt.layers[layer].values, expected.layers[layer].values), 1e-4) << layer;
  }
  // Taken out and put back it is the same up to rounding; taken out it is another.
  MemorySnapshot changed = expected;
  addWrites(golden.config, read.exact.front(), -1.0f, changed);
  EXPECT_GT(testing::relativeError(changed.layers[0].values, expected.layers[0].values), 1e-3);
  addWrites(golden.config, read.exact.front(), 1.0f, changed);
  EXPECT_LT(testing::relativeError(changed.layers[0].values, expected.layers[0].values), 1e-5);
}

class MemoryTrace : public ModelTest {};
TM_INSTANTIATE_FOR_ALL_MODELS(MemoryTrace);

TEST_P(MemoryTrace, ChangesNothingAndDoesNotDependOnHowItIsRead) {
  const auto tokens = someTokens(config(), readSegments(config()));
  (void)testing::readTokens(backend(), memory(), tokens);
  const std::string untraced = memoryHash(backend(), memory());
  std::optional<TracedRead> first;
  std::vector<double> firstShares;
  for (int threads : {1, 2, 3}) {
    for (Schedule schedule : {Schedule::kSequential, Schedule::kDiagonal}) {
      auto other = testing::makeCpuBackend(config(), weights(), {threads, {}});
      auto fresh = testing::makeMemory(*other);
      const auto read = readTraced(*other, *fresh, tokens, schedule);
      EXPECT_EQ(read.hash, untraced) << threads;
      const auto calculator = answerOf(*other, *fresh, std::span(tokens).first(9));
      std::vector<double> shares(calculator.places().size());
      calculator.sharesOf(read.exact.back(), shares);
      if (first) {
        EXPECT_EQ(read.packed, first->packed) << threads;
        EXPECT_EQ(shares, firstShares) << threads;
      } else {
        first = read;
        firstShares = shares;
      }
    }
  }
}

TEST_P(MemoryTrace, RaggedSegmentsLeaveTheirsToo) {
  (void)testing::readTokens(backend(), memory(), someTokens(config(), 2));
  MemorySnapshot expected = takeMemory(backend(), memory(), 1);
  SegmentWrites writes(config());
  std::vector<MemoryWriteTrace> places;
  for (int layer = 0; layer < config().layers; ++layer) places.push_back(writes.place(config(), layer));
  const MemoryConfig& shape = *config().memory;
  auto workspace = backend().createWorkspace({shape.segmentSize + shape.memoryTokens, 1});
  ASSERT_TRUE(workspace.ok());
  const auto tail = someTokens(config(), 0, 3);
  ASSERT_TRUE(commitSegment(backend(), **workspace, memory(), tail, places).ok());
  replayWrites(config(), writes, expected);
  const MemorySnapshot found = takeMemory(backend(), memory(), 2);
  for (std::size_t layer = 0; layer < found.layers.size(); ++layer) {
    EXPECT_LT(testing::relativeError(expected.layers[layer].values, found.layers[layer].values), 1e-4) << layer;
  }
}

TEST(MemoryTraceCollector, GivesFinishedSegmentsInOrder) {
  const auto model = loadModel("llama");
  TraceCollector collector(model.config);
  for (std::int64_t segment : {4, 5}) {
    for (int layer = 0; layer < model.config.layers; ++layer) {
      const auto room = collector.roomFor(segment, layer);
      room.values[0] = static_cast<float>(segment);
      room.keys[0] = static_cast<float>(layer);
    }
  }
  EXPECT_TRUE(collector.take(10).empty());
  collector.segmentFinished(4);
  EXPECT_TRUE(collector.take(3).empty());
  collector.segmentFinished(5);
  const auto traces = collector.take(4);
  ASSERT_EQ(traces.size(), 1u);
  const auto writes = unpackWrites(model.config, traces[0].packed);
  ASSERT_TRUE(writes.ok());
  EXPECT_EQ(writes->values[0], 4.0f);
  EXPECT_EQ(collector.take(10).size(), 1u);
}

TEST(PackedTrace, RoundsToFractionsOfTheLargestAndKeepsWhatIsNoNumber) {
  const auto model = loadModel("llama");
  const ModelConfig& config = model.config;
  SegmentWrites writes(config);
  testing::RandomValues random(3);
  writes.keys = random.floats(writes.keys.size());
  writes.values = random.floats(writes.values.size());
  const auto width = static_cast<std::size_t>(config.hiddenSize);
  std::fill_n(writes.values.begin(), width, 0.0f);
  writes.values[width] = 1e30f;  // the numbers beside it become nothing, others stay
  const auto packed = packWrites(config, writes);
  EXPECT_EQ(packed.size(), traceBytes(config));
  const auto back = unpackWrites(config, packed);
  ASSERT_TRUE(back.ok());
  const auto keyWidth = static_cast<std::size_t>(config.memory->dMem);
  for (std::size_t row = 0; row * width < writes.values.size(); ++row) {
    float largest = 0;
    for (std::size_t i = 0; i < width; ++i) largest = std::max(largest, std::abs(writes.values[row * width + i]));
    for (std::size_t i = row * width; i < (row + 1) * width; ++i) {
      EXPECT_LE(std::abs(back->values[i] - writes.values[i]), largest / 127 * 0.501f);
    }
    float largestKey = 0;
    for (std::size_t i = 0; i < keyWidth; ++i)
      largestKey = std::max(largestKey, std::abs(writes.keys[row * keyWidth + i]));
    for (std::size_t i = row * keyWidth; i < (row + 1) * keyWidth; ++i) {
      EXPECT_LE(std::abs(back->keys[i] - writes.keys[i]), largestKey / 32767 * 0.51f);
    }
  }
  writes.values[0] = std::numeric_limits<float>::quiet_NaN();
  const auto broken = unpackWrites(config, packWrites(config, writes));
  ASSERT_TRUE(broken.ok());
  EXPECT_FALSE(std::isfinite(broken->values[0]));

  auto shorter = packed;
  shorter.pop_back();
  const auto refused = unpackWrites(config, shorter);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kMismatch);
}

TEST(PackedTrace, SizesAreKnownFromTheShape) {
  ModelConfig config = loadModel("mini").config;
  EXPECT_EQ(traceBytes(config), 6u * 8 * (4 + 2 * 32 + 4 + 128));  // 75 bytes for each token of text
  config.layers = 16;
  config.hiddenSize = 2048;
  config.memory->memoryTokens = 128;
  config.memory->dMem = 64;
  config.memory->segmentSize = 1024;
  EXPECT_EQ(traceBytes(config), 16u * 128 * (4 + 2 * 64 + 4 + 2048));  // 4.3 MiB for each segment
}

}  // namespace
}  // namespace tidemark
