// The exponential, seen through what uses it: accuracy over the whole range against long double, and what happens at
// the ends of it.

#include <limits>

#include "tests/ops/kernel_test.h"

namespace tidemark::cpu {
namespace {

using testing::GuardedFloats;

class Exp : public KernelTest {};
TM_INSTANTIATE_FOR_ALL_KERNELS(Exp);

std::vector<float> sigmoid(const KernelTable& table, std::vector<float> x) {
  const int n = static_cast<int>(x.size());
  table.sigmoidRows(x.data(), x.size(), 1, n, nullptr);
  return x;
}

TEST_P(Exp, SigmoidIsWithinItsToleranceOverTheWholeRange) {
  std::vector<float> x;
  for (float value = -87.0f; value < 87.0f; value += 0x1.3p-9f) x.push_back(value);
  const auto y = run([&](const KernelTable& table) { return sigmoid(table, x); });
  long double worst = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const long double exact = 1 / (1 + std::exp(-static_cast<long double>(x[i])));
    const long double error = std::abs(static_cast<long double>(y[i]) - exact) / exact;
    ASSERT_TRUE(error <= static_cast<long double>(kSigmoid)) << "sigmoid(" << x[i] << ") = " << y[i];
    worst = std::max(worst, error);
  }
  RecordProperty("worst_half_ulps", std::to_string(static_cast<double>(worst) / kUnit));
}

TEST_P(Exp, SigmoidSaturatesAndNaNStaysNaN) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  constexpr float kLargest = std::numeric_limits<float>::max();
  // In one vector with ordinary values: no lane may disturb another.
  const auto y = sigmoid(table(), {0.0f, 100.0f, -100.0f, 1e30f, -1e30f, kInfinity, -kInfinity, kLargest, -kLargest,
                                   std::numeric_limits<float>::quiet_NaN(), -0.0f, 1e-40f, 2.0f});
  EXPECT_EQ(y[0], 0.5f);
  for (std::size_t large : {1u, 3u, 5u, 7u}) EXPECT_EQ(y[large], 1.0f) << large;
  for (std::size_t small : {2u, 4u, 6u, 8u})
    EXPECT_TRUE(y[small] >= 0.0f && y[small] < 1e-37f) << small << ": " << y[small];
  EXPECT_TRUE(std::isnan(y[9]));
  EXPECT_EQ(y[10], 0.5f);
  EXPECT_EQ(y[11], 0.5f);
  EXPECT_NEAR(y[12], 0.880797f, 1e-6);
}

TEST_P(Exp, SwiGluAndGeluKeepNaNAndSurviveLargeValues) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  std::vector<float> gate = {nan, 1e4f, -1e4f, 200.0f, -200.0f};
  const std::vector<float> up = {1, 2, 2, 2, 2};
  table().swiGlu(gate.data(), up.data(), 5, 1, 5);
  EXPECT_TRUE(std::isnan(gate[0]));
  EXPECT_EQ(gate[1], 2e4f);
  EXPECT_EQ(gate[3], 400.0f);
  for (std::size_t i : {2u, 4u}) EXPECT_TRUE(std::abs(gate[i]) < 1e-30f) << gate[i];

  std::vector<float> h = {nan, 1e4f, -1e4f, 30.0f, -30.0f};
  table().gelu(h.data(), 5, 1, 5, nullptr);
  EXPECT_TRUE(std::isnan(h[0]));
  EXPECT_EQ(h[1], 1e4f);
  EXPECT_EQ(h[3], 30.0f);
  for (std::size_t i : {2u, 4u}) EXPECT_TRUE(std::abs(h[i]) < 1e-30f) << h[i];
}

/// Weight of the second of two keys with scores 0 and x: e^x / (1 + e^x).
float softmaxOfTwo(const KernelTable& table, float x) {
  constexpr int kDim = 4;
  std::vector<float> keys(2 * kDim);
  keys[kDim] = 1;
  const std::vector<float> packed = packPlain(keys, 2, kDim, table.rowPanel);
  std::vector<float> values(2 * kDim);
  values[kDim] = 1;
  std::vector<float> query(kDim);
  query[0] = x;
  std::vector<float> scratch(table.attentionScratch(kDim));
  GuardedFloats output(at(table.rowPanel) * kDim);
  AttentionTile tile;
  tile.query = query.data();
  tile.queryStride = kDim;
  tile.keys = packed.data();
  tile.values = values.data();
  tile.headDim = kDim;
  tile.headsPerGroup = 1;
  tile.columnCount = 1;
  tile.firstPosition = 1;
  tile.scale = 1;
  tile.output = output.data();
  tile.outputK = kDim;
  tile.scratch = scratch.data();
  table.attend(tile);
  EXPECT_TRUE(output.borderIntact());
  return output[0];
}

TEST_P(Exp, SoftmaxOverTheWholeRange) {
  for (float x = -86.0f; x < 86.0f; x += 0.37f) {
    const long double exact = 1 / (1 + std::exp(-static_cast<long double>(x)));
    const long double error = std::abs(static_cast<long double>(softmaxOfTwo(table(), x)) - exact) / exact;
    ASSERT_TRUE(error <= static_cast<long double>(kSigmoid)) << x;
  }
  EXPECT_EQ(softmaxOfTwo(table(), 500), 1.0f);
  EXPECT_EQ(softmaxOfTwo(table(), -500), 0.0f);
  EXPECT_EQ(softmaxOfTwo(table(), 3e38f), 1.0f);
  EXPECT_EQ(softmaxOfTwo(table(), -3e38f), 0.0f);
}

}  // namespace
}  // namespace tidemark::cpu
