#pragma once
// Which device computes: what was asked for, what is there, and what a session was read with.

#include <memory>
#include <string>

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/weights/model_weights.h"

namespace tidemark {

enum class BackendChoice { kAuto, kCpu, kCuda };

struct BackendOptions {
  BackendChoice choice = BackendChoice::kAuto;
  int threads = 0;        // of the CPU; 0: all of the machine
  std::string kernels;    // of the CPU; empty: the fastest that runs here; naming some means the CPU
  std::string precision;  // of the session that will be read on: kAuto prefers the backend that computes in it
};

struct ChosenBackend {
  std::unique_ptr<Backend> backend;
  std::string note;       // why kAuto did not take the GPU; empty if it did, or had no reason to try
  bool gpuFound = false;  // there is one, although it is not used
};

/// kAuto takes the GPU if one can be used and the model fits into it, else the CPU. Errors: those of checkBackendChoice
/// and of the backend.
[[nodiscard]] Result<ChosenBackend> createChosenBackend(const ModelConfig& config, ModelWeights weights,
                                                        const BackendOptions& options);

/// Whether kAuto would try the GPU for a session of that precision: says when a loaded model can be kept.
[[nodiscard]] bool triesGpu(BackendChoice choice, const std::string& precision);

/// Whether that backend can be had, before anything large is loaded. Errors: kUnsupported, one sentence.
[[nodiscard]] Status checkBackendChoice(BackendChoice choice);

}  // namespace tidemark
