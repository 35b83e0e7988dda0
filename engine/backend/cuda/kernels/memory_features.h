#pragma once
#include "engine/backend/cuda/kernels/bf16.h"
#include "engine/backend/cuda/kernels/limits.h"
#include "engine/backend/cuda/launch.h"

namespace tidemark::cuda {

/// phi = DPFP of projected rows, per memory head (Schlag et al., 2021; unit length if normalizeKeys).
struct MemoryFeatureArguments {
  const float* projected = nullptr;  // [cells, rows, projectedRow] f32; head h's values at h dMemPerHead
  std::size_t projectedCell = 0;     // elements from cell to cell
  int projectedRow = 0;
  const float* state = nullptr;  // z of the first cell's layer, [heads, keysPadded]
  std::size_t stateCell = 0;     // floats from layer to layer
  Bf16* features = nullptr;      // [cells, rows, heads, keysPadded], padding zero
  std::size_t featuresCell = 0;
  int cells = 0;
  int rows = 0;
  int heads = 0;
  int dMemPerHead = 0;
  int keysPadded = 0;
  bool normalize = false;
  // Reading: features are divided by phi . z + 1e-5 (useDenominator), so that a product with W_mem gives what is read.
  bool useDenominator = true;
  // Writing: features are kept as they are, and these are written, [cells, heads, rows] each.
  float* inverseDenominator = nullptr;  // 1 / (phi . z + 1e-5), or 1 without denominator; null: reading
  float* gamma = nullptr;               // 1 - denominator / |phi|^2, clipped; 1 before the first write
  const int* written = nullptr;         // of the first cell's layer
  bool correction = true;
};

[[nodiscard]] Status launchMemoryFeatures(const LaunchTarget& target, const MemoryFeatureArguments& arguments);

}  // namespace tidemark::cuda
