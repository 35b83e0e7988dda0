#include "tests/support/random_model.h"

#include <cmath>
#include <functional>
#include <map>
#include <memory>

#include "engine/base/check.h"
#include "tests/support/random_values.h"

namespace tidemark::testing {
namespace {

/// Rows of 18: one and a half AVX-512 row panels, three AVX2 ones, four and a half plain ones.
ModelConfig oddLlama() {
  ModelConfig config;
  config.vocabularySize = 53;
  config.hiddenSize = 48;
  config.intermediateSize = 70;
  config.layers = 3;
  config.heads = 4;
  config.keyValueHeads = 2;
  config.headDim = 12;
  config.maxPositions = 512;
  MemoryConfig memory;
  memory.segmentSize = 13;
  memory.memoryTokens = 5;
  memory.dMem = 10;
  config.memory = memory;
  return config;
}

ModelConfig smallGpt2() {
  ModelConfig config = oddLlama();
  config.family = ModelFamily::kGpt2;
  config.keyValueHeads = config.heads;
  config.intermediateSize = 4 * config.hiddenSize;
  config.tiedHead = true;
  config.maxPositions = 40;
  return config;
}

/// More rows than a block of keys or of memory reads, more layers than segments in most tests, several tasks per stage.
ModelConfig longLlama() {
  ModelConfig config = oddLlama();
  config.hiddenSize = 80;
  config.intermediateSize = 300;
  config.headDim = 16;  // heads * headDim differs from the hidden size
  config.keyValueHeads = 1;
  config.layers = 5;
  config.tiedHead = true;
  config.rotary.scaling = RotaryScaling::kLlama3;
  config.rotary.factor = 4;
  config.rotary.originalMaxPositions = 64;
  config.memory->segmentSize = 190;
  config.memory->memoryTokens = 17;
  return config;
}

const std::map<std::string, std::function<void(MemoryConfig&)>>& llamaFlags() {
  static const std::map<std::string, std::function<void(MemoryConfig&)>> flags = {
      {"llama", [](MemoryConfig&) {}},
      {"llama_no_correction", [](MemoryConfig& m) { m.correction = false; }},
      {"llama_no_denominator",
       [](MemoryConfig& m) {
         m.useDenominator = false;
         m.normalizeKeys = true;  // keys of any length make the memory grow without bound
       }},
      {"llama_gating", [](MemoryConfig& m) { m.gating = true; }},
      {"llama_two_heads_normalized",
       [](MemoryConfig& m) {
         m.heads = 2;
         m.normalizeKeys = true;
       }},
  };
  return flags;
}

ModelConfig configOf(const std::string& name) {
  if (name == "llama_long") return longLlama();
  if (name.starts_with("gpt2")) {
    ModelConfig config = smallGpt2();
    if (name == "gpt2_wrap_gating_two_heads") {
      config.memory->wrapPositions = true;
      config.memory->gating = true;
      config.memory->heads = 2;
    }
    return config;
  }
  ModelConfig config = oddLlama();
  llamaFlags().at(name)(*config.memory);
  return config;
}

class Maker {
 public:
  explicit Maker(std::uint32_t seed) : m_random(seed), m_tensors(std::make_shared<std::vector<Tensor>>()) {}

  TensorView uniform(Shape shape, float low, float high) {
    Tensor tensor(DType::kF32, std::move(shape));
    for (float& value : tensor.floats()) value = m_random.next(low, high);
    m_tensors->push_back(std::move(tensor));
    return m_tensors->back().view();  // a moved tensor keeps its elements where they are
  }
  /// Rows of about the length of their input, whatever the width.
  LinearWeights linear(int out, int in, bool gpt2 = false) {
    const float limit = std::sqrt(3.0f / static_cast<float>(in));
    LinearWeights linear;
    linear.inputMajor = gpt2;
    linear.weight = gpt2 ? uniform({in, out}, -limit, limit) : uniform({out, in}, -limit, limit);
    if (gpt2) linear.bias = uniform({out}, -0.2f, 0.2f);
    return linear;
  }
  NormWeights norm(const ModelConfig& config) {
    NormWeights norm{uniform({config.hiddenSize}, 0.7f, 1.3f), std::nullopt};
    if (config.family == ModelFamily::kGpt2) norm.bias = uniform({config.hiddenSize}, -0.2f, 0.2f);
    return norm;
  }
  MemoryWeights memory(const ModelConfig& config) {
    const int betas = config.memory->gating ? config.hiddenSize : config.memory->heads;
    MemoryWeights memory;
    memory.query = linear(config.memory->dMem, config.hiddenSize);
    memory.key = linear(config.memory->dMem, config.hiddenSize);
    memory.value = linear(config.hiddenSize, config.hiddenSize);
    memory.beta = linear(betas, config.hiddenSize);
    memory.beta.bias = uniform({betas}, -1, 1);
    return memory;
  }
  LayerWeights layer(const ModelConfig& config) {
    const bool gpt2 = config.family == ModelFamily::kGpt2;
    const int queries = config.heads * config.headDim;
    const int keys = config.keyValueHeads * config.headDim;
    LayerWeights layer;
    layer.memory = memory(config);
    layer.attentionNorm = norm(config);
    if (gpt2) {
      layer.attentionIn = {linear(3 * config.hiddenSize, config.hiddenSize, true)};
      layer.mlpIn = {linear(config.intermediateSize, config.hiddenSize, true)};
    } else {
      layer.attentionIn = {linear(queries, config.hiddenSize), linear(keys, config.hiddenSize),
                           linear(keys, config.hiddenSize)};
      layer.mlpIn = {linear(config.intermediateSize, config.hiddenSize),
                     linear(config.intermediateSize, config.hiddenSize)};
    }
    layer.attentionOut = linear(config.hiddenSize, queries, gpt2);
    layer.mlpNorm = norm(config);
    layer.mlpOut = linear(config.hiddenSize, config.intermediateSize, gpt2);
    return layer;
  }
  [[nodiscard]] std::shared_ptr<const void> owner() const { return m_tensors; }

 private:
  RandomValues m_random;
  std::shared_ptr<std::vector<Tensor>> m_tensors;
};

}  // namespace

std::vector<std::string> randomModelNames() {
  std::vector<std::string> names = {"llama_long", "gpt2", "gpt2_wrap_gating_two_heads"};
  for (const auto& [name, set] : llamaFlags()) names.push_back(name);
  return names;
}

RandomModel makeRandomModel(const std::string& name) {
  return makeRandomModel(configOf(name));
}

RandomModel makeRandomModel(const ModelConfig& given) {
  RandomModel model;
  model.config = given;
  const ModelConfig& config = model.config;
  Maker maker(1);
  model.weights.embedding = maker.uniform({config.vocabularySize, config.hiddenSize}, -1, 1);
  if (config.family == ModelFamily::kGpt2) {
    const int rows = config.maxPositions + (config.memory->wrapPositions ? config.memory->memoryTokens : 0);
    model.weights.positions = maker.uniform({rows, config.hiddenSize}, -0.5f, 0.5f);
  }
  model.weights.memoryTokens = maker.uniform({config.memory->memoryTokens, config.hiddenSize}, -1, 1);
  for (int i = 0; i < config.layers; ++i) model.weights.layers.push_back(maker.layer(config));
  model.weights.finalNorm = maker.norm(config);
  model.weights.head = config.tiedHead ? model.weights.embedding
                                       : maker.uniform({config.vocabularySize, config.hiddenSize}, -0.2f, 0.2f);
  model.weights.owner = maker.owner();
  return model;
}

}  // namespace tidemark::testing
