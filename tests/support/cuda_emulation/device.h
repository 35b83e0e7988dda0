#pragma once
// The emulated device: its memory, its streams, and what went wrong. One per process, as CUDA's is; one lock for all of
// it.

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <type_traits>
#include <vector>

#include "cuda_emulation/emulation.h"
#include "tests/support/cuda_emulation/allocations.h"
#include "tests/support/cuda_emulation/block.h"
#include "tests/support/cuda_emulation/fiber_stacks.h"
#include "tests/support/cuda_emulation/random.h"
#include "tests/support/cuda_emulation/work.h"

namespace cuda_emulation {

class Device {
 public:
  using Lock = std::unique_lock<std::mutex>;

  static Device& instance();
  Device();

  // All of the following under the lock.
  void reset(const Faults& faults);
  void setFaults(const Faults& faults);
  void setSeed(std::uint64_t seed);
  void find(const std::string& finding) { findings.push_back(finding); }
  /// The device is lost: this error from now on, nothing that is queued will run.
  void lose(cudaError_t error);

  /// Whether an allocation may happen now; counts it.
  bool allocationAllowed(MemoryKind kind, std::size_t bytes);

  [[nodiscard]] CUstream_st* stream(cudaStream_t handle);  // null: no such stream
  CUstream_st* makeStream();
  cudaError_t submit(CUstream_st& stream, Work work);
  /// Runs what is queued, streams in random order, until `done` says so.
  template <typename Done>
  cudaError_t runUntil(Lock& lock, const Done& done);
  cudaError_t runAll(Lock& lock);
  /// Runs one piece of work of some stream; false if none is ready.
  bool runOne(Lock& lock);
  cudaError_t runKernel(const char* name, const std::function<void()>& body, dim3 grid, dim3 block, std::size_t shared);

  /// Calls that a capture of this thread forbids end the capture.
  cudaError_t refuseWhileCapturing();

  std::mutex mutex;
  cudaError_t lostWith = cudaSuccess;
  Faults faults;
  Counters counters;
  Allocations allocations;
  std::vector<std::string> findings;
  std::vector<std::unique_ptr<CUstream_st>> streams;  // the first is the default stream
  std::vector<std::unique_ptr<CUevent_st>> events;
  std::vector<std::unique_ptr<CUgraph_st>> graphs;
  std::vector<std::unique_ptr<CUgraphExec_st>> graphInstances;

 private:
  [[nodiscard]] static bool ready(const CUstream_st& stream);
  [[nodiscard]] std::vector<CUstream_st*> readyStreams() const;
  /// True if something ran or another thread was waited for.
  bool advance(Lock& lock);
  void runHead(CUstream_st& stream, Lock& lock);
  cudaError_t runWork(const Work& work);

  FiberStacks m_stacks;
  Random m_random;
  std::condition_variable m_advanced;
  int m_allocationsUntilFailure = -1;
  int m_launchesUntilFailure = -1;
  int m_operationsUntilLoss = -1;
};

template <typename Done>
cudaError_t Device::runUntil(Lock& lock, const Done& done) {
  while (lostWith == cudaSuccess && !done()) {
    if (advance(lock)) continue;
    find("waiting for work that can never run: an event is waited for whose stream has stopped");
    lose(cudaErrorUnknown);
  }
  return lostWith;
}

/// Keeps an error for cudaGetLastError of this thread, and gives it back.
cudaError_t remember(cudaError_t error);

/// The body of an entry point: under the lock, and only while there is a device.
template <typename Body>
cudaError_t enter(Body&& body) {
  Device& device = Device::instance();
  Device::Lock lock(device.mutex);
  if (device.lostWith != cudaSuccess) return remember(device.lostWith);
  return remember(body(device, lock));
}
/// The same for what works on a lost device too: freeing.
template <typename Body>
cudaError_t enterAnyway(Body&& body) {
  Device& device = Device::instance();
  Device::Lock lock(device.mutex);
  return remember(body(device, lock));
}

/// Takes a handle out of its list; null if it is not there.
template <typename T>
std::unique_ptr<T> takeHandle(std::vector<std::unique_ptr<T>>& list, const T* handle) {
  for (auto& entry : list) {
    if (entry.get() != handle) continue;
    std::unique_ptr<T> taken = std::move(entry);
    std::swap(entry, list.back());
    list.pop_back();
    return taken;
  }
  return nullptr;
}
template <typename T>
bool isLive(const std::vector<std::unique_ptr<T>>& list, const T* handle) {
  for (const auto& entry : list) {
    if (entry.get() == handle) return true;
  }
  return false;
}

}  // namespace cuda_emulation
