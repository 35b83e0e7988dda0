#include "engine/service/backend_choice.h"

#include "engine/backend/cpu/cpu_backend.h"
#include "engine/backend/cuda_loader/cuda_loader.h"

namespace tidemark {
namespace {

constexpr const char* kCpuPrecision = "f32";

Error noCuda(const Error& why) {
  return makeError(ErrorCode::kUnsupported,
                   "CUDA cannot be used: " + why.message + "; use --backend cpu, which needs no GPU");
}

Result<std::unique_ptr<Backend>> createCuda(const ModelConfig& config, const ModelWeights& weights) {
  const auto module = loadCudaModule();
  if (!module) return noCuda(module.error());
  return (*module)->createBackend(config, weights, {});
}

}  // namespace

bool triesGpu(BackendChoice choice, const std::string& precision) {
  if (choice == BackendChoice::kCuda) return true;
  return choice == BackendChoice::kAuto && precision != kCpuPrecision && loadCudaModule().ok();
}

Status checkBackendChoice(BackendChoice choice) {
  if (choice != BackendChoice::kCuda) return {};
  const auto module = loadCudaModule();
  if (!module) return noCuda(module.error());
  return {};
}

Result<ChosenBackend> createChosenBackend(const ModelConfig& config, ModelWeights weights,
                                          const BackendOptions& options) {
  ChosenBackend chosen;
  if (options.choice == BackendChoice::kCuda) {
    auto cuda = createCuda(config, weights);
    if (!cuda) return cuda.error();
    chosen.backend = std::move(cuda).value();
    return chosen;
  }
  if (options.choice == BackendChoice::kAuto && options.precision != kCpuPrecision && options.kernels.empty()) {
    const auto module = loadCudaModule();
    auto cuda = module ? (*module)->createBackend(config, weights, {}) : module.error();
    if (cuda) {
      chosen.backend = std::move(cuda).value();
      return chosen;
    }
    chosen.note = "the GPU is not used: " + cuda.error().message;
    chosen.gpuFound = module.ok() || module.error().code != ErrorCode::kNotFound;
  }
  auto cpu = createCpuBackend(config, std::move(weights), {options.threads, options.kernels});
  if (!cpu) return cpu.error();
  chosen.backend = std::move(cpu).value();
  return chosen;
}

}  // namespace tidemark
