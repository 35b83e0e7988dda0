// The associative memory's write: the delta rule against itself in double, and the end of it.

#include "engine/backend/cuda/kernels/memory_write.h"
#include "engine/base/numeric.h"
#include "tests/cuda/cuda_ops_fixture.h"

namespace tidemark {
namespace {

using testing::isWithin;
using testing::sameBits;

constexpr int kCells = 2;

struct WriteShape {
  int rows;
  int heads;
  int keys;  // per head, a multiple of 16
  int values;
  bool gating;
};

/// Two layers' memories before a write, what is written, and the same write in double.
class CudaWrite : public CudaOps, public ::testing::WithParamInterface<WriteShape> {
 protected:
  void SetUp() override {
    CudaOps::SetUp();
    const WriteShape& p = GetParam();
    m_betas = p.gating ? p.heads * p.values : p.heads;
    m_betaColumn = p.heads * p.values + 8;
    m_projectedRow = roundUp(m_betaColumn + m_betas, 8) + 8;  // pairs of floats are loaded at once
    m_projectedCell = at(p.rows * m_projectedRow) + 8;
    m_featuresCell = at(p.rows * p.heads * p.keys) + 8;
    m_stateCell = weights() + normalizers() + 12;
    m_readCell = weights() + 16;
    m_projected = m_random.floats(kCells * m_projectedCell);
    m_betaBias = m_random.floats(at(kCells * m_betas));
    m_features = randomBf16(kCells * m_featuresCell, 0, 1);
    m_inverse = m_random.floats(at(kCells * p.heads * p.rows), 0.02f, 0.1f);
    m_gamma = m_random.floats(at(kCells * p.heads * p.rows), 0, 1);
    m_state = m_random.floats(kCells * m_stateCell);
  }
  [[nodiscard]] static std::size_t weights() { return at(GetParam().heads * GetParam().keys * GetParam().values); }
  [[nodiscard]] static std::size_t normalizers() { return at(GetParam().heads * GetParam().keys); }
  [[nodiscard]] static std::size_t squareCount() {
    return at(kCells * GetParam().heads * 2 * ((GetParam().values + cuda::kMemoryColumns - 1) / cuda::kMemoryColumns));
  }

  [[nodiscard]] cuda::MemoryWriteArguments arguments() const {
    const WriteShape& p = GetParam();
    cuda::MemoryWriteArguments a;
    a.projectedCell = m_projectedCell;
    a.projectedRow = m_projectedRow;
    a.betaColumn = m_betaColumn;
    a.featuresCell = m_featuresCell;
    a.stateCell = m_stateCell;
    a.readWeightsCell = m_readCell;
    a.cells = kCells;
    a.heads = p.heads;
    a.rows = p.rows;
    a.keysPadded = p.keys;
    a.valuesPerHead = p.values;
    a.betas = m_betas;
    return a;
  }
  [[nodiscard]] double feature(int cell, int row, int head, int key) const {
    const WriteShape& p = GetParam();
    return m_features[at(cell) * m_featuresCell + at((row * p.heads + head) * p.keys + key)];
  }
  [[nodiscard]] double beta(int cell, int row, int index) const {
    const float projected = m_projected[at(cell) * m_projectedCell + at(row * m_projectedRow + m_betaColumn + index)];
    return 1 / (1 + std::exp(-(static_cast<double>(projected) + m_betaBias[at(cell * m_betas + index)])));
  }
  [[nodiscard]] std::size_t weightPlace(int head, int key, int column) const {
    const WriteShape& p = GetParam();
    return at((head * p.keys + key) * p.values + column);
  }

  /// delta [rows] of one column, and the magnitudes that went into each.
  void delta(int cell, int head, int column, std::vector<double>& values, std::vector<double>& magnitudes) const {
    const WriteShape& p = GetParam();
    for (int row = 0; row < p.rows; ++row) {
      double old = 0;
      double magnitude = 0;
      for (int key = 0; key < p.keys; ++key) {
        const double term =
            feature(cell, row, head, key) * m_state[at(cell) * m_stateCell + weightPlace(head, key, column)];
        old += term;
        magnitude += std::abs(term);
      }
      const double inverse = m_inverse[at((cell * p.heads + head) * p.rows + row)];
      const double v = m_projected[at(cell) * m_projectedCell + at(row * m_projectedRow + head * p.values + column)];
      const double strength = beta(cell, row, p.gating ? head * p.values + column : head);
      values.push_back(strength * (v - old * inverse));
      magnitudes.push_back(strength * (std::abs(v) + magnitude * inverse));
    }
  }
  /// W_mem of a cell after the write. Its error: W_mem and delta are rounded to bf16 on the way; the sum is float32.
  [[nodiscard]] Expected expectedWeights(int cell) const {
    const WriteShape& p = GetParam();
    Expected expected{std::vector<double>(weights()), std::vector<double>(weights())};
    for (int head = 0; head < p.heads; ++head) {
      for (int column = 0; column < p.values; ++column) {
        std::vector<double> change;
        std::vector<double> magnitudes;
        delta(cell, head, column, change, magnitudes);
        for (int key = 0; key < p.keys; ++key) {
          const std::size_t place = weightPlace(head, key, column);
          const double before = m_state[at(cell) * m_stateCell + place];
          expected.values[place] = before;
          expected.magnitudes[place] = std::abs(before) * kF32Tolerance / kTwoBf16Tolerance;
          for (int row = 0; row < p.rows; ++row) {
            expected.values[place] += feature(cell, row, head, key) * change[at(row)];
            expected.magnitudes[place] += feature(cell, row, head, key) * magnitudes[at(row)];
          }
        }
      }
    }
    return expected;
  }
  [[nodiscard]] Expected expectedNormalizers(int cell) const {
    const WriteShape& p = GetParam();
    Expected expected;
    for (int head = 0; head < p.heads; ++head) {
      for (int key = 0; key < p.keys; ++key) {
        double sum = m_state[at(cell) * m_stateCell + weights() + at(head * p.keys + key)];
        double magnitude = std::abs(sum);
        for (int row = 0; row < p.rows; ++row) {
          const double term = m_gamma[at((cell * p.heads + head) * p.rows + row)] * feature(cell, row, head, key);
          sum += term;
          magnitude += term;
        }
        expected.add(sum, magnitude);
      }
    }
    return expected;
  }
  /// Mean gamma, mean beta, |dW| / |W|; the last from the W_mem that came out.
  [[nodiscard]] std::vector<double> expectedMetrics(int cell, std::span<const float> after) const {
    const WriteShape& p = GetParam();
    double gammas = 0;
    for (int i = 0; i < p.heads * p.rows; ++i) gammas += m_gamma[at(cell * p.heads * p.rows + i)];
    double betas = 0;
    for (int i = 0; i < p.rows * m_betas; ++i) betas += beta(cell, i / m_betas, i % m_betas);
    double changes = 0;
    double squares = 0;
    for (std::size_t i = 0; i < weights(); ++i) {
      const double change = static_cast<double>(after[i]) - m_state[at(cell) * m_stateCell + i];
      changes += change * change;
      squares += static_cast<double>(after[i]) * after[i];
    }
    return {gammas / (p.heads * p.rows), betas / (p.rows * m_betas), std::sqrt(changes / squares)};
  }

  int m_betas = 0, m_betaColumn = 0, m_projectedRow = 0;
  std::size_t m_projectedCell = 0, m_featuresCell = 0, m_stateCell = 0, m_readCell = 0;
  std::vector<float> m_projected, m_betaBias, m_features, m_inverse, m_gamma, m_state;
};
INSTANTIATE_TEST_SUITE_P(Shapes, CudaWrite,
                         ::testing::Values(WriteShape{1, 1, 16, 8, false}, WriteShape{5, 2, 48, 24, true},
                                           WriteShape{16, 1, 64, 64, false}, WriteShape{17, 2, 80, 72, false},
                                           WriteShape{130, 1, 144, 136, true}, WriteShape{130, 3, 48, 40, false},
                                           WriteShape{cuda::kMostMemoryTokens, 1, 80, 8, false}),
                         [](const auto& test) {
                           return std::to_string(test.param.rows) + "x" + std::to_string(test.param.heads) + "x" +
                                  std::to_string(test.param.keys) + "x" + std::to_string(test.param.values) +
                                  (test.param.gating ? "_gating" : "");
                         });

TEST_P(CudaWrite, FollowsTheDeltaRule) {
  const DeviceArray<float> projected(m_projected);
  const DeviceArray<float> betaBias(m_betaBias);
  const DeviceArray<Bf16> features(m_features);
  const DeviceArray<float> inverse(m_inverse);
  const DeviceArray<float> gamma(m_gamma);
  const DeviceArray<float> state(m_state);
  DeviceArray<Bf16> readWeights(kCells * m_readCell);
  for (std::size_t cell = 0; cell < kCells; ++cell) {  // old values come from here
    readWeights.write(cell * m_readCell, std::span(m_state).subspan(cell * m_stateCell, weights()));
  }
  const DeviceArray<float> squares(squareCount());
  const DeviceArray<float> metrics(3 * kCells);
  const DeviceMarks written({0, 0, 7});
  cuda::MemoryWriteArguments a = arguments();
  a.projected = projected.data();
  a.betaBias = betaBias.data();
  a.features = features.data();
  a.inverseDenominator = inverse.data();
  a.gamma = gamma.data();
  a.weights = state.data();
  a.normalizers = state.data() + weights();
  a.readWeights = readWeights.data();
  a.written = written.data();
  a.squares = squares.data();
  a.metrics = metrics.data();
  ASSERT_TRUE(cuda::launchMemoryUpdate(target(), a).ok());
  ASSERT_TRUE(cuda::launchMemoryFinish(target(), a).ok());
  const auto gotState = state.read();
  const auto gotRead = readWeights.read();
  const auto gotMetrics = metrics.read();
  (void)squares.read();  // nothing beside it
  expectGapsUntouched<Bf16>(gotRead, weights(), m_readCell);
  for (int cell = 0; cell < kCells; ++cell) {
    SCOPED_TRACE("cell " + std::to_string(cell));
    const std::size_t first = at(cell) * m_stateCell;
    const auto after = part(gotState, first, weights());
    EXPECT_TRUE(isWithin(after, expectedWeights(cell), kTwoBf16Tolerance));
    EXPECT_TRUE(sameBits(part(gotRead, at(cell) * m_readCell, weights()),
                         roundedToBf16(std::vector<float>(after.begin(), after.end()))));
    EXPECT_TRUE(isWithin(part(gotState, first + weights(), normalizers()), expectedNormalizers(cell), kF32Tolerance));
    const std::size_t used = weights() + normalizers();
    EXPECT_TRUE(sameBits(part(gotState, first + used, m_stateCell - used), part(m_state, first + used, 12)));
    const auto expected = expectedMetrics(cell, after);
    for (std::size_t i = 0; i < 3; ++i) {
      EXPECT_TRUE(std::abs(gotMetrics[at(3 * cell) + i] - expected[i]) <= kF32Tolerance * expected[i])
          << "metric " << i << ": " << gotMetrics[at(3 * cell) + i] << ", expected " << expected[i];
    }
  }
  EXPECT_EQ(written.read(3), (std::vector<int>{1, 1, 7}));
}

TEST_F(CudaOps, MemoryNarrowed) {
  for (const std::size_t count : {1u, 255u, 257u, 1000u}) {
    const auto values = m_random.floats(count, -5, 5);
    const DeviceArray<float> from(values);
    const DeviceArray<Bf16> to(count);
    ASSERT_TRUE(cuda::launchNarrow(target(), from.data(), count, to.data()).ok());
    EXPECT_TRUE(sameBits(to.read(), roundedToBf16(values)));
  }
}

}  // namespace
}  // namespace tidemark
