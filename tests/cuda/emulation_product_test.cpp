// cuBLASLt's products against naive ones: transposes, batches, bias, beta, types.
#include <cublasLt.h>
#include <cuda_bf16.h>
#include <gmock/gmock.h>

#include <cmath>
#include <cstring>
#include <random>
#include <tuple>

#include "tests/cuda/emulation_fixture.h"

namespace tidemark::test {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A column-major matrix of batches, with room between columns and batches.
struct Matrix {
  cudaDataType_t type;
  std::size_t rows, columns, batches;
  std::vector<float> values;  // as the type holds them

  [[nodiscard]] std::size_t leading() const { return rows + 3; }
  [[nodiscard]] std::size_t stride() const { return leading() * columns + 5; }
  [[nodiscard]] std::size_t count() const { return stride() * batches; }
  [[nodiscard]] float at(std::size_t batch, std::size_t row, std::size_t column) const {
    return values[batch * stride() + column * leading() + row];
  }
};

Matrix randomMatrix(cudaDataType_t type, std::size_t rows, std::size_t columns, std::size_t batches, unsigned seed) {
  Matrix matrix{type, rows, columns, batches, {}};
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> values(-1, 1);
  for (std::size_t i = 0; i < matrix.count(); ++i) {
    const float value = values(random);
    matrix.values.push_back(type == CUDA_R_32F ? value : __bfloat162float(__float2bfloat16_rn(value)));
  }
  return matrix;
}

/// The bytes of a matrix or vector as its type.
std::vector<std::byte> encode(const std::vector<float>& values, cudaDataType_t type) {
  std::vector<std::byte> bytes(values.size() * (type == CUDA_R_32F ? 4 : 2));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const __nv_bfloat16 rounded = __float2bfloat16_rn(values[i]);
    if (type == CUDA_R_32F) std::memcpy(&bytes[i * 4], &values[i], 4);
    if (type == CUDA_R_16BF) std::memcpy(&bytes[i * 2], &rounded, 2);
  }
  return bytes;
}

std::vector<float> decode(const std::vector<std::byte>& bytes, cudaDataType_t type) {
  std::vector<float> values(bytes.size() / (type == CUDA_R_32F ? 4 : 2));
  for (std::size_t i = 0; i < values.size(); ++i) {
    __nv_bfloat16 rounded{};
    if (type == CUDA_R_32F) std::memcpy(&values[i], &bytes[i * 4], 4);
    if (type == CUDA_R_32F) continue;
    std::memcpy(&rounded, &bytes[i * 2], 2);
    values[i] = __bfloat162float(rounded);
  }
  return values;
}

struct Case {
  cudaDataType_t inputType = CUDA_R_16BF;
  cudaDataType_t outputType = CUDA_R_16BF;
  bool transposeA = false;
  bool transposeB = false;
  std::size_t batches = 1;
  float alpha = 1;
  float beta = 0;
  bool bias = false;
};

constexpr std::size_t kRows = 37;
constexpr std::size_t kColumns = 11;
constexpr std::size_t kDepth = 29;

class Layout {
 public:
  explicit Layout(const Matrix& matrix) {
    EXPECT_EQ(cublasLtMatrixLayoutCreate(&m_layout, matrix.type, matrix.rows, matrix.columns,
                                         static_cast<std::int64_t>(matrix.leading())),
              CUBLAS_STATUS_SUCCESS);
    const auto batches = static_cast<std::int32_t>(matrix.batches);
    const auto stride = static_cast<std::int64_t>(matrix.stride());
    cublasLtMatrixLayoutSetAttribute(m_layout, CUBLASLT_MATRIX_LAYOUT_BATCH_COUNT, &batches, sizeof(batches));
    cublasLtMatrixLayoutSetAttribute(m_layout, CUBLASLT_MATRIX_LAYOUT_STRIDED_BATCH_OFFSET, &stride, sizeof(stride));
  }
  ~Layout() { cublasLtMatrixLayoutDestroy(m_layout); }
  Layout(const Layout&) = delete;
  Layout& operator=(const Layout&) = delete;
  operator cublasLtMatrixLayout_t() const { return m_layout; }  // NOLINT: as the functions take it

 private:
  cublasLtMatrixLayout_t m_layout = nullptr;
};

/// A product from descriptors to result, as host code does it; D's memory as floats.
std::vector<float> multiplyByLibrary(const Case& c, const Matrix& a, const Matrix& b, const Matrix& source,
                                     const std::vector<float>& bias) {
  cublasLtHandle_t library = nullptr;
  cublasLtMatmulDesc_t operation = nullptr;
  cublasLtMatmulPreference_t preference = nullptr;
  cublasLtCreate(&library);
  cublasLtMatmulDescCreate(&operation, CUBLAS_COMPUTE_32F, CUDA_R_32F);
  cublasLtMatmulPreferenceCreate(&preference);
  const std::int32_t transposeA = c.transposeA ? CUBLAS_OP_T : CUBLAS_OP_N;
  const std::int32_t transposeB = c.transposeB ? CUBLAS_OP_T : CUBLAS_OP_N;
  cublasLtMatmulDescSetAttribute(operation, CUBLASLT_MATMUL_DESC_TRANSA, &transposeA, sizeof(transposeA));
  cublasLtMatmulDescSetAttribute(operation, CUBLASLT_MATMUL_DESC_TRANSB, &transposeB, sizeof(transposeB));
  const DeviceArray<std::byte> deviceBias(encode(bias, c.outputType));
  if (c.bias) {
    const std::uint32_t epilogue = CUBLASLT_EPILOGUE_BIAS;
    const void* pointer = deviceBias.data();
    const std::int64_t stride = kRows;
    cublasLtMatmulDescSetAttribute(operation, CUBLASLT_MATMUL_DESC_EPILOGUE, &epilogue, sizeof(epilogue));
    cublasLtMatmulDescSetAttribute(operation, CUBLASLT_MATMUL_DESC_BIAS_POINTER, &pointer, sizeof(pointer));
    cublasLtMatmulDescSetAttribute(operation, CUBLASLT_MATMUL_DESC_BIAS_BATCH_STRIDE, &stride, sizeof(stride));
  }
  const DeviceArray<std::byte> deviceA(encode(a.values, a.type));
  const DeviceArray<std::byte> deviceB(encode(b.values, b.type));
  const DeviceArray<std::byte> deviceC(encode(source.values, source.type));
  const DeviceArray<std::byte> deviceD(encode(source.values, source.type).size());
  const Layout layoutA(a);
  const Layout layoutB(b);
  const Layout layoutC(source);
  const Layout layoutD(source);
  cublasLtMatmulHeuristicResult_t found{};
  int count = 0;
  EXPECT_EQ(cublasLtMatmulAlgoGetHeuristic(library, operation, layoutA, layoutB, layoutC, layoutD, preference, 1,
                                           &found, &count),
            CUBLAS_STATUS_SUCCESS);
  EXPECT_EQ(count, 1);
  EXPECT_EQ(cublasLtMatmul(library, operation, &c.alpha, deviceA.data(), layoutA, deviceB.data(), layoutB, &c.beta,
                           deviceC.data(), layoutC, deviceD.data(), layoutD, &found.algo, nullptr, 0, nullptr),
            CUBLAS_STATUS_SUCCESS);
  cublasLtMatmulPreferenceDestroy(preference);
  cublasLtMatmulDescDestroy(operation);
  cublasLtDestroy(library);
  return decode(deviceD.read(), c.outputType);
}

void expectNaiveResult(const Case& c) {
  const Matrix a = c.transposeA ? randomMatrix(c.inputType, kDepth, kRows, c.batches, 1)
                                : randomMatrix(c.inputType, kRows, kDepth, c.batches, 1);
  const Matrix b = c.transposeB ? randomMatrix(c.inputType, kColumns, kDepth, c.batches, 2)
                                : randomMatrix(c.inputType, kDepth, kColumns, c.batches, 2);
  const Matrix source = randomMatrix(c.outputType, kRows, kColumns, c.batches, 3);
  const std::vector<float> bias = randomMatrix(c.outputType, kRows, 1, c.batches, 4).values;
  const std::vector<float> result = multiplyByLibrary(c, a, b, source, bias);
  const double tolerance = c.outputType == CUDA_R_32F ? 1e-5 : 0.02;
  for (std::size_t batch = 0; batch < c.batches; ++batch) {
    for (std::size_t row = 0; row < kRows; ++row) {
      for (std::size_t column = 0; column < kColumns; ++column) {
        double sum = 0;
        for (std::size_t k = 0; k < kDepth; ++k) {
          const double left = c.transposeA ? a.at(batch, k, row) : a.at(batch, row, k);
          sum += left * (c.transposeB ? b.at(batch, column, k) : b.at(batch, k, column));
        }
        sum = c.alpha * sum + c.beta * source.at(batch, row, column) + (c.bias ? bias[batch * kRows + row] : 0.0F);
        const float got = result[batch * source.stride() + column * source.leading() + row];
        ASSERT_NEAR(got, sum, tolerance) << batch << ", " << row << ", " << column;
      }
    }
  }
  // Between the columns nothing was written.
  ASSERT_TRUE(std::isnan(result[kRows]));
}

using EmulationProductTest = EmulationTest;

TEST_F(EmulationProductTest, EveryCombinationIsTheNaiveProduct) {
  const std::vector<std::pair<cudaDataType_t, cudaDataType_t>> types = {
      {CUDA_R_16BF, CUDA_R_16BF}, {CUDA_R_16BF, CUDA_R_32F}, {CUDA_R_32F, CUDA_R_32F}};
  for (const auto& [input, output] : types) {
    for (unsigned flags = 0; flags < 32; ++flags) {
      SCOPED_TRACE(flags);
      Case c{input, output};
      c.transposeA = (flags & 1) != 0;
      c.transposeB = (flags & 2) != 0;
      c.batches = (flags & 4) != 0 ? 3 : 1;
      c.bias = (flags & 8) != 0;
      if ((flags & 16) != 0) {
        c.alpha = 0.5F;
        c.beta = -2;
      }
      expectNaiveResult(c);
    }
  }
  EXPECT_EQ(cuda_emulation::counters().products, 96U);
  EXPECT_THAT(cuda_emulation::findings(), IsEmpty());
}

TEST_F(EmulationProductTest, AnElementIsOneChainOfFusedMultiplyAdds) {
  const Matrix a = randomMatrix(CUDA_R_32F, kRows, kDepth, 1, 1);
  const Matrix b = randomMatrix(CUDA_R_32F, kDepth, kColumns, 1, 2);
  const Matrix shape = randomMatrix(CUDA_R_32F, kRows, kColumns, 1, 3);
  const std::vector<float> result = multiplyByLibrary(Case{CUDA_R_32F, CUDA_R_32F}, a, b, shape, {0});
  for (std::size_t row = 0; row < kRows; ++row) {
    for (std::size_t column = 0; column < kColumns; ++column) {
      float sum = 0;
      for (std::size_t k = 0; k < kDepth; ++k) sum = std::fma(a.at(0, row, k), b.at(0, k, column), sum);
      ASSERT_EQ(result[column * shape.leading() + row], sum);
    }
  }
}

TEST_F(EmulationProductTest, WhatTheLibraryDoesNotHaveIsRefused) {
  cublasLtHandle_t library = nullptr;
  cublasLtMatmulDesc_t operation = nullptr;
  cublasLtMatmulPreference_t preference = nullptr;
  cublasLtCreate(&library);
  cublasLtMatmulDescCreate(&operation, CUBLAS_COMPUTE_32F, CUDA_R_32F);
  cublasLtMatmulPreferenceCreate(&preference);
  const Layout a(randomMatrix(CUDA_R_16BF, 8, 16, 1, 1));
  const Layout b(randomMatrix(CUDA_R_32F, 16, 8, 1, 1));
  const Layout d(randomMatrix(CUDA_R_32F, 8, 8, 1, 1));
  cublasLtMatmulHeuristicResult_t found{};
  int count = 1;
  EXPECT_EQ(cublasLtMatmulAlgoGetHeuristic(library, operation, a, b, d, d, preference, 1, &found, &count),
            CUBLAS_STATUS_NOT_SUPPORTED);
  EXPECT_EQ(count, 0);
  EXPECT_EQ(cublasLtMatmulAlgoGetHeuristic(library, operation, a, a, d, d, preference, 1, &found, &count),
            CUBLAS_STATUS_INVALID_VALUE);
  cublasLtMatmulPreferenceDestroy(preference);
  cublasLtMatmulDescDestroy(operation);
  cublasLtDestroy(library);
}

TEST_F(EmulationProductTest, AMatrixThatReachesOutsideItsAllocationIsFound) {
  cublasLtHandle_t library = nullptr;
  cublasLtMatmulDesc_t operation = nullptr;
  cublasLtCreate(&library);
  cublasLtMatmulDescCreate(&operation, CUBLAS_COMPUTE_32F, CUDA_R_32F);
  const Matrix square = randomMatrix(CUDA_R_32F, 8, 8, 1, 1);
  const Layout layout(square);
  const DeviceArray<float> memory(square.values);
  const DeviceArray<float> small(8 * 8);  // the leading dimension is 11
  const float one = 1;
  const float zero = 0;
  EXPECT_EQ(cublasLtMatmul(library, operation, &one, memory.data(), layout, memory.data(), layout, &zero, small.data(),
                           layout, small.data(), layout, nullptr, nullptr, 0, nullptr),
            CUBLAS_STATUS_INVALID_VALUE);
  EXPECT_THAT(cuda_emulation::findings(), ::testing::ElementsAre(HasSubstr("whose D")));
  cublasLtMatmulDescDestroy(operation);
  cublasLtDestroy(library);
}

}  // namespace
}  // namespace tidemark::test
