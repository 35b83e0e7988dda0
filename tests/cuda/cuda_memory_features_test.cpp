// The associative memory's features: phi of rows that read and of rows that are written.

#include "engine/backend/cuda/kernels/memory_features.h"
#include "tests/cuda/cuda_ops_fixture.h"

namespace tidemark {
namespace {

namespace naive = testing::naive;
using testing::isWithin;

constexpr int kCells = 2;
constexpr double kEpsilon = 1e-5;  // in the denominator

int padded(int keys) {
  return (keys + 15) / 16 * 16;
}

struct FeatureShape {
  int rows;
  int heads;
  int dMemPerHead;
};

/// Projected rows and normalizers of two cells, and what the kernel makes of them.
class CudaFeatures : public CudaOps, public ::testing::WithParamInterface<FeatureShape> {
 protected:
  struct Flags {
    bool normalize = false;
    bool useDenominator = true;
    bool correction = true;
  };

  void SetUp() override {
    CudaOps::SetUp();
    const FeatureShape& p = GetParam();
    m_rowWidth = p.heads * p.dMemPerHead + 3;
    m_keys = padded(6 * p.dMemPerHead);
    m_projectedCell = at(p.rows * m_rowWidth) + 5;
    m_stateCell = at(p.heads * m_keys) + 10;
    m_featuresCell = at(p.rows * p.heads * m_keys) + 8;
    m_projected = m_random.floats(kCells * m_projectedCell, -2, 2);
    m_normalizers = m_random.floats(kCells * m_stateCell, 0, 1);
  }
  [[nodiscard]] cuda::MemoryFeatureArguments arguments(const Flags& flags) const {
    const FeatureShape& p = GetParam();
    cuda::MemoryFeatureArguments a;
    a.projectedCell = m_projectedCell;
    a.projectedRow = m_rowWidth;
    a.stateCell = m_stateCell;
    a.featuresCell = m_featuresCell;
    a.cells = kCells;
    a.rows = p.rows;
    a.heads = p.heads;
    a.dMemPerHead = p.dMemPerHead;
    a.keysPadded = m_keys;
    a.normalize = flags.normalize;
    a.useDenominator = flags.useDenominator;
    a.correction = flags.correction;
    return a;
  }

  /// phi of one row and head, and its denominator with the features as they are kept.
  struct Row {
    Expected phi;
    double denominator = kEpsilon;
    double squares = 0;
  };
  [[nodiscard]] Row expectedRow(int cell, int row, int head, bool normalize) const {
    const FeatureShape& p = GetParam();
    const std::size_t place = at(cell) * m_projectedCell + at(row * m_rowWidth + head * p.dMemPerHead);
    Row expected{naive::dpfp(part(m_projected, place, at(p.dMemPerHead)), normalize)};
    for (std::size_t key = 0; key < expected.phi.values.size(); ++key) {
      const double kept = roundedToBf16(static_cast<float>(expected.phi.values[key]));
      expected.denominator += kept * static_cast<double>(z(cell, head, key));
      expected.squares += kept * kept;
    }
    return expected;
  }
  [[nodiscard]] float z(int cell, int head, std::size_t key) const {
    return m_normalizers[at(cell) * m_stateCell + at(head * m_keys) + key];
  }
  /// The features of one row and head; the padding behind them is zero.
  [[nodiscard]] std::span<const float> featuresOf(const std::vector<float>& all, int cell, int row, int head) const {
    const FeatureShape& p = GetParam();
    const auto line = part(all, at(cell) * m_featuresCell + at((row * p.heads + head) * m_keys), at(m_keys));
    const auto keys = at(6 * p.dMemPerHead);
    for (const float padding : line.subspan(keys)) EXPECT_EQ(padding, 0.0f);
    return line.first(keys);
  }

  int m_rowWidth = 0;
  int m_keys = 0;
  std::size_t m_projectedCell = 0, m_stateCell = 0, m_featuresCell = 0;
  std::vector<float> m_projected, m_normalizers;
};
INSTANTIATE_TEST_SUITE_P(Shapes, CudaFeatures,
                         ::testing::Values(FeatureShape{1, 1, 2}, FeatureShape{33, 2, 5}, FeatureShape{31, 3, 10},
                                           FeatureShape{5, 2, 64}, FeatureShape{3, 1, cuda::kWidestMemoryKey}),
                         [](const auto& test) {
                           return std::to_string(test.param.rows) + "x" + std::to_string(test.param.heads) + "x" +
                                  std::to_string(test.param.dMemPerHead);
                         });

TEST_P(CudaFeatures, OfRowsThatRead) {
  const FeatureShape& p = GetParam();
  for (const bool normalize : {false, true}) {
    for (const bool useDenominator : {false, true}) {
      SCOPED_TRACE(std::string(normalize ? "normalized" : "plain") + (useDenominator ? ", divided" : ""));
      const DeviceArray<float> projected(m_projected);
      const DeviceArray<float> normalizers(m_normalizers);
      const DeviceArray<Bf16> features(kCells * m_featuresCell);
      cuda::MemoryFeatureArguments a = arguments({normalize, useDenominator, true});
      a.projected = projected.data();
      a.state = normalizers.data();
      a.features = features.data();
      ASSERT_TRUE(cuda::launchMemoryFeatures(target(), a).ok());
      const auto got = features.read();
      expectGapsUntouched<Bf16>(got, at(p.rows * p.heads * m_keys), m_featuresCell);
      for (int cell = 0; cell < kCells; ++cell) {
        for (int unit = 0; unit < p.rows * p.heads; ++unit) {
          Row expected = expectedRow(cell, unit / p.heads, unit % p.heads, normalize);
          const double divisor = useDenominator ? expected.denominator : 1.0;
          for (double& value : expected.phi.values) value /= divisor;
          for (double& magnitude : expected.phi.magnitudes) magnitude /= divisor;
          EXPECT_TRUE(isWithin(featuresOf(got, cell, unit / p.heads, unit % p.heads), expected.phi, kBf16Tolerance))
              << "cell " << cell << ", row " << unit / p.heads << ", head " << unit % p.heads;
        }
      }
    }
  }
}

TEST_P(CudaFeatures, OfRowsThatAreWritten) {
  const FeatureShape& p = GetParam();
  const std::vector<Flags> all = {{false, true, true}, {true, true, true}, {true, false, true}, {false, true, false}};
  for (const Flags& flags : all) {
    SCOPED_TRACE(std::string(flags.normalize ? "normalized" : "plain") + (flags.useDenominator ? ", divided" : "") +
                 (flags.correction ? ", corrected" : ""));
    const DeviceArray<float> projected(m_projected);
    const DeviceArray<float> normalizers(m_normalizers);
    const DeviceArray<Bf16> features(kCells * m_featuresCell);
    const DeviceArray<float> inverse(at(kCells * p.heads * p.rows));
    const DeviceArray<float> gamma(at(kCells * p.heads * p.rows));
    const DeviceMarks written({0, 1});
    cuda::MemoryFeatureArguments a = arguments(flags);
    a.projected = projected.data();
    a.state = normalizers.data();
    a.features = features.data();
    a.inverseDenominator = inverse.data();
    a.gamma = gamma.data();
    a.written = written.data();
    ASSERT_TRUE(cuda::launchMemoryFeatures(target(), a).ok());
    const auto got = features.read();
    const auto gotInverse = inverse.read();
    const auto gotGamma = gamma.read();
    expectGapsUntouched<Bf16>(got, at(p.rows * p.heads * m_keys), m_featuresCell);
    for (int cell = 0; cell < kCells; ++cell) {
      for (int unit = 0; unit < p.rows * p.heads; ++unit) {
        const int row = unit / p.heads;
        const int head = unit % p.heads;
        const Row expected = expectedRow(cell, row, head, flags.normalize);
        const auto phi = featuresOf(got, cell, row, head);
        EXPECT_TRUE(isWithin(phi, expected.phi, kBf16Tolerance));
        // The denominator of the features that are there: which way each was rounded is known now.
        double denominator = kEpsilon;
        double squares = flags.normalize ? 0 : kEpsilon;
        for (std::size_t key = 0; key < phi.size(); ++key) {
          denominator += static_cast<double>(phi[key]) * static_cast<double>(z(cell, head, key));
          squares += static_cast<double>(phi[key]) * static_cast<double>(phi[key]);
        }
        const std::size_t place = at((cell * p.heads + head) * p.rows + row);
        const double inverseExpected = flags.useDenominator ? 1 / denominator : 1;
        EXPECT_TRUE(std::abs(gotInverse[place] - inverseExpected) <= kF32Tolerance * inverseExpected);
        const bool corrected = flags.correction && flags.useDenominator && cell == 1;  // cell 0 was never written
        const double ratio = corrected ? denominator / squares : 0;
        EXPECT_TRUE(std::abs(gotGamma[place] - std::clamp(1 - ratio, 0.0, 1.0)) <= kF32Tolerance * (1 + ratio));
      }
    }
  }
}

}  // namespace
}  // namespace tidemark
