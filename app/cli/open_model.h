#pragma once
// A model directory, and the backend that runs it: what every command that computes begins with.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/service/loaded_model.h"
#include "engine/weights/model_files.h"

namespace tidemark::cli {

struct BackendRequest {
  std::string backend = "auto";  // auto, cpu, cuda
  int threads = 0;               // 0: as many as the machine has
  std::string kernels;           // empty: the fastest that runs here
};

/// What "auto", "cpu" or "cuda" on the command line stands for.
[[nodiscard]] BackendChoice backendChoice(const std::string& name);

/// The largest --threads.
inline constexpr int kMostThreads = 1024;

/// Says whether the request can be met by this build, before anything large is loaded. Errors: kUnsupported.
[[nodiscard]] Status checkBackend(const BackendRequest& request);

/// Errors: those of checkBackend and of the backend.
[[nodiscard]] Result<ChosenBackend> openBackend(const BackendRequest& request, const ModelConfig& config,
                                                ModelWeights weights);

/// Says what was assumed, renamed or merged when a model was opened, on stderr.
void reportNotes(const std::vector<std::string>& notes);

}  // namespace tidemark::cli
