#pragma once
#include "engine/backend/cuda/kernels/bf16.h"
#include "engine/backend/cuda/launch.h"

namespace tidemark::cuda {

/// In place on mlp [cells, rows, stride] bf16: columns [0, F) become silu(gate) up (gate in columns [0, F), up in
/// [F, 2 F)), or gelu of themselves (tanh form).
struct ActivationArguments {
  Bf16* mlp = nullptr;
  std::size_t cellStride = 0;  // elements from cell to cell
  int rowStride = 0;           // 2 F or F
  int cells = 0;
  int rows = 0;
  int width = 0;  // F, a multiple of 8
  bool gated = true;
};

[[nodiscard]] Status launchActivation(const LaunchTarget& target, const ActivationArguments& arguments);

}  // namespace tidemark::cuda
