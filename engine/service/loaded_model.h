#pragma once
// A model directory opened for use: config, tokenizer, identity, and a backend that holds its weights.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/service/backend_choice.h"
#include "engine/session/session_records.h"
#include "engine/tokenizer/chat_template.h"
#include "engine/tokenizer/tokenizer.h"
#include "engine/weights/model_config.h"
#include "engine/weights/model_hints.h"

namespace tidemark {

struct ModelOptions {
  BackendChoice backend = BackendChoice::kAuto;
  int threads = 0;             // 0: all of the machine
  std::string precision = {};  // of the session that is opened: kAuto prefers the backend that computes in it
  ModelHints hints = {};       // what the directory does not say
};

struct LoadedModel {
  std::filesystem::path directory;
  ModelIdentity identity;
  std::unique_ptr<Tokenizer> tokenizer;
  ChatTemplate
      chatTemplate;  // how questions are put: by the hints, by config.json ("config.json"), or by the tokenizer
  std::unique_ptr<Backend> backend;
  bool backendNamed = false;       // somebody chose it, it was not found by itself
  std::string backendNote;         // why the GPU is not used although it might have been; empty: nothing to say
  bool gpuFound = false;           // there is one, although it is not used
  std::vector<std::string> notes;  // what was assumed, renamed or merged when it was opened

  [[nodiscard]] const ModelConfig& config() const { return backend->config(); }
};

/// Of the memory of all layers, however long the text.
[[nodiscard]] std::uint64_t snapshotBytes(const LoadedModel& model);

/// Opens, checks and packs a model. Errors: those of its files; kUnsupported (a model without memory, a backend that
/// this build does not have); kMismatch (tokenizer larger than the vocabulary, a chat template that is not for it);
/// kInvalidArgument (no such chat template); kCorrupt (a NaN weight, named).
[[nodiscard]] Result<LoadedModel> loadModel(const std::filesystem::path& directory, const ModelOptions& options);

}  // namespace tidemark
