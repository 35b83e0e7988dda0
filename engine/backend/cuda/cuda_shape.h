#pragma once
// What a model's shape becomes on the GPU, in integers only: padded sizes, what the kernels refuse, and every byte that
// will be allocated. No CUDA here, so that `inspect` can say it on a machine without a GPU.

#include <cstddef>
#include <cstdint>

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/weights/model_config.h"

namespace tidemark {

/// Sizes as they stand in device memory. Padding is zeros in the weights, so it stays zero in every activation.
struct CudaShape {
  int layers = 0;
  int hidden = 0;            // D, a multiple of 8
  int heads = 0;             // H
  int keyValueHeads = 0;     // KV
  int headDim = 0;           // as in the model
  int headWidth = 0;         // headDim padded to 32, 64, 96 or 128
  int qkvWidth = 0;          // (H + 2 KV) headWidth
  int attendedWidth = 0;     // H headWidth
  int feedForward = 0;       // F padded to a multiple of 8
  int mlpInWidth = 0;        // 2 F padded (gate, then up), or F padded
  int vocabulary = 0;        // V
  int vocabularyPadded = 0;  // rows of the head, a multiple of 8
  // Memory; all 0 without one.
  int memoryTokens = 0;  // M
  int memoryHeads = 0;
  int dMem = 0;           // all heads together
  int dMemPadded = 0;     // columns of W_mq's output, a multiple of 8
  int keysPerHead = 0;    // 6 d_mem / heads
  int keysPadded = 0;     // keysPerHead to a multiple of 16: rows of one head's W_mem
  int valuesPerHead = 0;  // D / heads, a multiple of 8
  int betas = 0;          // values of beta per row: memory heads, or D when gating
  int memoryInWidth = 0;  // columns of one product [v | k | beta] of a written row: D + dMemPadded + betas, to 8

  /// Floats of W_mem and of z of one layer, padded.
  [[nodiscard]] std::size_t stateWeights() const {
    return static_cast<std::size_t>(memoryHeads) * static_cast<std::size_t>(keysPadded) *
           static_cast<std::size_t>(valuesPerHead);
  }
  [[nodiscard]] std::size_t stateNormalizers() const {
    return static_cast<std::size_t>(memoryHeads) * static_cast<std::size_t>(keysPadded);
  }
  /// Of both: what lies between two layers of a memory.
  [[nodiscard]] std::size_t stateSize() const { return stateWeights() + stateNormalizers(); }
};

/// Errors: kUnsupported, naming the size that the kernels cannot do.
[[nodiscard]] Result<CudaShape> makeCudaShape(const ModelConfig& config);

/// Every allocation that reading makes on the device, in bytes.
struct CudaMemoryPlan {
  std::uint64_t weights = 0;        // embedding, layers, norms, head (bf16), rotary frequencies
  std::uint64_t workspace = 0;      // hidden slots and activations of one group
  std::uint64_t state = 0;          // W_mem and z float32, W_mem bf16
  std::uint64_t staging = 0;        // snapshot copies on their way to the host
  std::uint64_t gemmWorkspace = 0;  // cuBLASLt's
  [[nodiscard]] std::uint64_t total() const { return weights + workspace + state + staging + gemmWorkspace; }
};

[[nodiscard]] CudaMemoryPlan planCudaMemory(const ModelConfig& config, const CudaShape& shape,
                                            const WorkspaceSpec& spec);

}  // namespace tidemark
