#pragma once
// Comparisons of float results: bit by bit, or within a bound that a NaN cannot pass.

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace tidemark::testing {

/// What an operation should give, in double, and for every element the sum of the magnitudes that went into it:
/// rounding errors are proportional to that, not to a result that cancelled.
struct Expected {
  std::vector<double> values;
  std::vector<double> magnitudes;

  void add(double value, double magnitude) {
    values.push_back(value);
    magnitudes.push_back(magnitude);
  }
};

inline ::testing::AssertionResult sameBits(std::span<const float> a, std::span<const float> b) {
  if (a.size() != b.size()) return ::testing::AssertionFailure() << a.size() << " values and " << b.size();
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (std::bit_cast<std::uint32_t>(a[i]) != std::bit_cast<std::uint32_t>(b[i])) {
      return ::testing::AssertionFailure()
             << "element " << i << " of " << a.size() << ": " << std::hexfloat << a[i] << " and " << b[i];
    }
  }
  return ::testing::AssertionSuccess();
}

/// |got - expected| <= tolerance * magnitude (+ `floor`, for results below the smallest normal float) for every
/// element.
inline ::testing::AssertionResult isWithin(std::span<const float> got, const Expected& expected, double tolerance,
                                           double floor = 1e-37) {
  if (got.size() != expected.values.size()) {
    return ::testing::AssertionFailure() << got.size() << " values, expected " << expected.values.size();
  }
  for (std::size_t i = 0; i < got.size(); ++i) {
    const double error = std::abs(static_cast<double>(got[i]) - expected.values[i]);
    if (!(error <= tolerance * expected.magnitudes[i] + floor)) {
      return ::testing::AssertionFailure()
             << "element " << i << " of " << got.size() << ": " << got[i] << ", expected " << expected.values[i]
             << "; error / magnitude is " << error / expected.magnitudes[i] << ", allowed " << tolerance;
    }
  }
  return ::testing::AssertionSuccess();
}

}  // namespace tidemark::testing
