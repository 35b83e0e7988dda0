// Attention by itself: against the plain form in double, and bit by bit against itself in other company.

#include "engine/backend/cuda/kernels/attention.h"
#include "tests/cuda/cuda_ops_fixture.h"

namespace tidemark {
namespace {

namespace naive = testing::naive;
using testing::isWithin;
using testing::sameBits;

constexpr int kHeads = 4;
constexpr int kKeyValueHeads = 2;
constexpr int kGroup = kHeads / kKeyValueHeads;
// A query that the kernel rotates in float32 and rounds can be rounded the other way in double: a few of its elements
// move by 2^-7, and every score by that share of what goes into it.
constexpr double kRotatedTolerance = kTwoBf16Tolerance + kBf16Tolerance;

/// Queries of several cells, and the keys and values of all their positions.
class CudaAttention : public CudaOps, public ::testing::WithParamInterface<int> {
 protected:
  void fill(int cells, int rows, int firstPosition, bool rotary) {
    m_width = GetParam();
    m_cells = cells;
    m_rows = rows;
    m_firstPosition = firstPosition;
    m_rotary = rotary;
    m_query = randomBf16(at(cells) * queryCell(), -2, 2);
    m_keys = randomBf16(at(cells) * keyCell(), -2, 2);
    m_values = randomBf16(at(cells) * keyCell());
    m_table = m_random.floats(at((firstPosition + rows) * m_width));
  }
  // Rows and cells lie further apart than they are long.
  [[nodiscard]] int queryRow() const { return kHeads * m_width + 8; }
  [[nodiscard]] int keyRow() const { return kKeyValueHeads * m_width + 16; }
  [[nodiscard]] int outRow() const { return kHeads * m_width + 24; }
  [[nodiscard]] std::size_t queryCell() const { return at(m_rows * queryRow()) + 16; }
  [[nodiscard]] std::size_t keyCell() const { return at((m_firstPosition + m_rows) * keyRow()) + 32; }

  /// Rows [firstRow, firstRow + rows) of cells [firstCell, firstCell + cells), as [cells, rows, heads width].
  std::vector<float> attend(int firstCell, int cells, int firstRow, int rows) {
    const std::size_t outCell = at(rows * outRow()) + 8;
    const DeviceArray<Bf16> query(m_query);
    const DeviceArray<Bf16> keys(m_keys);
    const DeviceArray<Bf16> values(m_values);
    const DeviceArray<float> table(m_table);
    const DeviceArray<Bf16> out(at(cells) * outCell);
    cuda::AttentionArguments a;
    a.query = query.data() + at(firstCell) * queryCell() + at(firstRow * queryRow());
    a.keys = keys.data() + at(firstCell) * keyCell();
    a.values = values.data() + at(firstCell) * keyCell();
    a.out = out.data();
    a.queryCell = queryCell();
    a.keyCell = keyCell();
    a.outCell = outCell;
    a.queryRow = queryRow();
    a.keyRow = keyRow();
    a.outRow = outRow();
    a.cells = cells;
    a.rows = rows;
    a.heads = kHeads;
    a.keyValueHeads = kKeyValueHeads;
    a.headWidth = m_width;
    a.firstPosition = m_firstPosition + firstRow;
    a.scale = scale();
    if (m_rotary) a.rotary = reinterpret_cast<const float2*>(table.data());
    EXPECT_TRUE(cuda::launchAttention(target(), a).ok());
    return withoutGaps(out.read(), cells, rows, outCell);
  }

  void expectCorrect(int cells, int rows, int firstPosition, bool rotary) {
    SCOPED_TRACE(std::to_string(rows) + " rows from " + std::to_string(firstPosition) + (rotary ? ", rotated" : ""));
    fill(cells, rows, firstPosition, rotary);
    const auto got = attend(0, cells, 0, rows);
    for (int cell = 0; cell < cells; ++cell) {
      for (int keyHead = 0; keyHead < kKeyValueHeads; ++keyHead) {
        const int width = kGroup * m_width;
        const auto query = queriesOf(cell, keyHead);
        const Expected expected =
            naive::attend({query, rows, width, width}, ofKeyHead(m_keys, cell, keyHead),
                          ofKeyHead(m_values, cell, keyHead), m_width, firstPosition, static_cast<double>(scale()));
        std::vector<float> mine;
        for (int row = 0; row < rows; ++row) {
          const auto line = part(got, at(((cell * rows + row) * kHeads + keyHead * kGroup) * m_width), at(width));
          mine.insert(mine.end(), line.begin(), line.end());
        }
        EXPECT_TRUE(isWithin(mine, expected, rotary ? kRotatedTolerance : kTwoBf16Tolerance));
      }
    }
  }
  [[nodiscard]] std::span<const float> rowsOf(const std::vector<float>& all, int firstRow, int rows) const {
    return part(all, at(firstRow * kHeads * m_width), at(rows * kHeads * m_width));
  }

  int m_width = 0;
  int m_cells = 0;
  int m_rows = 0;
  int m_firstPosition = 0;

 private:
  [[nodiscard]] float scale() const { return 1.0f / std::sqrt(static_cast<float>(m_width)); }
  [[nodiscard]] std::vector<float> withoutGaps(const std::vector<float>& out, int cells, int rows,
                                               std::size_t outCell) const {
    std::vector<float> dense;
    for (std::size_t i = 0; i < out.size(); ++i) {
      const std::size_t inCell = i % outCell;
      const bool row = inCell < at(rows * outRow());
      if (row && inCell % at(outRow()) < at(kHeads * m_width)) {
        dense.push_back(out[i]);
      } else {
        EXPECT_TRUE(DeviceArray<Bf16>::untouched(out[i])) << "written at " << i;
      }
    }
    EXPECT_EQ(dense.size(), at(cells * rows * kHeads * m_width));
    return dense;
  }
  [[nodiscard]] std::vector<float> ofKeyHead(const std::vector<float>& all, int cell, int keyHead) const {
    std::vector<float> dense;
    for (int position = 0; position < m_firstPosition + m_rows; ++position) {
      const auto line = part(all, at(cell) * keyCell() + at(position * keyRow() + keyHead * m_width), at(m_width));
      dense.insert(dense.end(), line.begin(), line.end());
    }
    return dense;
  }
  /// The query heads that share a key head, rotated as the kernel does it: rounded to bf16 again.
  [[nodiscard]] std::vector<float> queriesOf(int cell, int keyHead) const {
    std::vector<float> dense;
    const int half = m_width / 2;
    for (int row = 0; row < m_rows; ++row) {
      std::vector<float> cosine;
      std::vector<float> sine;
      for (int i = 0; i < half; ++i) {
        cosine.push_back(m_table[at((m_firstPosition + row) * m_width + 2 * i)]);
        sine.push_back(m_table[at((m_firstPosition + row) * m_width + 2 * i + 1)]);
      }
      for (int head = keyHead * kGroup; head < (keyHead + 1) * kGroup; ++head) {
        const auto line = part(m_query, at(cell) * queryCell() + at(row * queryRow() + head * m_width), at(m_width));
        if (!m_rotary) {
          dense.insert(dense.end(), line.begin(), line.end());
          continue;
        }
        for (const double value : naive::rotate(line, cosine, sine).values) {
          dense.push_back(roundedToBf16(static_cast<float>(value)));
        }
      }
    }
    return dense;
  }

  bool m_rotary = false;
  std::vector<float> m_query, m_keys, m_values, m_table;
};
INSTANTIATE_TEST_SUITE_P(HeadWidths, CudaAttention, ::testing::Values(32, 64, 96, 128));

TEST_P(CudaAttention, AgreesWithThePlainForm) {
  for (const int rows : {1, 31, 33, 65, 130}) expectCorrect(rows > 65 ? 1 : 2, rows, 0, false);
}

TEST_P(CudaAttention, SeesWhatIsInTheCacheBeforeItsOwnRows) {
  for (const int firstPosition : {1, 63, 64, 100}) expectCorrect(1, 3, firstPosition, false);
  expectCorrect(1, 17, 49, false);  // the last row of a tile of 16 sees the first key of the next tile of keys
  expectCorrect(1, 70, 33, false);  // and so the last one of 32
}

TEST_P(CudaAttention, RotatesQueries) {
  expectCorrect(2, 33, 0, true);
  expectCorrect(1, 1, 77, true);
}

TEST_P(CudaAttention, ARowDependsOnItsPositionOnly) {
  constexpr int kRows = 130;
  for (const bool rotary : {false, true}) {
    fill(1, kRows, 0, rotary);
    const auto all = attend(0, 1, 0, kRows);
    for (const int rows : {1, 16, 33, 64, 65}) {
      EXPECT_TRUE(sameBits(attend(0, 1, 0, rows), rowsOf(all, 0, rows))) << "the first " << rows;
    }
    for (const int row : {0, 15, 16, 63, 64, 100, 129}) {
      EXPECT_TRUE(sameBits(attend(0, 1, row, 1), rowsOf(all, row, 1))) << "row " << row << " alone";
    }
    EXPECT_TRUE(sameBits(attend(0, 1, 37, 90), rowsOf(all, 37, 90))) << "rows from the middle";
  }
}

TEST_P(CudaAttention, ACellDependsOnItselfOnly) {
  constexpr int kRows = 67;
  fill(3, kRows, 0, false);
  const auto all = attend(0, 3, 0, kRows);
  for (int cell = 0; cell < 3; ++cell) {
    EXPECT_TRUE(sameBits(attend(cell, 1, 0, kRows), rowsOf(all, cell * kRows, kRows))) << "cell " << cell;
  }
}

}  // namespace
}  // namespace tidemark
