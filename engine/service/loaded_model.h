#pragma once
// A model directory opened for use: config, tokenizer, identity, and a backend that holds its weights.

#include <filesystem>
#include <memory>
#include <string>

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/session/session_records.h"
#include "engine/tokenizer/tokenizer.h"
#include "engine/weights/model_config.h"

namespace tidemark {

enum class BackendChoice { kAuto, kCpu, kCuda };

struct ModelOptions {
  BackendChoice backend = BackendChoice::kAuto;
  int threads = 0;  // 0: all of the machine
};

struct LoadedModel {
  std::filesystem::path directory;
  ModelIdentity identity;
  std::unique_ptr<Tokenizer> tokenizer;
  std::unique_ptr<Backend> backend;

  [[nodiscard]] const ModelConfig& config() const { return backend->config(); }
};

/// Opens, checks and packs a model. Errors: those of its files; kUnsupported (a model without memory, a backend that
/// this build does not have); kMismatch (tokenizer larger than the vocabulary); kCorrupt (a NaN weight, named).
[[nodiscard]] Result<LoadedModel> loadModel(const std::filesystem::path& directory, const ModelOptions& options);

/// The backend of that choice for a model, or why not.
[[nodiscard]] Status checkBackendChoice(BackendChoice choice);

}  // namespace tidemark
