#include "engine/backend/cuda/kernels/intrinsics.h"
#include "engine/backend/cuda/kernels/memory_features.h"
#include "engine/backend/cuda/kernels/vector_io.h"

namespace tidemark::cuda {
namespace {

constexpr int kWarps = 8;
constexpr int kOrder = 3;  // DPFP's nu
constexpr float kEpsilon = 1e-5f;

struct FeatureStorage {
  float parts[kWarps][2 * kWidestMemoryKey];  // relu(x), relu(-x)
};

/// The features that come from two neighbouring parts i and i + 1: block j is parts * roll(parts, j + 1).
struct FeaturePairs {
  float2 blocks[kOrder];
};

__device__ __forceinline__ FeaturePairs makeFeatures(const float* parts, int width, int i, float scale) {
  float before[kOrder + 2];  // parts i - 3 .. i + 1, around the end
#pragma unroll
  for (int j = 0; j < kOrder + 2; ++j) {
    const int index = i + j - kOrder;
    before[j] = parts[index < 0 ? index + width : index];
  }
  FeaturePairs out;
#pragma unroll
  for (int j = 0; j < kOrder; ++j) {
    out.blocks[j].x = before[kOrder] * before[kOrder - j - 1] * scale;
    out.blocks[j].y = before[kOrder + 1] * before[kOrder - j] * scale;
  }
  return out;
}

__device__ __forceinline__ float rounded(float value) {
  return __bfloat162float(__float2bfloat16_rn(value));
}

/// One warp a row and head. Sums are over the features as they are kept (bf16), so that the denominator belongs to the
/// numerator that a product with them gives. Features are computed again where they are needed again: three times two
/// multiplications from shared memory.
__global__ void __launch_bounds__(kWarps* kWarp) computeFeatures(MemoryFeatureArguments a) {
  auto& s = sharedStorage<FeatureStorage>();
  const int lane = static_cast<int>(threadIdx.x) % kWarp;
  const int warp = static_cast<int>(threadIdx.x) / kWarp;
  const int unit = static_cast<int>(blockIdx.x) * kWarps + warp;
  if (unit >= a.rows * a.heads) return;  // whole warps leave together
  const int row = unit / a.heads;
  const int head = unit % a.heads;
  const std::size_t cell = blockIdx.y;
  const int width = 2 * a.dMemPerHead;
  float* parts = s.parts[warp];
  const float* x =
      a.projected + cell * a.projectedCell + static_cast<std::size_t>(row) * a.projectedRow + head * a.dMemPerHead;
  for (int i = lane; i < a.dMemPerHead; i += kWarp) {
    const float value = x[i];
    parts[i] = fmaxf(value, 0.0f);
    parts[i + a.dMemPerHead] = fmaxf(-value, 0.0f);
  }
  __syncwarp();

  float length = 1.0f;
  if (a.normalize) {
    float squares = 0;
    for (int i = 2 * lane; i < width; i += 2 * kWarp) {
      const FeaturePairs f = makeFeatures(parts, width, i, 1.0f);
#pragma unroll
      for (int j = 0; j < kOrder; ++j) squares += f.blocks[j].x * f.blocks[j].x + f.blocks[j].y * f.blocks[j].y;
    }
    length = 1.0f / fmaxf(sqrtf(warpSum(squares)), 1e-12f);
  }
  const float* z = a.state + cell * a.stateCell + head * a.keysPadded;
  float denominator = 0;
  float squares = 0;
  for (int i = 2 * lane; i < width; i += 2 * kWarp) {
    const FeaturePairs f = makeFeatures(parts, width, i, length);
#pragma unroll
    for (int j = 0; j < kOrder; ++j) {
      const float2 weights = *reinterpret_cast<const float2*>(z + j * width + i);
      const float first = rounded(f.blocks[j].x);
      const float second = rounded(f.blocks[j].y);
      denominator += first * weights.x + second * weights.y;
      squares += first * first + second * second;
    }
  }
  denominator = warpSum(denominator) + kEpsilon;
  const bool reading = a.inverseDenominator == nullptr;
  const float inverse = a.useDenominator ? 1.0f / denominator : 1.0f;
  const float scale = reading ? length * inverse : length;
  Bf16* out = a.features + cell * a.featuresCell + (static_cast<std::size_t>(row) * a.heads + head) * a.keysPadded;
  for (int i = 2 * lane; i < width; i += 2 * kWarp) {
    const FeaturePairs f = makeFeatures(parts, width, i, scale);
#pragma unroll
    for (int j = 0; j < kOrder; ++j) {
      *reinterpret_cast<std::uint32_t*>(out + j * width + i) = packPair(f.blocks[j].x, f.blocks[j].y);
    }
  }
  for (int key = kOrder * width + lane; key < a.keysPadded; key += kWarp) out[key] = __float2bfloat16_rn(0.0f);
  if (reading) return;
  squares = warpSum(squares);
  if (lane != 0) return;
  const std::size_t place = (cell * a.heads + head) * a.rows + row;
  float gamma = 1.0f;
  if (a.correction && a.useDenominator && a.written[cell] != 0) {
    gamma = 1.0f - denominator / (squares + (a.normalize ? 0.0f : kEpsilon));
    gamma = fminf(fmaxf(gamma, 0.0f), 1.0f);
  }
  a.gamma[place] = gamma;
  a.inverseDenominator[place] = inverse;
}

}  // namespace

Status launchMemoryFeatures(const LaunchTarget& target, const MemoryFeatureArguments& arguments) {
  const LaunchShape shape{dim3(blocksFor(static_cast<long>(arguments.rows) * arguments.heads, kWarps),
                               static_cast<unsigned>(arguments.cells)),
                          kWarps * kWarp, sizeof(FeatureStorage)};
  return launch(target, "memory features", computeFeatures, shape, arguments);
}

}  // namespace tidemark::cuda
