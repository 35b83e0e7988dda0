#pragma once
// A fresh emulated device for every test, and arrays on it.

#include <cuda_runtime.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <functional>
#include <vector>

namespace tidemark::test {

inline constexpr int kSeeds = 8;  // orders of the work that a test tries

class EmulationTest : public ::testing::Test {
 protected:
  void SetUp() override { cuda_emulation::reset(); }
  void TearDown() override { cuda_emulation::reset(); }

  /// Queues a kernel on the default stream and waits for it.
  static cudaError_t run(const char* name, const std::function<void()>& body, dim3 grid, dim3 block,
                         std::size_t sharedBytes) {
    const cudaError_t error = cuda_emulation::launchKernel(name, body, grid, block, sharedBytes, nullptr);
    return error != cudaSuccess ? error : cudaDeviceSynchronize();
  }
};

/// Device memory with the values of a vector; freed at the end.
template <typename T>
class DeviceArray {
 public:
  explicit DeviceArray(const std::vector<T>& values) : m_count(values.size()) {
    EXPECT_EQ(cudaMalloc(&m_data, m_count * sizeof(T)), cudaSuccess);
    EXPECT_EQ(cudaMemcpy(m_data, values.data(), m_count * sizeof(T), cudaMemcpyHostToDevice), cudaSuccess);
  }
  explicit DeviceArray(std::size_t count) : m_count(count) {
    EXPECT_EQ(cudaMalloc(&m_data, m_count * sizeof(T)), cudaSuccess);
  }
  ~DeviceArray() { cudaFree(m_data); }
  DeviceArray(const DeviceArray&) = delete;
  DeviceArray& operator=(const DeviceArray&) = delete;

  [[nodiscard]] T* data() const { return m_data; }
  [[nodiscard]] std::vector<T> read() const {
    std::vector<T> values(m_count);
    EXPECT_EQ(cudaMemcpy(values.data(), m_data, m_count * sizeof(T), cudaMemcpyDeviceToHost), cudaSuccess);
    return values;
  }

 private:
  T* m_data = nullptr;
  std::size_t m_count;
};

}  // namespace tidemark::test
