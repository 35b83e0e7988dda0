#pragma once
// What the kernel tests share: the tables that run here, packed layouts made and undone in the plainest way, and the
// one table of tolerances.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "engine/backend/cpu/kernels/kernel_table.h"
#include "engine/base/numeric.h"
#include "tests/support/compare.h"
#include "tests/support/guarded_floats.h"
#include "tests/support/naive_ops.h"
#include "tests/support/random_values.h"

namespace tidemark::cpu {

// Tolerances, as multiples of the magnitude that naive_ops gives with each value. kUnit is half an ulp: the largest
// relative error of one rounding.
inline constexpr double kUnit = 0x1p-24;
/// One chain of n fused multiply-adds rounds n times (Higham, Accuracy and Stability, 3.1).
[[nodiscard]] inline double chainTolerance(int n) {
  return (n + 1) * kUnit;
}
/// n terms over 16 lanes: a chain of ceil(n / 16), then a tree of four levels.
[[nodiscard]] inline double laneSumTolerance(int n) {
  return (ceilDiv(n, 16) + 5) * kUnit;
}
/// A norm's factor is 1 / sqrt(sum / n + eps): half the sum's error and three roundings; two more for factor and
/// weight. LayerNorm's mean adds one more lane sum.
[[nodiscard]] inline double normTolerance(int n) {
  return 2 * laneSumTolerance(n) + 5 * kUnit;
}
inline constexpr double kTwoAdditions = 2 * kUnit;
inline constexpr double kProductAndAddition = 2 * kUnit;
/// exp is documented to be within 2 ulp (4 units); 1 + e and the division round once each.
inline constexpr double kSigmoid = 6 * kUnit;
inline constexpr double kSwiGlu = kSigmoid + 2 * kUnit;
/// x^3, the inner sum and the factor round five times, and u tanh'(u) is below 0.45; tanh adds exp's error, 1 + tanh
/// one.
inline constexpr double kGelu = 8 * kUnit;
/// Scores are chains of headDim products of a rounded query; with |score| sums below 8 here, weights carry at most
/// 8 * (headDim + 2) units in theory and far less in practice: 7 was the most over all cases.
inline constexpr double kAttend = 16 * kUnit;

/// The tables by name, so that a table this machine lacks is reported as skipped.
class KernelTest : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const KernelChoice choice = availableKernels();
    m_plain = choice.tables[choice.count - 1];
    for (int i = 0; i < choice.count; ++i) {
      if (choice.tables[i]->name == std::string(GetParam())) m_table = choice.tables[i];
    }
    if (m_table == nullptr) GTEST_SKIP() << GetParam() << " does not run on this machine";
  }
  [[nodiscard]] const KernelTable& table() const { return *m_table; }

  /// Runs `operation` (table -> floats in a layout that no table shares in) on this table and on the plain one: the
  /// bits must agree. Returns the floats.
  template <typename Operation>
  std::vector<float> run(Operation operation) const {
    std::vector<float> result = operation(*m_table);
    if (m_table != m_plain) {
      EXPECT_TRUE(testing::sameBits(result, operation(*m_plain))) << "this table and the plain one";
    }
    return result;
  }

 private:
  const KernelTable* m_table = nullptr;
  const KernelTable* m_plain = nullptr;
};

#define TM_INSTANTIATE_FOR_ALL_KERNELS(Suite)                                           \
  INSTANTIATE_TEST_SUITE_P(Tables, Suite, ::testing::Values("avx512", "avx2", "plain"), \
                           [](const auto& test) { return std::string(test.param); })

[[nodiscard]] inline std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

/// Packed rows (or columns: the layouts differ by `panel` only) of a plain matrix [count][depth].
[[nodiscard]] inline std::vector<float> packPlain(std::span<const float> x, int count, int depth, int panel) {
  std::vector<float> packed(at(roundUp(count, panel)) * at(depth));
  for (int i = 0; i < count; ++i) {
    for (int k = 0; k < depth; ++k) {
      packed[(at(i / panel) * at(depth) + at(k)) * at(panel) + at(i % panel)] = x[at(i) * at(depth) + at(k)];
    }
  }
  return packed;
}

/// The plain matrix [count][depth] out of packed rows.
[[nodiscard]] inline std::vector<float> unpackPlain(std::span<const float> packed, int count, int depth, int panel) {
  std::vector<float> x(at(count) * at(depth));
  for (int i = 0; i < count; ++i) {
    for (int k = 0; k < depth; ++k) {
      x[at(i) * at(depth) + at(k)] = packed[(at(i / panel) * at(depth) + at(k)) * at(panel) + at(i % panel)];
    }
  }
  return x;
}

/// The first `columns` of every row; fails if anything between them and the next row was written.
[[nodiscard]] inline std::vector<float> takeColumns(const testing::GuardedFloats& y, int rows, int columns, int stride,
                                                    int writtenColumns) {
  std::vector<float> taken;
  for (int r = 0; r < rows; ++r) {
    for (int j = 0; j < stride; ++j) {
      const std::size_t i = at(r) * at(stride) + at(j);
      if (j < columns) taken.push_back(y[i]);
      if (j >= writtenColumns) {
        EXPECT_TRUE(y.untouched(i)) << "row " << r << ", column " << j << " was written";
      }
    }
  }
  EXPECT_TRUE(y.borderIntact());
  return taken;
}

}  // namespace tidemark::cpu
