#include "engine/backend/cuda/cuda_error.h"

#include <string>

namespace tidemark::cuda {

Status checkCuda(cudaError_t error, const char* what) {
  if (error == cudaSuccess) return {};
  (void)cudaGetLastError();  // otherwise the next launch would report it again
  if (error == cudaErrorMemoryAllocation) {
    return makeError(ErrorCode::kOutOfMemory, std::string("the GPU has no memory left for ") + what +
                                                  "; close other programs that use it, or use --backend cpu");
  }
  return makeError(ErrorCode::kDeviceLost, std::string("the GPU failed in ") + what + " (" + cudaGetErrorName(error) +
                                               ": " + cudaGetErrorString(error) +
                                               "); what was stored is safe, go on with --backend cpu or try again");
}

Status checkCublas(cublasStatus_t status, const char* what) {
  if (status == CUBLAS_STATUS_SUCCESS) return {};
  return makeError(ErrorCode::kDeviceLost, std::string("cuBLASLt failed in ") + what + " (" +
                                               cublasLtGetStatusString(status) +
                                               "); what was stored is safe, go on with --backend cpu or try again");
}

}  // namespace tidemark::cuda
