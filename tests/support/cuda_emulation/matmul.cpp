#include "tests/support/cuda_emulation/matmul.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "cuda_bf16.h"
#include "tests/support/cuda_emulation/sanitizer.h"

namespace cuda_emulation {
namespace {

constexpr std::size_t kTileRows = 32;
constexpr std::size_t kTileColumns = 4;

float readElement(const void* matrix, cudaDataType_t type, std::size_t index) {
  if (type == CUDA_R_32F) return static_cast<const float*>(matrix)[index];
  return __bfloat162float(static_cast<const __nv_bfloat16*>(matrix)[index]);
}

void writeElement(void* matrix, cudaDataType_t type, std::size_t index, float value) {
  if (type == CUDA_R_32F) {
    static_cast<float*>(matrix)[index] = value;
  } else {
    static_cast<__nv_bfloat16*>(matrix)[index] = __float2bfloat16_rn(value);
  }
}

/// One batch of a matrix as panels of `width` rows: panel p has element (row, k) at [k][row - p width]; zeros beyond.
std::vector<float> packPanels(const void* matrix, const MatrixLayout& layout, std::size_t batch, bool transposed,
                              std::size_t rows, std::size_t depth, std::size_t width) {
  const std::size_t base = batch * static_cast<std::size_t>(layout.batchStride);
  const auto leading = static_cast<std::size_t>(layout.leading);
  std::vector<float> packed((rows + width - 1) / width * width * depth, 0.0F);
  for (std::size_t k = 0; k < depth; ++k) {
    for (std::size_t row = 0; row < rows; ++row) {
      const std::size_t place = transposed ? row * leading + k : k * leading + row;
      packed[(row / width * depth + k) * width + row % width] = readElement(matrix, layout.type, base + place);
    }
  }
  return packed;
}

/// Works on packed copies of our own, so instrumenting it would only make it slow.
/// sums[column][row] = the tile's products; a [depth][kTileRows], b [depth][kTileColumns].
TM_NOT_SANITIZED __attribute__((always_inline)) inline void multiplyTile(const float* a, const float* b,
                                                                         std::size_t depth, float* sums) {
  float sum[kTileColumns][kTileRows] = {};
  for (std::size_t k = 0; k < depth; ++k) {
    for (std::size_t column = 0; column < kTileColumns; ++column) {
      const float factor = b[k * kTileColumns + column];
      for (std::size_t row = 0; row < kTileRows; ++row) {
        sum[column][row] = __builtin_fmaf(a[k * kTileRows + row], factor, sum[column][row]);
      }
    }
  }
  for (std::size_t i = 0; i < kTileColumns * kTileRows; ++i) sums[i] = sum[i / kTileRows][i % kTileRows];
}

using TileFunction = void (*)(const float*, const float*, std::size_t, float*);

TM_NOT_SANITIZED void multiplyTilePlain(const float* a, const float* b, std::size_t depth, float* sums) {
  multiplyTile(a, b, depth, sums);
}
#if defined(__x86_64__)
__attribute__((target("avx2,fma"))) TM_NOT_SANITIZED void multiplyTileAvx2(const float* a, const float* b,
                                                                           std::size_t depth, float* sums) {
  multiplyTile(a, b, depth, sums);
}
#endif

TileFunction chooseTile() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return multiplyTileAvx2;
#endif
  return multiplyTilePlain;
}

struct Tile {
  std::size_t batch, row, column, rows, columns;
};

void writeTile(const MatmulShape& shape, const MatmulOperands& operands, const Tile& tile, const float* sums) {
  const std::size_t baseC = tile.batch * static_cast<std::size_t>(shape.c.batchStride);
  const std::size_t baseD = tile.batch * static_cast<std::size_t>(shape.d.batchStride);
  const std::size_t baseBias = tile.batch * static_cast<std::size_t>(shape.biasBatchStride);
  for (std::size_t j = 0; j < tile.columns; ++j) {
    for (std::size_t i = 0; i < tile.rows; ++i) {
      const std::size_t row = tile.row + i;
      const std::size_t column = tile.column + j;
      float value = operands.alpha * sums[j * kTileRows + i];
      if (operands.beta != 0) {
        const std::size_t place = baseC + column * static_cast<std::size_t>(shape.c.leading) + row;
        value = __builtin_fmaf(operands.beta, readElement(operands.c, shape.c.type, place), value);
      }
      if (shape.hasBias) value += readElement(operands.bias, shape.biasType, baseBias + row);
      writeElement(operands.d, shape.d.type, baseD + column * static_cast<std::size_t>(shape.d.leading) + row, value);
    }
  }
}

}  // namespace

void multiply(const MatmulShape& shape, const MatmulOperands& operands) {
  const std::size_t rows = shape.d.rows;
  const std::size_t columns = shape.d.columns;
  const std::size_t depth = shape.transposeA ? shape.a.rows : shape.a.columns;
  const TileFunction tileFunction = chooseTile();
  for (std::size_t batch = 0; batch < static_cast<std::size_t>(shape.d.batches); ++batch) {
    const std::vector<float> a = packPanels(operands.a, shape.a, batch, shape.transposeA, rows, depth, kTileRows);
    // op(B) transposed, so that its panels are of columns.
    const std::vector<float> b =
        packPanels(operands.b, shape.b, batch, !shape.transposeB, columns, depth, kTileColumns);
    float sums[kTileColumns * kTileRows];
    for (std::size_t column = 0; column < columns; column += kTileColumns) {
      for (std::size_t row = 0; row < rows; row += kTileRows) {
        tileFunction(a.data() + row * depth, b.data() + column * depth, depth, sums);
        const Tile tile{batch, row, column, std::min(kTileRows, rows - row), std::min(kTileColumns, columns - column)};
        writeTile(shape, operands, tile, sums);
      }
    }
  }
}

}  // namespace cuda_emulation
