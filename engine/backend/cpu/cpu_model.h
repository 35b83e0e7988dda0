#pragma once
// A model's weights as the CPU kernels want them: float32, packed once into column panels at load.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/backend/cpu/aligned_buffer.h"
#include "engine/backend/cpu/kernels/kernel_table.h"
#include "engine/base/result.h"
#include "engine/base/thread_pool.h"
#include "engine/weights/model_weights.h"

namespace tidemark::cpu {

/// y = x W^T (+ b): packed columns [ceil(columns / NR)][depth][NR].
struct PackedLinear {
  AlignedBuffer panels;
  AlignedBuffer bias;  // [columns], or empty
  int columns = 0;     // as stored; gate/up pairs count padding, see CpuModel::mlpIn
  int depth = 0;

  [[nodiscard]] const float* biasOrNull() const { return bias.size() > 0 ? bias.data() : nullptr; }
};

struct PackedNorm {
  AlignedBuffer weight;
  AlignedBuffer bias;
};

struct PackedMemoryWeights {
  PackedLinear query, key;
  PackedLinear value;  // every memory head's columns start at a panel of their own
  PackedLinear beta;   // [heads or D], with bias
};

struct PackedLayer {
  std::optional<PackedMemoryWeights> memory;
  PackedNorm attentionNorm, mlpNorm;
  PackedLinear attentionIn;  // q, k, v side by side
  PackedLinear attentionOut;
  PackedLinear mlpIn;  // SwiGLU: panels alternate gate, up, gate, up, ...; GELU: plain
  PackedLinear mlpOut;
};

struct CpuModel {
  ModelConfig config;
  ModelWeights weights;  // embeddings are read row by row from here, in their own dtype
  std::vector<PackedLayer> layers;
  PackedNorm finalNorm;
  PackedLinear head;  // packed at the first use: reading a document never needs it
  bool swiGlu = true;
  // Rotary tables, grown on demand: [position][headDim / 2].
  std::vector<double> inverseFrequencies;
  AlignedBuffer cosine, sine;
  int rotaryPositions = 0;
};

/// Bytes of packed layers (without the head).
[[nodiscard]] std::uint64_t packedModelBytes(const ModelConfig& config, const KernelTable& kernels);

/// Packs all layers on `pool`. Errors: kOutOfMemory with bytes needed and free.
[[nodiscard]] Result<std::unique_ptr<CpuModel>> packModel(const ModelConfig& config, ModelWeights weights,
                                                          const KernelTable& kernels, ThreadPool& pool);
/// Packs the head. Errors: kOutOfMemory.
[[nodiscard]] Status packHead(CpuModel& model, const KernelTable& kernels);

/// Makes the rotary tables cover `positions` positions.
void ensureRotaryPositions(CpuModel& model, int positions);

}  // namespace tidemark::cpu
