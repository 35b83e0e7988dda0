#pragma once
// Device memory and pinned host memory that free themselves. Elements are typed; sizes are counted in elements.

#include <cuda_runtime.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "engine/backend/cuda/cuda_error.h"

namespace tidemark::cuda {

/// Bytes that live on the device, summed over the buffers that were made with it.
struct DeviceBytes {
  std::uint64_t now = 0;
};

template <typename T>
class DeviceBuffer {
 public:
  DeviceBuffer() = default;
  DeviceBuffer(DeviceBuffer&& other) noexcept
      : m_data(std::exchange(other.m_data, nullptr)), m_size(other.m_size), m_total(other.m_total) {}
  DeviceBuffer& operator=(DeviceBuffer&& other) noexcept {
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    std::swap(m_total, other.m_total);
    return *this;
  }
  DeviceBuffer(const DeviceBuffer&) = delete;
  DeviceBuffer& operator=(const DeviceBuffer&) = delete;
  ~DeviceBuffer() {
    if (m_data == nullptr) return;
    (void)cudaFree(m_data);  // after a lost device this fails, and there is nothing to do about it
    m_total->now -= m_size * sizeof(T);
  }

  /// Uninitialised. Errors: kOutOfMemory.
  [[nodiscard]] Status allocate(std::size_t size, DeviceBytes& total, const char* what) {
    *this = DeviceBuffer();
    if (size == 0) return {};
    void* data = nullptr;
    if (Status made = checkCuda(cudaMalloc(&data, size * sizeof(T)), what); !made) return made;
    m_data = static_cast<T*>(data);
    m_size = size;
    m_total = &total;
    total.now += size * sizeof(T);
    return {};
  }

  [[nodiscard]] T* data() const { return m_data; }
  [[nodiscard]] std::size_t size() const { return m_size; }
  [[nodiscard]] std::size_t bytes() const { return m_size * sizeof(T); }

 private:
  T* m_data = nullptr;
  std::size_t m_size = 0;
  DeviceBytes* m_total = nullptr;
};

/// Page-locked host memory that both sides see.
template <typename T>
class PinnedBuffer {
 public:
  PinnedBuffer() = default;
  PinnedBuffer(PinnedBuffer&& other) noexcept : m_data(std::exchange(other.m_data, nullptr)), m_size(other.m_size) {}
  PinnedBuffer& operator=(PinnedBuffer&& other) noexcept {
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    return *this;
  }
  PinnedBuffer(const PinnedBuffer&) = delete;
  PinnedBuffer& operator=(const PinnedBuffer&) = delete;
  ~PinnedBuffer() {
    if (m_data != nullptr) (void)cudaFreeHost(m_data);
  }

  [[nodiscard]] Status allocate(std::size_t size, const char* what) {
    *this = PinnedBuffer();
    if (size == 0) return {};
    void* data = nullptr;
    if (Status made = checkCuda(cudaMallocHost(&data, size * sizeof(T)), what); !made) return made;
    m_data = static_cast<T*>(data);
    m_size = size;
    return {};
  }

  [[nodiscard]] T* data() const { return m_data; }
  [[nodiscard]] std::span<T> span() const { return {m_data, m_size}; }

 private:
  T* m_data = nullptr;
  std::size_t m_size = 0;
};

}  // namespace tidemark::cuda
