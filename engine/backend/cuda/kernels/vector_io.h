#pragma once
// Eight bf16 values at a time (16 bytes, the widest access of a thread), and sums over a warp in one fixed order.

#include <cuda_runtime.h>

#include <cmath>
#include <cstdint>

#include "engine/backend/cuda/kernels/bf16.h"

namespace tidemark::cuda {

inline constexpr int kWarp = 32;
inline constexpr unsigned kAllLanes = 0xffffffffu;

__device__ __forceinline__ int smaller(int a, int b) {
  return a < b ? a : b;
}

struct alignas(16) Bf16x8 {
  __nv_bfloat162 pairs[4];
};

__device__ __forceinline__ void widen(const Bf16x8& v, float (&out)[8]) {
#pragma unroll
  for (int i = 0; i < 4; ++i) {
    const float2 pair = __bfloat1622float2(v.pairs[i]);
    out[2 * i] = pair.x;
    out[2 * i + 1] = pair.y;
  }
}

__device__ __forceinline__ Bf16x8 narrow(const float (&v)[8]) {
  Bf16x8 out;
#pragma unroll
  for (int i = 0; i < 4; ++i) out.pairs[i] = __floats2bfloat162_rn(v[2 * i], v[2 * i + 1]);
  return out;
}

__device__ __forceinline__ void load8(const Bf16* from, float (&out)[8]) {
  widen(*reinterpret_cast<const Bf16x8*>(from), out);
}

__device__ __forceinline__ void store8(Bf16* to, const float (&v)[8]) {
  *reinterpret_cast<Bf16x8*>(to) = narrow(v);
}

/// Two floats as the bits of two bf16 values, `low` first in memory.
__device__ __forceinline__ std::uint32_t packPair(float low, float high) {
  union {
    __nv_bfloat162 pair;
    std::uint32_t bits;
  } both;
  both.pair = __floats2bfloat162_rn(low, high);
  return both.bits;
}

__device__ __forceinline__ float2 unpackPair(std::uint32_t bits) {
  union {
    std::uint32_t bits;
    __nv_bfloat162 pair;
  } both;
  both.bits = bits;
  return __bfloat1622float2(both.pair);
}

/// To float32's precision; activations, where bf16 is the result, have a quicker one.
__device__ __forceinline__ float sigmoid(float x) {
  return 1.0f / (1.0f + expf(-x));
}

/// Sum over the 32 lanes, the same in all of them.
__device__ __forceinline__ float warpSum(float v) {
#pragma unroll
  for (int distance = kWarp / 2; distance > 0; distance /= 2) v += __shfl_xor_sync(kAllLanes, v, distance);
  return v;
}

}  // namespace tidemark::cuda
