#pragma once
// Everything that can be said about a model directory without running it.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/backend/cuda_loader/cuda_loader.h"
#include "engine/base/result.h"
#include "engine/tensor/tensor.h"
#include "engine/weights/model_files.h"
#include "engine/weights/model_weights.h"

namespace tidemark {

enum class TensorUse {
  kUsed,
  kIgnored,     // known and not needed
  kUnexpected,  // nothing asks for it
};

struct InspectedTensor {
  std::string name;
  DType dtype = DType::kF32;
  Shape shape;
  std::uint64_t bytes = 0;
  TensorUse use = TensorUse::kUsed;
};

/// What is stored in one dtype.
struct DTypeTotal {
  DType dtype = DType::kF32;
  std::uint64_t tensors = 0;
  std::uint64_t bytes = 0;
};

/// Bytes needed to run on the CPU of this machine.
struct MemoryNeed {
  std::uint64_t weights = 0;    // packed layers, float32
  std::uint64_t head = 0;       // packed when the first question is asked
  std::uint64_t workspace = 0;  // activations of a diagonal read, all threads
  std::uint64_t state = 0;      // associative memory of one session
  std::uint64_t snapshot = 0;   // one copy of it in a session file
  [[nodiscard]] std::uint64_t total() const { return weights + head + workspace + state; }
};

struct ModelInspection {
  std::filesystem::path directory;
  std::optional<ModelConfig> config;
  std::string configText;                // the config.json that would say all of it, see ModelFiles; empty: not known
  std::vector<InspectedTensor> tensors;  // under our names, adapters merged
  std::vector<DTypeTotal> dtypes;        // of the tensors that are used
  std::uint64_t parameters = 0;          // numbers in the tensors that are used
  std::vector<std::string> missing;      // names of tensors that are needed and not there
  std::vector<std::string> misshapen;    // names of tensors with another shape than the config asks for
  std::optional<MemoryNeed> memory;
  std::optional<std::uint64_t> gpuBytes;  // to read documents on a GPU, whether there is one or not
  CudaSummary cuda;                       // whether a GPU can be used
  std::string tokenizerFile;              // empty: none
  std::string chatTemplate;               // "NAME: PROMPT"; empty: no tokenizer
  std::vector<std::string> problems;      // each keeps the model from running
  std::vector<std::string> notes;         // worth knowing, no obstacle

  [[nodiscard]] bool canRun() const { return problems.empty(); }
};

/// Reads every weight once, to find NaN and infinity; `cancelled` is asked between its parts and every few MiB of
/// weights, on this thread. Errors: kNotFound (no such directory), kCancelled. Whatever is wrong inside the directory,
/// or with the hints, is a problem in the result; what was assumed, renamed or merged is a note.
[[nodiscard]] Result<ModelInspection> inspectModel(const std::filesystem::path& directory, const ModelHints& hints = {},
                                                   const std::function<bool()>& cancelled = {});

/// The memory of such a model on `threads` threads (0: as many as the machine has).
[[nodiscard]] MemoryNeed memoryNeedOf(const ModelConfig& config, int threads = 0);

}  // namespace tidemark
