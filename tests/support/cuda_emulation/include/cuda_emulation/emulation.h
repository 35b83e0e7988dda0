#pragma once
// What tests ask of the emulation, and the launch of a kernel. Threads: every function may be called from any.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cuda_emulation/device_language.h"
#include "cuda_emulation/host_types.h"

namespace cuda_emulation {

/// What the machine is, and what goes wrong on it. Numbers count from 0 and from the call that set them; -1: never.
struct Faults {
  int failAllocationAt = -1;  // of device and pinned memory together: cudaErrorMemoryAllocation
  int failLaunchAt = -1;      // of kernels, as they run, replayed ones too: cudaErrorLaunchFailure from then on
  int loseDeviceAt = -1;      // of operations queued (each node of a graph is one): cudaErrorUnknown from then on
  std::uint64_t deviceBytes = std::uint64_t{8} << 30;
  int devices = 1;
  int capabilityMajor = 9;
  int capabilityMinor = 0;
};

/// What has run since reset(); the work of a replayed graph counts each time.
struct Counters {
  std::uint64_t kernelLaunches = 0;
  std::uint64_t products = 0;  // of cuBLASLt
  std::uint64_t graphLaunches = 0;
  std::uint64_t allocations = 0;  // that succeeded, of device and pinned memory
  std::uint64_t operations = 0;   // queued
};

/// A fresh device: no memory, no streams, no findings, no error, the default seed.
void reset(const Faults& faults = {});
/// Faults from now on, on the device as it is. A device that is lost stays so until reset().
void setFaults(const Faults& faults);
/// The order of threads, blocks and streams. TM_CUDA_EMULATION_SEED in the environment changes what every seed means.
void setSeed(std::uint64_t seed);

/// What was found to be wrong so far, one sentence each; tests assert that there is nothing.
[[nodiscard]] std::vector<std::string> findings();
[[nodiscard]] Counters counters();
/// Of device and pinned memory, not yet freed.
[[nodiscard]] std::size_t liveAllocations();
[[nodiscard]] std::uint64_t deviceBytesInUse();
/// Streams, events, graphs and graph instances not yet destroyed.
[[nodiscard]] std::size_t liveHandles();
/// Looks at the zones around every allocation; false adds findings. Under AddressSanitizer there are none to look at.
bool checkGuards();

/// Queues a kernel. `body` calls it once per thread, with the arguments bound by value.
cudaError_t launchKernel(const char* name, std::function<void()> body, dim3 grid, dim3 block, std::size_t sharedBytes,
                         cudaStream_t stream);

}  // namespace cuda_emulation
