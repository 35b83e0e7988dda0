// The associative memory's kernels, and the rotation of query and key heads.

#include "tests/ops/kernel_test.h"

namespace tidemark::cpu {
namespace {

using testing::GuardedFloats;
using testing::isWithin;
using testing::RandomValues;

class MemoryOps : public KernelTest {};
TM_INSTANTIATE_FOR_ALL_KERNELS(MemoryOps);

std::vector<float> dpfp(const KernelTable& table, std::span<const float> q, bool normalize) {
  GuardedFloats phi(6 * q.size());
  table.dpfp(q.data(), static_cast<int>(q.size()), normalize, phi.data());
  EXPECT_TRUE(phi.borderIntact());
  return {phi.values().begin(), phi.values().end()};
}

TEST_P(MemoryOps, DpfpOfEveryWidth) {
  for (int width = 1; width <= 20; ++width) {
    SCOPED_TRACE(width);
    const std::vector<float> q = RandomValues(static_cast<std::uint32_t>(width)).floats(at(width), -2, 2);
    const auto plain = run([&](const KernelTable& table) { return dpfp(table, q, false); });
    EXPECT_TRUE(isWithin(plain, testing::naive::dpfp(q, false), kUnit));  // one product each
    const auto unit = run([&](const KernelTable& table) { return dpfp(table, q, true); });
    EXPECT_TRUE(isWithin(unit, testing::naive::dpfp(q, true), normTolerance(6 * width)));
  }
}

// A zero query must not divide by its zero length; a tiny one is divided by 1e-12, not by what it measures.
TEST_P(MemoryOps, DpfpOfZeroAndOfTinyInput) {
  const std::vector<float> zeros(7);
  for (bool normalize : {false, true}) {
    for (float value : run([&](const KernelTable& table) { return dpfp(table, zeros, normalize); })) {
      EXPECT_EQ(value, 0.0f);
    }
  }
  const std::vector<float> tiny(7, 1e-7f);
  const auto phi = run([&](const KernelTable& table) { return dpfp(table, tiny, true); });
  EXPECT_TRUE(isWithin(phi, testing::naive::dpfp(tiny, true), normTolerance(42)));
  EXPECT_LT(phi[1], 0.02f);
}

TEST_P(MemoryOps, AddScaled) {
  for (int n : {1, 15, 16, 60, 192}) {
    RandomValues random(21);
    const std::vector<float> z = random.floats(at(n));
    const std::vector<float> k = random.floats(at(n));
    const auto sum = run([&](const KernelTable& table) {
      GuardedFloats out(z);
      table.addScaled(out.data(), 0.3f, k.data(), n);
      EXPECT_TRUE(out.borderIntact());
      return std::vector<float>(out.values().begin(), out.values().end());
    });
    EXPECT_TRUE(isWithin(sum, testing::naive::addScaled(z, 0.3f, k), kProductAndAddition)) << n;
  }
}

TEST_P(MemoryOps, AccumulateAddsAndMeasures) {
  for (int n : {1, 16, 17, 640, 1000}) {
    SCOPED_TRACE(n);
    RandomValues random(22);
    const std::vector<float> w = random.floats(at(n));
    const std::vector<float> delta = random.floats(at(n), -0.1f, 0.1f);
    double changed = 0;
    double total = 0;
    const auto sum = run([&](const KernelTable& table) {
      GuardedFloats out(w);
      changed = 2;  // what other panels have added already
      total = 3;
      table.accumulate(out.data(), delta.data(), n, &changed, &total);
      EXPECT_TRUE(out.borderIntact());
      std::vector<float> all(out.values().begin(), out.values().end());
      // The metrics must have the same bits too; they are sums of floats.
      all.push_back(static_cast<float>(changed - 2));
      all.push_back(static_cast<float>(total - 3));
      return all;
    });
    const auto expected = testing::naive::addScaled(w, 1.0f, delta);
    EXPECT_TRUE(isWithin(std::span(sum).first(at(n)), expected, kUnit));
    const double deltaSquares = testing::naive::dot(delta, delta).values[0];
    double squares = 0;
    for (double value : expected.values) squares += value * value;
    EXPECT_TRUE(std::abs(changed - 2 - deltaSquares) <= laneSumTolerance(n) * deltaSquares) << changed;
    EXPECT_TRUE(std::abs(total - 3 - squares) <= (laneSumTolerance(n) + kTwoAdditions) * squares) << total;
  }
}

TEST_P(MemoryOps, Rotate) {
  for (int half : {1, 6, 8, 16, 17, 64}) {
    RandomValues random(23);
    const std::vector<float> head = random.floats(at(2 * half), -2, 2);
    std::vector<float> cosine;
    std::vector<float> sine;
    for (float angle : random.floats(at(half), 0, 1000)) {
      cosine.push_back(std::cos(angle));
      sine.push_back(std::sin(angle));
    }
    const auto turned = run([&](const KernelTable& table) {
      GuardedFloats out(head);
      table.rotate(out.data(), cosine.data(), sine.data(), half);
      EXPECT_TRUE(out.borderIntact());
      return std::vector<float>(out.values().begin(), out.values().end());
    });
    EXPECT_TRUE(isWithin(turned, testing::naive::rotate(head, cosine, sine), kProductAndAddition)) << half;
  }
}

}  // namespace
}  // namespace tidemark::cpu
