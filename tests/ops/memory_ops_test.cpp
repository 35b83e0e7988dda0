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

/// [rows][32] -> [32][rows], and back.
std::vector<float> turned(std::span<const float> x, int rows) {
  return unpackPlain(x, 32, rows, 32);
}
std::vector<float> turnedBack(std::span<const float> x, int rows) {
  return packPlain(x, 32, rows, 32);
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

// Two panels of 16 columns or one of 32: the sums are those of 16 columns either way.
TEST_P(MemoryOps, AccumulateAddsAndMeasures) {
  constexpr int kColumns = 32;
  for (int rows : {1, 17, 60}) {
    SCOPED_TRACE(rows);
    RandomValues random(22);
    const std::vector<float> w = random.floats(at(rows) * kColumns);
    const std::vector<float> delta = random.floats(at(rows) * kColumns, -0.1f, 0.1f);
    std::vector<double> changed;
    std::vector<double> total;
    const auto sum = run([&](const KernelTable& table) {
      const int panel = table.columnPanel;
      changed.assign(kColumns / kLanes, std::nan(""));
      total = changed;
      std::vector<float> all;
      for (int first = 0; first < kColumns; first += panel) {
        const std::size_t place = at(first) * at(rows);
        const auto before = packPlain(turned(w, rows), kColumns, rows, panel);
        const auto change = packPlain(turned(delta, rows), kColumns, rows, panel);
        const std::span<const float> panels(before);
        GuardedFloats part(panels.subspan(place, at(panel * rows)));
        table.accumulate(part.data(), change.data() + place, rows, &changed[at(first / kLanes)],
                         &total[at(first / kLanes)]);
        EXPECT_TRUE(part.borderIntact());
        const auto columns = unpackPlain(part.values(), panel, rows, panel);
        all.insert(all.end(), columns.begin(), columns.end());
      }
      all = turnedBack(all, rows);
      // The metrics must have the same bits too; they are sums of floats.
      for (double value : changed) all.push_back(static_cast<float>(value));
      for (double value : total) all.push_back(static_cast<float>(value));
      return all;
    });
    const auto expected = testing::naive::addScaled(w, 1.0f, delta);
    EXPECT_TRUE(isWithin(std::span(sum).first(w.size()), expected, kUnit));
    for (int group = 0; group < kColumns / kLanes; ++group) {
      double deltaSquares = 0;
      double squares = 0;
      for (int i = 0; i < rows * kLanes; ++i) {
        const std::size_t place = at(i / kLanes) * kColumns + at(group * kLanes + i % kLanes);
        deltaSquares += static_cast<double>(delta[place]) * static_cast<double>(delta[place]);
        squares += expected.values[place] * expected.values[place];
      }
      const double tolerance = laneSumTolerance(rows * kLanes) + kTwoAdditions;
      EXPECT_TRUE(std::abs(changed[at(group)] - deltaSquares) <= tolerance * deltaSquares) << changed[at(group)];
      EXPECT_TRUE(std::abs(total[at(group)] - squares) <= tolerance * squares) << total[at(group)];
    }
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
