#pragma once
// Finds out whether a GPU can be used, and loads the module that uses it. The program links to no CUDA library: libcuda
// is opened first and asked for devices, and only if it names one is `tidemark-cuda.so` opened (which loads cuBLAS:
// 2.6 s and 150 MB for nothing where there is no device).

#include <filesystem>
#include <string>

#include "engine/backend/cuda/cuda_module.h"
#include "engine/base/result.h"

namespace tidemark {

/// The module of this build, loaded, with device 0 able to run it. Loaded once and never unloaded; thread-safe. Errors:
/// one sentence each, without a full stop. kNotFound where there is nothing to use: this build has no CUDA module / no
/// NVIDIA driver / no device. kUnsupported where there is a device: a driver that fails / compute capability too low
/// (found and needed) / the module could not be opened (the linker's reason) / is none / of another version.
[[nodiscard]] Result<const CudaModule*> loadCudaModule();

/// The same with the places named, for tests: a driver library and a module file.
[[nodiscard]] Result<const CudaModule*> loadCudaModuleFrom(const std::filesystem::path& driver,
                                                           const std::filesystem::path& module);

/// Whether the module belongs to this build at all.
[[nodiscard]] bool cudaModuleIsBuilt();

struct CudaSummary {
  bool usable = false;
  std::string detail;  // the device, or why none is used
};
/// May take seconds the first time: the module is loaded.
[[nodiscard]] CudaSummary summarizeCuda();

/// "NVIDIA H100 80GB HBM3, 79.10 GiB, 78.60 GiB free".
[[nodiscard]] std::string describeCudaDevice(const CudaDeviceInfo& device);

/// The same of device 0, or the sentence why no GPU is used.
[[nodiscard]] std::string describeCuda();

}  // namespace tidemark
