// Matrix products, outer products, dot products and packing.

#include "tests/ops/kernel_test.h"

namespace tidemark::cpu {
namespace {

using testing::GuardedFloats;
using testing::isWithin;
using testing::RandomValues;
using testing::sameBits;

class Product : public KernelTest {};
TM_INSTANTIATE_FOR_ALL_KERNELS(Product);

std::vector<float> multiply(const KernelTable& table, std::span<const float> a, std::span<const float> b, int rows,
                            int columns, int depth) {
  const std::vector<float> packedRows = packPlain(a, rows, depth, table.rowPanel);
  const std::vector<float> packedColumns = packPlain(b, columns, depth, table.columnPanel);
  const int written = roundUp(columns, table.columnPanel);
  const int stride = written + 16;
  GuardedFloats c(at(rows) * at(stride));
  table.multiply(packedRows.data(), packedColumns.data(), rows, columns, depth, c.data(), at(stride));
  return takeColumns(c, rows, columns, stride, written);
}

TEST_P(Product, MultiplyIsAFusedChainForEveryShape) {
  for (int depth : {1, 7, 255, 256, 257, 600}) {
    for (int columns : {1, 15, 16, 31, 32, 33, 100}) {
      RandomValues random(static_cast<std::uint32_t>(depth * 1000 + columns));
      const std::vector<float> a = random.floats(at(136) * at(depth));
      const std::vector<float> b = random.floats(at(columns) * at(depth));
      const testing::Expected all = testing::naive::multiply({a, 136, depth, depth}, {b, columns, depth, depth});
      for (int rows : {1, 5, 12, 31, 33, 136}) {
        SCOPED_TRACE(std::to_string(rows) + " x " + std::to_string(columns) + " x " + std::to_string(depth));
        const auto c = run([&](const KernelTable& table) { return multiply(table, a, b, rows, columns, depth); });
        testing::Expected expected = all;
        expected.values.resize(c.size());
        expected.magnitudes.resize(c.size());
        ASSERT_TRUE(isWithin(c, expected, chainTolerance(depth)));
      }
    }
  }
}

// Decoding relies on it: one row at a time gives what the whole prompt gave. 270 columns: the one-row path takes four
// panels at a time and then single ones.
TEST_P(Product, OneRowEqualsThatRowOfALargeProduct) {
  constexpr int kRows = 29;
  constexpr int kColumns = 270;
  for (int depth : {48, 300}) {
    RandomValues random(3);
    const std::vector<float> a = random.floats(at(kRows) * at(depth));
    const std::vector<float> b = random.floats(at(kColumns) * at(depth));
    const std::vector<float> all = multiply(table(), a, b, kRows, kColumns, depth);
    for (int row = 0; row < kRows; ++row) {
      const auto one = multiply(table(), std::span(a).subspan(at(row) * at(depth), at(depth)), b, 1, kColumns, depth);
      ASSERT_TRUE(sameBits(one, std::span(all).subspan(at(row) * kColumns, kColumns))) << "row " << row;
    }
  }
}

TEST_P(Product, ANaNReachesItsOwnRowOnly) {
  RandomValues random(4);
  std::vector<float> a = random.floats(at(13) * 20);
  const std::vector<float> b = random.floats(at(40) * 20);
  a[7 * 20 + 19] = std::nanf("");
  const std::vector<float> c = multiply(table(), a, b, 13, 40, 20);
  for (int row = 0; row < 13; ++row) {
    for (int j = 0; j < 40; ++j) ASSERT_EQ(std::isnan(c[at(row) * 40 + at(j)]), row == 7) << row << ", " << j;
  }
}

#if defined(__SANITIZE_ADDRESS__)
// The inner loops are not watched load by load (checked_ranges.h): what they touch is still refused, an element too
// much.
TEST_P(Product, TheSanitizerSeesWhatTheInnerLoopsTouch) {
  const int rowPanel = table().rowPanel;
  const int columnPanel = table().columnPanel;
  for (int rows : {1, rowPanel}) {
    for (int depth : {2, 300}) {
      SCOPED_TRACE(std::to_string(rows) + " rows, depth " + std::to_string(depth));
      const std::size_t sizes[] = {at(depth - 1) * at(rowPanel) + at(rows), at(depth) * at(columnPanel),
                                   at(rows) * at(columnPanel)};
      for (int shortOne : {0, 1, 2, 3}) {
        const auto size = [&](int which) { return sizes[which] - (which == shortOne ? 1 : 0); };
        std::vector<float> a(size(0)), b(size(1)), c(size(2));
        const auto multiplied = [&] {
          table().multiply(a.data(), b.data(), rows, columnPanel, depth, c.data(), at(columnPanel));
        };
        if (shortOne < 3) {
          EXPECT_DEATH(multiplied(), "heap-buffer-overflow");
        } else {
          multiplied();  // what fits is left alone
        }
      }
    }
  }
}
#endif

TEST_P(Product, OuterProductOverRowsAndKeys) {
  constexpr int kColumns = 32;  // one or two panels of every table
  for (int rows : {1, 5, 33}) {
    for (int keys : {1, 6, 13, 60}) {
      SCOPED_TRACE(std::to_string(rows) + " rows, " + std::to_string(keys) + " keys");
      const int stride = keys + 3;
      RandomValues random(5);
      const std::vector<float> k = random.floats(at(rows) * at(stride));
      const std::vector<float> v = random.floats(at(rows) * kColumns);
      const auto c = run([&](const KernelTable& table) {
        const int panel = table.columnPanel;
        std::vector<float> whole(at(keys) * kColumns);
        for (int first = 0; first < kColumns; first += panel) {
          std::vector<float> values;
          for (int r = 0; r < rows; ++r) {
            for (int j = 0; j < panel; ++j) values.push_back(v[at(r) * kColumns + at(first + j)]);
          }
          GuardedFloats out(at(keys) * at(panel));
          table.outerProduct(k.data(), at(stride), values.data(), rows, keys, out.data());
          EXPECT_TRUE(out.borderIntact());
          for (int i = 0; i < keys * panel; ++i) {
            whole[at(i / panel) * kColumns + at(first + i % panel)] = out[at(i)];
          }
        }
        return whole;
      });
      EXPECT_TRUE(isWithin(c, testing::naive::outerProduct({k, rows, keys, stride}, {v, rows, kColumns, kColumns}),
                           chainTolerance(rows)));
    }
  }
}

TEST_P(Product, Dot) {
  for (int n : {1, 15, 16, 17, 100, 1000}) {
    RandomValues random(6);
    const std::vector<float> a = random.floats(at(n));
    const std::vector<float> b = random.floats(at(n));
    const auto sum = run([&](const KernelTable& table) { return std::vector{table.dot(a.data(), b.data(), n)}; });
    EXPECT_TRUE(isWithin(sum, testing::naive::dot(a, b), laneSumTolerance(n))) << n;
  }
}

TEST_P(Product, PackRowsIsExactAndPadsWithZeros) {
  const int panel = table().rowPanel;
  for (int rows : {1, 5, 12, 13, 33}) {
    for (int depth : {1, 15, 16, 33}) {
      SCOPED_TRACE(std::to_string(rows) + " x " + std::to_string(depth));
      const int packedDepth = depth + 7;
      const int stride = depth + 2;
      const std::vector<float> x = RandomValues(7).floats(at(rows) * at(stride));
      GuardedFloats packed(at(roundUp(rows, panel)) * at(packedDepth));
      table().packRows(x.data(), at(stride), rows, depth, packed.data(), at(packedDepth));
      for (int i = 0; i < roundUp(rows, panel); ++i) {
        for (int k = 0; k < packedDepth; ++k) {
          const std::size_t place = (at(i / panel) * at(packedDepth) + at(k)) * at(panel) + at(i % panel);
          if (k >= depth) {
            ASSERT_TRUE(packed.untouched(place)) << i << ", " << k;
          } else {
            ASSERT_EQ(packed[place], i < rows ? x[at(i) * at(stride) + at(k)] : 0.0f) << i << ", " << k;
          }
        }
      }
      EXPECT_TRUE(packed.borderIntact());
    }
  }
}

TEST_P(Product, PackColumnsIsExactAndPadsWithZeros) {
  const int panel = table().columnPanel;
  for (int columns : {1, 15, 16, 33, 100}) {
    constexpr int kDepth = 9;
    constexpr int kStride = 11;
    const std::vector<float> w = RandomValues(8).floats(at(columns) * kStride);
    GuardedFloats packed(at(roundUp(columns, panel)) * kDepth);
    table().packColumns(w.data(), kStride, columns, kDepth, packed.data());
    for (int j = 0; j < roundUp(columns, panel); ++j) {
      for (int k = 0; k < kDepth; ++k) {
        const std::size_t place = (at(j / panel) * kDepth + at(k)) * at(panel) + at(j % panel);
        ASSERT_EQ(packed[place], j < columns ? w[at(j) * kStride + at(k)] : 0.0f) << columns << ": " << j << ", " << k;
      }
    }
    EXPECT_TRUE(packed.borderIntact());
  }
}

}  // namespace
}  // namespace tidemark::cpu
