#pragma once
// Models with the shape of known ones and random weights: time does not depend on what the numbers are.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/types.h"
#include "engine/weights/model_weights.h"

namespace tidemark::cli {

struct BenchPreset {
  std::string name;
  ModelConfig config;
  int runs = 3;            // timed, unless told otherwise
  int warmUpSegments = 0;  // read before the clock starts
};

/// "mini" (the built-in model), "llama-160m", "llama-1b".
[[nodiscard]] std::vector<BenchPreset> benchPresets();

/// Bytes of the tensors that makeRandomWeights makes.
[[nodiscard]] std::uint64_t randomWeightBytes(const ModelConfig& config);

/// Seeded bfloat16 weights of a Llama with memory, uniform, scaled so that activations neither vanish nor grow. All
/// layers view the same tensors, since each layer packs a copy of its own; the head views the embedding.
[[nodiscard]] ModelWeights makeRandomWeights(const ModelConfig& config, std::uint64_t seed);

[[nodiscard]] std::vector<TokenId> makeRandomTokens(int vocabularySize, std::size_t count, std::uint64_t seed);

}  // namespace tidemark::cli
