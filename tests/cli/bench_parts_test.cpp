// What bench rests on: the flop count, the random models, the median.

#include <gtest/gtest.h>

#include <cmath>

#include "app/cli/bench_model.h"
#include "app/cli/bench_run.h"
#include "app/cli/flop_count.h"
#include "engine/executor/executor.h"

namespace tidemark::cli {
namespace {

/// 2 query heads of 4, 1 key head, D 6, F 10, T 3 + M 2 = 5 rows, d_mem 2 (12 keys).
ModelConfig tinyConfig() {
  ModelConfig config;
  config.layers = 3;
  config.hiddenSize = 6;
  config.intermediateSize = 10;
  config.heads = 2;
  config.keyValueHeads = 1;
  config.headDim = 4;
  config.vocabularySize = 11;
  config.memory.emplace();
  config.memory->segmentSize = 3;
  config.memory->memoryTokens = 2;
  config.memory->dMem = 2;
  return config;
}

TEST(FlopCount, AgreesWithCountingByHand) {
  const CellFlops first = countCellFlops(tinyConfig(), true);
  EXPECT_EQ(first.projections, 2u * 5 * 6 * (8 + 4 + 4) + 2u * 5 * 8 * 6 + 3u * 2 * 5 * 6 * 10);
  // Row i looks at i + 1 keys: 2 heads, a product of 4 with the key and one with the value.
  EXPECT_EQ(first.attention, 2u * (1 + 2 + 3 + 4 + 5) * 2 * 2 * 4);
  EXPECT_EQ(first.memoryRead, 0u);
  // Keys 2, values 6, beta 1 from width 6; k^T v is 12 by 6; gamma k is 12; the sum into W_mem 72.
  EXPECT_EQ(first.memoryWrite, 2u * 2 * 6 * (2 + 6 + 1) + 2u * 2 * 12 * 6 + 2u * 2 * 12 + 72u);
  const CellFlops later = countCellFlops(tinyConfig(), false);
  EXPECT_EQ(later.projections, first.projections);
  EXPECT_EQ(later.attention, first.attention);
  EXPECT_EQ(later.memoryRead, 2u * 5 * 6 * 2 + 2u * 5 * 12 * 6 + 2u * 5 * 12);
  // Besides: k W_mem, k z and |k|^2.
  EXPECT_EQ(later.memoryWrite, first.memoryWrite + 2u * 2 * 12 * 6 + 2u * 2 * 12 + 2u * 2 * 12);
  EXPECT_EQ(countReadFlops(tinyConfig(), 4), 3 * (first.total() + 3 * later.total()));
  EXPECT_EQ(countReadFlops(tinyConfig(), 0), 0u);
}

TEST(FlopCount, CountsAPrefillWithoutMemory) {
  const ModelConfig config = tinyConfig();
  // Two tokens of full attention are a segment of two without memory tokens; then one row of the head.
  const std::uint64_t projections = 2u * 2 * 6 * (8 + 4 + 4) + 2u * 2 * 8 * 6 + 3u * 2 * 2 * 6 * 10;
  const std::uint64_t attention = 2u * (1 + 2) * 2 * 2 * 4;
  EXPECT_EQ(countPrefillFlops(config, 2), 3 * (projections + attention) + 2u * 6 * 11);
}

TEST(FlopCount, KnowsMemoryHeadsAndFlags) {
  ModelConfig config = tinyConfig();
  const std::uint64_t one = countCellFlops(config, false).memoryRead;
  config.memory->heads = 2;  // each head has half of the keys for half of the columns
  EXPECT_EQ(one - countCellFlops(config, false).memoryRead, 2u * 5 * 12 * 3);
  config.memory->useDenominator = false;
  EXPECT_EQ(countCellFlops(config, false).memoryRead, 2u * 5 * 6 * 2 + 2u * 5 * 12 * 3);
}

TEST(BenchModel, PresetsHaveTheShapesTheyAreNamedAfter) {
  const auto presets = benchPresets();
  ASSERT_EQ(presets.size(), 3u);
  EXPECT_EQ(presets[0].name, "mini");
  EXPECT_EQ(presets[0].config.memory->segmentSize, 128);
  EXPECT_EQ(presets[1].config.vocabularySize, 32000);
  EXPECT_EQ(presets[2].config.keyValueHeads, 8);
  EXPECT_EQ(presets[2].config.memory->memoryTokens, 128);
  EXPECT_EQ(presets[2].runs, 1);
}

TEST(BenchModel, SaysHowManyBytesItMakes) {
  ModelConfig config = tinyConfig();
  const ModelWeights weights = makeRandomWeights(config, 3);
  std::uint64_t bytes =
      weights.embedding.bytes.size() + weights.memoryTokens->bytes.size() + weights.finalNorm.weight.bytes.size();
  const LayerWeights& layer = weights.layers.front();
  const MemoryWeights& memory = *layer.memory;
  for (const LinearWeights* linear :
       {&memory.query, &memory.key, &memory.value, &memory.beta, &layer.attentionIn[0], &layer.attentionIn[1],
        &layer.attentionIn[2], &layer.attentionOut, &layer.mlpIn[0], &layer.mlpIn[1], &layer.mlpOut}) {
    bytes += linear->weight.bytes.size() + (linear->bias ? linear->bias->bytes.size() : 0);
  }
  bytes += layer.attentionNorm.weight.bytes.size() + layer.mlpNorm.weight.bytes.size();
  EXPECT_EQ(bytes, randomWeightBytes(config));
}

TEST(BenchModel, IsSeededAndHasTheWantedSpread) {
  const ModelConfig config = benchPresets().front().config;
  const ModelWeights a = makeRandomWeights(config, 5);
  const ModelWeights b = makeRandomWeights(config, 5);
  const ModelWeights c = makeRandomWeights(config, 6);
  const auto same = [](const TensorView& x, const TensorView& y) {
    return std::equal(x.bytes.begin(), x.bytes.end(), y.bytes.begin());
  };
  EXPECT_TRUE(same(a.embedding, b.embedding));
  EXPECT_FALSE(same(a.embedding, c.embedding));
  std::vector<float> values(a.embedding.bytes.size() / 2);
  widenToFloat(a.embedding, values);
  double sum = 0;
  double squares = 0;
  for (const float value : values) {
    sum += static_cast<double>(value);
    squares += static_cast<double>(value) * static_cast<double>(value);
  }
  const auto count = static_cast<double>(values.size());
  EXPECT_NEAR(sum / count, 0.0, 0.01);
  EXPECT_NEAR(squares / count, 1.0, 0.02);
  EXPECT_EQ(makeRandomTokens(9, 100, 1), makeRandomTokens(9, 100, 1));
}

TEST(BenchRun, MedianIsTheMiddleOne) {
  ScheduleTimes times;
  times.seconds = {3, 1, 2};
  EXPECT_EQ(times.median(), 2);
  times.seconds = {4, 1, 2, 3};
  EXPECT_EQ(times.median(), 2.5);
}

TEST(BenchRun, StopsWhenAsked) {
  const ModelConfig config = tinyConfig();
  auto backend = createCpuBackend(config, makeRandomWeights(config, 1), {1, ""});
  ASSERT_TRUE(backend.ok()) << backend.error().message;
  const std::vector<TokenId> tokens(9, 1);
  BenchRequest request;
  request.tokens = tokens;
  request.schedules = {Schedule::kDiagonal};
  request.threads = 1;
  request.warmUpSegments = 9;  // stops in the warm-up: the machine's rates take a while to measure
  int groups = 0;
  request.cancelled = [&] { return ++groups > 2; };
  const auto times = runBenchmark(**backend, request);
  ASSERT_FALSE(times.ok());
  EXPECT_EQ(times.error().code, ErrorCode::kCancelled);
}

}  // namespace
}  // namespace tidemark::cli
