#pragma once
// Small models with random weights, for what must hold of any model: no golden values, but sizes that fit no vector and
// every flag of the memory.

#include <string>
#include <vector>

#include "engine/weights/model_weights.h"

namespace tidemark::testing {

struct RandomModel {
  ModelConfig config;
  ModelWeights weights;  // owns its tensors
};

/// What makeRandomModel knows by name.
[[nodiscard]] std::vector<std::string> randomModelNames();
/// The model of that name; the same weights on every call.
[[nodiscard]] RandomModel makeRandomModel(const std::string& name);
/// A model of any config with memory.
[[nodiscard]] RandomModel makeRandomModel(const ModelConfig& given);

}  // namespace tidemark::testing
