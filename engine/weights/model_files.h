#pragma once
// A model directory as it was published, turned into one config and one set of weights by role: names of other layouts
// are brought into ours, LoRA pairs are merged, and what no file says is taken from hints, tensor shapes and file
// names.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/weights/checkpoint.h"
#include "engine/weights/model_config.h"
#include "engine/weights/model_hints.h"
#include "engine/weights/model_weights.h"

namespace tidemark {

struct ModelFiles {
  ModelConfig config;
  /// SHA-256 of config.json when nothing else went into `config`; otherwise of the config.json that would say the same.
  /// Of a model with an adapter: of that and of the adapter's files, which the SHA-256 of the weights does not cover.
  std::string configSha256;
  std::string configText;  // the bytes of that config.json; writeConfigFile() makes hints unnecessary
  std::shared_ptr<const Checkpoint> checkpoint;  // under our names, merged
  ModelWeights weights;
  std::vector<std::string> notes;  // what was assumed, renamed, merged, one sentence each
};

/// Errors: those of loadModelConfig, Checkpoint::open and bindModelWeights; kNotFound (no config.json and no hint: says
/// which base configs there are, and which of them fit the tensors; no segment size, no LoRA alpha: says what to pass);
/// kMismatch (a hint that the tensors contradict, with both values; two tensors with one name); kUnsupported (an
/// adapter that cannot be merged, by name). hints.chatTemplate changes nothing here. `report`, if given, is filled also
/// when binding fails.
[[nodiscard]] Result<ModelFiles> openModelFiles(const std::filesystem::path& directory, const ModelHints& hints = {},
                                                WeightsReport* report = nullptr);

}  // namespace tidemark
