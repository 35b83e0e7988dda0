#pragma once
// The tensors of a checkpoint by role. Names, shapes and dtypes are checked once, here, against the config; whoever
// holds a ModelWeights may trust it. Views point into `owner`.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/tensor/tensor.h"
#include "engine/weights/checkpoint.h"
#include "engine/weights/model_config.h"

namespace tidemark {

/// y = x W^T + b. `weight` is [out, in], or [in, out] when `inputMajor` (GPT-2's Conv1D).
struct LinearWeights {
  TensorView weight;
  std::optional<TensorView> bias;  // [out]
  bool inputMajor = false;
};

/// RMSNorm (weight only) or LayerNorm (weight and bias), [D].
struct NormWeights {
  TensorView weight;
  std::optional<TensorView> bias;
};

/// One layer's associative memory: W_mq, W_mk [d_mem, D], W_mv [D, D], W_mb [heads or D, D] with bias.
struct MemoryWeights {
  LinearWeights query, key, value, beta;
};

struct LayerWeights {
  std::optional<MemoryWeights> memory;
  NormWeights attentionNorm;
  std::vector<LinearWeights> attentionIn;  // q, k, v (Llama), or one fused c_attn (GPT-2); outputs stand side by side
  LinearWeights attentionOut;
  NormWeights mlpNorm;
  std::vector<LinearWeights> mlpIn;  // gate, up (Llama), or c_fc (GPT-2)
  LinearWeights mlpOut;
};

struct ModelWeights {
  TensorView embedding;                    // [V, D]
  std::optional<TensorView> positions;     // [P, D], GPT-2
  std::optional<TensorView> memoryTokens;  // [M, D]
  NormWeights finalNorm;
  TensorView head;  // [V, D]; the embedding when tied
  std::vector<LayerWeights> layers;
  std::shared_ptr<const void> owner;  // keeps the views alive
};

/// What a loader found besides the weights; `inspect` prints it.
struct WeightsReport {
  std::vector<std::string> ignored;     // tensors that are known and not needed (memory_cell.layers.*, inv_freq)
  std::vector<std::string> unexpected;  // tensors that nothing asked for; not an error, but worth showing
  std::vector<std::string> problems;    // every missing or misshapen tensor, one sentence each; any of them is an error
  std::vector<std::string> missing;     // names of tensors that are needed and not there
  std::vector<std::string> misshapen;   // names of tensors whose shape is not the one that config.json asks for
};

/// Finds every tensor that `config` asks for. On failure the error is the first problem (with the number of others);
/// `report`, if given, receives all of them. Errors: kNotFound, kMismatch (expected and found shape), kUnsupported.
[[nodiscard]] Result<ModelWeights> bindModelWeights(const ModelConfig& config,
                                                    std::shared_ptr<const Checkpoint> checkpoint,
                                                    WeightsReport* report = nullptr);

/// Reads every element once; names the first tensor that holds a NaN or an infinity, with the index. Errors: kCorrupt.
[[nodiscard]] Status checkWeightsFinite(const Checkpoint& checkpoint);

}  // namespace tidemark
