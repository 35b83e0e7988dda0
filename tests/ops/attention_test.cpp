// Causal attention of one key/value head: shapes, blocks of keys, and the same bits however the queries are cut.

#include "tests/ops/kernel_test.h"

namespace tidemark::cpu {
namespace {

using testing::GuardedFloats;
using testing::isWithin;
using testing::RandomValues;
using testing::sameBits;

class Attention : public KernelTest {};
TM_INSTANTIATE_FOR_ALL_KERNELS(Attention);

struct Shape {
  int headDim = 0;
  int group = 0;  // query heads per key/value head
  int rows = 0;
  int firstPosition = 0;
  [[nodiscard]] int width() const { return headDim * group; }
  [[nodiscard]] int positions() const { return firstPosition + rows; }
  [[nodiscard]] float scale() const { return 1.0f / std::sqrt(static_cast<float>(headDim)); }
};

constexpr int kBefore = 3;  // columns of other heads in front of the group's, and behind

/// query [rows][width + 2]; keys and values [positions][headDim]. Returns [rows][width].
std::vector<float> attend(const KernelTable& table, const Shape& shape, std::span<const float> query,
                          std::span<const float> keys, std::span<const float> values) {
  const std::size_t dim = at(shape.headDim);
  // Room for more keys than are visible, as a cache has: what is there must not matter.
  std::vector<float> roomyKeys(keys.begin(), keys.end());
  std::vector<float> roomyValues(values.begin(), values.end());
  const int capacity = shape.positions() + 20;
  roomyKeys.resize(at(capacity) * dim, std::nanf(""));
  roomyValues.resize(at(capacity) * dim, std::nanf(""));
  const std::vector<float> packedKeys = packPlain(roomyKeys, capacity, shape.headDim, table.rowPanel);
  std::vector<float> scratch(table.attentionScratch(shape.headDim), std::nanf(""));
  const int depth = shape.width() + 2 * kBefore;
  GuardedFloats output(at(roundUp(shape.rows, table.rowPanel)) * at(depth));

  AttentionTile tile;
  tile.query = query.data();
  tile.queryStride = at(shape.width() + 2);
  tile.keys = packedKeys.data();
  tile.values = roomyValues.data();
  tile.headDim = shape.headDim;
  tile.headsPerGroup = shape.group;
  tile.firstPosition = shape.firstPosition;
  tile.scale = shape.scale();
  tile.output = output.data();
  tile.outputColumn = kBefore;
  tile.outputK = at(depth);
  tile.scratch = scratch.data();
  const int columns = shape.rows * shape.group;
  for (int first = 0; first < columns; first += table.columnPanel) {
    tile.firstColumn = first;
    tile.columnCount = std::min(table.columnPanel, columns - first);
    table.attend(tile);
  }

  EXPECT_TRUE(output.borderIntact());
  std::vector<float> result;
  for (int row = 0; row < roundUp(shape.rows, table.rowPanel); ++row) {
    for (int column = 0; column < depth; ++column) {
      const std::size_t place =
          (at(row / table.rowPanel) * at(depth) + at(column)) * at(table.rowPanel) + at(row % table.rowPanel);
      if (row < shape.rows && column >= kBefore && column < kBefore + shape.width()) {
        result.push_back(output[place]);
      } else {
        EXPECT_TRUE(output.untouched(place)) << "row " << row << ", column " << column << " was written";
      }
    }
  }
  return result;
}

struct Inputs {
  std::vector<float> query, keys, values;
};
Inputs makeInputs(const Shape& shape, std::uint32_t seed) {
  RandomValues random(seed);
  Inputs in;
  in.query = random.floats(at(shape.rows) * at(shape.width() + 2), -2, 2);
  in.keys = random.floats(at(shape.positions()) * at(shape.headDim), -1, 1);
  in.values = random.floats(at(shape.positions()) * at(shape.headDim), -1, 1);
  return in;
}

// Keys are handled in blocks of 96: counts below, at and above it, in one query block and across several.
constexpr struct {
  int rows, firstPosition;
} kSpans[] = {{1, 0}, {5, 0}, {97, 0}, {130, 0}, {3, 94}, {2, 95}, {1, 96}, {30, 180}};

TEST_P(Attention, AgreesWithTheDefinition) {
  for (int headDim : {12, 16, 32, 64, 128}) {
    for (int group : {1, 2, 4}) {
      for (const auto& span : kSpans) {
        const Shape shape{headDim, group, span.rows, span.firstPosition};
        SCOPED_TRACE("headDim " + std::to_string(headDim) + ", group " + std::to_string(group) + ", rows " +
                     std::to_string(span.rows) + " from " + std::to_string(span.firstPosition));
        const Inputs in = makeInputs(shape, 31);
        const auto out =
            run([&](const KernelTable& table) { return attend(table, shape, in.query, in.keys, in.values); });
        ASSERT_TRUE(isWithin(
            out,
            testing::naive::attend({in.query, shape.rows, shape.width(), shape.width() + 2}, in.keys, in.values,
                                   headDim, shape.firstPosition, static_cast<double>(shape.scale())),
            kAttend));
      }
    }
  }
}

// Decoding with a cache must give what the whole segment gave.
TEST_P(Attention, OneQueryRowHasTheBitsOfTheWholeBlock) {
  for (int group : {1, 2, 4}) {
    const Shape all{32, group, 200, 0};
    const Inputs in = makeInputs(all, 32);
    const std::vector<float> whole = attend(table(), all, in.query, in.keys, in.values);
    const std::size_t queryStride = at(all.width() + 2);
    for (int row : {0, 1, 11, 12, 31, 50, 94, 95, 96, 97, 130, 191, 192, 199}) {
      const Shape one{32, group, 1, row};
      const auto out = attend(table(), one, std::span(in.query).subspan(at(row) * queryStride, queryStride),
                              std::span(in.keys).first(at(row + 1) * 32), std::span(in.values).first(at(row + 1) * 32));
      ASSERT_TRUE(sameBits(out, std::span(whole).subspan(at(row * all.width()), at(all.width()))))
          << "group " << group << ", row " << row;
    }
  }
}

// Scores of +-1000: everything but the largest underflows, and a later block may hold a far larger one than the first.
TEST_P(Attention, LargeScoresDoNotOverflow) {
  const Shape shape{16, 1, 150, 0};
  Inputs in = makeInputs(shape, 33);
  for (float& q : in.query) q *= 500;
  const auto out = run([&](const KernelTable& table) { return attend(table, shape, in.query, in.keys, in.values); });
  // Rounding the query alone moves such a score by about 1e-4, and its weight by as much.
  EXPECT_TRUE(isWithin(out,
                       testing::naive::attend({in.query, shape.rows, shape.width(), shape.width() + 2}, in.keys,
                                              in.values, shape.headDim, 0, static_cast<double>(shape.scale())),
                       2e-3));
}

}  // namespace
}  // namespace tidemark::cpu
