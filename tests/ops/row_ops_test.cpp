// Norms and everything that works element by element on rows.

#include "tests/ops/kernel_test.h"

namespace tidemark::cpu {
namespace {

using testing::GuardedFloats;
using testing::isWithin;
using testing::RandomValues;

constexpr float kEpsilon = 1e-5f;
constexpr int kGap = 5;  // floats between the rows

class RowOps : public KernelTest {
 protected:
  /// Calls check(rows, columns) for shapes around the width of a vector and of a panel.
  template <typename Check>
  void forEachShape(Check check) {
    for (int rows : {1, 5, 13}) {
      for (int columns : {1, 15, 16, 17, 33, 100}) {
        SCOPED_TRACE(std::to_string(rows) + " x " + std::to_string(columns));
        check(rows, columns);
      }
    }
  }

  /// An operation in place on rows of `columns` floats, kGap apart: the gap must stay as it was.
  template <typename Operation>
  std::vector<float> runInPlace(std::span<const float> x, int rows, int columns, Operation operation) {
    return run([&](const KernelTable& table) {
      const int stride = columns + kGap;
      GuardedFloats y(at(rows) * at(stride));
      for (int r = 0; r < rows; ++r) {
        for (int j = 0; j < columns; ++j) y.data()[at(r) * at(stride) + at(j)] = x[at(r) * at(columns) + at(j)];
      }
      operation(table, y.data(), at(stride));
      return takeColumns(y, rows, columns, stride, columns);
    });
  }
};
TM_INSTANTIATE_FOR_ALL_KERNELS(RowOps);

/// Unpacks, after checking that rows behind the last are zero.
std::vector<float> unpackChecked(const GuardedFloats& packed, int rows, int width, int panel) {
  EXPECT_TRUE(packed.borderIntact());
  const int padded = roundUp(rows, panel);
  std::vector<float> all = unpackPlain(packed.values(), padded, width, panel);
  for (std::size_t i = at(rows) * at(width); i < all.size(); ++i) EXPECT_EQ(all[i], 0.0f) << "padding";
  all.resize(at(rows) * at(width));
  return all;
}

TEST_P(RowOps, RmsNormPack) {
  forEachShape([&](int rows, int width) {
    const int stride = width + kGap;
    RandomValues random(11);
    const std::vector<float> x = random.floats(at(rows) * at(stride), -3, 3);
    const std::vector<float> weight = random.floats(at(width), 0.5f, 1.5f);
    const auto y = run([&](const KernelTable& table) {
      GuardedFloats packed(at(roundUp(rows, table.rowPanel)) * at(width));
      table.rmsNormPack(x.data(), at(stride), rows, width, weight.data(), kEpsilon, packed.data());
      return unpackChecked(packed, rows, width, table.rowPanel);
    });
    EXPECT_TRUE(isWithin(y, testing::naive::rmsNorm({x, rows, width, stride}, weight, static_cast<double>(kEpsilon)),
                         normTolerance(width)));
  });
}

// Rows far from zero: a variance computed as E[x^2] - E[x]^2 would be noise here.
TEST_P(RowOps, LayerNormPackOfRowsFarFromZero) {
  for (float offset : {0.0f, 300.0f}) {
    forEachShape([&](int rows, int width) {
      if (width == 1 && offset > 0) return;  // nothing but the mean's rounding is left
      const int stride = width + kGap;
      RandomValues random(12);
      const std::vector<float> x = random.floats(at(rows) * at(stride), offset - 3, offset + 3);
      const std::vector<float> weight = random.floats(at(width), 0.5f, 1.5f);
      const std::vector<float> bias = random.floats(at(width));
      const auto y = run([&](const KernelTable& table) {
        GuardedFloats packed(at(roundUp(rows, table.rowPanel)) * at(width));
        table.layerNormPack(x.data(), at(stride), rows, width, weight.data(), bias.data(), kEpsilon, packed.data());
        return unpackChecked(packed, rows, width, table.rowPanel);
      });
      EXPECT_TRUE(
          isWithin(y, testing::naive::layerNorm({x, rows, width, stride}, weight, bias, static_cast<double>(kEpsilon)),
                   normTolerance(width)));
    });
  }
}

TEST_P(RowOps, StoreRowsAndAddRows) {
  forEachShape([&](int rows, int columns) {
    const int stride = columns + kGap;
    RandomValues random(13);
    const std::vector<float> c = random.floats(at(rows) * at(stride));
    const std::vector<float> x = random.floats(at(rows) * at(columns));
    const std::vector<float> zeros(x.size());
    for (const std::vector<float>& bias : {random.floats(at(columns)), std::vector<float>{}}) {
      const float* biasOrNull = bias.empty() ? nullptr : bias.data();
      const auto stored = runInPlace(zeros, rows, columns, [&](const KernelTable& table, float* y, std::size_t ld) {
        table.storeRows(c.data(), at(stride), rows, columns, biasOrNull, y, ld);
      });
      EXPECT_TRUE(isWithin(
          stored, testing::naive::addRows({zeros, rows, columns, columns}, {c, rows, columns, stride}, bias), kUnit));
      const auto expected = testing::naive::addRows({x, rows, columns, columns}, {c, rows, columns, stride}, bias);
      const auto inPlace = runInPlace(x, rows, columns, [&](const KernelTable& table, float* y, std::size_t ld) {
        table.addRows(c.data(), at(stride), rows, columns, biasOrNull, y, ld, y, ld);
      });
      EXPECT_TRUE(isWithin(inPlace, expected, kTwoAdditions));
      const auto apart = runInPlace(zeros, rows, columns, [&](const KernelTable& table, float* y, std::size_t ld) {
        table.addRows(c.data(), at(stride), rows, columns, biasOrNull, x.data(), at(columns), y, ld);
      });
      EXPECT_TRUE(testing::sameBits(apart, inPlace));
    }
  });
}

TEST_P(RowOps, AddQuotient) {
  forEachShape([&](int rows, int columns) {
    const int stride = columns + kGap;
    RandomValues random(14);
    const std::vector<float> c = random.floats(at(rows) * at(stride));
    const std::vector<float> x = random.floats(at(rows) * at(columns));
    for (const std::vector<float>& denominator : {random.floats(at(rows), 1e-5f, 2.0f), std::vector<float>{}}) {
      const auto y = runInPlace(x, rows, columns, [&](const KernelTable& table, float* out, std::size_t ld) {
        table.addQuotient(c.data(), at(stride), rows, columns, denominator.empty() ? nullptr : denominator.data(), out,
                          ld);
      });
      EXPECT_TRUE(
          isWithin(y, testing::naive::addQuotient({x, rows, columns, columns}, {c, rows, columns, stride}, denominator),
                   kTwoAdditions));
    }
  });
}

TEST_P(RowOps, SwiGlu) {
  forEachShape([&](int rows, int columns) {
    const int stride = columns + kGap;
    RandomValues random(15);
    const std::vector<float> gate = random.floats(at(rows) * at(columns), -20, 20);
    const std::vector<float> up = random.floats(at(rows) * at(stride), -5, 5);
    const auto y = runInPlace(gate, rows, columns, [&](const KernelTable& table, float* g, std::size_t ld) {
      table.swiGlu(g, up.data(), ld, rows, columns);
    });
    EXPECT_TRUE(
        isWithin(y, testing::naive::swiGlu({gate, rows, columns, columns}, {up, rows, columns, stride}), kSwiGlu));
  });
}

TEST_P(RowOps, Gelu) {
  forEachShape([&](int rows, int columns) {
    RandomValues random(16);
    const std::vector<float> h = random.floats(at(rows) * at(columns), -9, 9);
    for (const std::vector<float>& bias : {random.floats(at(columns)), std::vector<float>{}}) {
      const auto y = runInPlace(h, rows, columns, [&](const KernelTable& table, float* x, std::size_t ld) {
        table.gelu(x, ld, rows, columns, bias.empty() ? nullptr : bias.data());
      });
      EXPECT_TRUE(isWithin(y, testing::naive::gelu({h, rows, columns, columns}, bias), kGelu));
    }
  });
}

TEST_P(RowOps, SigmoidRows) {
  forEachShape([&](int rows, int columns) {
    RandomValues random(17);
    const std::vector<float> h = random.floats(at(rows) * at(columns), -30, 30);
    for (const std::vector<float>& bias : {random.floats(at(columns), -9, 9), std::vector<float>{}}) {
      const auto y = runInPlace(h, rows, columns, [&](const KernelTable& table, float* x, std::size_t ld) {
        table.sigmoidRows(x, ld, rows, columns, bias.empty() ? nullptr : bias.data());
      });
      EXPECT_TRUE(isWithin(y, testing::naive::sigmoid({h, rows, columns, columns}, bias), kSigmoid));
    }
  });
}

}  // namespace
}  // namespace tidemark::cpu
