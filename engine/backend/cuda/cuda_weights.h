#pragma once
// A model's weights on the device: bf16, those of equal role stacked over the layers, padded as CudaShape says.

#include "engine/backend/cuda/cuda_shape.h"
#include "engine/backend/cuda/device_buffer.h"
#include "engine/backend/cuda/kernels/bf16.h"
#include "engine/base/result.h"
#include "engine/weights/model_weights.h"

namespace tidemark::cuda {

/// [L, out, in] and, if the model has biases, [L, out].
struct StackedLinear {
  DeviceBuffer<Bf16> weight;
  DeviceBuffer<Bf16> bias;
};

/// [L, D]; bias only for LayerNorm.
using StackedNorm = StackedLinear;

struct CudaWeights {
  DeviceBuffer<Bf16> embedding;     // [V, D]
  DeviceBuffer<Bf16> positions;     // [P, D] or empty
  DeviceBuffer<Bf16> memoryTokens;  // [M, D] or empty
  StackedNorm attentionNorm, mlpNorm;
  StackedLinear attentionIn;       // [L, (H + 2 KV) headWidth, D]
  StackedLinear attentionOut;      // [L, D, H headWidth]
  StackedLinear mlpIn;             // [L, 2 F or F, D]
  StackedLinear mlpOut;            // [L, D, F]
  DeviceBuffer<Bf16> memoryQuery;  // W_mq [L, dMemPadded, D]
  DeviceBuffer<Bf16> memoryIn;     // W_mv, W_mk, W_mb below each other [L, memoryInWidth, D]
  DeviceBuffer<float> betaBias;    // [L, betas]
  StackedNorm finalNorm;           // one layer
  DeviceBuffer<Bf16> ownHead;      // [vocabularyPadded, D], unless the embedding serves
  [[nodiscard]] const Bf16* head() const { return ownHead.size() > 0 ? ownHead.data() : embedding.data(); }
};

/// Converts and copies everything; waits. Errors: kOutOfMemory, kDeviceLost.
[[nodiscard]] Status uploadWeights(const ModelConfig& config, const CudaShape& shape, const ModelWeights& weights,
                                   DeviceBytes& bytes, CudaWeights& out);

}  // namespace tidemark::cuda
