// cuBLASLt: descriptors, and the product as work of a stream.
#include <algorithm>
#include <cstring>
#include <string>
#include <utility>

#include "cublasLt.h"
#include "tests/support/cuda_emulation/device.h"
#include "tests/support/cuda_emulation/matmul.h"

// NOLINTBEGIN: names are CUDA's
struct cublasLtContext {};
struct cublasLtMatmulDescOpaque_t {
  std::int32_t transposeA = CUBLAS_OP_N;
  std::int32_t transposeB = CUBLAS_OP_N;
  std::uint32_t epilogue = CUBLASLT_EPILOGUE_DEFAULT;
  const void* bias = nullptr;
  std::int64_t biasBatchStride = 0;
  std::int32_t biasType = -1;  // as D
};
struct cublasLtMatrixLayoutOpaque_t {
  cuda_emulation::MatrixLayout layout;
};
struct cublasLtMatmulPreferenceOpaque_t {
  std::uint64_t workspaceBytes = 0;
  std::uint32_t reductionSchemes = CUBLASLT_REDUCTION_SCHEME_MASK;
};
// NOLINTEND

namespace cuda_emulation {
namespace {

constexpr std::uint64_t kAlgorithmMark = 0x7469646d61726b31ULL;

const char* nameOf(cublasStatus_t status) {
  switch (status) {
    case CUBLAS_STATUS_SUCCESS:
      return "CUBLAS_STATUS_SUCCESS";
    case CUBLAS_STATUS_NOT_INITIALIZED:
      return "CUBLAS_STATUS_NOT_INITIALIZED";
    case CUBLAS_STATUS_ALLOC_FAILED:
      return "CUBLAS_STATUS_ALLOC_FAILED";
    case CUBLAS_STATUS_INVALID_VALUE:
      return "CUBLAS_STATUS_INVALID_VALUE";
    case CUBLAS_STATUS_ARCH_MISMATCH:
      return "CUBLAS_STATUS_ARCH_MISMATCH";
    case CUBLAS_STATUS_EXECUTION_FAILED:
      return "CUBLAS_STATUS_EXECUTION_FAILED";
    case CUBLAS_STATUS_NOT_SUPPORTED:
      return "CUBLAS_STATUS_NOT_SUPPORTED";
    case CUBLAS_STATUS_INTERNAL_ERROR:
      break;
  }
  return "CUBLAS_STATUS_INTERNAL_ERROR";
}

template <typename T>
cublasStatus_t setField(T& field, const void* buffer, size_t bytes) {
  if (buffer == nullptr || bytes != sizeof(T)) return CUBLAS_STATUS_INVALID_VALUE;
  std::memcpy(&field, buffer, sizeof(T));
  return CUBLAS_STATUS_SUCCESS;
}

/// The product that the descriptors describe, if it is one that cuBLASLt has.
cublasStatus_t describe(const cublasLtMatmulDescOpaque_t* operation, const cublasLtMatrixLayoutOpaque_t* a,
                        const cublasLtMatrixLayoutOpaque_t* b, const cublasLtMatrixLayoutOpaque_t* c,
                        const cublasLtMatrixLayoutOpaque_t* d, MatmulShape& shape) {
  if (operation == nullptr || a == nullptr || b == nullptr || c == nullptr || d == nullptr) {
    return CUBLAS_STATUS_INVALID_VALUE;
  }
  shape = {a->layout, b->layout, c->layout, d->layout};
  shape.transposeA = operation->transposeA == CUBLAS_OP_T;
  shape.transposeB = operation->transposeB == CUBLAS_OP_T;
  shape.hasBias = operation->epilogue == CUBLASLT_EPILOGUE_BIAS;
  if (!shape.hasBias && operation->epilogue != CUBLASLT_EPILOGUE_DEFAULT) return CUBLAS_STATUS_NOT_SUPPORTED;
  shape.biasType = operation->biasType < 0 ? shape.d.type : static_cast<cudaDataType_t>(operation->biasType);
  shape.biasBatchStride = operation->biasBatchStride;
  const std::uint64_t depthA = shape.transposeA ? shape.a.rows : shape.a.columns;
  const std::uint64_t depthB = shape.transposeB ? shape.b.columns : shape.b.rows;
  const std::uint64_t rows = shape.transposeA ? shape.a.columns : shape.a.rows;
  const std::uint64_t columns = shape.transposeB ? shape.b.rows : shape.b.columns;
  const bool fits = depthA == depthB && rows == shape.d.rows && columns == shape.d.columns && shape.c.rows == rows &&
                    shape.c.columns == columns;
  if (!fits || depthA == 0 || rows == 0 || columns == 0) return CUBLAS_STATUS_INVALID_VALUE;
  for (const MatrixLayout& each : {shape.a, shape.b, shape.c, shape.d}) {
    if (each.batches != shape.d.batches || each.batches < 1) return CUBLAS_STATUS_INVALID_VALUE;
    if (each.leading < static_cast<std::int64_t>(each.rows) || each.batchStride < 0) return CUBLAS_STATUS_INVALID_VALUE;
  }
  // Only these combinations of types exist with float32 sums.
  const bool types = shape.a.type == shape.b.type && shape.c.type == shape.d.type &&
                     (shape.a.type == CUDA_R_16BF || shape.d.type == CUDA_R_32F);
  return types ? CUBLAS_STATUS_SUCCESS : CUBLAS_STATUS_NOT_SUPPORTED;
}

/// Whether all of a matrix lies in one allocation; a finding otherwise.
bool inside(Device& device, const char* name, const void* address, std::uint64_t elements, cudaDataType_t type) {
  if (reinterpret_cast<std::uintptr_t>(address) % bytesOf(type) == 0 &&
      device.allocations.contains(MemoryKind::kDevice, address, elements * bytesOf(type))) {
    return true;
  }
  device.find(std::string("a product whose ") + name + " is not aligned or reaches outside its allocation");
  return false;
}

std::uint64_t elementsOf(const MatrixLayout& layout) {
  return static_cast<std::uint64_t>(layout.batches - 1) * static_cast<std::uint64_t>(layout.batchStride) +
         (layout.columns - 1) * static_cast<std::uint64_t>(layout.leading) + layout.rows;
}

bool allInside(Device& device, const MatmulShape& shape, const MatmulOperands& operands) {
  bool good = inside(device, "A", operands.a, elementsOf(shape.a), shape.a.type);
  good = inside(device, "B", operands.b, elementsOf(shape.b), shape.b.type) && good;
  good = inside(device, "D", operands.d, elementsOf(shape.d), shape.d.type) && good;
  if (operands.beta != 0) good = inside(device, "C", operands.c, elementsOf(shape.c), shape.c.type) && good;
  if (shape.hasBias) {
    const std::uint64_t strides =
        static_cast<std::uint64_t>(shape.d.batches - 1) * static_cast<std::uint64_t>(shape.biasBatchStride);
    good = inside(device, "bias", operands.bias, strides + shape.d.rows, shape.biasType) && good;
  }
  return good;
}

cublasStatus_t queueProduct(const MatmulShape& shape, const MatmulOperands& operands, cudaStream_t stream) {
  cublasStatus_t status = CUBLAS_STATUS_SUCCESS;
  const cudaError_t error = enter([&](Device& device, Device::Lock&) {
    CUstream_st* target = device.stream(stream);
    if (target == nullptr || !allInside(device, shape, operands)) {
      status = CUBLAS_STATUS_INVALID_VALUE;
      return cudaSuccess;
    }
    Work work;
    work.kind = Work::Kind::kProduct;
    work.run = [shape, operands] {
      multiply(shape, operands);
      return cudaSuccess;
    };
    return device.submit(*target, std::move(work));
  });
  return error == cudaSuccess ? status : CUBLAS_STATUS_EXECUTION_FAILED;
}

}  // namespace
}  // namespace cuda_emulation

using cuda_emulation::describe;
using cuda_emulation::Device;
using cuda_emulation::MatmulOperands;
using cuda_emulation::MatmulShape;
using cuda_emulation::setField;

cublasStatus_t cublasLtCreate(cublasLtHandle_t* lightHandle) {
  *lightHandle = new cublasLtContext;
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtDestroy(cublasLtHandle_t lightHandle) {
  delete lightHandle;
  return CUBLAS_STATUS_SUCCESS;
}
size_t cublasLtGetVersion() {
  return 130000;
}
const char* cublasLtGetStatusName(cublasStatus_t status) {
  return cuda_emulation::nameOf(status);
}
const char* cublasLtGetStatusString(cublasStatus_t status) {
  return cuda_emulation::nameOf(status);
}
const char* cublasGetStatusName(cublasStatus_t status) {
  return cuda_emulation::nameOf(status);
}
const char* cublasGetStatusString(cublasStatus_t status) {
  return cuda_emulation::nameOf(status);
}

cublasStatus_t cublasLtMatmulDescCreate(cublasLtMatmulDesc_t* matmulDesc, cublasComputeType_t computeType,
                                        cudaDataType_t scaleType) {
  if (computeType != CUBLAS_COMPUTE_32F || scaleType != CUDA_R_32F) return CUBLAS_STATUS_NOT_SUPPORTED;
  *matmulDesc = new cublasLtMatmulDescOpaque_t;
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatmulDescDestroy(cublasLtMatmulDesc_t matmulDesc) {
  delete matmulDesc;
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatmulDescSetAttribute(cublasLtMatmulDesc_t matmulDesc, cublasLtMatmulDescAttributes_t attr,
                                              const void* buf, size_t sizeInBytes) {
  switch (attr) {
    case CUBLASLT_MATMUL_DESC_TRANSA:
      return setField(matmulDesc->transposeA, buf, sizeInBytes);
    case CUBLASLT_MATMUL_DESC_TRANSB:
      return setField(matmulDesc->transposeB, buf, sizeInBytes);
    case CUBLASLT_MATMUL_DESC_EPILOGUE:
      return setField(matmulDesc->epilogue, buf, sizeInBytes);
    case CUBLASLT_MATMUL_DESC_BIAS_POINTER:
      return setField(matmulDesc->bias, buf, sizeInBytes);
    case CUBLASLT_MATMUL_DESC_BIAS_BATCH_STRIDE:
      return setField(matmulDesc->biasBatchStride, buf, sizeInBytes);
    case CUBLASLT_MATMUL_DESC_BIAS_DATA_TYPE:
      return setField(matmulDesc->biasType, buf, sizeInBytes);
  }
  return CUBLAS_STATUS_INVALID_VALUE;
}

cublasStatus_t cublasLtMatrixLayoutCreate(cublasLtMatrixLayout_t* matLayout, cudaDataType type, uint64_t rows,
                                          uint64_t cols, int64_t ld) {
  if (type != CUDA_R_16BF && type != CUDA_R_32F) return CUBLAS_STATUS_NOT_SUPPORTED;
  *matLayout = new cublasLtMatrixLayoutOpaque_t{{type, rows, cols, ld}};
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatrixLayoutDestroy(cublasLtMatrixLayout_t matLayout) {
  delete matLayout;
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatrixLayoutSetAttribute(cublasLtMatrixLayout_t matLayout, cublasLtMatrixLayoutAttribute_t attr,
                                                const void* buf, size_t sizeInBytes) {
  switch (attr) {
    case CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT:
      return setField(matLayout->layout.batches, buf, sizeInBytes);
    case CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET:
      return setField(matLayout->layout.batchStride, buf, sizeInBytes);
  }
  return CUBLAS_STATUS_INVALID_VALUE;
}

cublasStatus_t cublasLtMatmulPreferenceCreate(cublasLtMatmulPreference_t* pref) {
  *pref = new cublasLtMatmulPreferenceOpaque_t;
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatmulPreferenceDestroy(cublasLtMatmulPreference_t pref) {
  delete pref;
  return CUBLAS_STATUS_SUCCESS;
}
cublasStatus_t cublasLtMatmulPreferenceSetAttribute(cublasLtMatmulPreference_t pref,
                                                    cublasLtMatmulPreferenceAttributes_t attr, const void* buf,
                                                    size_t sizeInBytes) {
  switch (attr) {
    case CUBLASLT_MATMUL_PREF_MAX_WORKSPACE_BYTES:
      return setField(pref->workspaceBytes, buf, sizeInBytes);
    case CUBLASLT_MATMUL_PREF_REDUCTION_SCHEME_MASK:
      return setField(pref->reductionSchemes, buf, sizeInBytes);
  }
  return CUBLAS_STATUS_INVALID_VALUE;
}

cublasStatus_t cublasLtMatmulAlgoGetHeuristic(cublasLtHandle_t lightHandle, cublasLtMatmulDesc_t operationDesc,
                                              cublasLtMatrixLayout_t Adesc, cublasLtMatrixLayout_t Bdesc,
                                              cublasLtMatrixLayout_t Cdesc, cublasLtMatrixLayout_t Ddesc,
                                              cublasLtMatmulPreference_t preference, int requestedAlgoCount,
                                              cublasLtMatmulHeuristicResult_t heuristicResultsArray[],
                                              int* returnAlgoCount) {
  *returnAlgoCount = 0;
  if (preference == nullptr || requestedAlgoCount < 1) return CUBLAS_STATUS_INVALID_VALUE;
  cublasLtMatmulAlgo_t algo{};
  algo.data[0] = cuda_emulation::kAlgorithmMark;
  const cublasStatus_t status =
      cublasLtMatmulAlgoCheck(lightHandle, operationDesc, Adesc, Bdesc, Cdesc, Ddesc, &algo, &heuristicResultsArray[0]);
  if (status == CUBLAS_STATUS_SUCCESS) *returnAlgoCount = 1;
  return status;
}

cublasStatus_t cublasLtMatmulAlgoCheck(cublasLtHandle_t lightHandle, cublasLtMatmulDesc_t operationDesc,
                                       cublasLtMatrixLayout_t Adesc, cublasLtMatrixLayout_t Bdesc,
                                       cublasLtMatrixLayout_t Cdesc, cublasLtMatrixLayout_t Ddesc,
                                       const cublasLtMatmulAlgo_t* algo, cublasLtMatmulHeuristicResult_t* result) {
  if (lightHandle == nullptr) return CUBLAS_STATUS_NOT_INITIALIZED;
  if (algo == nullptr || algo->data[0] != cuda_emulation::kAlgorithmMark) return CUBLAS_STATUS_INVALID_VALUE;
  MatmulShape shape;
  const cublasStatus_t status = describe(operationDesc, Adesc, Bdesc, Cdesc, Ddesc, shape);
  if (status != CUBLAS_STATUS_SUCCESS) return status;
  *result = {};
  result->algo = *algo;
  result->state = CUBLAS_STATUS_SUCCESS;
  result->wavesCount = 1;
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasLtMatmul(cublasLtHandle_t lightHandle, cublasLtMatmulDesc_t computeDesc, const void* alpha,
                              const void* A, cublasLtMatrixLayout_t Adesc, const void* B, cublasLtMatrixLayout_t Bdesc,
                              const void* beta, const void* C, cublasLtMatrixLayout_t Cdesc, void* D,
                              cublasLtMatrixLayout_t Ddesc, const cublasLtMatmulAlgo_t* algo, void* workspace,
                              size_t workspaceSizeInBytes, cudaStream_t stream) {
  if (lightHandle == nullptr) return CUBLAS_STATUS_NOT_INITIALIZED;
  if (algo != nullptr && algo->data[0] != cuda_emulation::kAlgorithmMark) return CUBLAS_STATUS_INVALID_VALUE;
  if (alpha == nullptr || beta == nullptr || (workspace == nullptr && workspaceSizeInBytes != 0)) {
    return CUBLAS_STATUS_INVALID_VALUE;
  }
  MatmulShape shape;
  const cublasStatus_t status = describe(computeDesc, Adesc, Bdesc, Cdesc, Ddesc, shape);
  if (status != CUBLAS_STATUS_SUCCESS) return status;
  MatmulOperands operands;
  operands.alpha = *static_cast<const float*>(alpha);
  operands.beta = *static_cast<const float*>(beta);
  operands.a = A;
  operands.b = B;
  operands.c = C;
  operands.d = D;
  operands.bias = computeDesc->bias;
  return cuda_emulation::queueProduct(shape, operands, stream);
}
