#include "app/cli/bench_model.h"

#include <bit>
#include <cmath>
#include <cstring>
#include <memory>

#include "engine/base/check.h"

namespace tidemark::cli {
namespace {

/// splitmix64 (Steele, Lea, Flood, 2014): small, seedable, and good enough for weights that only have to be unalike.
class Random {
 public:
  explicit Random(std::uint64_t seed) : m_state(seed) {}
  std::uint64_t next() {
    m_state += 0x9e3779b97f4a7c15ULL;
    std::uint64_t z = m_state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }

 private:
  std::uint64_t m_state;
};

/// Makes tensors and keeps them.
class Source {
 public:
  explicit Source(std::uint64_t seed) : m_random(seed) {}

  /// Uniform with this mean and standard deviation.
  TensorView make(Shape shape, double mean, double deviation) {
    m_tensors.emplace_back(DType::kBF16, std::move(shape));
    const std::span<std::byte> bytes = m_tensors.back().bytes();
    const auto offset = static_cast<float>(mean - std::sqrt(3.0) * deviation);
    const auto step = static_cast<float>(2 * std::sqrt(3.0) * deviation / 65535.0);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < bytes.size() / 2; ++i) {
      bits = i % 4 == 0 ? m_random.next() : bits >> 16;
      const float value = offset + step * static_cast<float>(bits & 0xffff);
      const auto upperHalf = static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(value) >> 16);
      std::memcpy(bytes.data() + 2 * i, &upperHalf, sizeof upperHalf);
    }
    return m_tensors.back().view();
  }

  LinearWeights linear(int out, int in, double gain = 1.0) {
    return {make({out, in}, 0, gain / std::sqrt(static_cast<double>(in))), std::nullopt, false};
  }

  NormWeights norm(int width) { return {make({width}, 1.0, 0.1), std::nullopt}; }

  /// Keeps every tensor alive; moving them does not move their bytes.
  std::shared_ptr<const void> release() { return std::make_shared<std::vector<Tensor>>(std::move(m_tensors)); }

 private:
  Random m_random;
  std::vector<Tensor> m_tensors;
};

MemoryConfig memoryOf(int segmentSize, int memoryTokens, int dMem, bool normalizeKeys) {
  MemoryConfig memory;
  memory.segmentSize = segmentSize;
  memory.memoryTokens = memoryTokens;
  memory.dMem = dMem;
  memory.normalizeKeys = normalizeKeys;
  return memory;
}

ModelConfig llama(int layers, int width, int feedForward, int heads, int keyValueHeads, int headDim, int vocabulary) {
  ModelConfig config;
  config.family = ModelFamily::kLlama;
  config.layers = layers;
  config.hiddenSize = width;
  config.intermediateSize = feedForward;
  config.heads = heads;
  config.keyValueHeads = keyValueHeads;
  config.headDim = headDim;
  config.vocabularySize = vocabulary;
  config.tiedHead = true;
  return config;
}

}  // namespace

std::vector<BenchPreset> benchPresets() {
  BenchPreset mini{"mini", llama(6, 128, 256, 4, 4, 32, 4096), 3, 20};
  mini.config.memory = memoryOf(128, 8, 32, true);
  BenchPreset small{"llama-160m", llama(12, 768, 3072, 12, 12, 64, 32000), 3, 2};
  small.config.memory = memoryOf(1024, 128, 64, false);
  BenchPreset large{"llama-1b", llama(16, 2048, 8192, 32, 8, 64, 128256), 1, 0};
  large.config.memory = memoryOf(1024, 128, 64, false);
  return {mini, small, large};
}

std::uint64_t randomWeightBytes(const ModelConfig& c) {
  const auto width = static_cast<std::uint64_t>(c.hiddenSize);
  const auto projections =
      static_cast<std::uint64_t>(2 * c.heads + 2 * c.keyValueHeads) * static_cast<std::uint64_t>(c.headDim);
  const auto feedForward = 3 * static_cast<std::uint64_t>(c.intermediateSize);
  const auto memory = static_cast<std::uint64_t>(2 * c.memory->dMem + c.memory->heads) + width;
  const auto rows = static_cast<std::uint64_t>(c.vocabularySize + c.memory->memoryTokens + 3);
  return 2 * width * (rows + projections + feedForward + memory) + 2 * static_cast<std::uint64_t>(c.memory->heads);
}

ModelWeights makeRandomWeights(const ModelConfig& c, std::uint64_t seed) {
  TM_CHECK(c.family == ModelFamily::kLlama && c.memory && !c.memory->gating, "presets are Llamas with memory");
  Source source(seed);
  const int width = c.hiddenSize;
  const int queries = c.heads * c.headDim;
  const int keys = c.keyValueHeads * c.headDim;
  // 2 L branches add to the residual rows; each brings 1 / (2 L) of the variance.
  const double branchGain = 1.0 / std::sqrt(2.0 * c.layers);

  LayerWeights layer;
  layer.memory.emplace();
  layer.memory->query = source.linear(c.memory->dMem, width);
  layer.memory->key = source.linear(c.memory->dMem, width);
  layer.memory->value = source.linear(width, width, branchGain);
  layer.memory->beta = source.linear(c.memory->heads, width);
  layer.memory->beta.bias = source.make({c.memory->heads}, 0, 0.1);
  layer.attentionNorm = source.norm(width);
  layer.attentionIn = {source.linear(queries, width), source.linear(keys, width), source.linear(keys, width)};
  layer.attentionOut = source.linear(width, queries, branchGain);
  layer.mlpNorm = source.norm(width);
  layer.mlpIn = {source.linear(c.intermediateSize, width), source.linear(c.intermediateSize, width)};
  layer.mlpOut = source.linear(width, c.intermediateSize, branchGain);

  ModelWeights weights;
  weights.embedding = source.make({c.vocabularySize, width}, 0, 1.0);
  weights.memoryTokens = source.make({c.memory->memoryTokens, width}, 0, 1.0);
  weights.finalNorm = source.norm(width);
  weights.head = weights.embedding;
  weights.layers.assign(static_cast<std::size_t>(c.layers), layer);
  weights.owner = source.release();
  return weights;
}

std::vector<TokenId> makeRandomTokens(int vocabularySize, std::size_t count, std::uint64_t seed) {
  Random random(seed);
  std::vector<TokenId> tokens(count);
  for (TokenId& token : tokens) {
    token = static_cast<TokenId>(random.next() % static_cast<std::uint64_t>(vocabularySize));
  }
  return tokens;
}

}  // namespace tidemark::cli
