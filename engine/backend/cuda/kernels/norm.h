#pragma once
#include "engine/backend/cuda/kernels/bf16.h"
#include "engine/backend/cuda/kernels/limits.h"
#include "engine/backend/cuda/launch.h"

namespace tidemark::cuda {

/// out [cells, rows, D] bf16 = RMSNorm or LayerNorm of x [cells, rows, D] bf16; sums in float32.
struct NormArguments {
  const Bf16* x = nullptr;
  Bf16* out = nullptr;
  const Bf16* weight = nullptr;  // [cells, D]
  const Bf16* bias = nullptr;    // [cells, D]: LayerNorm; null: RMSNorm
  std::size_t xStride = 0;       // elements from cell to cell
  std::size_t outStride = 0;
  int cells = 0;
  int rows = 0;
  int width = 0;  // D, a multiple of 8, at most kWidestNorm
  float epsilon = 0;
};

[[nodiscard]] Status launchNorm(const LaunchTarget& target, const NormArguments& arguments);

}  // namespace tidemark::cuda
