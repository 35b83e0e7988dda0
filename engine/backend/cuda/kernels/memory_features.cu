#include "engine/backend/cuda/kernels/memory_features.h"

#include "engine/backend/cuda/kernels/intrinsics.h"
#include "engine/backend/cuda/kernels/vector_io.h"

namespace tidemark::cuda {
namespace {

constexpr int kWarps = 8;
constexpr int kOrder = 3;  // DPFP's nu
constexpr float kEpsilon = 1e-5f;

struct FeatureStorage {
  float parts[kWarps][2 * kWidestMemoryKey];  // relu(x), relu(-x)
};

/// Feature `key` of the parts [width]: the block j = key / width is parts * roll(parts, j + 1).
__device__ __forceinline__ float feature(const float* parts, int width, int key) {
  const int block = key / width;
  const int i = key - block * width;
  const int other = i - block - 1;
  return parts[i] * parts[other < 0 ? other + width : other];
}

/// One warp a row and head. Sums are over the features as they are kept (bf16), so that the denominator belongs to the
/// numerator that a product with them gives.
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
  const int keys = kOrder * width;
  float* parts = s.parts[warp];
  const float* x = a.projected + cell * a.projectedCell + static_cast<std::size_t>(row) * a.projectedRow +
                   head * a.dMemPerHead;
  for (int i = lane; i < a.dMemPerHead; i += kWarp) {
    parts[i] = fmaxf(x[i], 0.0f);
    parts[i + a.dMemPerHead] = fmaxf(-x[i], 0.0f);
  }
  __syncwarp();

  float length = 1.0f;
  if (a.normalize) {
    float squares = 0;
    for (int key = lane; key < keys; key += kWarp) {
      const float value = feature(parts, width, key);
      squares += value * value;
    }
    length = 1.0f / fmaxf(sqrtf(warpSum(squares)), 1e-12f);
  }
  const float* z = a.state + cell * a.stateCell + head * a.keysPadded;
  float denominator = 0;
  float squares = 0;
  for (int key = lane; key < keys; key += kWarp) {
    const float value = __bfloat162float(__float2bfloat16_rn(feature(parts, width, key) * length));
    denominator += value * z[key];
    squares += value * value;
  }
  denominator = warpSum(denominator) + kEpsilon;
  squares = warpSum(squares);

  const bool reading = a.inverseDenominator == nullptr;
  const float inverse = a.useDenominator ? 1.0f / denominator : 1.0f;
  const float scale = reading ? inverse : 1.0f;
  Bf16* out = a.features + cell * a.featuresCell + (static_cast<std::size_t>(row) * a.heads + head) * a.keysPadded;
  for (int key = lane; key < a.keysPadded; key += kWarp) {
    out[key] = __float2bfloat16_rn(key < keys ? feature(parts, width, key) * length * scale : 0.0f);
  }
  if (reading || lane != 0) return;
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
