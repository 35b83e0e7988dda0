#pragma once
// What nvcc knows by itself: the words of the language, the indices of a thread, barriers and shuffles.

#include <bit>
#include <cmath>
#include <cstdint>

// NOLINTBEGIN: names and spellings are CUDA's

#define __global__
#define __device__
#define __host__
#define __constant__
#define __launch_bounds__(...)
#define __forceinline__ inline __attribute__((always_inline))
// Our kernels have one struct of dynamic shared memory, which is allocated to the byte here.
#define __shared__ static_shared_memory_is_not_emulated_use_sharedStorage

struct uint3 {
  unsigned int x, y, z;
};
struct dim3 {
  unsigned int x = 1, y = 1, z = 1;
  constexpr dim3(unsigned int vx = 1, unsigned int vy = 1, unsigned int vz = 1) : x(vx), y(vy), z(vz) {}
};
struct alignas(8) float2 {
  float x, y;
};
struct alignas(16) float4 {
  float x, y, z, w;
};
struct alignas(8) uint2 {
  unsigned int x, y;
};
struct alignas(16) uint4 {
  unsigned int x, y, z, w;
};
struct alignas(8) int2 {
  int x, y;
};
struct alignas(16) int4 {
  int x, y, z, w;
};
inline float2 make_float2(float x, float y) {
  return {x, y};
}
inline float4 make_float4(float x, float y, float z, float w) {
  return {x, y, z, w};
}
inline uint2 make_uint2(unsigned int x, unsigned int y) {
  return {x, y};
}
inline uint4 make_uint4(unsigned int x, unsigned int y, unsigned int z, unsigned int w) {
  return {x, y, z, w};
}
inline int2 make_int2(int x, int y) {
  return {x, y};
}
inline int4 make_int4(int x, int y, int z, int w) {
  return {x, y, z, w};
}
inline uint3 make_uint3(unsigned int x, unsigned int y, unsigned int z) {
  return {x, y, z};
}

namespace cuda_emulation {

/// Where the running thread is; written at every switch of threads.
struct ThreadIndices {
  uint3 thread{};
  uint3 block{};
  dim3 blockSize;
  dim3 gridSize;
};
extern ThreadIndices runningThread;

/// What `value` is in lane `source` of the warp; all bits set if that lane is not in the mask.
std::uint32_t shuffle(std::uint32_t mask, std::uint32_t value, unsigned int source);
unsigned int lane();
void barrier();
void warpBarrier(std::uint32_t mask);

template <typename T>
T shuffleFrom(std::uint32_t mask, T value, unsigned int source) {
  static_assert(sizeof(T) == 4, "shuffles of four bytes only");
  return std::bit_cast<T>(shuffle(mask, std::bit_cast<std::uint32_t>(value), source));
}

/// Lanes exchange within parts of `width`; one that would reach beyond its part gets its own value.
inline unsigned int lastLaneOfPart(int width) {
  const unsigned int size = static_cast<unsigned int>(width);
  return (lane() & ~(size - 1)) + size - 1;
}

}  // namespace cuda_emulation

inline const uint3& threadIdx = cuda_emulation::runningThread.thread;
inline const uint3& blockIdx = cuda_emulation::runningThread.block;
inline const dim3& blockDim = cuda_emulation::runningThread.blockSize;
inline const dim3& gridDim = cuda_emulation::runningThread.gridSize;
inline constexpr int warpSize = 32;

inline void __syncthreads() {
  cuda_emulation::barrier();
}
inline void __syncwarp(unsigned int mask = 0xffffffffU) {
  cuda_emulation::warpBarrier(mask);
}

template <typename T>
T __shfl_sync(unsigned int mask, T value, int source, int width = warpSize) {
  const unsigned int first = cuda_emulation::lastLaneOfPart(width) - static_cast<unsigned int>(width - 1);
  return cuda_emulation::shuffleFrom(mask, value, first + (static_cast<unsigned int>(source) & (width - 1U)));
}
template <typename T>
T __shfl_xor_sync(unsigned int mask, T value, int laneMask, int width = warpSize) {
  const unsigned int source = cuda_emulation::lane() ^ static_cast<unsigned int>(laneMask);
  const bool inside = source <= cuda_emulation::lastLaneOfPart(width);
  return cuda_emulation::shuffleFrom(mask, value, inside ? source : cuda_emulation::lane());
}
template <typename T>
T __shfl_down_sync(unsigned int mask, T value, unsigned int delta, int width = warpSize) {
  const unsigned int source = cuda_emulation::lane() + delta;
  const bool inside = source <= cuda_emulation::lastLaneOfPart(width);
  return cuda_emulation::shuffleFrom(mask, value, inside ? source : cuda_emulation::lane());
}

template <typename T>
T __ldg(const T* address) {
  return *address;
}
inline float __fdividef(float x, float y) {
  return x / y;
}
#if !defined(__GLIBC__) || !__GLIBC_PREREQ(2, 41)  // glibc has it since
inline float rsqrtf(float x) {
  return 1.0F / std::sqrt(x);
}
#endif

// NOLINTEND
