#pragma once
// The config.json that would say everything: the one of the directory or of a known base model, with what hints, tensor
// shapes and names add. Private to weights and inspect.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/tensor/tensor.h"
#include "engine/weights/model_config.h"
#include "engine/weights/model_hints.h"

namespace tidemark {

struct DerivedConfig {
  ModelConfig config;
  std::string text;  // the bytes of config.json if nothing was added, otherwise what would have to stand in it
  std::vector<std::string> notes;
};

/// `tensors` under our names; `hasAdapter`: there are LoRA pairs that hints may speak of. Errors: those of
/// loadModelConfig; kNotFound (no config.json and no hint: says which base configs fit; nothing says the size of a
/// segment: says what to pass), kMismatch (a hint and the tensors, both values).
[[nodiscard]] Result<DerivedConfig> deriveConfig(const std::filesystem::path& directory, const ModelHints& hints,
                                                 const std::map<std::string, TensorView>& tensors, bool hasAdapter);

}  // namespace tidemark
