#include "engine/backend/cuda/kernels/rotary.h"
#include "engine/backend/cuda/kernels/vector_io.h"

namespace tidemark::cuda {
namespace {

constexpr int kThreads = 256;

/// A thread turns kWide pairs of one head; kWide is 8 where headDim / 2 allows 16-byte accesses, else 1.
template <int kWide>
__device__ __forceinline__ void turn(Bf16* low, Bf16* high, const float2* table) {
  if constexpr (kWide == 8) {
    float x[8];
    float y[8];
    load8(low, x);
    load8(high, y);
#pragma unroll
    for (int i = 0; i < 8; i += 2) {
      const float4 angles = *reinterpret_cast<const float4*>(table + i);  // cosine, sine, cosine, sine
      const float first = x[i] * angles.x - y[i] * angles.y;
      const float second = x[i + 1] * angles.z - y[i + 1] * angles.w;
      y[i] = y[i] * angles.x + x[i] * angles.y;
      y[i + 1] = y[i + 1] * angles.z + x[i + 1] * angles.w;
      x[i] = first;
      x[i + 1] = second;
    }
    store8(low, x);
    store8(high, y);
  } else {
    const float2 angle = *table;
    const float x = __bfloat162float(*low);
    const float y = __bfloat162float(*high);
    *low = __float2bfloat16_rn(x * angle.x - y * angle.y);
    *high = __float2bfloat16_rn(y * angle.x + x * angle.y);
  }
}

/// One block a row. What is rotated is read and written once: 4 headDim bytes a head.
template <int kWide>
__global__ void __launch_bounds__(kThreads) rotateRows(RotaryArguments a) {
  const int row = static_cast<int>(blockIdx.x);
  const std::size_t cell = blockIdx.y;
  const int headsInAll = a.heads + 2 * a.keyValueHeads;
  Bf16* qkv = a.qkv + cell * a.qkvStride + static_cast<std::size_t>(row) * (headsInAll * a.headWidth);
  const int half = a.headDim / 2;
  if (a.table != nullptr) {
    const int perHead = half / kWide;
    const float2* table = a.table + static_cast<std::size_t>(a.firstPosition + row) * half;
    const int firstHead = a.rotateQueries ? 0 : a.heads;
    const int units = (a.heads + a.keyValueHeads - firstHead) * perHead;
    for (int unit = static_cast<int>(threadIdx.x); unit < units; unit += kThreads) {
      const int i = unit % perHead * kWide;
      Bf16* low = qkv + (firstHead + unit / perHead) * a.headWidth + i;
      turn<kWide>(low, low + half, table + i);
    }
  }
  if (a.cachedKeys == nullptr) return;
  __syncthreads();  // keys are rotated before they are copied
  const int width = a.keyValueHeads * a.headWidth;
  const std::size_t place = cell * a.cacheStride + static_cast<std::size_t>(a.firstPosition + row) * width;
  const Bf16* keys = qkv + a.heads * a.headWidth;
  for (int i = static_cast<int>(threadIdx.x) * 8; i < width; i += kThreads * 8) {
    *reinterpret_cast<Bf16x8*>(a.cachedKeys + place + i) = *reinterpret_cast<const Bf16x8*>(keys + i);
    *reinterpret_cast<Bf16x8*>(a.cachedValues + place + i) = *reinterpret_cast<const Bf16x8*>(keys + width + i);
  }
}

}  // namespace

Status launchRotary(const LaunchTarget& target, const RotaryArguments& arguments) {
  if (arguments.table == nullptr && arguments.cachedKeys == nullptr) return {};
  const LaunchShape shape{dim3(static_cast<unsigned>(arguments.rows), static_cast<unsigned>(arguments.cells)), kThreads,
                          0};
  const bool wide = arguments.headDim % 16 == 0;
  return launch(target, "rotary positions", wide ? rotateRows<8> : rotateRows<1>, shape, arguments);
}

}  // namespace tidemark::cuda
