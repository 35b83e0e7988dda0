#pragma once
// The counterparts of engine/backend/cuda/kernels/intrinsics.h. Every function that concerns a warp is a collective of
// all its 32 lanes; wrong addresses and lanes that never come become findings.

#include <cmath>
#include <cstddef>
#include <cstdint>

namespace cuda_emulation {

/// The block's shared memory, if the launch gave that much of it.
void* sharedMemory(std::size_t bytes, std::size_t alignment);
void multiplyFragments(float* d, const std::uint32_t* a, const std::uint32_t* b);
void loadMatrices(std::uint32_t* fragments, const void* row, bool transposed);
void queueCopy(void* shared, const void* global, bool valid);
void commitCopies();
void awaitCopies(int pending);

}  // namespace cuda_emulation

namespace tidemark::cuda {

/// The block's dynamic shared memory as one struct.
template <typename T>
T& sharedStorage() {
  return *static_cast<T*>(cuda_emulation::sharedMemory(sizeof(T), alignof(T)));
}

/// d += a b: mma.sync m16n8k16 row.col f32.bf16.bf16.f32.
inline void mmaBf16(float (&d)[4], const std::uint32_t (&a)[4], const std::uint32_t (&b)[2]) {
  cuda_emulation::multiplyFragments(d, a, b);
}

/// ldmatrix.x4.b16: lanes 8i to 8i + 7 give the rows of matrix i.
inline void loadMatrix4(std::uint32_t (&r)[4], const void* row) {
  cuda_emulation::loadMatrices(r, row, false);
}
inline void loadMatrix4Transposed(std::uint32_t (&r)[4], const void* row) {
  cuda_emulation::loadMatrices(r, row, true);
}

/// cp.async of 16 bytes, zeros if not valid. Until the wait that covers it the destination holds NaN: a reader that
/// does not wait sees it, and so does one for whose data the copy came too early.
inline void copyAsync16(void* shared, const void* global, bool valid) {
  cuda_emulation::queueCopy(shared, global, valid);
}
inline void copyAsyncCommit() {
  cuda_emulation::commitCopies();
}
/// All committed groups but the newest kPending are there.
template <int kPending>
void copyAsyncWait() {
  static_assert(kPending >= 0);
  cuda_emulation::awaitCopies(kPending);
}

inline float exp2Approximate(float x) {
  return std::exp2(x);
}

}  // namespace tidemark::cuda
