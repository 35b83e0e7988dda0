#pragma once
// What a steady diagonal has to compute and to move, counted from the shape alone, and how long that takes at given
// rates: the floor that the device's rates set, before any kernel was written. No CUDA here.

#include <optional>
#include <string>
#include <vector>

#include "engine/backend/cuda/cuda_shape.h"
#include "engine/backend/cuda/launch_kind.h"
#include "engine/backend/layer_plan.h"

namespace tidemark {

/// One kernel or product over all layers.
struct CudaLaunchCount {
  std::string name;
  double operations = 0;  // of products, two per multiply and add; causal attention counts what is not masked
  double bytes = 0;       // every operand once, as if nothing stayed in the cache
};

/// What is measured by itself: an operation, or one kind of its launches.
struct CudaPart {
  std::string name;
  LayerOp op = LayerOp::kMemoryRead;
  std::optional<cuda::LaunchKind> kind;  // empty: all of the operation
  std::vector<CudaLaunchCount> launches;

  [[nodiscard]] double operations() const;
  [[nodiscard]] double bytes() const;
};

/// The parts of a diagonal with all layers, in the order in which they run. `config` has a memory.
[[nodiscard]] std::vector<CudaPart> countCudaParts(const ModelConfig& config, const CudaShape& shape);

struct CudaRates {
  double gemmTeraflops = 0;
  /// Softmax keeps attention from the rate of the products, most of all with narrow heads.
  double attentionTeraflops = 0;
  double copyTerabytesPerSecond = 0;  // read plus written
};

/// The best attention of a library that was found, over the rate of a large product: heads of 64, 1152 rows, on an H100
/// (0.290 ms in the 1B shape, 817 TFLOP/s).
inline constexpr double kAttentionShareOfGemmRate = 0.367;

/// Each launch takes as long as its operations or its bytes, whichever is longer.
[[nodiscard]] double predictMilliseconds(const CudaPart& part, const CudaRates& rates);

/// Of a read of that many segments: as many steady diagonals, since the ramps add up to what they lack in length.
[[nodiscard]] double predictReadSeconds(const std::vector<CudaPart>& parts, const CudaRates& rates, double segments);

}  // namespace tidemark
