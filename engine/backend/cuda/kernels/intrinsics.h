#pragma once
// The few instructions that have no C++ spelling: tensor-core products, matrix loads from shared memory, asynchronous
// copies into it. The emulation of tests/support/cuda_emulation brings its own versions of the same functions, so that
// every kernel is one source for both.

#ifdef TM_CUDA_EMULATION
#include <cuda_emulation_intrinsics.h>
#else

#include <cuda_bf16.h>
#include <cuda_runtime.h>

#include <cstdint>

namespace tidemark::cuda {

/// The block's dynamic shared memory as one struct; the launch names at least sizeof(T) bytes.
template <typename T>
__device__ __forceinline__ T& sharedStorage() {
  extern __shared__ uint4 tidemarkSharedStorage[];
  return *reinterpret_cast<T*>(tidemarkSharedStorage);
}

__device__ __forceinline__ std::uint32_t sharedAddress(const void* pointer) {
  return static_cast<std::uint32_t>(__cvta_generic_to_shared(pointer));
}

/// d [16, 8] f32 += a [16, 16] bf16 (row-major) b [16, 8] bf16 (column-major); registers as mma.m16n8k16 defines them.
__device__ __forceinline__ void mmaBf16(float (&d)[4], const std::uint32_t (&a)[4], const std::uint32_t (&b)[2]) {
  asm volatile(
      "mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};\n"
      : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3])
      : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b[0]), "r"(b[1]));
}

/// Four 8 x 8 matrices of 16-bit elements; lanes 8 i .. 8 i + 7 hold the addresses of the rows of matrix i.
__device__ __forceinline__ void loadMatrix4(std::uint32_t (&r)[4], const void* row) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0,%1,%2,%3}, [%4];\n"
               : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3])
               : "r"(sharedAddress(row))
               : "memory");
}

/// The same, each matrix transposed.
__device__ __forceinline__ void loadMatrix4Transposed(std::uint32_t (&r)[4], const void* row) {
  asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0,%1,%2,%3}, [%4];\n"
               : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3])
               : "r"(sharedAddress(row))
               : "memory");
}

/// 16 bytes into shared memory without passing through registers; zeros, and no look at `global`, unless `valid`.
__device__ __forceinline__ void copyAsync16(void* shared, const void* global, bool valid) {
  const int bytes = valid ? 16 : 0;
  asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;\n" ::"r"(sharedAddress(shared)), "l"(global), "r"(bytes)
               : "memory");
}

__device__ __forceinline__ void copyAsyncCommit() {
  asm volatile("cp.async.commit_group;\n" ::: "memory");
}

/// Waits until at most kPending of this thread's committed groups are under way.
template <int kPending>
__device__ __forceinline__ void copyAsyncWait() {
  asm volatile("cp.async.wait_group %0;\n" ::"n"(kPending) : "memory");
}

/// 2^x to 2 units in the last place; 0 for minus infinity.
__device__ __forceinline__ float exp2Approximate(float x) {
  float result;
  asm("ex2.approx.ftz.f32 %0, %1;\n" : "=f"(result) : "f"(x));
  return result;
}

}  // namespace tidemark::cuda

#endif
