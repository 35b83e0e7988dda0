// Shuffles, tensor cores, ldmatrix and bf16 against what their documentation says.
#include <cuda_bf16.h>
#include <cuda_emulation_intrinsics.h>
#include <gmock/gmock.h>

#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include "tests/cuda/emulation_fixture.h"

namespace tidemark::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

using EmulationIntrinsicsTest = EmulationTest;

__nv_bfloat16 bf16(float value) {
  return __float2bfloat16_rn(value);
}

TEST_F(EmulationIntrinsicsTest, ShufflesExchangeLanes) {
  const DeviceArray<float> sums(64);
  const DeviceArray<int> next(64);
  const DeviceArray<unsigned> first(64);
  const auto body = [&] {
    float sum = static_cast<float>(threadIdx.x);
    for (int step = 16; step > 0; step /= 2) sum += __shfl_xor_sync(0xffffffffU, sum, step);
    sums.data()[threadIdx.x] = sum;
    next.data()[threadIdx.x] = __shfl_down_sync(0xffffffffU, static_cast<int>(threadIdx.x), 1U);
    first.data()[threadIdx.x] = __shfl_sync(0xffffffffU, threadIdx.x, 3, 8);
  };
  EXPECT_EQ(run("shuffles", body, 1, 64, 0), cudaSuccess);
  for (int i = 0; i < 64; ++i) {
    const auto at = static_cast<std::size_t>(i);
    EXPECT_EQ(sums.read()[at], i < 32 ? 496.0F : 1520.0F);
    EXPECT_EQ(next.read()[at], i % 32 == 31 ? i : i + 1);
    EXPECT_EQ(first.read()[at], static_cast<unsigned>(i / 8 * 8 + 3));
  }
}

TEST_F(EmulationIntrinsicsTest, PartsOfAWarpExchangeByTheirMask) {
  const DeviceArray<int> out(32);
  const auto body = [&] {
    const bool low = threadIdx.x < 16;
    const unsigned mask = low ? 0x0000ffffU : 0xffff0000U;
    if (low) __syncwarp(mask);
    out.data()[threadIdx.x] = __shfl_xor_sync(mask, static_cast<int>(threadIdx.x), 1);
  };
  EXPECT_EQ(run("parts", body, 1, 32, 0), cudaSuccess);
  for (int i = 0; i < 32; ++i) EXPECT_EQ(out.read()[static_cast<std::size_t>(i)], i ^ 1);
}

struct Operands {
  alignas(16) __nv_bfloat16 a[16][16];  // [row][k]
  alignas(16) __nv_bfloat16 b[16][8];   // [k][column]
};

/// a by plain ldmatrix, b by the transposing one: as the kernels load them.
__global__ void productKernel(const __nv_bfloat16* a, const __nv_bfloat16* b, float* d) {
  auto& shared = cuda::sharedStorage<Operands>();
  for (unsigned i = threadIdx.x; i < 256; i += 32) shared.a[i / 16][i % 16] = a[i];
  for (unsigned i = threadIdx.x; i < 128; i += 32) shared.b[i / 8][i % 8] = b[i];
  __syncthreads();
  const unsigned lane = threadIdx.x;
  std::uint32_t fragmentA[4];
  cuda::loadMatrix4(fragmentA, &shared.a[lane % 16][lane / 16 * 8]);
  std::uint32_t both[4];
  cuda::loadMatrix4Transposed(both, &shared.b[lane % 16][0]);  // the second pair of matrices is not used
  const std::uint32_t fragmentB[2] = {both[0], both[1]};
  float sum[4] = {1, 1, 1, 1};
  cuda::mmaBf16(sum, fragmentA, fragmentB);
  for (unsigned i = 0; i < 4; ++i) d[(lane / 4 + i / 2 * 8) * 8 + lane % 4 * 2 + i % 2] = sum[i];
}

TEST_F(EmulationIntrinsicsTest, TensorCoreProductIsTheNaiveOne) {
  std::mt19937 random(3);
  std::uniform_real_distribution<float> values(-1, 1);
  std::vector<__nv_bfloat16> a(256);
  std::vector<__nv_bfloat16> b(128);
  for (auto& each : a) each = bf16(values(random));
  for (auto& each : b) each = bf16(values(random));
  const DeviceArray<__nv_bfloat16> deviceA(a);
  const DeviceArray<__nv_bfloat16> deviceB(b);
  const DeviceArray<float> d(128);
  ASSERT_EQ(run(
                "product", [&] { productKernel(deviceA.data(), deviceB.data(), d.data()); }, 1, 32, sizeof(Operands)),
            cudaSuccess);
  const std::vector<float> result = d.read();
  for (std::size_t row = 0; row < 16; ++row) {
    for (std::size_t column = 0; column < 8; ++column) {
      double expected = 1;
      for (std::size_t k = 0; k < 16; ++k) {
        expected += static_cast<double>(__bfloat162float(a[row * 16 + k])) * __bfloat162float(b[k * 8 + column]);
      }
      EXPECT_NEAR(result[row * 8 + column], expected, 1e-5) << row << ", " << column;
    }
  }
}

TEST_F(EmulationIntrinsicsTest, FragmentsOfAMatrixAreWhereLdmatrixPutsThem) {
  const DeviceArray<unsigned> plain(128);
  const DeviceArray<unsigned> transposed(128);
  const auto body = [&] {
    auto& shared = cuda::sharedStorage<std::uint16_t[32][8]>();
    for (unsigned i = 0; i < 8; ++i) shared[threadIdx.x][i] = static_cast<std::uint16_t>(threadIdx.x * 8 + i);
    __syncwarp();
    std::uint32_t r[4];
    cuda::loadMatrix4(r, shared[threadIdx.x]);
    for (unsigned i = 0; i < 4; ++i) plain.data()[threadIdx.x * 4 + i] = r[i];
    cuda::loadMatrix4Transposed(r, shared[threadIdx.x]);
    for (unsigned i = 0; i < 4; ++i) transposed.data()[threadIdx.x * 4 + i] = r[i];
  };
  ASSERT_EQ(run("fragments", body, 1, 32, 512), cudaSuccess);
  const std::vector<unsigned> fragments = plain.read();
  const std::vector<unsigned> fragmentsTransposed = transposed.read();
  for (unsigned lane = 0; lane < 32; ++lane) {
    for (unsigned m = 0; m < 4; ++m) {
      const unsigned first = m * 64 + lane / 4 * 8 + lane % 4 * 2;
      EXPECT_EQ(fragments[lane * 4 + m], first | (first + 1) << 16);
      const unsigned firstTransposed = m * 64 + lane % 4 * 2 * 8 + lane / 4;
      EXPECT_EQ(fragmentsTransposed[lane * 4 + m], firstTransposed | (firstTransposed + 8) << 16);
    }
  }
}

TEST_F(EmulationIntrinsicsTest, AddressesAreChecked) {
  const auto load = [](std::size_t offset) {
    return [offset] {
      std::uint32_t r[4];
      cuda::loadMatrix4(r, reinterpret_cast<const std::byte*>(&cuda::sharedStorage<int4[32]>()) + offset);
    };
  };
  EXPECT_EQ(run("inside", load(31 * 16), 1, 32, 512), cudaSuccess);
  EXPECT_EQ(run("outside", load(512), 1, 32, 512), cudaErrorIllegalAddress);
  EXPECT_THAT(cuda_emulation::findings(), ElementsAre(HasSubstr("loadMatrix4 outside")));
  cuda_emulation::reset();
  EXPECT_EQ(run("crooked", load(8), 1, 32, 512), cudaErrorMisalignedAddress);
  cuda_emulation::reset();
  const DeviceArray<float> in(8);
  const auto copy = [&] { cuda::copyAsync16(&cuda::sharedStorage<int4>(), in.data() + 1, true); };
  EXPECT_EQ(run("crooked copy", copy, 1, 1, 16), cudaErrorMisalignedAddress);
  EXPECT_THAT(cuda_emulation::findings(), ElementsAre(HasSubstr("kernel crooked copy")));
}

TEST(EmulationBf16Test, RoundsToNearestEvenAndKeepsNan) {
  const auto rounded = [](std::uint32_t bits) { return __float2bfloat16_rn(std::bit_cast<float>(bits)).bits; };
  EXPECT_EQ(rounded(0x3f808000U), 0x3f80);  // a tie, to even
  EXPECT_EQ(rounded(0x3f818000U), 0x3f82);  // a tie, to even
  EXPECT_EQ(rounded(0x3f808001U), 0x3f81);
  EXPECT_EQ(rounded(0x7f7fffffU), 0x7f80);  // the largest float
  EXPECT_EQ(rounded(0x80000000U), 0x8000);
  EXPECT_TRUE(std::isnan(__bfloat162float(__float2bfloat16_rn(std::bit_cast<float>(0x7f800001U)))));
  EXPECT_TRUE(std::isnan(__bfloat162float(__float2bfloat16_rn(std::numeric_limits<float>::quiet_NaN()))));
  const __nv_bfloat162 pair = __floats2bfloat162_rn(1.5F, -2.0F);
  EXPECT_EQ(__low2float(pair), 1.5F);
  EXPECT_EQ(__high2float(pair), -2.0F);
  EXPECT_EQ(std::bit_cast<std::uint32_t>(pair), 0xc0003fc0U);
}

}  // namespace
}  // namespace tidemark::test
