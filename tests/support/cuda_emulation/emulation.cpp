// What tests ask of the emulation, and the launch of a kernel.
#include "cuda_emulation/emulation.h"

#include <utility>

#include "tests/support/cuda_emulation/device.h"

namespace cuda_emulation {
namespace {

constexpr unsigned kMostThreads = 1024;
constexpr unsigned kMostBlocksYz = 65535;

bool launchable(dim3 grid, dim3 block) {
  const auto empty = [](dim3 d) { return d.x == 0 || d.y == 0 || d.z == 0; };
  if (empty(grid) || empty(block) || grid.y > kMostBlocksYz || grid.z > kMostBlocksYz) return false;
  return block.x <= kMostThreads && block.y <= kMostThreads && block.z <= 64 &&
         block.x * block.y * block.z <= kMostThreads;
}

}  // namespace

void reset(const Faults& faults) {
  Device& device = Device::instance();
  const Device::Lock lock(device.mutex);
  device.reset(faults);
  remember(cudaSuccess);
}

void setFaults(const Faults& faults) {
  Device& device = Device::instance();
  const Device::Lock lock(device.mutex);
  device.setFaults(faults);
}

void setSeed(std::uint64_t seed) {
  Device& device = Device::instance();
  const Device::Lock lock(device.mutex);
  device.setSeed(seed);
}

std::vector<std::string> findings() {
  Device& device = Device::instance();
  const Device::Lock lock(device.mutex);
  return device.findings;
}

Counters counters() {
  Device& device = Device::instance();
  const Device::Lock lock(device.mutex);
  return device.counters;
}

std::size_t liveAllocations() {
  Device& device = Device::instance();
  const Device::Lock lock(device.mutex);
  return device.allocations.count();
}

std::uint64_t deviceBytesInUse() {
  Device& device = Device::instance();
  const Device::Lock lock(device.mutex);
  return device.allocations.deviceBytes();
}

std::size_t liveHandles() {
  Device& device = Device::instance();
  const Device::Lock lock(device.mutex);
  std::size_t streams = 0;
  for (std::size_t i = 1; i < device.streams.size(); ++i) streams += device.streams[i]->destroyed ? 0 : 1;
  return streams + device.events.size() + device.graphs.size() + device.graphInstances.size();
}

bool checkGuards() {
  Device& device = Device::instance();
  const Device::Lock lock(device.mutex);
  const std::size_t before = device.findings.size();
  device.allocations.checkGuards(device.findings);
  return device.findings.size() == before;
}

cudaError_t launchKernel(const char* name, std::function<void()> body, dim3 grid, dim3 block, std::size_t sharedBytes,
                         cudaStream_t stream) {
  return enter([&](Device& device, Device::Lock&) {
    CUstream_st* target = device.stream(stream);
    if (target == nullptr) return cudaErrorInvalidResourceHandle;
    if (!launchable(grid, block)) {
      device.find(std::string("kernel ") + name + ": launched with a grid or block that CUDA refuses");
      return cudaErrorInvalidConfiguration;
    }
    if (sharedBytes > SharedMemory::kMostBytes) {
      device.find(std::string("kernel ") + name + ": launched with " + std::to_string(sharedBytes) +
                  " bytes of shared memory, more than " + std::to_string(SharedMemory::kMostBytes));
      return cudaErrorInvalidValue;
    }
    Work work;
    work.kind = Work::Kind::kKernel;
    work.run = [&device, name = std::string(name), body = std::move(body), grid, block, sharedBytes] {
      return device.runKernel(name.c_str(), body, grid, block, sharedBytes);
    };
    return device.submit(*target, std::move(work));
  });
}

}  // namespace cuda_emulation
