#include "engine/backend/cuda/kernels/intrinsics.h"
#include "engine/backend/cuda/kernels/memory_write.h"
#include "engine/backend/cuda/kernels/vector_io.h"

namespace tidemark::cuda {
namespace {

constexpr int kWarps = 8;
constexpr int kThreads = kWarps * kWarp;
constexpr int kColumns = kMemoryColumns;
constexpr int kKeys = 64;        // rows of W_mem at a time
constexpr int kRowBlock = 128;   // written rows whose old values are computed at a time: one tile of 16 per warp
constexpr int kStride = 64 + 8;  // bf16 of a shared row; the padding spreads matrix loads over the banks
constexpr int kStages = 2;
constexpr int kUpdateBlocks = 2;  // on one multiprocessor at a time

/// Fixed part of a block's shared memory; the rest depends on the number of written rows.
struct UpdateStorage {
  Bf16 weights[kStages][kKeys][kStride];  // a chunk of W_mem, and the next one
  float squares[2][kWarps];
  // [rows to 16][kStride] three times follow.
};

struct UpdateView {
  UpdateStorage& fixed;
  Bf16* phi;     // keys [first, first + kKeys) of every written row; behind it, the next ones
  Bf16* delta;   // beta (v - v_old), this block's columns
  int rowSpace;  // elements of each

  __device__ __forceinline__ Bf16* phiStage(int stage) const { return phi + stage * rowSpace; }
};

__device__ __forceinline__ int paddedRows(const MemoryWriteArguments& a) {
  return (a.rows + 15) / 16 * 16;
}

/// phi's columns [firstKey, firstKey + kKeys) of all written rows, zeros beyond both; under way until copyAsyncWait.
__device__ __forceinline__ void fetchFeatures(const MemoryWriteArguments& a, Bf16* phi, int firstKey) {
  const Bf16* from =
      a.features + blockIdx.z * a.featuresCell + static_cast<std::size_t>(blockIdx.y) * a.keysPadded + firstKey;
  const std::size_t rowStride = static_cast<std::size_t>(a.heads) * a.keysPadded;
  const int rows = paddedRows(a);
  for (int i = static_cast<int>(threadIdx.x); i < rows * (kKeys / 8); i += kThreads) {
    const int row = i / (kKeys / 8);
    const int column = i % (kKeys / 8) * 8;
    const bool inside = row < a.rows && firstKey + column < a.keysPadded;
    copyAsync16(phi + row * kStride + column, inside ? from + row * rowStride + column : from, inside);
  }
  copyAsyncCommit();
}

/// W_mem [kKeys, kColumns] as it is read (bf16), zeros beyond the edges; in the same commit group as the features.
__device__ __forceinline__ void fetchWeights(const MemoryWriteArguments& a, const Bf16* readWeights,
                                             Bf16 (&to)[kKeys][kStride], int firstKey, int columns) {
  for (int i = static_cast<int>(threadIdx.x); i < kKeys * (kColumns / 8); i += kThreads) {
    const int key = i / (kColumns / 8);
    const int column = i % (kColumns / 8) * 8;
    const bool inside = firstKey + key < a.keysPadded && column < columns;
    const std::size_t place = static_cast<std::size_t>(firstKey + key) * a.valuesPerHead + column;
    copyAsync16(&to[key][column], inside ? readWeights + place : readWeights, inside);
  }
}

/// This warp's 16 rows of v_old, not yet divided: phi [16, keys] W [keys, kColumns].
__device__ __forceinline__ void addOldValues(float (&old)[kColumns / 8][4], const Bf16* phi,
                                             const Bf16 (&weights)[kKeys][kStride], int firstRow, int lane) {
#pragma unroll
  for (int k = 0; k < kKeys / 16; ++k) {
    std::uint32_t a[4];
    loadMatrix4(a, phi + (firstRow + lane % 16) * kStride + k * 16 + lane / 16 * 8);
#pragma unroll
    for (int n = 0; n < kColumns / 16; ++n) {
      std::uint32_t b[4];
      loadMatrix4Transposed(b, &weights[k * 16 + lane % 8 + lane / 8 % 2 * 8][n * 16 + lane / 16 * 8]);
      const std::uint32_t first[2] = {b[0], b[1]};
      const std::uint32_t second[2] = {b[2], b[3]};
      mmaBf16(old[2 * n], a, first);
      mmaBf16(old[2 * n + 1], a, second);
    }
  }
}

/// beta of two neighbouring values of a head's row; the same for all of them unless `gating`.
__device__ __forceinline__ float2 betaOf(const MemoryWriteArguments& a, const float* projected, int index) {
  const bool gating = a.betas != a.heads;
  const float* bias = a.betaBias + blockIdx.z * static_cast<std::size_t>(a.betas);
  const int first = gating ? index : static_cast<int>(blockIdx.y);
  const float beta = sigmoid(projected[a.betaColumn + first] + bias[first]);
  if (!gating) return make_float2(beta, beta);
  return make_float2(beta, sigmoid(projected[a.betaColumn + first + 1] + bias[first + 1]));
}

/// delta of this warp's 16 rows; zeros in rows and columns beyond the edges.
__device__ __forceinline__ void storeDelta(const MemoryWriteArguments& a, const float (&old)[kColumns / 8][4],
                                           const UpdateView& s, int firstRow, int firstColumn, int lane) {
  const int head = static_cast<int>(blockIdx.y);
#pragma unroll
  for (int half = 0; half < 2; ++half) {
    const int row = firstRow + lane / 4 + half * 8;
    const std::size_t place = row < a.rows ? row : 0;
    const float* projected = a.projected + blockIdx.z * a.projectedCell + place * a.projectedRow;
    const int firstIndex = head * a.valuesPerHead + firstColumn + lane % 4 * 2;
    const float inverse =
        a.inverseDenominator[(blockIdx.z * static_cast<std::size_t>(a.heads) + head) * a.rows + place];
    float2 beta = betaOf(a, projected, firstIndex);
#pragma unroll
    for (int part = 0; part < kColumns / 8; part += 4) {
      float2 values[4];  // loads first, so that they are under way together
#pragma unroll
      for (int n = 0; n < 4; ++n) {
        values[n] = make_float2(0, 0);
        if (firstColumn + (part + n) * 8 + lane % 4 * 2 >= a.valuesPerHead) continue;
        values[n] = *reinterpret_cast<const float2*>(projected + firstIndex + (part + n) * 8);
      }
#pragma unroll
      for (int n = 0; n < 4; ++n) {
        const int column = (part + n) * 8;
        const bool inside = row < a.rows && firstColumn + column + lane % 4 * 2 < a.valuesPerHead;
        if (column > 0 && a.betas != a.heads && inside) beta = betaOf(a, projected, firstIndex + column);
        const float first = beta.x * (values[n].x - old[part + n][2 * half] * inverse);
        const float second = beta.y * (values[n].y - old[part + n][2 * half + 1] * inverse);
        *reinterpret_cast<std::uint32_t*>(s.delta + row * kStride + column + lane % 4 * 2) =
            inside ? packPair(first, second) : 0u;
      }
    }
  }
}

/// dW [16 keys, 32 columns] of this warp: phi^T delta over all written rows.
__device__ __forceinline__ void multiplyDelta(float (&change)[4][4], const Bf16* phi, const Bf16* delta, int rows,
                                              int keyTile, int columnHalf, int lane) {
#pragma unroll
  for (int n = 0; n < 4; ++n) {
#pragma unroll
    for (int i = 0; i < 4; ++i) change[n][i] = 0;
  }
  for (int row = 0; row < rows; row += 16) {
    std::uint32_t a[4];
    loadMatrix4Transposed(a, phi + (row + lane % 8 + lane / 16 * 8) * kStride + keyTile * 16 + lane / 8 % 2 * 8);
#pragma unroll
    for (int n = 0; n < 2; ++n) {
      std::uint32_t b[4];
      loadMatrix4Transposed(
          b, delta + (row + lane % 8 + lane / 8 % 2 * 8) * kStride + columnHalf * 32 + n * 16 + lane / 16 * 8);
      const std::uint32_t first[2] = {b[0], b[1]};
      const std::uint32_t second[2] = {b[2], b[3]};
      mmaBf16(change[2 * n], a, first);
      mmaBf16(change[2 * n + 1], a, second);
    }
  }
}

/// The elements of W_mem that a lane changes: rows g and g + 8 of 16 keys, pairs of columns.
struct WeightTile {
  float2 values[2][4];

  __device__ __forceinline__ static bool inside(const MemoryWriteArguments& a, int key, int column, int columns) {
    return key < a.keysPadded && column < columns;
  }
  __device__ __forceinline__ void fetch(const MemoryWriteArguments& a, const float* weights, int firstKey,
                                        int firstColumn, int columns, int lane) {
#pragma unroll
    for (int half = 0; half < 2; ++half) {
#pragma unroll
      for (int n = 0; n < 4; ++n) {
        const int key = firstKey + lane / 4 + half * 8;
        const int column = firstColumn + n * 8 + lane % 4 * 2;
        values[half][n] = make_float2(0, 0);
        if (!inside(a, key, column, columns)) continue;
        values[half][n] =
            *reinterpret_cast<const float2*>(weights + static_cast<std::size_t>(key) * a.valuesPerHead + column);
      }
    }
  }
  /// W += dW in float32, its bf16 copy, and this lane's part of the sums of squares.
  __device__ __forceinline__ void add(const MemoryWriteArguments& a, const float (&change)[4][4], float* weights,
                                      Bf16* readWeights, int firstKey, int firstColumn, int columns, int lane,
                                      float (&squares)[2]) {
#pragma unroll
    for (int half = 0; half < 2; ++half) {
#pragma unroll
      for (int n = 0; n < 4; ++n) {
        const int key = firstKey + lane / 4 + half * 8;
        const int column = firstColumn + n * 8 + lane % 4 * 2;
        if (!inside(a, key, column, columns)) continue;
        const float2 dw = make_float2(change[n][2 * half], change[n][2 * half + 1]);
        const float2 w = make_float2(values[half][n].x + dw.x, values[half][n].y + dw.y);
        const std::size_t place = static_cast<std::size_t>(key) * a.valuesPerHead + column;
        *reinterpret_cast<float2*>(weights + place) = w;
        *reinterpret_cast<std::uint32_t*>(readWeights + place) = packPair(w.x, w.y);
        squares[0] += dw.x * dw.x + dw.y * dw.y;
        squares[1] += w.x * w.x + w.y * w.y;
      }
    }
  }
};

/// delta of all written rows into shared memory, in blocks of kRowBlock; a chunk of keys is computed with while the
/// next one is on its way.
__device__ __forceinline__ void computeDelta(const MemoryWriteArguments& a, const UpdateView& s,
                                             const Bf16* readWeights, int firstColumn, int columns) {
  const int lane = static_cast<int>(threadIdx.x) % kWarp;
  const int warp = static_cast<int>(threadIdx.x) / kWarp;
  const int rows = paddedRows(a);
  const int chunks = (a.keysPadded + kKeys - 1) / kKeys;
  const auto fetch = [&](int chunk) {
    fetchWeights(a, readWeights, s.fixed.weights[chunk % kStages], chunk * kKeys, columns);
    fetchFeatures(a, s.phiStage(chunk % kStages), chunk * kKeys);
  };
  for (int block = 0; block < rows; block += kRowBlock) {
    const int row = block + warp * 16;
    float old[kColumns / 8][4] = {};
    fetch(0);  // the last chunk of the block of rows before ended with a barrier
    for (int chunk = 0; chunk < chunks; ++chunk) {
      if (chunk + 1 < chunks) {
        fetch(chunk + 1);
        copyAsyncWait<1>();
      } else {
        copyAsyncWait<0>();
      }
      __syncthreads();
      const int stage = chunk % kStages;
      if (row < rows) addOldValues(old, s.phiStage(stage), s.fixed.weights[stage], row, lane);
      __syncthreads();  // before this stage is filled again
    }
    if (row < rows) storeDelta(a, old, s, row, firstColumn, lane);
  }
}

/// W += phi^T delta, chunk by chunk.
__device__ __forceinline__ void applyDelta(const MemoryWriteArguments& a, const UpdateView& s, float* weights,
                                           Bf16* readWeights, int columns, float (&squares)[2]) {
  const int lane = static_cast<int>(threadIdx.x) % kWarp;
  const int warp = static_cast<int>(threadIdx.x) / kWarp;
  const int keyTile = warp % (kKeys / 16);
  const int columnHalf = warp / (kKeys / 16);
  const int rows = paddedRows(a);
  const int chunks = (a.keysPadded + kKeys - 1) / kKeys;
  fetchFeatures(a, s.phiStage(0), 0);  // nobody looks at phi since the last barrier; delta is looked at after the next
  for (int chunk = 0; chunk < chunks; ++chunk) {
    const int firstKey = chunk * kKeys + keyTile * 16;
    WeightTile tile;
    tile.fetch(a, weights, firstKey, columnHalf * 32, columns, lane);
    if (chunk + 1 < chunks) {
      fetchFeatures(a, s.phiStage((chunk + 1) % kStages), (chunk + 1) * kKeys);
      copyAsyncWait<1>();
    } else {
      copyAsyncWait<0>();
    }
    __syncthreads();
    float change[4][4];
    multiplyDelta(change, s.phiStage(chunk % kStages), s.delta, rows, keyTile, columnHalf, lane);
    tile.add(a, change, weights, readWeights, firstKey, columnHalf * 32, columns, lane, squares);
    __syncthreads();  // before this stage is filled again
  }
}

/// Grid: (blocks of kColumns columns, heads, cells). W_mem is read and written once in float32 and once in bf16: 12
/// bytes an element; phi is read twice by every block of columns.
__global__ void __launch_bounds__(kThreads, kUpdateBlocks) updateMemory(MemoryWriteArguments a) {
  auto& fixed = sharedStorage<UpdateStorage>();
  const int rowSpace = paddedRows(a) * kStride;
  Bf16* phi = reinterpret_cast<Bf16*>(&fixed + 1);
  const UpdateView s{fixed, phi, phi + 2 * rowSpace, rowSpace};
  const int firstColumn = static_cast<int>(blockIdx.x) * kColumns;
  const int columns = smaller(kColumns, a.valuesPerHead - firstColumn);
  const std::size_t head = static_cast<std::size_t>(blockIdx.y) * a.keysPadded * a.valuesPerHead + firstColumn;
  float* weights = a.weights + blockIdx.z * a.stateCell + head;
  Bf16* readWeights = a.readWeights + blockIdx.z * a.readWeightsCell + head;
  float squares[2] = {0, 0};
  computeDelta(a, s, readWeights, firstColumn, columns);
  applyDelta(a, s, weights, readWeights, columns, squares);
#pragma unroll
  for (int i = 0; i < 2; ++i) {
    const float sum = warpSum(squares[i]);
    if (threadIdx.x % kWarp == 0) fixed.squares[i][threadIdx.x / kWarp] = sum;
  }
  __syncthreads();
  if (threadIdx.x >= 2) return;
  float sum = 0;
  for (int w = 0; w < kWarps; ++w) sum += fixed.squares[threadIdx.x][w];
  const std::size_t block = (blockIdx.z * gridDim.y + blockIdx.y) * gridDim.x + blockIdx.x;
  a.squares[block * 2 + threadIdx.x] = sum;
}

}  // namespace

Status launchMemoryUpdate(const LaunchTarget& target, const MemoryWriteArguments& arguments) {
  const std::size_t rows = static_cast<std::size_t>((arguments.rows + 15) / 16) * 16;
  const LaunchShape shape{dim3(blocksFor(arguments.valuesPerHead, kColumns), static_cast<unsigned>(arguments.heads),
                               static_cast<unsigned>(arguments.cells)),
                          kThreads, sizeof(UpdateStorage) + 3 * rows * kStride * sizeof(Bf16)};
  return launch(target, "the memory update", updateMemory, shape, arguments);
}

}  // namespace tidemark::cuda
