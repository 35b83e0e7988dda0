#include "engine/backend/cuda/kernels/norm.h"
#include "engine/backend/cuda/kernels/vector_io.h"

namespace tidemark::cuda {
namespace {

constexpr int kWarps = 8;

/// One warp a row, which stays in registers: 2 D bytes read and 2 D written a row, besides the weights (cached).
/// kVectors: groups of 8 elements that a lane holds.
template <int kVectors>
__global__ void __launch_bounds__(kWarps* kWarp) normRows(NormArguments a) {
  const int lane = static_cast<int>(threadIdx.x) % kWarp;
  const int row = static_cast<int>(blockIdx.x) * kWarps + static_cast<int>(threadIdx.x) / kWarp;
  if (row >= a.rows) return;  // whole warps leave together
  const std::size_t cell = blockIdx.y;
  const std::size_t width = static_cast<std::size_t>(a.width);
  const Bf16* x = a.x + cell * a.xStride + static_cast<std::size_t>(row) * width;
  Bf16x8 held[kVectors];
  float sum = 0;
#pragma unroll
  for (int v = 0; v < kVectors; ++v) {
    const int column = (v * kWarp + lane) * 8;
    if (column >= a.width) continue;
    held[v] = *reinterpret_cast<const Bf16x8*>(x + column);
    float values[8];
    widen(held[v], values);
#pragma unroll
    for (int i = 0; i < 8; ++i) sum += a.bias != nullptr ? values[i] : values[i] * values[i];
  }
  sum = warpSum(sum);
  const float mean = a.bias != nullptr ? sum / static_cast<float>(a.width) : 0.0f;
  if (a.bias != nullptr) {
    sum = 0;
#pragma unroll
    for (int v = 0; v < kVectors; ++v) {
      if ((v * kWarp + lane) * 8 >= a.width) continue;
      float values[8];
      widen(held[v], values);
#pragma unroll
      for (int i = 0; i < 8; ++i) sum += (values[i] - mean) * (values[i] - mean);
    }
    sum = warpSum(sum);
  }
  const float scale = rsqrtf(sum / static_cast<float>(a.width) + a.epsilon);
  Bf16* out = a.out + cell * a.outStride + static_cast<std::size_t>(row) * width;
#pragma unroll
  for (int v = 0; v < kVectors; ++v) {
    const int column = (v * kWarp + lane) * 8;
    if (column >= a.width) continue;
    float values[8];
    float weights[8];
    widen(held[v], values);
    load8(a.weight + cell * width + column, weights);
    if (a.bias != nullptr) {
      float biases[8];
      load8(a.bias + cell * width + column, biases);
#pragma unroll
      for (int i = 0; i < 8; ++i) values[i] = (values[i] - mean) * scale * weights[i] + biases[i];
    } else {
#pragma unroll
      for (int i = 0; i < 8; ++i) values[i] = values[i] * scale * weights[i];
    }
    store8(out + column, values);
  }
}

}  // namespace

Status launchNorm(const LaunchTarget& target, const NormArguments& arguments) {
  const LaunchShape shape{dim3(blocksFor(arguments.rows, kWarps), static_cast<unsigned>(arguments.cells)),
                          kWarps * kWarp, 0};
  const int vectors = (arguments.width + 8 * kWarp - 1) / (8 * kWarp);
  const char* name = "a norm";
  if (vectors <= 1) return launch(target, name, normRows<1>, shape, arguments);
  if (vectors <= 4) return launch(target, name, normRows<4>, shape, arguments);
  if (vectors <= 8) return launch(target, name, normRows<8>, shape, arguments);
  if (vectors <= 16) return launch(target, name, normRows<16>, shape, arguments);
  return launch(target, name, normRows<32>, shape, arguments);
}

}  // namespace tidemark::cuda
