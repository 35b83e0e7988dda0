#pragma once
#include "engine/backend/cuda/kernels/bf16.h"
#include "engine/backend/cuda/kernels/limits.h"
#include "engine/backend/cuda/launch.h"

namespace tidemark::cuda {

/// The delta rule for a group of cells: v_old = phi W / (phi . z), W += phi^T (beta (v - v_old)), z += sum gamma phi.
struct MemoryWriteArguments {
  // Of the written rows; strides are even, rows of W_mem and phi multiples of 8:
  const float* projected = nullptr;  // [cells, M, projectedRow] f32: v [D], then elsewhere beta's product
  std::size_t projectedCell = 0;     // elements from cell to cell
  int projectedRow = 0;
  int betaColumn = 0;               // of the first beta within a row
  const float* betaBias = nullptr;  // [layers, betas], at the first cell's layer
  const Bf16* features = nullptr;   // phi [cells, M, heads, keysPadded]
  std::size_t featuresCell = 0;
  const float* inverseDenominator = nullptr;  // [cells, heads, M]
  const float* gamma = nullptr;               // [cells, heads, M]
  // Of the memory, at the first cell's layer:
  float* weights = nullptr;      // W_mem [heads, keysPadded, valuesPerHead]
  float* normalizers = nullptr;  // z [heads, keysPadded]
  std::size_t stateCell = 0;     // floats from layer to layer, of both
  Bf16* readWeights = nullptr;   // W_mem again, bf16, for reading
  std::size_t readWeightsCell = 0;
  int* written = nullptr;  // [layers]
  // Results:
  float* squares = nullptr;  // [cells, heads, column blocks, 2]: sums of dW^2 and W^2, for launchMemoryFinish
  float* metrics = nullptr;  // [cells, 3]: mean gamma, mean beta, |dW| / |W|
  int cells = 0;
  int heads = 0;
  int rows = 0;  // M
  int keysPadded = 0;
  int valuesPerHead = 0;
  int betas = 0;  // per row: heads, or heads * valuesPerHead when gating
};

/// W_mem, its bf16 copy, and sums for the metrics.
[[nodiscard]] Status launchMemoryUpdate(const LaunchTarget& target, const MemoryWriteArguments& arguments);
/// z, the metrics, and the mark that the layers are written. After launchMemoryUpdate.
[[nodiscard]] Status launchMemoryFinish(const LaunchTarget& target, const MemoryWriteArguments& arguments);

/// out = weights as bf16, for a memory that was brought from the host.
[[nodiscard]] Status launchNarrow(const LaunchTarget& target, const float* weights, std::size_t count, Bf16* out);

}  // namespace tidemark::cuda
