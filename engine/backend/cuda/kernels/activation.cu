#include "engine/backend/cuda/kernels/activation.h"
#include "engine/backend/cuda/kernels/intrinsics.h"
#include "engine/backend/cuda/kernels/vector_io.h"

namespace tidemark::cuda {
namespace {

constexpr int kThreads = 256;
constexpr float kLog2e = 1.4426950408889634f;

__device__ __forceinline__ float quickSigmoid(float x) {
  return __fdividef(1.0f, 1.0f + exp2Approximate(-x * kLog2e));
}

/// 0.5 x (1 + tanh(u)) is x quickSigmoid(2 u).
__device__ __forceinline__ float gelu(float x) {
  constexpr float kRootTwoOverPi = 0.7978845608028654f;
  return x * quickSigmoid(2.0f * kRootTwoOverPi * (x + 0.044715f * x * x * x));
}

/// A thread does 8 columns: 32 bytes read and 16 written (SwiGLU), or 16 and 16.
__global__ void __launch_bounds__(kThreads) activate(ActivationArguments a) {
  const int column = (static_cast<int>(blockIdx.y) * kThreads + static_cast<int>(threadIdx.x)) * 8;
  if (column >= a.width) return;
  Bf16* place = a.mlp + blockIdx.z * a.cellStride + static_cast<std::size_t>(blockIdx.x) * a.rowStride + column;
  float values[8];
  load8(place, values);
  if (a.gated) {
    float up[8];
    load8(place + a.width, up);
#pragma unroll
    for (int i = 0; i < 8; ++i) values[i] = values[i] * quickSigmoid(values[i]) * up[i];
  } else {
#pragma unroll
    for (int i = 0; i < 8; ++i) values[i] = gelu(values[i]);
  }
  store8(place, values);
}

}  // namespace

Status launchActivation(const LaunchTarget& target, const ActivationArguments& arguments) {
  const LaunchShape shape{dim3(static_cast<unsigned>(arguments.rows), blocksFor(arguments.width / 8, kThreads),
                               static_cast<unsigned>(arguments.cells)),
                          kThreads, 0};
  return launch(target, "the activation", activate, shape, arguments);
}

}  // namespace tidemark::cuda
