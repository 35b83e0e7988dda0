// CUDA's runtime: memory and copies.
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "cuda_emulation/host_api.h"
#include "tests/support/cuda_emulation/device.h"

namespace cuda_emulation {
namespace {

cudaError_t allocate(MemoryKind kind, void** address, std::size_t bytes) {
  return enter([&](Device& device, Device::Lock&) {
    if (address == nullptr) return cudaErrorInvalidValue;
    *address = nullptr;
    const cudaError_t refused = device.refuseWhileCapturing();
    if (refused != cudaSuccess || bytes == 0) return refused;
    if (!device.allocationAllowed(kind, bytes)) return cudaErrorMemoryAllocation;
    *address = device.allocations.allocate(kind, bytes);
    if (*address == nullptr) return cudaErrorMemoryAllocation;
    ++device.counters.allocations;
    return cudaSuccess;
  });
}

/// Whether a copy that has not run yet uses memory of the host at `address`.
bool usedByQueuedCopy(const Device& device, const void* address) {
  const auto* begin = static_cast<const std::byte*>(address);
  const std::byte* end = begin + device.allocations.bytesOf(address);
  for (const auto& stream : device.streams) {
    for (const Work& work : stream->queue) {
      const auto* first = static_cast<const std::byte*>(work.host);
      if (first != nullptr && first < end && begin < first + work.hostBytes) return true;
    }
  }
  return false;
}

struct Copy {
  void* to;
  std::size_t toPitch;
  const void* from;
  std::size_t fromPitch;
  std::size_t width;
  std::size_t height;
  cudaMemcpyKind kind;

  [[nodiscard]] std::size_t toBytes() const { return height == 0 ? 0 : (height - 1) * toPitch + width; }
  [[nodiscard]] std::size_t fromBytes() const { return height == 0 ? 0 : (height - 1) * fromPitch + width; }
};

void perform(const Copy& copy) {
  for (std::size_t row = 0; row < copy.height; ++row) {
    std::memcpy(static_cast<std::byte*>(copy.to) + row * copy.toPitch,
                static_cast<const std::byte*>(copy.from) + row * copy.fromPitch, copy.width);
  }
}

/// Both ends must be where the direction says: on the device inside one allocation, or not on the device.
cudaError_t check(Device& device, Copy& copy) {
  if (copy.width > copy.toPitch || copy.width > copy.fromPitch) return cudaErrorInvalidPitchValue;
  const bool toStarts = device.allocations.contains(MemoryKind::kDevice, copy.to, 0);
  const bool fromStarts = device.allocations.contains(MemoryKind::kDevice, copy.from, 0);
  if (copy.kind == cudaMemcpyDefault) {
    copy.kind = static_cast<cudaMemcpyKind>((toStarts ? 1 : 0) + (fromStarts ? 2 : 0));
  }
  const bool toDevice = copy.kind == cudaMemcpyHostToDevice || copy.kind == cudaMemcpyDeviceToDevice;
  const bool fromDevice = copy.kind == cudaMemcpyDeviceToHost || copy.kind == cudaMemcpyDeviceToDevice;
  if (toDevice != toStarts || fromDevice != fromStarts) {
    device.find("a copy whose direction does not fit its addresses, or that begins outside every allocation");
    return cudaErrorInvalidValue;
  }
  const bool toFits = !toDevice || device.allocations.contains(MemoryKind::kDevice, copy.to, copy.toBytes());
  const bool fromFits = !fromDevice || device.allocations.contains(MemoryKind::kDevice, copy.from, copy.fromBytes());
  if (toFits && fromFits) return cudaSuccess;
  device.find("a copy of " + std::to_string(copy.width) + " x " + std::to_string(copy.height) +
              " bytes that ends outside its allocation");
  return cudaErrorInvalidValue;
}

bool isPageable(const Device& device, const void* address) {
  return !device.allocations.contains(MemoryKind::kPinned, address, 1) &&
         !device.allocations.contains(MemoryKind::kDevice, address, 1);
}

Work makeWork(const Device& device, const Copy& copy, bool capturing) {
  Work work;
  const bool fromHost = copy.kind == cudaMemcpyHostToDevice || copy.kind == cudaMemcpyHostToHost;
  if (fromHost && isPageable(device, copy.from) && !capturing) {
    // As CUDA does: the caller may change its memory as soon as the call returns.
    const auto* from = static_cast<const std::byte*>(copy.from);
    auto staged = std::make_shared<std::vector<std::byte>>(from, from + copy.fromBytes());
    work.run = [copy, staged] {
      Copy fromStaged = copy;
      fromStaged.from = staged->data();
      perform(fromStaged);
      return cudaSuccess;
    };
    return work;
  }
  work.host = fromHost ? copy.from : (copy.kind == cudaMemcpyDeviceToHost ? copy.to : nullptr);
  work.hostBytes = fromHost ? copy.fromBytes() : copy.toBytes();
  work.run = [copy] {
    perform(copy);
    return cudaSuccess;
  };
  return work;
}

cudaError_t waitFor(Device& device, Device::Lock& lock, CUstream_st& stream) {
  return device.runUntil(lock, [&] { return stream.queue.empty(); });
}

cudaError_t queueCopy(Device& device, Device::Lock& lock, Copy copy, cudaStream_t handle) {
  CUstream_st* stream = device.stream(handle);
  if (stream == nullptr) return cudaErrorInvalidResourceHandle;
  if (copy.width == 0 || copy.height == 0) return cudaSuccess;
  const cudaError_t wrong = check(device, copy);
  if (wrong != cudaSuccess) return wrong;
  const bool capturing = stream->capture != nullptr;
  const cudaError_t error = device.submit(*stream, makeWork(device, copy, capturing));
  if (error != cudaSuccess || capturing) return error;
  const bool toHost = copy.kind == cudaMemcpyDeviceToHost || copy.kind == cudaMemcpyHostToHost;
  // A copy to memory that is not pinned is not asynchronous in CUDA either.
  return toHost && isPageable(device, copy.to) ? waitFor(device, lock, *stream) : cudaSuccess;
}

}  // namespace
}  // namespace cuda_emulation

using cuda_emulation::Device;
using cuda_emulation::enter;
using cuda_emulation::enterAnyway;
using cuda_emulation::MemoryKind;
using cuda_emulation::queueCopy;
using cuda_emulation::Work;

cudaError_t cudaMemGetInfo(size_t* free, size_t* total) {
  return enter([&](Device& device, Device::Lock&) {
    const std::uint64_t used = device.allocations.deviceBytes();
    *total = device.faults.deviceBytes;
    *free = device.faults.deviceBytes - std::min(device.faults.deviceBytes, used);
    return cudaSuccess;
  });
}

cudaError_t cudaMalloc(void** devPtr, size_t size) {
  return cuda_emulation::allocate(MemoryKind::kDevice, devPtr, size);
}

cudaError_t cudaMallocHost(void** ptr, size_t size) {
  return cuda_emulation::allocate(MemoryKind::kPinned, ptr, size);
}

cudaError_t cudaHostAlloc(void** pHost, size_t size, unsigned int) {
  return cuda_emulation::allocate(MemoryKind::kPinned, pHost, size);
}

cudaError_t cudaFree(void* devPtr) {
  return enterAnyway([&](Device& device, Device::Lock& lock) {
    if (devPtr == nullptr) return cudaSuccess;
    const cudaError_t refused = device.refuseWhileCapturing();
    if (refused != cudaSuccess) return refused;
    if (device.lostWith == cudaSuccess) device.runAll(lock);  // as CUDA does
    if (device.allocations.free(MemoryKind::kDevice, devPtr, device.findings)) return cudaSuccess;
    device.find("cudaFree of an address that is no live device allocation");
    return cudaErrorInvalidValue;
  });
}

cudaError_t cudaFreeHost(void* ptr) {
  return enterAnyway([&](Device& device, Device::Lock& lock) {
    if (ptr == nullptr) return cudaSuccess;
    const cudaError_t refused = device.refuseWhileCapturing();
    if (refused != cudaSuccess) return refused;
    if (cuda_emulation::usedByQueuedCopy(device, ptr)) {
      device.find("cudaFreeHost of memory that a queued copy still uses");
      device.runAll(lock);
    }
    if (device.allocations.free(MemoryKind::kPinned, ptr, device.findings)) return cudaSuccess;
    device.find("cudaFreeHost of an address that is no live pinned allocation");
    return cudaErrorInvalidValue;
  });
}

cudaError_t cudaMemcpyAsync(void* dst, const void* src, size_t count, cudaMemcpyKind kind, cudaStream_t stream) {
  return enter([&](Device& device, Device::Lock& lock) {
    return queueCopy(device, lock, {dst, count, src, count, count, 1, kind}, stream);
  });
}

cudaError_t cudaMemcpy2DAsync(void* dst, size_t dpitch, const void* src, size_t spitch, size_t width, size_t height,
                              cudaMemcpyKind kind, cudaStream_t stream) {
  return enter([&](Device& device, Device::Lock& lock) {
    return queueCopy(device, lock, {dst, dpitch, src, spitch, width, height, kind}, stream);
  });
}

cudaError_t cudaMemcpy(void* dst, const void* src, size_t count, cudaMemcpyKind kind) {
  return enter([&](Device& device, Device::Lock& lock) {
    const cudaError_t refused = device.refuseWhileCapturing();
    if (refused != cudaSuccess) return refused;
    const cudaError_t error = queueCopy(device, lock, {dst, count, src, count, count, 1, kind}, nullptr);
    return error != cudaSuccess ? error : cuda_emulation::waitFor(device, lock, *device.stream(nullptr));
  });
}

cudaError_t cudaMemsetAsync(void* devPtr, int value, size_t count, cudaStream_t stream) {
  return enter([&](Device& device, Device::Lock&) {
    CUstream_st* target = device.stream(stream);
    if (target == nullptr) return cudaErrorInvalidResourceHandle;
    if (count == 0) return cudaSuccess;
    if (!device.allocations.contains(MemoryKind::kDevice, devPtr, count)) {
      device.find("cudaMemsetAsync of " + std::to_string(count) + " bytes outside an allocation");
      return cudaErrorInvalidValue;
    }
    Work work;
    work.kind = Work::Kind::kFill;
    work.run = [devPtr, value, count] {
      std::memset(devPtr, value, count);
      return cudaSuccess;
    };
    return device.submit(*target, std::move(work));
  });
}
