#pragma once
// The one way a kernel is started, typed by the kernel's own parameters, checked and counted. The same line starts it
// on a GPU and in the emulation.

#include <cuda_runtime.h>

#include <cstdint>
#include <optional>
#include <string>

#include "engine/backend/cuda/cuda_error.h"
#include "engine/backend/cuda/launch_kind.h"
#include "engine/base/result.h"

#ifdef TM_CUDA_EMULATION
#include <cuda_emulation/emulation.h>
#endif

namespace tidemark::cuda {

/// What was queued since the backend was made.
struct LaunchCounts {
  std::uint64_t kernels = 0;
  std::uint64_t products = 0;  // cuBLASLt
  std::uint64_t graphReplays = 0;
  std::uint64_t groups = 0;
};

/// Where kernels go.
struct LaunchTarget {
  cudaStream_t stream = nullptr;
  LaunchCounts* counts = nullptr;
  /// The other kind is left out: for measuring the parts of an operation by themselves.
  std::optional<LaunchKind> only = {};

  [[nodiscard]] bool takes(LaunchKind kind) const { return !only || *only == kind; }
};

struct LaunchShape {
  dim3 grid;
  unsigned threads = 0;
  std::size_t sharedBytes = 0;
};

/// Beyond this, a block's shared memory has to be asked for by kernel.
inline constexpr std::size_t kDefaultSharedBytes = 48 * 1024;

template <typename T>
struct Exactly {
  using Type = T;
};

/// Queues kernel<<<shape>>>(arguments...). Errors: those of checkCuda, with the kernel's name.
template <typename... Parameters>
[[nodiscard]] Status launch(const LaunchTarget& target, const char* name, void (*kernel)(Parameters...),
                            const LaunchShape& shape, typename Exactly<Parameters>::Type... arguments) {
  if (!target.takes(LaunchKind::kKernel)) return {};
#ifdef TM_CUDA_EMULATION
  const cudaError_t error = cuda_emulation::launchKernel(
      name, [=] { kernel(arguments...); }, shape.grid, dim3(shape.threads, 1, 1), shape.sharedBytes, target.stream);
#else
  if (shape.sharedBytes > kDefaultSharedBytes) {
    const cudaError_t allowed =
        cudaFuncSetAttribute(reinterpret_cast<const void*>(kernel), cudaFuncAttributeMaxDynamicSharedMemorySize,
                             static_cast<int>(shape.sharedBytes));
    if (allowed != cudaSuccess) return checkCuda(allowed, name);
  }
  void* pointers[] = {&arguments...};
  const cudaError_t error = cudaLaunchKernel(reinterpret_cast<const void*>(kernel), shape.grid,
                                             dim3(shape.threads, 1, 1), pointers, shape.sharedBytes, target.stream);
#endif
  if (error != cudaSuccess) return checkCuda(error, name);
  ++target.counts->kernels;
  return {};
}

/// Blocks of `size` that cover `count`.
[[nodiscard]] constexpr unsigned blocksFor(long count, long size) {
  return static_cast<unsigned>((count + size - 1) / size);
}

}  // namespace tidemark::cuda
