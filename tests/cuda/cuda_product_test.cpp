// Products through cuBLASLt, with every combination of their flags.

#include "engine/backend/cuda/product.h"
#include "tests/cuda/cuda_ops_fixture.h"

namespace tidemark {
namespace {

using cuda::Element;
using testing::isWithin;
using testing::sameBits;

struct ProductShape {
  int rows;
  int columns;
  int depth;
};

class CudaProducts : public CudaOps, public ::testing::WithParamInterface<ProductShape> {
 protected:
  void SetUp() override {
    CudaOps::SetUp();
    if (IsSkipped()) return;
    ASSERT_TRUE(m_products.open(m_bytes).ok());
  }

  /// Everything lies further apart than it is long.
  static cuda::ProductSpec specOf(bool byColumn, Element out, bool bias, bool addend) {
    const ProductShape& p = GetParam();
    cuda::ProductSpec spec;
    spec.rows = p.rows;
    spec.columns = p.columns;
    spec.depth = p.depth;
    spec.weightsByColumn = byColumn;
    spec.out = out;
    spec.bias = bias;
    spec.addend = addend;
    spec.xRow = p.depth + 8;
    spec.weightsRow = (byColumn ? p.depth : p.columns) + 16;
    spec.outRow = p.columns + 24;
    spec.xCell = p.rows * spec.xRow + 8;
    spec.weightsCell = (byColumn ? p.columns : p.depth) * spec.weightsRow + 16;
    spec.outCell = p.rows * spec.outRow + 32;
    spec.addendCell = spec.outCell;
    spec.biasCell = p.columns + 8;
    return spec;
  }

  template <typename T>
  void check(const cuda::ProductSpec& spec, int cells) {
    const auto x = randomBf16(at(cells) * static_cast<std::size_t>(spec.xCell));
    const auto weights = randomBf16(at(cells) * static_cast<std::size_t>(spec.weightsCell));
    const auto bias = randomBf16(at(cells) * static_cast<std::size_t>(spec.biasCell));
    const auto outCell = static_cast<std::size_t>(spec.outCell);
    const auto before = randomBf16(at(cells) * outCell);
    const DeviceArray<Bf16> xs(x);
    const DeviceArray<Bf16> matrices(weights);
    const DeviceArray<Bf16> biases(bias);
    auto plan = m_products.plan(spec, cells);
    ASSERT_TRUE(plan.ok()) << plan.error().message;
    const auto run = [&](int firstCell, int count) {
      DeviceArray<T> out(at(count) * outCell);
      for (int cell = 0; cell < count && spec.addend; ++cell) {
        for (int row = 0; row < spec.rows; ++row) {
          const std::size_t place = at(row * spec.outRow);
          out.write(at(cell) * outCell + place, part(before, at(firstCell + cell) * outCell + place, at(spec.columns)));
        }
      }
      cuda::ProductOperands operands;
      operands.x = xs.data() + firstCell * spec.xCell;
      operands.weights = matrices.data() + firstCell * spec.weightsCell;
      operands.bias = spec.bias ? biases.data() + firstCell * spec.biasCell : nullptr;
      operands.addend = spec.addend ? out.data() : nullptr;
      operands.out = out.data();
      EXPECT_TRUE(m_products.run(target(), **plan, operands, count).ok());
      return out.read();
    };
    const auto all = run(0, cells);
    for (int cell = 0; cell < cells; ++cell) {
      const auto mine = part(all, at(cell) * outCell, outCell);
      expectCorrect<T>(spec, cell, x, weights, bias, before, mine);
      EXPECT_TRUE(sameBits(run(cell, 1), mine)) << "cell " << cell << " alone";
    }
  }

 private:
  template <typename T>
  static void expectCorrect(const cuda::ProductSpec& spec, int cell, const std::vector<float>& x,
                            const std::vector<float>& weights, const std::vector<float>& bias,
                            const std::vector<float>& before, std::span<const float> got) {
    std::vector<float> written;
    Expected expected;
    for (int row = 0; row < spec.rows; ++row) {
      for (int column = 0; column < spec.columns; ++column) {
        double sum = 0;
        double magnitude = 0;
        const auto add = [&](double term) {
          sum += term;
          magnitude += std::abs(term);
        };
        for (int k = 0; k < spec.depth; ++k) {
          const int place = spec.weightsByColumn ? column * spec.weightsRow + k : k * spec.weightsRow + column;
          add(static_cast<double>(x[static_cast<std::size_t>(cell * spec.xCell + row * spec.xRow + k)]) *
              static_cast<double>(weights[static_cast<std::size_t>(cell * spec.weightsCell + place)]));
        }
        if (spec.bias) add(bias[static_cast<std::size_t>(cell * spec.biasCell + column)]);
        if (spec.addend) add(before[static_cast<std::size_t>(cell * spec.outCell + row * spec.outRow + column)]);
        expected.add(sum, magnitude);
        written.push_back(got[at(row * spec.outRow + column)]);
      }
    }
    // On an H100 the sum is rounded to bf16 before the addend joins it.
    const double bf16 = spec.addend ? kTwoBf16Tolerance : kBf16Tolerance;
    EXPECT_TRUE(isWithin(written, expected, spec.out == Element::kBf16 ? bf16 : kF32Tolerance));
    for (std::size_t i = 0; i < got.size(); ++i) {
      const bool row = i < at(spec.rows * spec.outRow) && i % at(spec.outRow) < at(spec.columns);
      if (row) continue;
      ASSERT_TRUE(DeviceArray<T>::untouched(got[i])) << "written at " << i;
    }
  }

  cuda::DeviceBytes m_bytes;

 protected:
  cuda::Products m_products;
};
INSTANTIATE_TEST_SUITE_P(Shapes, CudaProducts,
                         ::testing::Values(ProductShape{1, 8, 16}, ProductShape{31, 24, 48}, ProductShape{65, 72, 136},
                                           ProductShape{130, 64, 8}),
                         [](const auto& test) {
                           return std::to_string(test.param.rows) + "x" + std::to_string(test.param.columns) + "x" +
                                  std::to_string(test.param.depth);
                         });

TEST_P(CudaProducts, AllFlags) {
  for (const bool byColumn : {true, false}) {
    for (const bool bias : {false, true}) {
      for (const bool addend : {false, true}) {
        SCOPED_TRACE(std::string(byColumn ? "by column" : "by row") + (bias ? ", bias" : "") +
                     (addend ? ", addend" : ""));
        check<Bf16>(specOf(byColumn, Element::kBf16, bias, addend), 3);
        if (!bias && !addend) check<float>(specOf(byColumn, Element::kF32, false, false), 3);
      }
    }
  }
}

TEST_P(CudaProducts, PlansAreKept) {
  const cuda::ProductSpec spec = specOf(true, Element::kBf16, false, false);
  const auto first = m_products.plan(spec, 3);
  const auto second = m_products.plan(spec, 3);
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_EQ(*first, *second);
}

}  // namespace
}  // namespace tidemark
