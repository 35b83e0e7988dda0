#pragma once
// Status of a CUDA or cuBLASLt call: kOutOfMemory is a matter of size, anything else means that the device is lost.

#include <cublasLt.h>
#include <cuda_runtime.h>

#include "engine/base/result.h"

namespace tidemark::cuda {

/// `what` names the call or kernel. Errors: kOutOfMemory, kDeviceLost (with CUDA's name and text of the error).
[[nodiscard]] Status checkCuda(cudaError_t error, const char* what);
[[nodiscard]] Status checkCublas(cublasStatus_t status, const char* what);

}  // namespace tidemark::cuda
