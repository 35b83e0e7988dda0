#pragma once
// Streams, events and graphs that destroy themselves. Each is created by a function that can fail.

#include <cuda_runtime.h>

#include <utility>

#include "engine/backend/cuda/cuda_error.h"

namespace tidemark::cuda {

/// Owns one CUDA handle and gives it back with `kDestroy`.
template <typename Handle, cudaError_t (*kDestroy)(Handle)>
class Owned {
 public:
  Owned() = default;
  explicit Owned(Handle handle) : m_handle(handle) {}
  Owned(Owned&& other) noexcept : m_handle(std::exchange(other.m_handle, nullptr)) {}
  Owned& operator=(Owned&& other) noexcept {
    std::swap(m_handle, other.m_handle);
    return *this;
  }
  Owned(const Owned&) = delete;
  Owned& operator=(const Owned&) = delete;
  ~Owned() {
    if (m_handle != nullptr) (void)kDestroy(m_handle);
  }
  [[nodiscard]] Handle get() const { return m_handle; }
  explicit operator bool() const { return m_handle != nullptr; }

 private:
  Handle m_handle = nullptr;
};

using Stream = Owned<cudaStream_t, cudaStreamDestroy>;
using Event = Owned<cudaEvent_t, cudaEventDestroy>;
using Graph = Owned<cudaGraph_t, cudaGraphDestroy>;
using GraphExec = Owned<cudaGraphExec_t, cudaGraphExecDestroy>;

[[nodiscard]] inline Status makeStream(Stream& stream) {
  cudaStream_t handle = nullptr;
  if (Status made = checkCuda(cudaStreamCreateWithFlags(&handle, cudaStreamNonBlocking), "creating a stream"); !made) {
    return made;
  }
  stream = Stream(handle);
  return {};
}

/// For ordering and waiting (the waiting thread sleeps), or for timing.
enum class EventUse { kOrder, kTiming };

[[nodiscard]] inline Status makeEvent(Event& event, EventUse use = EventUse::kOrder) {
  cudaEvent_t handle = nullptr;
  const unsigned flags = use == EventUse::kTiming ? cudaEventDefault : cudaEventDisableTiming | cudaEventBlockingSync;
  if (Status made = checkCuda(cudaEventCreateWithFlags(&handle, flags), "creating an event"); !made) return made;
  event = Event(handle);
  return {};
}

[[nodiscard]] inline Status record(const Event& event, cudaStream_t stream) {
  return checkCuda(cudaEventRecord(event.get(), stream), "recording an event");
}

/// What is queued on `stream` from now on waits for the event.
[[nodiscard]] inline Status waitOn(cudaStream_t stream, const Event& event) {
  return checkCuda(cudaStreamWaitEvent(stream, event.get(), 0), "waiting for an event");
}

}  // namespace tidemark::cuda
