#include "engine/memory/traced_memory.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tidemark {
namespace {

constexpr float kEpsilon = 1e-5f;  // of denominators, as the backends have it

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

/// Keys of one layer's memory tokens, after phi: [M, keyWidth].
std::vector<float> layerFeatures(const MemoryConfig& memory, const SegmentWrites& writes, std::size_t layer) {
  const std::size_t tokens = at(memory.memoryTokens);
  std::vector<float> features(tokens * at(memory.keyWidth()));
  for (std::size_t m = 0; m < tokens; ++m) {
    memoryFeatures(memory, std::span(writes.keys).subspan((layer * tokens + m) * at(memory.dMem), at(memory.dMem)),
                   std::span(features).subspan(m * at(memory.keyWidth()), at(memory.keyWidth())));
  }
  return features;
}

/// values [heads, keyWidth / heads, D / heads] += factor phi(key)^T value.
void addOuterProducts(const ModelConfig& config, const SegmentWrites& writes, std::size_t layer,
                      std::span<const float> features, float factor, std::span<float> values) {
  const MemoryConfig& memory = *config.memory;
  const std::size_t heads = at(memory.heads);
  const std::size_t keys = at(memory.keyWidth()) / heads;
  const std::size_t columns = at(config.hiddenSize) / heads;
  const std::size_t tokens = at(memory.memoryTokens);
  for (std::size_t m = 0; m < tokens; ++m) {
    for (std::size_t head = 0; head < heads; ++head) {
      const float* value = writes.values.data() + (layer * tokens + m) * at(config.hiddenSize) + head * columns;
      for (std::size_t key = 0; key < keys; ++key) {
        const float feature = factor * features[m * at(memory.keyWidth()) + head * keys + key];
        if (feature == 0.0f) continue;  // phi leaves half of them and more empty
        float* row = values.data() + (head * keys + key) * columns;
        for (std::size_t j = 0; j < columns; ++j) row[j] += feature * value[j];
      }
    }
  }
}

/// z += gamma key, with gamma from z as it was before (update_mem() of armt_numpy.py).
void addNormalizer(const MemoryConfig& memory, std::span<const float> features, bool written, std::span<float> z) {
  const std::size_t heads = at(memory.heads);
  const std::size_t keys = at(memory.keyWidth()) / heads;
  const std::vector<float> before(z.begin(), z.end());
  for (std::size_t m = 0; m < at(memory.memoryTokens); ++m) {
    for (std::size_t head = 0; head < heads; ++head) {
      const float* key = features.data() + m * at(memory.keyWidth()) + head * keys;
      float gamma = 1.0f;
      if (written && memory.correction && memory.useDenominator) {
        float denominator = kEpsilon;
        float length = memory.normalizeKeys ? 0.0f : kEpsilon;
        for (std::size_t i = 0; i < keys; ++i) {
          denominator += key[i] * before[head * keys + i];
          length += key[i] * key[i];
        }
        gamma = std::clamp(1.0f - denominator / length, 0.0f, 1.0f);
      }
      for (std::size_t i = 0; i < keys; ++i) z[head * keys + i] += gamma * key[i];
    }
  }
}

}  // namespace

void addWrites(const ModelConfig& config, const SegmentWrites& writes, float factor, MemorySnapshot& memory) {
  for (std::size_t layer = 0; layer < memory.layers.size(); ++layer) {
    LayerMemory& target = memory.layers[layer];
    TM_CHECK(target.written, std::to_string(layer));
    addOuterProducts(config, writes, layer, layerFeatures(*config.memory, writes, layer), factor, target.values);
  }
}

void replayWrites(const ModelConfig& config, const SegmentWrites& writes, MemorySnapshot& memory) {
  const std::size_t keyWidth = at(config.memory->keyWidth());
  const std::size_t weights = keyWidth * at(config.hiddenSize) / at(config.memory->heads);
  for (std::size_t layer = 0; layer < memory.layers.size(); ++layer) {
    LayerMemory& target = memory.layers[layer];
    if (!target.written) target.values.assign(weights + keyWidth, 0.0f);
    const std::vector<float> features = layerFeatures(*config.memory, writes, layer);
    addOuterProducts(config, writes, layer, features, 1.0f, target.values);
    addNormalizer(*config.memory, features, target.written, std::span(target.values).subspan(weights));
    target.written = true;
  }
  ++memory.segment;
}

}  // namespace tidemark
