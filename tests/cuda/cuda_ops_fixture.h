#pragma once
// Arrays on the device for one kernel at a time, compared with the operations of tests/support/naive_ops.h in double.

#include <cuda_bf16.h>
#include <cuda_runtime.h>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>

#include "engine/backend/cuda/kernels/bf16.h"
#include "engine/backend/cuda/launch.h"
#include "tests/cuda/backend_under_test.h"
#include "tests/support/compare.h"
#include "tests/support/naive_ops.h"
#include "tests/support/random_values.h"

namespace tidemark {

using cuda::Bf16;
using testing::Expected;

// What an element may differ by, of the sum of the magnitudes that went into it.
constexpr double kBf16Tolerance = 0x1p-8;                 // the result is rounded to bf16: half of 2^-7
constexpr double kTwoBf16Tolerance = 2 * kBf16Tolerance;  // and so is one factor of it, on the way
constexpr double kF32Tolerance = 1e-5;                    // a few hundred roundings of 2^-24 in a sum

inline std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

/// The nearest bf16 values, as floats.
inline float roundedToBf16(float value) {
  return __bfloat162float(__float2bfloat16_rn(value));
}
inline std::vector<float> roundedToBf16(std::vector<float> values) {
  for (float& value : values) value = roundedToBf16(value);
  return values;
}

/// Device memory of floats or bf16 values between two borders. What was not given is one particular NaN, so that a
/// write beside the array is seen, and an element that was never written.
template <typename T>
class DeviceArray {
 public:
  explicit DeviceArray(std::size_t count) : m_count(count) {
    const std::vector<std::byte> bytes((count + 2 * kBorder) * sizeof(T), kFill);
    EXPECT_EQ(cudaMalloc(&m_all, bytes.size()), cudaSuccess);
    EXPECT_EQ(cudaMemcpy(m_all, bytes.data(), bytes.size(), cudaMemcpyHostToDevice), cudaSuccess);
  }
  explicit DeviceArray(const std::vector<float>& values) : DeviceArray(values.size()) { write(0, values); }
  ~DeviceArray() { (void)cudaFree(m_all); }
  DeviceArray(const DeviceArray&) = delete;
  DeviceArray& operator=(const DeviceArray&) = delete;

  [[nodiscard]] T* data() const { return static_cast<T*>(m_all) + kBorder; }
  void write(std::size_t first, std::span<const float> values) {
    std::vector<T> narrow;
    for (const float value : values) narrow.push_back(fromFloat(value));
    EXPECT_EQ(cudaMemcpy(data() + first, narrow.data(), narrow.size() * sizeof(T), cudaMemcpyHostToDevice),
              cudaSuccess);
  }
  /// Waits for what was launched; what is there, and whether the borders are as they were.
  [[nodiscard]] std::vector<float> read() const {
    std::vector<T> all(m_count + 2 * kBorder);
    EXPECT_EQ(cudaDeviceSynchronize(), cudaSuccess);
    EXPECT_EQ(cudaMemcpy(all.data(), m_all, all.size() * sizeof(T), cudaMemcpyDeviceToHost), cudaSuccess);
    std::vector<float> values;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const bool inside = i >= kBorder && i < kBorder + m_count;
      if (inside) {
        values.push_back(toFloat(all[i]));
      } else {
        EXPECT_TRUE(isFill(all[i])) << "written at " << i << " - " << kBorder << " of " << m_count;
      }
    }
    return values;
  }
  /// Of an element as read() gives it.
  [[nodiscard]] static bool untouched(float value) { return isFill(fromFloat(value)); }

 private:
  static constexpr std::size_t kBorder = 64;
  static constexpr std::byte kFill{0xff};

  static T fromFloat(float value) {
    T narrow;
    if constexpr (sizeof(T) == 2) {
      narrow = __float2bfloat16_rn(value);
      if (std::isnan(value)) {  // keeps its bits
        const auto high = static_cast<std::uint16_t>(std::bit_cast<std::uint32_t>(value) >> 16);
        std::memcpy(static_cast<void*>(&narrow), &high, sizeof high);
      }
    } else {
      narrow = value;
    }
    return narrow;
  }
  static float toFloat(T value) {
    if constexpr (sizeof(T) == 2) {
      return __bfloat162float(value);
    } else {
      return value;
    }
  }
  static bool isFill(const T& value) {
    std::byte bytes[sizeof(T)];
    std::memcpy(bytes, &value, sizeof(T));
    return std::all_of(std::begin(bytes), std::end(bytes), [](std::byte byte) { return byte == kFill; });
  }

  void* m_all = nullptr;
  std::size_t m_count;
};

/// Whole numbers on the device.
class DeviceMarks {
 public:
  explicit DeviceMarks(const std::vector<int>& values) {
    EXPECT_EQ(cudaMalloc(&m_data, values.size() * sizeof(int)), cudaSuccess);
    EXPECT_EQ(cudaMemcpy(m_data, values.data(), values.size() * sizeof(int), cudaMemcpyHostToDevice), cudaSuccess);
  }
  ~DeviceMarks() { (void)cudaFree(m_data); }
  DeviceMarks(const DeviceMarks&) = delete;
  DeviceMarks& operator=(const DeviceMarks&) = delete;
  [[nodiscard]] int* data() const { return static_cast<int*>(m_data); }
  [[nodiscard]] std::vector<int> read(std::size_t count) const {
    std::vector<int> values(count);
    EXPECT_EQ(cudaMemcpy(values.data(), m_data, count * sizeof(int), cudaMemcpyDeviceToHost), cudaSuccess);
    return values;
  }

 private:
  void* m_data = nullptr;
};

class CudaOps : public CudaTest {
 protected:
  [[nodiscard]] cuda::LaunchTarget target() { return {nullptr, &m_counts}; }
  /// Random values that bf16 holds exactly.
  [[nodiscard]] std::vector<float> randomBf16(std::size_t count, float low = -1, float high = 1) {
    return roundedToBf16(m_random.floats(count, low, high));
  }
  static std::span<const float> part(const std::vector<float>& values, std::size_t first, std::size_t count) {
    return std::span(values).subspan(first, count);
  }
  /// Everything outside of [cells, used] within cells that lie `stride` apart was left alone.
  template <typename T>
  static void expectGapsUntouched(const std::vector<float>& values, std::size_t used, std::size_t stride) {
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i % stride < used) continue;
      ASSERT_TRUE(DeviceArray<T>::untouched(values[i])) << "written at " << i;
    }
  }

  cuda::LaunchCounts m_counts;
  testing::RandomValues m_random{11};
};

}  // namespace tidemark
