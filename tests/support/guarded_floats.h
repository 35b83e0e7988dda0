#pragma once
// Floats for an operation to write: filled with one particular NaN, with a border of it on both sides. What was not
// written can be told from what was, and a write next to the buffer is seen whatever the build.

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tidemark::testing {

class GuardedFloats {
 public:
  explicit GuardedFloats(std::size_t count)
      : m_count(count), m_all(count + 2 * kBorder, std::bit_cast<float>(kUntouched)) {}
  explicit GuardedFloats(std::span<const float> values) : GuardedFloats(values.size()) {
    for (std::size_t i = 0; i < values.size(); ++i) data()[i] = values[i];
  }

  [[nodiscard]] float* data() { return m_all.data() + kBorder; }
  [[nodiscard]] std::span<const float> values() const { return std::span(m_all).subspan(kBorder, m_count); }
  [[nodiscard]] float operator[](std::size_t i) const { return m_all[kBorder + i]; }
  [[nodiscard]] bool untouched(std::size_t i) const {
    return std::bit_cast<std::uint32_t>(m_all[kBorder + i]) == kUntouched;
  }

  /// Fails when the border was written.
  [[nodiscard]] ::testing::AssertionResult borderIntact() const {
    for (std::size_t i = 0; i < m_all.size(); ++i) {
      if (i == kBorder) i += m_count;
      if (i < m_all.size() && std::bit_cast<std::uint32_t>(m_all[i]) != kUntouched) {
        return ::testing::AssertionFailure()
               << "written at " << static_cast<long>(i) - static_cast<long>(kBorder) << " of a buffer of " << m_count;
      }
    }
    return ::testing::AssertionSuccess();
  }

 private:
  static constexpr std::size_t kBorder = 64;
  static constexpr std::uint32_t kUntouched = 0x7fc5a5a5u;
  std::size_t m_count;
  std::vector<float> m_all;
};

}  // namespace tidemark::testing
