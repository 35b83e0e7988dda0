#pragma once
// Rotary position embeddings, as far as they are the same on every device.

#include <vector>

#include "engine/weights/model_config.h"

namespace tidemark {

/// Radians per position of the pairs (i, i + headDim / 2): 1 / theta^(2 i / headDim), stretched for long contexts as
/// Llama 3 does (armt_numpy.py, rope()); headDim / 2 values.
[[nodiscard]] std::vector<double> rotaryFrequencies(const ModelConfig& config);

}  // namespace tidemark
