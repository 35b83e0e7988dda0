#include "engine/backend/cuda/kernels/intrinsics.h"
#include "engine/backend/cuda/kernels/memory_write.h"
#include "engine/backend/cuda/kernels/vector_io.h"

namespace tidemark::cuda {
namespace {

constexpr int kWarps = 8;
constexpr int kThreads = kWarps * kWarp;
constexpr int kFinishKeys = 64;  // of z that one block sums
constexpr int kRowParts = kThreads / kFinishKeys;
constexpr int kSums = 4;  // gamma, beta, squares of dW and of W

struct FinishStorage {
  float parts[kRowParts][kFinishKeys];
  float sums[kSums][kWarps];
};

/// z += sum gamma phi, for this block's keys: every thread sums a part of the rows, and the parts are added in order.
__device__ __forceinline__ void addNormalizers(const MemoryWriteArguments& a, FinishStorage& s) {
  const std::size_t cell = blockIdx.x;
  const int keys = a.heads * a.keysPadded;
  const int key = static_cast<int>(blockIdx.y) * kFinishKeys + static_cast<int>(threadIdx.x) % kFinishKeys;
  const int part = static_cast<int>(threadIdx.x) / kFinishKeys;
  const int perPart = (a.rows + kRowParts - 1) / kRowParts;
  float sum = 0;
  if (key < keys) {
    const Bf16* features = a.features + cell * a.featuresCell + key;
    const float* gamma = a.gamma + (cell * a.heads + key / a.keysPadded) * a.rows;
    const int last = smaller(a.rows, (part + 1) * perPart);
#pragma unroll 8
    for (int row = part * perPart; row < last; ++row) {
      sum += gamma[row] * __bfloat162float(features[static_cast<std::size_t>(row) * keys]);
    }
  }
  s.parts[part][threadIdx.x % kFinishKeys] = sum;
  __syncthreads();
  if (part != 0 || key >= keys) return;
#pragma unroll
  for (int i = 1; i < kRowParts; ++i) sum += s.parts[i][threadIdx.x];
  a.normalizers[cell * a.stateCell + key] += sum;
}

/// The cell's metrics, from one block.
__device__ __forceinline__ void storeMetrics(const MemoryWriteArguments& a, FinishStorage& s, int squareCount) {
  const std::size_t cell = blockIdx.x;
  const int thread = static_cast<int>(threadIdx.x);
  float sums[kSums] = {};
  for (int i = thread; i < a.heads * a.rows; i += kThreads) sums[0] += a.gamma[cell * a.heads * a.rows + i];
  for (int i = thread; i < a.rows * a.betas; i += kThreads) {
    const float* row = a.projected + cell * a.projectedCell + static_cast<std::size_t>(i / a.betas) * a.projectedRow;
    sums[1] += sigmoid(row[a.betaColumn + i % a.betas] + a.betaBias[cell * a.betas + i % a.betas]);
  }
  for (int i = thread; i < squareCount; i += kThreads) {
    sums[2] += a.squares[(cell * squareCount + i) * 2];
    sums[3] += a.squares[(cell * squareCount + i) * 2 + 1];
  }
#pragma unroll
  for (int i = 0; i < kSums; ++i) {
    const float sum = warpSum(sums[i]);
    if (thread % kWarp == 0) s.sums[i][thread / kWarp] = sum;
  }
  __syncthreads();
  if (thread != 0) return;
#pragma unroll
  for (int i = 0; i < kSums; ++i) {
    sums[i] = 0;
    for (int w = 0; w < kWarps; ++w) sums[i] += s.sums[i][w];
  }
  a.metrics[cell * 3] = sums[0] / static_cast<float>(a.heads * a.rows);
  a.metrics[cell * 3 + 1] = sums[1] / static_cast<float>(a.rows * a.betas);
  a.metrics[cell * 3 + 2] = sums[3] == 0 ? 0.0f : sqrtf(sums[2] / sums[3]);
  a.written[cell] = 1;
}

/// Grid: (cells, blocks of kFinishKeys keys).
__global__ void __launch_bounds__(kThreads) finishMemory(MemoryWriteArguments a, int squareCount) {
  auto& s = sharedStorage<FinishStorage>();
  addNormalizers(a, s);
  if (blockIdx.y == 0) storeMetrics(a, s, squareCount);
}

__global__ void __launch_bounds__(kThreads) narrowWeights(const float* weights, std::size_t count, Bf16* out) {
  const std::size_t i = static_cast<std::size_t>(blockIdx.x) * kThreads + threadIdx.x;
  if (i < count) out[i] = __float2bfloat16_rn(weights[i]);
}

}  // namespace

Status launchMemoryFinish(const LaunchTarget& target, const MemoryWriteArguments& arguments) {
  const LaunchShape shape{
      dim3(static_cast<unsigned>(arguments.cells), blocksFor(arguments.heads * arguments.keysPadded, kFinishKeys)),
      kThreads, sizeof(FinishStorage)};
  const int squares = static_cast<int>(blocksFor(arguments.valuesPerHead, kMemoryColumns)) * arguments.heads;
  return launch(target, "the end of the memory write", finishMemory, shape, arguments, squares);
}

Status launchNarrow(const LaunchTarget& target, const float* weights, std::size_t count, Bf16* out) {
  const LaunchShape shape{dim3(blocksFor(static_cast<long>(count), kThreads)), kThreads, 0};
  return launch(target, "the memory's bf16 copy", narrowWeights, shape, weights, count, out);
}

}  // namespace tidemark::cuda
