// Streams, events, graphs, memory and what can go wrong with them.
#include <gmock/gmock.h>

#include <string>
#include <thread>

#include "tests/cuda/emulation_fixture.h"
#include "tests/support/cuda_emulation/sanitizer.h"

namespace tidemark::test {
namespace {

using cuda_emulation::Faults;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

__global__ void addKernel(int* value, int amount) {
  *value += amount;
}

class EmulationStreamTest : public EmulationTest {
 protected:
  void SetUp() override {
    EmulationTest::SetUp();
    makeStreams();
  }
  void makeStreams() {
    ASSERT_EQ(cudaStreamCreateWithFlags(&m_first, cudaStreamNonBlocking), cudaSuccess);
    ASSERT_EQ(cudaStreamCreateWithFlags(&m_second, cudaStreamNonBlocking), cudaSuccess);
    ASSERT_EQ(cudaEventCreateWithFlags(&m_event, cudaEventDisableTiming), cudaSuccess);
  }
  static cudaError_t add(int* value, int amount, cudaStream_t stream) {
    return cuda_emulation::launchKernel(
        "add", [=] { addKernel(value, amount); }, 1, 1, 0, stream);
  }
  /// Pinned memory with one value.
  static int* pinned(int value) {
    int* memory = nullptr;
    EXPECT_EQ(cudaMallocHost(&memory, sizeof(int)), cudaSuccess);
    *memory = value;
    return memory;
  }

  cudaStream_t m_first = nullptr;
  cudaStream_t m_second = nullptr;
  cudaEvent_t m_event = nullptr;
};

TEST_F(EmulationStreamTest, AMissingEventWaitIsSeen) {
  int right[2] = {0, 0};
  for (int seed = 0; seed < kSeeds; ++seed) {
    cuda_emulation::setSeed(static_cast<std::uint64_t>(seed));
    for (const bool withWait : {false, true}) {
      const DeviceArray<int> from(std::vector<int>{0});
      const DeviceArray<int> to(std::vector<int>{0});
      add(from.data(), 5, m_first);
      cudaEventRecord(m_event, m_first);
      if (withWait) cudaStreamWaitEvent(m_second, m_event);
      cudaMemcpyAsync(to.data(), from.data(), sizeof(int), cudaMemcpyDeviceToDevice, m_second);
      EXPECT_EQ(cudaStreamSynchronize(m_second), cudaSuccess);
      right[withWait ? 1 : 0] += to.read()[0] == 5 ? 1 : 0;
    }
  }
  EXPECT_LT(right[0], kSeeds);
  EXPECT_EQ(right[1], kSeeds);
}

TEST_F(EmulationStreamTest, AHostThatReadsTooEarlyOrWritesTooEarlySeesIt) {
  const DeviceArray<int> value(std::vector<int>{1});
  int* result = pinned(-7);
  cudaMemcpyAsync(result, value.data(), sizeof(int), cudaMemcpyDeviceToHost, m_first);
  EXPECT_EQ(*result, -7);
  EXPECT_EQ(cudaStreamSynchronize(m_first), cudaSuccess);
  EXPECT_EQ(*result, 1);
  *result = 2;
  cudaMemcpyAsync(value.data(), result, sizeof(int), cudaMemcpyHostToDevice, m_first);
  *result = 3;  // pinned memory is read when the copy runs
  EXPECT_EQ(cudaStreamSynchronize(m_first), cudaSuccess);
  EXPECT_EQ(value.read()[0], 3);
  int pageable = 4;
  cudaMemcpyAsync(value.data(), &pageable, sizeof(int), cudaMemcpyHostToDevice, m_first);
  pageable = 5;  // pageable memory at once
  EXPECT_EQ(cudaStreamSynchronize(m_first), cudaSuccess);
  EXPECT_EQ(value.read()[0], 4);
  cudaFreeHost(result);
}

TEST_F(EmulationStreamTest, PinnedMemoryFreedUnderACopyIsFound) {
  const DeviceArray<int> value(std::vector<int>{1});
  int* result = pinned(0);
  cudaMemcpyAsync(result, value.data(), sizeof(int), cudaMemcpyDeviceToHost, m_first);
  cudaFreeHost(result);
  EXPECT_THAT(cuda_emulation::findings(), ElementsAre(HasSubstr("cudaFreeHost of memory that a queued copy")));
}

TEST_F(EmulationStreamTest, PitchedCopiesAndFillsTakeTheirRows) {
  const DeviceArray<int> value(std::vector<int>{1, 2, 3, 4, 5, 6});
  const DeviceArray<int> out(std::vector<int>(4, 0));
  EXPECT_EQ(cudaMemcpy2DAsync(out.data(), 8, value.data() + 1, 12, 8, 2, cudaMemcpyDeviceToDevice, m_first),
            cudaSuccess);
  EXPECT_EQ(cudaMemsetAsync(out.data() + 3, 0xff, 4, m_first), cudaSuccess);
  EXPECT_EQ(cudaStreamSynchronize(m_first), cudaSuccess);
  EXPECT_THAT(out.read(), ElementsAre(2, 3, 5, -1));
}

TEST_F(EmulationStreamTest, CopiesOutsideAnAllocationOrInAWrongDirectionAreFound) {
  const DeviceArray<int> value(4);
  int host[8] = {};
  EXPECT_EQ(cudaMemcpyAsync(host, value.data(), 20, cudaMemcpyDeviceToHost, m_first), cudaErrorInvalidValue);
  EXPECT_EQ(cudaMemcpyAsync(value.data(), host, 16, cudaMemcpyDeviceToHost, m_first), cudaErrorInvalidValue);
  EXPECT_EQ(cudaMemsetAsync(value.data() + 1, 0, 16, m_first), cudaErrorInvalidValue);
  EXPECT_EQ(cuda_emulation::findings().size(), 3U);
  EXPECT_EQ(cudaGetLastError(), cudaErrorInvalidValue);
  EXPECT_EQ(cudaGetLastError(), cudaSuccess);
}

TEST_F(EmulationStreamTest, PollingGetsThere) {
  const DeviceArray<int> value(std::vector<int>{0});
  for (int i = 0; i < 5; ++i) add(value.data(), 1, m_first);
  cudaEventRecord(m_event, m_first);
  EXPECT_EQ(cudaEventQuery(m_event), cudaErrorNotReady);
  int polls = 1;
  while (cudaEventQuery(m_event) == cudaErrorNotReady) ++polls;
  EXPECT_GE(polls, 4);
  EXPECT_EQ(cudaStreamQuery(m_first), cudaSuccess);
  EXPECT_EQ(value.read()[0], 5);
}

TEST_F(EmulationStreamTest, EventsMeasureTime) {
  cudaEvent_t start = nullptr;
  cudaEvent_t end = nullptr;
  cudaEventCreate(&start);
  cudaEventCreate(&end);
  const auto sleep = [](void*) { std::this_thread::sleep_for(std::chrono::milliseconds(5)); };
  cudaEventRecord(start, m_first);
  cudaLaunchHostFunc(m_first, sleep, nullptr);
  cudaEventRecord(end, m_first);
  float milliseconds = 0;
  EXPECT_EQ(cudaEventElapsedTime(&milliseconds, start, end), cudaErrorNotReady);
  EXPECT_EQ(cudaEventSynchronize(end), cudaSuccess);
  EXPECT_EQ(cudaEventElapsedTime(&milliseconds, start, end), cudaSuccess);
  EXPECT_GE(milliseconds, 4.9F);
}

TEST_F(EmulationStreamTest, AGraphReplaysWhatWasCaptured) {
  const DeviceArray<int> value(std::vector<int>{0});
  int* result = pinned(0);
  ASSERT_EQ(cudaStreamBeginCapture(m_first, cudaStreamCaptureModeThreadLocal), cudaSuccess);
  add(value.data(), 2, m_first);
  cudaMemcpyAsync(result, value.data(), sizeof(int), cudaMemcpyDeviceToHost, m_first);
  cudaGraph_t graph = nullptr;
  cudaGraphExec_t instance = nullptr;
  ASSERT_EQ(cudaStreamEndCapture(m_first, &graph), cudaSuccess);
  ASSERT_EQ(cudaGraphInstantiate(&instance, graph, 0), cudaSuccess);
  EXPECT_EQ(cudaGraphDestroy(graph), cudaSuccess);
  EXPECT_EQ(value.read()[0], 0);  // capturing runs nothing
  for (int i = 1; i <= 3; ++i) {
    EXPECT_EQ(cudaGraphLaunch(instance, m_second), cudaSuccess);
    EXPECT_EQ(cudaStreamSynchronize(m_second), cudaSuccess);
    EXPECT_EQ(*result, 2 * i);
  }
  EXPECT_EQ(cuda_emulation::counters().graphLaunches, 3U);
  EXPECT_EQ(cuda_emulation::counters().kernelLaunches, 3U);
  EXPECT_EQ(cudaGraphExecDestroy(instance), cudaSuccess);
  EXPECT_EQ(cudaGraphLaunch(instance, m_second), cudaErrorInvalidResourceHandle);
  cudaFreeHost(result);
}

TEST_F(EmulationStreamTest, WhatACaptureForbidsEndsIt) {
  ASSERT_EQ(cudaStreamBeginCapture(m_first, cudaStreamCaptureModeThreadLocal), cudaSuccess);
  void* memory = nullptr;
  std::thread([] {  // another thread may
    void* other = nullptr;
    EXPECT_EQ(cudaMalloc(&other, 16), cudaSuccess);
    EXPECT_EQ(cudaFree(other), cudaSuccess);
  })
      .join();
  cudaStreamCaptureStatus state = cudaStreamCaptureStatusNone;
  EXPECT_EQ(cudaStreamIsCapturing(m_first, &state), cudaSuccess);
  EXPECT_EQ(state, cudaStreamCaptureStatusActive);
  EXPECT_EQ(cudaMalloc(&memory, 16), cudaErrorStreamCaptureUnsupported);
  cudaGraph_t graph = nullptr;
  EXPECT_EQ(cudaStreamEndCapture(m_first, &graph), cudaErrorStreamCaptureInvalidated);
  EXPECT_EQ(graph, nullptr);
  EXPECT_EQ(cudaMalloc(&memory, 16), cudaSuccess);
  cudaFree(memory);
}

TEST_F(EmulationStreamTest, WritesAroundAnAllocationAreFound) {
  if (cuda_emulation::kAddressSanitizer) GTEST_SKIP() << "AddressSanitizer ends the process at the write itself";
  int* memory = nullptr;
  ASSERT_EQ(cudaMalloc(&memory, 12), cudaSuccess);
  add(memory + 3, 1, m_first);
  add(memory - 1, 1, m_first);
  EXPECT_TRUE(cuda_emulation::checkGuards());
  EXPECT_EQ(cudaStreamSynchronize(m_first), cudaSuccess);
  EXPECT_FALSE(cuda_emulation::checkGuards());
  EXPECT_EQ(cudaFree(memory), cudaSuccess);
  EXPECT_EQ(cuda_emulation::findings().size(), 4U);  // before and behind, on demand and at the end
}

TEST_F(EmulationStreamTest, WhatIsAliveIsCounted) {
  void* device = nullptr;
  void* host = nullptr;
  const std::size_t handles = cuda_emulation::liveHandles();
  cudaMalloc(&device, 100);
  cudaMallocHost(&host, 50);
  EXPECT_EQ(cuda_emulation::liveAllocations(), 2U);
  EXPECT_EQ(cuda_emulation::deviceBytesInUse(), 100U);
  EXPECT_EQ(cudaFree(host), cudaErrorInvalidValue);
  EXPECT_EQ(cudaFree(device), cudaSuccess);
  EXPECT_EQ(cudaFree(device), cudaErrorInvalidValue);
  EXPECT_EQ(cudaFreeHost(host), cudaSuccess);
  EXPECT_EQ(cuda_emulation::liveAllocations(), 0U);
  EXPECT_EQ(cudaStreamDestroy(m_first), cudaSuccess);
  EXPECT_EQ(cudaEventDestroy(m_event), cudaSuccess);
  EXPECT_EQ(cuda_emulation::liveHandles(), handles - 2);
}

TEST_F(EmulationStreamTest, AllocationsFailWhereTheyAreToldTo) {
  Faults faults;
  faults.failAllocationAt = 1;
  faults.deviceBytes = 1000;
  cuda_emulation::setFaults(faults);
  void* memory[3] = {};
  EXPECT_EQ(cudaMalloc(&memory[0], 600), cudaSuccess);
  EXPECT_EQ(cudaMallocHost(&memory[1], 10), cudaErrorMemoryAllocation);
  EXPECT_EQ(cudaMalloc(&memory[1], 401), cudaErrorMemoryAllocation);
  EXPECT_EQ(cudaMalloc(&memory[1], 400), cudaSuccess);
  size_t free = 1;
  size_t total = 0;
  EXPECT_EQ(cudaMemGetInfo(&free, &total), cudaSuccess);
  EXPECT_EQ(free, 0U);
  EXPECT_EQ(total, 1000U);
  cudaFree(memory[0]);
  cudaFree(memory[1]);
}

TEST_F(EmulationStreamTest, AFailedLaunchStays) {
  Faults faults;
  faults.failLaunchAt = 1;
  cuda_emulation::setFaults(faults);
  int* value = nullptr;
  cudaMalloc(&value, sizeof(int));
  EXPECT_EQ(add(value, 1, m_first), cudaSuccess);
  EXPECT_EQ(add(value, 1, m_first), cudaSuccess);  // queued: the failure comes with the wait
  EXPECT_EQ(cudaStreamSynchronize(m_first), cudaErrorLaunchFailure);
  EXPECT_EQ(add(value, 1, m_first), cudaErrorLaunchFailure);
  EXPECT_EQ(cudaGetLastError(), cudaErrorLaunchFailure);
  EXPECT_EQ(cudaGetLastError(), cudaErrorLaunchFailure);
  EXPECT_EQ(cudaFree(value), cudaSuccess);
  EXPECT_EQ(cuda_emulation::liveAllocations(), 0U);
}

TEST_F(EmulationStreamTest, ALostDeviceAnswersEverythingWithItsError) {
  Faults faults;
  faults.loseDeviceAt = 2;
  cuda_emulation::setFaults(faults);
  int* value = nullptr;
  cudaMalloc(&value, sizeof(int));
  EXPECT_EQ(add(value, 1, m_first), cudaSuccess);
  EXPECT_EQ(cudaEventRecord(m_event, m_first), cudaSuccess);
  EXPECT_EQ(add(value, 1, m_second), cudaErrorUnknown);
  EXPECT_EQ(cudaEventSynchronize(m_event), cudaErrorUnknown);
  EXPECT_EQ(cudaStreamSynchronize(m_first), cudaErrorUnknown);
  void* more = nullptr;
  EXPECT_EQ(cudaMalloc(&more, 1), cudaErrorUnknown);
  EXPECT_EQ(cudaFree(value), cudaSuccess);
  EXPECT_EQ(cudaEventDestroy(m_event), cudaSuccess);
  EXPECT_EQ(cudaStreamDestroy(m_first), cudaSuccess);
  cuda_emulation::reset();
  EXPECT_EQ(cudaMalloc(&more, 1), cudaSuccess);
  cudaFree(more);
}

TEST_F(EmulationStreamTest, ThreadsWaitForEachOthersWork) {
  const DeviceArray<int> value(std::vector<int>{0});
  for (int i = 0; i < 200; ++i) {
    add(value.data(), 1, i % 2 == 0 ? m_first : m_second);
    cudaLaunchHostFunc(
        i % 2 == 0 ? m_first : m_second, [](void*) { std::this_thread::yield(); }, nullptr);
  }
  const auto wait = [](cudaStream_t stream) { EXPECT_EQ(cudaStreamSynchronize(stream), cudaSuccess); };
  std::thread first(wait, m_first);
  std::thread second(wait, m_second);
  first.join();
  second.join();
  EXPECT_EQ(value.read()[0], 200);
}

TEST_F(EmulationStreamTest, TheDeviceIsWhatItIsToldToBe) {
  Faults faults;
  faults.capabilityMajor = 7;
  faults.devices = 2;
  cuda_emulation::setFaults(faults);
  int count = 0;
  EXPECT_EQ(cudaGetDeviceCount(&count), cudaSuccess);
  EXPECT_EQ(count, 2);
  int major = 0;
  EXPECT_EQ(cudaDeviceGetAttribute(&major, cudaDevAttrComputeCapabilityMajor, 1), cudaSuccess);
  EXPECT_EQ(major, 7);
  EXPECT_EQ(cudaDeviceGetAttribute(&major, cudaDevAttrComputeCapabilityMajor, 2), cudaErrorInvalidDevice);
  EXPECT_STREQ(cudaGetErrorName(cudaErrorInvalidDevice), "cudaErrorInvalidDevice");
  faults.devices = 0;
  cuda_emulation::setFaults(faults);
  EXPECT_EQ(cudaGetDeviceCount(&count), cudaErrorNoDevice);
}

}  // namespace
}  // namespace tidemark::test
