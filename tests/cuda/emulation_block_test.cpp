// Threads of a block: what is missing is seen, what diverges is reported.
#include <cuda_emulation_intrinsics.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <numeric>

#include "tests/cuda/emulation_fixture.h"
#include "tests/support/cuda_emulation/sanitizer.h"

namespace tidemark::test {
namespace {

using cuda::sharedStorage;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int kThreads = 128;

struct Shared {
  int values[kThreads];
};

/// out[i] = i's neighbour in the block, by way of shared memory.
__global__ void neighbourKernel(int* out, bool withBarrier) {
  auto& shared = sharedStorage<Shared>();
  shared.values[threadIdx.x] = static_cast<int>(threadIdx.x);
  if (withBarrier) __syncthreads();
  out[blockIdx.x * blockDim.x + threadIdx.x] = shared.values[(threadIdx.x + 1) % kThreads];
}

__global__ void laneNeighbourKernel(int* out, bool withBarrier) {
  auto& shared = sharedStorage<Shared>();
  shared.values[threadIdx.x] = static_cast<int>(threadIdx.x);
  if (withBarrier) __syncwarp();
  out[threadIdx.x] = shared.values[threadIdx.x / 32 * 32 + (threadIdx.x + 1) % 32];
}

/// Values go through shared memory by cp.async; the copies of one thread are read by itself.
__global__ void copyKernel(const int4* in, int4* out, bool withWait) {
  auto* shared = &sharedStorage<int4[kThreads]>()[threadIdx.x];
  cuda::copyAsync16(shared, in + threadIdx.x, threadIdx.x % 2 == 0);
  cuda::copyAsyncCommit();
  if (withWait) cuda::copyAsyncWait<0>();
  out[threadIdx.x] = *shared;
}

/// Every thread reads its neighbour's value, then copies a new one over its own.
__global__ void overwriteKernel(const int4* in, int4* out, bool withBarrier) {
  auto& shared = sharedStorage<int4[kThreads]>();
  shared[threadIdx.x] = in[threadIdx.x];
  __syncthreads();
  out[threadIdx.x] = shared[(threadIdx.x + 1) % kThreads];
  if (withBarrier) __syncthreads();
  cuda::copyAsync16(&shared[threadIdx.x], in + kThreads + threadIdx.x, true);
  cuda::copyAsyncCommit();
  cuda::copyAsyncWait<0>();
}

class EmulationBlockTest : public EmulationTest {
 protected:
  /// How many of a few seeds give what is expected.
  static int countRight(const std::function<std::vector<int>()>& result, const std::vector<int>& expected) {
    int right = 0;
    for (int seed = 0; seed < kSeeds; ++seed) {
      cuda_emulation::setSeed(static_cast<std::uint64_t>(seed));
      right += result() == expected ? 1 : 0;
    }
    return right;
  }
};

TEST_F(EmulationBlockTest, AMissingBarrierIsSeen) {
  std::vector<int> expected(3 * kThreads);
  for (int i = 0; i < 3 * kThreads; ++i) expected[static_cast<std::size_t>(i)] = (i + 1) % kThreads;
  const auto result = [](bool withBarrier) {
    const DeviceArray<int> out(3 * kThreads);
    EXPECT_EQ(run(
                  "neighbour", [&] { neighbourKernel(out.data(), withBarrier); }, 3, kThreads, sizeof(Shared)),
              cudaSuccess);
    return out.read();
  };
  EXPECT_EQ(countRight([&] { return result(true); }, expected), kSeeds);
  EXPECT_LT(countRight([&] { return result(false); }, expected), kSeeds);
  EXPECT_THAT(cuda_emulation::findings(), IsEmpty());
}

TEST_F(EmulationBlockTest, AMissingWarpBarrierIsSeen) {
  std::vector<int> expected(kThreads);
  for (int i = 0; i < kThreads; ++i) expected[static_cast<std::size_t>(i)] = i / 32 * 32 + (i + 1) % 32;
  const auto result = [](bool withBarrier) {
    const DeviceArray<int> out(kThreads);
    EXPECT_EQ(run(
                  "lanes", [&] { laneNeighbourKernel(out.data(), withBarrier); }, 1, kThreads, sizeof(Shared)),
              cudaSuccess);
    return out.read();
  };
  EXPECT_EQ(countRight([&] { return result(true); }, expected), kSeeds);
  EXPECT_LT(countRight([&] { return result(false); }, expected), kSeeds);
}

TEST_F(EmulationBlockTest, AMissingWaitForACopyIsSeen) {
  std::vector<int> input(4 * kThreads);
  std::iota(input.begin(), input.end(), 1);
  std::vector<int> expected = input;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (i / 4 % 2 != 0) expected[i] = 0;  // not valid: zeros
  }
  const auto result = [&](bool withWait) {
    const DeviceArray<int> in(input);
    const DeviceArray<int> out(input.size());
    const auto body = [&] {
      copyKernel(reinterpret_cast<const int4*>(in.data()), reinterpret_cast<int4*>(out.data()), withWait);
    };
    EXPECT_EQ(run("copy", body, 1, kThreads, kThreads * sizeof(int4)), cudaSuccess);
    return out.read();
  };
  EXPECT_EQ(countRight([&] { return result(true); }, expected), kSeeds);
  EXPECT_LT(countRight([&] { return result(false); }, expected), kSeeds);
}

TEST_F(EmulationBlockTest, ACopyOverWhatOthersStillReadIsSeen) {
  std::vector<int> input(8 * kThreads);
  std::iota(input.begin(), input.end(), 1);
  std::vector<int> expected(input.begin(), input.begin() + 4 * kThreads);
  std::rotate(expected.begin(), expected.begin() + 4, expected.end());
  const auto result = [&](bool withBarrier) {
    const DeviceArray<int> in(input);
    const DeviceArray<int> out(4 * kThreads);
    const auto body = [&] {
      overwriteKernel(reinterpret_cast<const int4*>(in.data()), reinterpret_cast<int4*>(out.data()), withBarrier);
    };
    EXPECT_EQ(run("overwrite", body, 1, kThreads, kThreads * sizeof(int4)), cudaSuccess);
    return out.read();
  };
  EXPECT_EQ(countRight([&] { return result(true); }, expected), kSeeds);
  EXPECT_LT(countRight([&] { return result(false); }, expected), kSeeds);
}

TEST_F(EmulationBlockTest, OnlyTheGroupsThatAreDueHaveArrived) {
  const DeviceArray<int> in(std::vector<int>{1, 1, 1, 1, 2, 2, 2, 2});
  const DeviceArray<int> out(2);
  const auto body = [&] {
    auto& shared = sharedStorage<int4[2]>();
    for (int i = 0; i < 2; ++i) {
      cuda::copyAsync16(&shared[i], in.data() + 4 * i, true);
      cuda::copyAsyncCommit();
    }
    cuda::copyAsyncWait<1>();
    out.data()[0] = shared[0].x;
    out.data()[1] = shared[1].x;
    cuda::copyAsyncWait<0>();
    out.data()[1] -= shared[1].x;
  };
  EXPECT_EQ(run("groups", body, 1, 1, 2 * sizeof(int4)), cudaSuccess);
  EXPECT_THAT(out.read(), ElementsAre(1, -1 - 2));
}

TEST_F(EmulationBlockTest, IndicesAndSizesAreTheLaunchs) {
  const DeviceArray<int> out(std::vector<int>(2 * 3 * 2 * 4 * 2, 0));
  const auto body = [&] {
    const unsigned block = (blockIdx.z * gridDim.y + blockIdx.y) * gridDim.x + blockIdx.x;
    const unsigned thread = (threadIdx.z * blockDim.y + threadIdx.y) * blockDim.x + threadIdx.x;
    ++out.data()[block * blockDim.x * blockDim.y * blockDim.z + thread];
  };
  EXPECT_EQ(run("indices", body, dim3(2, 3, 2), dim3(2, 2, 2), 0), cudaSuccess);
  EXPECT_EQ(out.read(), std::vector<int>(2 * 3 * 2 * 8, 1));
}

TEST_F(EmulationBlockTest, DivergenceIsReportedAndNotWaitedFor) {
  const auto body = [] {
    if (threadIdx.x % 2 == 0) __syncthreads();
    __syncwarp();
  };
  EXPECT_NE(run("diverging", body, 4, 64, 0), cudaSuccess);
  EXPECT_THAT(cuda_emulation::findings(), ElementsAre(AllOf(HasSubstr("barrier divergence in kernel diverging"),
                                                            HasSubstr("32 threads wait in __syncthreads"),
                                                            HasSubstr("32 threads wait in __syncwarp"))));
}

TEST_F(EmulationBlockTest, ALaneThatHasExitedIsMissedByTheOthers) {
  const auto body = [] {
    if (threadIdx.x == 5) return;
    static_cast<void>(__shfl_xor_sync(0xffffffffU, 1.0F, 1));
  };
  EXPECT_NE(run("leaving", body, 1, 32, 0), cudaSuccess);
  EXPECT_THAT(cuda_emulation::findings(),
              ElementsAre(AllOf(HasSubstr("31 threads wait in a shuffle"), HasSubstr("1 threads have exited"))));
  EXPECT_EQ(cudaDeviceSynchronize(), cudaErrorLaunchFailure);  // as on a device: the error stays
}

TEST_F(EmulationBlockTest, ThreadsThatHaveExitedAreNotWaitedForAtABarrier) {
  const auto body = [] {
    if (threadIdx.x >= 40) return;
    __syncthreads();
    __syncthreads();
  };
  EXPECT_EQ(run("tail", body, 3, 64, 0), cudaSuccess);
  EXPECT_THAT(cuda_emulation::findings(), IsEmpty());
}

TEST_F(EmulationBlockTest, WritesBeyondSharedMemoryAreFound) {
  if (cuda_emulation::kAddressSanitizer) GTEST_SKIP() << "AddressSanitizer ends the process at the write itself";
  const auto body = [] { (&sharedStorage<Shared>().values[0])[kThreads + threadIdx.x] = 7; };
  EXPECT_NE(run("overrun", body, 1, 2, sizeof(Shared)), cudaSuccess);
  EXPECT_THAT(cuda_emulation::findings(), ElementsAre(HasSubstr("outside its 512 bytes of shared memory")));
}

TEST_F(EmulationBlockTest, SharedMemoryBeginsAsNanInEveryBlock) {
  const DeviceArray<int> out(std::vector<int>(2, 0));
  const auto body = [&] {
    int& value = sharedStorage<int>();
    if (value == -1) ++out.data()[blockIdx.x];
    value = 3;
  };
  EXPECT_EQ(run("fresh", body, 2, 1, sizeof(int)), cudaSuccess);
  EXPECT_THAT(out.read(), ElementsAre(1, 1));
}

TEST_F(EmulationBlockTest, TooLittleSharedMemoryIsFound) {
  EXPECT_NE(run(
                "small", [] { sharedStorage<Shared>().values[0] = 1; }, 1, 1, sizeof(Shared) - 1),
            cudaSuccess);
  EXPECT_THAT(cuda_emulation::findings(),
              ElementsAre(HasSubstr("shared storage of 512 bytes, but the launch gave 511")));
}

TEST_F(EmulationBlockTest, LaunchesThatCudaRefusesAreRefused) {
  EXPECT_EQ(run(
                "large", [] {}, 1, 1, 227 * 1024 + 1),
            cudaErrorInvalidValue);
  EXPECT_EQ(run(
                "wide", [] {}, 1, 1025, 0),
            cudaErrorInvalidConfiguration);
  EXPECT_EQ(run(
                "none", [] {}, 0, 32, 0),
            cudaErrorInvalidConfiguration);
  EXPECT_EQ(cuda_emulation::findings().size(), 3U);
  EXPECT_EQ(run(
                "right", [] {}, 1, 1024, 227 * 1024),
            cudaSuccess);
}

}  // namespace
}  // namespace tidemark::test
