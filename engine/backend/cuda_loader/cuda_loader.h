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
/// kUnsupported in one sentence each: this build has no CUDA module / no NVIDIA driver / no device / compute capability
/// too low (found and needed) / the module could not be opened (the linker's reason) / of another version.
[[nodiscard]] Result<const CudaModule*> loadCudaModule();

/// The same with the places named, for tests: a driver library and a module file.
[[nodiscard]] Result<const CudaModule*> loadCudaModuleFrom(const std::filesystem::path& driver,
                                                           const std::filesystem::path& module);

/// "NVIDIA H100 80GB HBM3, 79.1 GiB, 78.6 GiB free", or the sentence why no GPU is used.
[[nodiscard]] std::string describeCuda();

}  // namespace tidemark
