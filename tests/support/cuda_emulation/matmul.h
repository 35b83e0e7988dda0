#pragma once
// D = alpha op(A) op(B) + beta C + bias, column-major, in float; every element is one chain of fused multiply-adds over
// k in ascending order.

#include <cstdint>

#include "cuda_emulation/host_types.h"

namespace cuda_emulation {

struct MatrixLayout {
  cudaDataType_t type = CUDA_R_32F;
  std::uint64_t rows = 0;
  std::uint64_t columns = 0;
  std::int64_t leading = 0;
  std::int32_t batches = 1;
  std::int64_t batchStride = 0;  // in elements
};

struct MatmulShape {
  MatrixLayout a, b, c, d;
  bool transposeA = false;
  bool transposeB = false;
  bool hasBias = false;
  cudaDataType_t biasType = CUDA_R_32F;
  std::int64_t biasBatchStride = 0;  // in elements
};

struct MatmulOperands {
  float alpha = 1;
  float beta = 0;
  const void* a = nullptr;
  const void* b = nullptr;
  const void* c = nullptr;  // not read if beta is 0
  void* d = nullptr;
  const void* bias = nullptr;
};

[[nodiscard]] inline std::uint64_t bytesOf(cudaDataType_t type) {
  return type == CUDA_R_16BF ? 2 : 4;
}

void multiply(const MatmulShape& shape, const MatmulOperands& operands);

}  // namespace cuda_emulation
