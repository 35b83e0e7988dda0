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

__device__ __forceinline__ float sigmoid(float x) {
  return 1.0f / (1.0f + expf(-x));
}

/// What one block needs besides its registers. `phi` and `delta` have as many rows as there are written rows, to 16.
struct UpdateStorage {
  Bf16 weights[kKeys][kStride];
  float squares[2][kWarps];
  // [rows to 16][kStride] twice follow.
};

struct UpdateView {
  UpdateStorage& fixed;
  Bf16* phi;    // keys [first, first + kKeys) of every written row
  Bf16* delta;  // beta (v - v_old), this block's columns
};

__device__ __forceinline__ int paddedRows(const MemoryWriteArguments& a) {
  return (a.rows + 15) / 16 * 16;
}

/// phi's columns [firstKey, firstKey + kKeys) of all written rows; zeros beyond both.
__device__ __forceinline__ void loadFeatures(const MemoryWriteArguments& a, Bf16* phi, int firstKey) {
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
  copyAsyncWait<0>();
}

/// W_mem [kKeys, kColumns] as bf16, zeros beyond its edges.
__device__ __forceinline__ void loadWeights(const MemoryWriteArguments& a, const float* weights,
                                            Bf16 (&to)[kKeys][kStride], int firstKey, int columns) {
  for (int i = static_cast<int>(threadIdx.x); i < kKeys * (kColumns / 4); i += kThreads) {
    const int key = i / (kColumns / 4);
    const int column = i % (kColumns / 4) * 4;
    float4 w = make_float4(0, 0, 0, 0);
    if (firstKey + key < a.keysPadded && column < columns) {
      w = *reinterpret_cast<const float4*>(weights + static_cast<std::size_t>(firstKey + key) * a.valuesPerHead +
                                           column);
    }
    *reinterpret_cast<uint2*>(&to[key][column]) = make_uint2(packPair(w.x, w.y), packPair(w.z, w.w));
  }
}

/// This warp's 16 rows of v_old, not yet divided: phi [16, keys] W [keys, kColumns].
__device__ __forceinline__ void addOldValues(float (&old)[kColumns / 8][4], const UpdateView& s, int firstRow,
                                             int lane) {
#pragma unroll
  for (int k = 0; k < kKeys / 16; ++k) {
    std::uint32_t a[4];
    loadMatrix4(a, s.phi + (firstRow + lane % 16) * kStride + k * 16 + lane / 16 * 8);
#pragma unroll
    for (int n = 0; n < kColumns / 16; ++n) {
      std::uint32_t b[4];
      loadMatrix4Transposed(b, &s.fixed.weights[k * 16 + lane % 8 + lane / 8 % 2 * 8][n * 16 + lane / 16 * 8]);
      const std::uint32_t first[2] = {b[0], b[1]};
      const std::uint32_t second[2] = {b[2], b[3]};
      mmaBf16(old[2 * n], a, first);
      mmaBf16(old[2 * n + 1], a, second);
    }
  }
}

__device__ __forceinline__ float betaOf(const MemoryWriteArguments& a, const float* projected, int column) {
  const int head = static_cast<int>(blockIdx.y);
  const int index = a.betas == a.heads ? head : head * a.valuesPerHead + column;
  return sigmoid(projected[a.betaColumn + index] + a.betaBias[blockIdx.z * static_cast<std::size_t>(a.betas) + index]);
}

/// delta of this warp's 16 rows; zeros in rows and columns beyond the edges.
__device__ __forceinline__ void storeDelta(const MemoryWriteArguments& a, const float (&old)[kColumns / 8][4],
                                           const UpdateView& s, int firstRow, int firstColumn, int lane) {
  const int head = static_cast<int>(blockIdx.y);
#pragma unroll
  for (int half = 0; half < 2; ++half) {
    const int row = firstRow + lane / 4 + half * 8;
    const bool valid = row < a.rows;
    const std::size_t cellRow = (blockIdx.z * static_cast<std::size_t>(a.heads) + head) * a.rows + (valid ? row : 0);
    const float inverse = a.inverseDenominator[cellRow];
    const float* projected =
        a.projected + blockIdx.z * a.projectedCell + static_cast<std::size_t>(valid ? row : 0) * a.projectedRow;
#pragma unroll
    for (int n = 0; n < kColumns / 8; ++n) {
      float delta[2] = {0, 0};
#pragma unroll
      for (int i = 0; i < 2; ++i) {
        const int column = firstColumn + n * 8 + lane % 4 * 2 + i;
        if (!valid || column >= a.valuesPerHead) continue;
        const float v = projected[head * a.valuesPerHead + column];
        delta[i] = betaOf(a, projected, column) * (v - old[n][2 * half + i] * inverse);
      }
      *reinterpret_cast<std::uint32_t*>(s.delta + row * kStride + n * 8 + lane % 4 * 2) = packPair(delta[0], delta[1]);
    }
  }
}

/// dW [16 keys, 32 columns] of this warp: phi^T delta over all written rows.
__device__ __forceinline__ void multiplyDelta(float (&change)[4][4], const UpdateView& s, int rows, int keyTile,
                                              int columnHalf, int lane) {
#pragma unroll
  for (int n = 0; n < 4; ++n) {
#pragma unroll
    for (int i = 0; i < 4; ++i) change[n][i] = 0;
  }
  for (int row = 0; row < rows; row += 16) {
    std::uint32_t a[4];
    loadMatrix4Transposed(a, s.phi + (row + lane % 8 + lane / 16 * 8) * kStride + keyTile * 16 + lane / 8 % 2 * 8);
#pragma unroll
    for (int n = 0; n < 2; ++n) {
      std::uint32_t b[4];
      loadMatrix4Transposed(b, s.delta + (row + lane % 8 + lane / 8 % 2 * 8) * kStride + columnHalf * 32 + n * 16 +
                                   lane / 16 * 8);
      const std::uint32_t first[2] = {b[0], b[1]};
      const std::uint32_t second[2] = {b[2], b[3]};
      mmaBf16(change[2 * n], a, first);
      mmaBf16(change[2 * n + 1], a, second);
    }
  }
}

/// W += dW in float32, its bf16 copy, and this lane's part of the sums of squares.
__device__ __forceinline__ void addChange(const MemoryWriteArguments& a, const float (&change)[4][4], float* weights,
                                          Bf16* readWeights, int firstKey, int firstColumn, int columns, int lane,
                                          float (&squares)[2]) {
#pragma unroll
  for (int half = 0; half < 2; ++half) {
    const int key = firstKey + lane / 4 + half * 8;
    if (key >= a.keysPadded) continue;
#pragma unroll
    for (int n = 0; n < 4; ++n) {
      const int column = firstColumn + n * 8 + lane % 4 * 2;
      if (column >= columns) continue;
      const std::size_t place = static_cast<std::size_t>(key) * a.valuesPerHead + column;
      float2 w = *reinterpret_cast<const float2*>(weights + place);
      w.x += change[n][2 * half];
      w.y += change[n][2 * half + 1];
      *reinterpret_cast<float2*>(weights + place) = w;
      *reinterpret_cast<std::uint32_t*>(readWeights + place) = packPair(w.x, w.y);
      squares[0] += change[n][2 * half] * change[n][2 * half] + change[n][2 * half + 1] * change[n][2 * half + 1];
      squares[1] += w.x * w.x + w.y * w.y;
    }
  }
}

/// Grid: (blocks of kColumns columns, heads, cells). W_mem is read twice (the second time from the cache) and written
/// once in float32 and once in bf16: 10 bytes an element; phi is read twice by every block of columns.
__global__ void __launch_bounds__(kThreads) updateMemory(MemoryWriteArguments a) {
  auto& fixed = sharedStorage<UpdateStorage>();
  const int rows = paddedRows(a);
  Bf16* phi = reinterpret_cast<Bf16*>(&fixed + 1);
  const UpdateView s{fixed, phi, phi + rows * kStride};
  const int lane = static_cast<int>(threadIdx.x) % kWarp;
  const int warp = static_cast<int>(threadIdx.x) / kWarp;
  const int firstColumn = static_cast<int>(blockIdx.x) * kColumns;
  const int columns = smaller(kColumns, a.valuesPerHead - firstColumn);
  const std::size_t head = static_cast<std::size_t>(blockIdx.y) * a.keysPadded * a.valuesPerHead + firstColumn;
  float* weights = a.weights + blockIdx.z * a.stateCell + head;
  Bf16* readWeights = a.readWeights + blockIdx.z * a.readWeightsCell + head;

  for (int block = 0; block < rows; block += kRowBlock) {
    const int row = block + warp * 16;
    float old[kColumns / 8][4] = {};
    for (int key = 0; key < a.keysPadded; key += kKeys) {
      __syncthreads();  // before what was loaded last is overwritten
      loadFeatures(a, s.phi, key);
      loadWeights(a, weights, fixed.weights, key, columns);
      __syncthreads();
      if (row < rows) addOldValues(old, s, row, lane);
    }
    if (row < rows) storeDelta(a, old, s, row, firstColumn, lane);
  }

  float squares[2] = {0, 0};
  for (int key = 0; key < a.keysPadded; key += kKeys) {
    __syncthreads();
    loadFeatures(a, s.phi, key);
    __syncthreads();
    const int keyTile = warp % (kKeys / 16);
    const int columnHalf = warp / (kKeys / 16);
    float change[4][4];
    multiplyDelta(change, s, rows, keyTile, columnHalf, lane);
    addChange(a, change, weights, readWeights, key + keyTile * 16, columnHalf * 32, columns, lane, squares);
  }
#pragma unroll
  for (int i = 0; i < 2; ++i) {
    const float sum = warpSum(squares[i]);
    if (lane == 0) fixed.squares[i][warp] = sum;
  }
  __syncthreads();
  if (threadIdx.x >= 2) return;
  float sum = 0;
  for (int w = 0; w < kWarps; ++w) sum += fixed.squares[threadIdx.x][w];
  const std::size_t block = (blockIdx.z * gridDim.y + blockIdx.y) * gridDim.x + blockIdx.x;
  a.squares[block * 2 + threadIdx.x] = sum;
}

struct FinishStorage {
  float sums[kWarps];
};

/// Sum over the block in one order; the result is thread 0's.
__device__ __forceinline__ float blockSum(FinishStorage& s, float value) {
  value = warpSum(value);
  __syncthreads();  // before the sums of the last call are overwritten
  if (threadIdx.x % kWarp == 0) s.sums[threadIdx.x / kWarp] = value;
  __syncthreads();
  float sum = 0;
  if (threadIdx.x == 0) {
    for (int w = 0; w < kWarps; ++w) sum += s.sums[w];
  }
  return sum;
}

/// One block a cell.
__global__ void __launch_bounds__(kThreads) finishMemory(MemoryWriteArguments a, int squareCount) {
  auto& s = sharedStorage<FinishStorage>();
  const std::size_t cell = blockIdx.x;
  const int thread = static_cast<int>(threadIdx.x);
  const Bf16* features = a.features + cell * a.featuresCell;
  const float* gamma = a.gamma + cell * a.heads * a.rows;
  float* normalizers = a.normalizers + cell * a.stateCell;
  const int keys = a.heads * a.keysPadded;
  for (int key = thread; key < keys; key += kThreads) {
    const float* gammaOfHead = gamma + key / a.keysPadded * a.rows;
    float sum = 0;
    for (int row = 0; row < a.rows; ++row) {
      sum += gammaOfHead[row] * __bfloat162float(features[static_cast<std::size_t>(row) * keys + key]);
    }
    normalizers[key] += sum;
  }

  float novelty = 0;
  for (int i = thread; i < a.heads * a.rows; i += kThreads) novelty += gamma[i];
  float beta = 0;
  for (int i = thread; i < a.rows * a.betas; i += kThreads) {
    const float* row = a.projected + cell * a.projectedCell + static_cast<std::size_t>(i / a.betas) * a.projectedRow;
    beta += sigmoid(row[a.betaColumn + i % a.betas] + a.betaBias[cell * a.betas + i % a.betas]);
  }
  float change = 0;
  float size = 0;
  for (int i = thread; i < squareCount; i += kThreads) {
    change += a.squares[(cell * squareCount + i) * 2];
    size += a.squares[(cell * squareCount + i) * 2 + 1];
  }
  novelty = blockSum(s, novelty);
  beta = blockSum(s, beta);
  change = blockSum(s, change);
  size = blockSum(s, size);
  if (thread != 0) return;
  a.metrics[cell * 3] = novelty / static_cast<float>(a.heads * a.rows);
  a.metrics[cell * 3 + 1] = beta / static_cast<float>(a.rows * a.betas);
  a.metrics[cell * 3 + 2] = size > 0 ? sqrtf(change / size) : 0.0f;
  a.written[cell] = 1;
}

__global__ void __launch_bounds__(kThreads) narrowWeights(const float* weights, std::size_t count, Bf16* out) {
  const std::size_t i = static_cast<std::size_t>(blockIdx.x) * kThreads + threadIdx.x;
  if (i < count) out[i] = __float2bfloat16_rn(weights[i]);
}

}  // namespace

Status launchMemoryUpdate(const LaunchTarget& target, const MemoryWriteArguments& arguments) {
  const std::size_t rows = static_cast<std::size_t>((arguments.rows + 15) / 16) * 16;
  const LaunchShape shape{dim3(blocksFor(arguments.valuesPerHead, kColumns), static_cast<unsigned>(arguments.heads),
                               static_cast<unsigned>(arguments.cells)),
                          kThreads, sizeof(UpdateStorage) + 2 * rows * kStride * sizeof(Bf16)};
  return launch(target, "the memory update", updateMemory, shape, arguments);
}

Status launchMemoryFinish(const LaunchTarget& target, const MemoryWriteArguments& arguments) {
  const LaunchShape shape{dim3(static_cast<unsigned>(arguments.cells)), kThreads, sizeof(FinishStorage)};
  const int squares = static_cast<int>(blocksFor(arguments.valuesPerHead, kColumns)) * arguments.heads;
  return launch(target, "the end of the memory write", finishMemory, shape, arguments, squares);
}

Status launchNarrow(const LaunchTarget& target, const float* weights, std::size_t count, Bf16* out) {
  const LaunchShape shape{dim3(blocksFor(static_cast<long>(count), kThreads)), kThreads, 0};
  return launch(target, "the memory's bf16 copy", narrowWeights, shape, weights, count, out);
}

}  // namespace tidemark::cuda
