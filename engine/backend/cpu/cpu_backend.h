#pragma once
// The CPU backend: float32, our own packed kernels, (cell, tile) tasks on a thread pool.

#include <memory>
#include <string_view>

#include "engine/backend/backend.h"
#include "engine/weights/model_weights.h"

namespace tidemark {

struct CpuOptions {
  int threads = 0;  // 0: as many as the machine has
  std::string_view kernels =
      {};  // "avx512", "avx2", "plain"; empty: the fastest that runs here. All give the same bits.
};

/// Packs the model and starts the threads. Errors: kOutOfMemory; kInvalidArgument (kernels that do not run here, or
/// thread count out of range).
[[nodiscard]] Result<std::unique_ptr<Backend>> createCpuBackend(const ModelConfig& config, ModelWeights weights,
                                                                const CpuOptions& options = {});

/// Bytes the packed layers of such a model need on this machine.
[[nodiscard]] std::uint64_t cpuModelBytes(const ModelConfig& config);

/// What Backend::workspaceBytes will say once such a model is loaded with `threads` threads (0: as many as the machine
/// has).
[[nodiscard]] std::uint64_t cpuWorkspaceBytes(const ModelConfig& config, const WorkspaceSpec& spec, int threads = 0);

/// Single-precision rates of this machine, measured now on `threads` threads.
struct CpuRates {
  double gemmGflops = 0;  // our own kernel, 1536 x 2048 x 2048 per thread
  double peakGflops = 0;  // independent fused multiply-adds in registers
};
[[nodiscard]] Result<CpuRates> measureCpuRates(int threads);

}  // namespace tidemark
