// Kernels that treat every row by itself: norms, embedding, activation, rotary positions.

#include "engine/backend/cuda/device_buffer.h"
#include "engine/backend/cuda/kernels/activation.h"
#include "engine/backend/cuda/kernels/embed.h"
#include "engine/backend/cuda/kernels/limits.h"
#include "engine/backend/cuda/kernels/norm.h"
#include "engine/backend/cuda/kernels/rotary.h"
#include "tests/cuda/cuda_ops_fixture.h"

namespace tidemark {
namespace {

namespace naive = testing::naive;
using testing::isWithin;
using testing::sameBits;

class CudaNorm : public CudaOps, public ::testing::WithParamInterface<int> {
 protected:
  void check(int rows, bool layerNorm) {
    const int width = GetParam();
    const int cells = 2;
    const std::size_t used = at(rows) * at(width);
    const std::size_t xStride = used + 16;
    const std::size_t outStride = used + 40;
    const auto x = randomBf16(at(cells) * xStride, -3, 3);
    const auto weight = randomBf16(at(cells) * at(width), 0.5f, 1.5f);
    const auto bias = randomBf16(at(cells) * at(width));
    const DeviceArray<Bf16> xs(x);
    const DeviceArray<Bf16> weights(weight);
    const DeviceArray<Bf16> biases(bias);
    const DeviceArray<Bf16> out(at(cells) * outStride);
    cuda::NormArguments a;
    a.x = xs.data();
    a.out = out.data();
    a.weight = weights.data();
    a.bias = layerNorm ? biases.data() : nullptr;
    a.xStride = xStride;
    a.outStride = outStride;
    a.cells = cells;
    a.rows = rows;
    a.width = width;
    a.epsilon = 1e-5f;
    ASSERT_TRUE(cuda::launchNorm(target(), a).ok());
    const auto got = out.read();
    for (int cell = 0; cell < cells; ++cell) {
      const naive::Rows in{part(x, at(cell) * xStride, used), rows, width, width};
      const auto w = part(weight, at(cell * width), at(width));
      const auto b = part(bias, at(cell * width), at(width));
      const Expected expected = layerNorm ? naive::layerNorm(in, w, b, a.epsilon) : naive::rmsNorm(in, w, a.epsilon);
      EXPECT_TRUE(isWithin(part(got, at(cell) * outStride, used), expected, kBf16Tolerance));
    }
    expectGapsUntouched<Bf16>(got, used, outStride);
  }
};
INSTANTIATE_TEST_SUITE_P(Widths, CudaNorm,
                         ::testing::Values(8, 48, 256, 264, 1024, 1032, 2048, 2056, 4096, 4104, cuda::kWidestNorm));

TEST_P(CudaNorm, RmsNorm) {
  for (const int rows : {1, 9}) check(rows, false);
}

TEST_P(CudaNorm, LayerNorm) {
  for (const int rows : {1, 9}) check(rows, true);
}

TEST_F(CudaOps, EmbeddingRowsAndPositions) {
  constexpr int kVocabulary = 7;
  constexpr int kPositions = 20;
  constexpr int kMemoryRows = 3;
  for (const int width : {8, 48, 1032}) {
    for (const int textRows : {1, 5}) {
      for (const bool positioned : {false, true}) {
        SCOPED_TRACE(std::to_string(width) + ", " + std::to_string(textRows) + " rows");
        const auto embedding = randomBf16(at(kVocabulary * width));
        const auto memoryTokens = randomBf16(at(kMemoryRows * width));
        const auto positions = randomBf16(at(kPositions * width));
        const auto tokens = m_random.tokens(at(textRows), kVocabulary);
        cuda::PinnedBuffer<std::int32_t> pinned;
        ASSERT_TRUE(pinned.allocate(tokens.size(), "tokens").ok());
        std::copy(tokens.begin(), tokens.end(), pinned.data());
        const DeviceArray<Bf16> embeddings(embedding);
        const DeviceArray<Bf16> memories(memoryTokens);
        const DeviceArray<Bf16> table(positions);
        const DeviceArray<Bf16> out(at((textRows + kMemoryRows) * width));
        cuda::EmbedArguments a;
        a.tokens = pinned.data();
        a.embedding = embeddings.data();
        a.memoryTokens = memories.data();
        a.positions = positioned ? table.data() : nullptr;
        a.out = out.data();
        a.textRows = textRows;
        a.memoryRows = kMemoryRows;
        a.width = width;
        a.firstPosition = 4;
        a.firstMemoryPosition = kPositions - kMemoryRows;
        ASSERT_TRUE(cuda::launchEmbed(target(), a).ok());
        std::vector<float> expected;  // one rounded sum: every bit is known
        for (int row = 0; row < textRows + kMemoryRows; ++row) {
          const bool text = row < textRows;
          const int from = text ? tokens[at(row)] : row - textRows;
          const int position = text ? a.firstPosition + row : a.firstMemoryPosition + row - textRows;
          for (int column = 0; column < width; ++column) {
            const float value = (text ? embedding : memoryTokens)[at(from * width + column)];
            const float added = positioned ? positions[at(position * width + column)] : 0.0f;
            expected.push_back(roundedToBf16(value + added));
          }
        }
        EXPECT_TRUE(sameBits(out.read(), expected));
      }
    }
  }
}

TEST_F(CudaOps, Activations) {
  constexpr int kCells = 2;
  for (const bool gated : {true, false}) {
    for (const int width : {8, 72, 2056}) {
      for (const int rows : {1, 33}) {
        SCOPED_TRACE(std::to_string(width) + ", " + std::to_string(rows) + " rows");
        const int rowStride = gated ? 2 * width : width;
        const std::size_t used = at(rows * rowStride);
        const std::size_t stride = used + 24;
        DeviceArray<Bf16> mlp(kCells * stride);
        const auto values = randomBf16(kCells * used, -6, 6);
        for (std::size_t cell = 0; cell < kCells; ++cell) mlp.write(cell * stride, part(values, cell * used, used));
        cuda::ActivationArguments a;
        a.mlp = mlp.data();
        a.cellStride = stride;
        a.rowStride = rowStride;
        a.cells = kCells;
        a.rows = rows;
        a.width = width;
        a.gated = gated;
        ASSERT_TRUE(cuda::launchActivation(target(), a).ok());
        const auto got = mlp.read();
        for (std::size_t cell = 0; cell < kCells; ++cell) {
          const naive::Rows first{part(values, cell * used, used), rows, width, rowStride};
          const naive::Rows up{gated ? part(values, cell * used + at(width), used - at(width)) : first.values, rows,
                               width, rowStride};
          std::vector<float> written;
          for (int row = 0; row < rows; ++row) {
            const auto line = part(got, cell * stride + at(row * rowStride), at(rowStride));
            written.insert(written.end(), line.begin(), line.begin() + width);
            EXPECT_TRUE(sameBits(line.subspan(at(width)),
                                 part(values, cell * used + at(row * rowStride + width), at(rowStride - width))));
          }
          EXPECT_TRUE(isWithin(written, gated ? naive::swiGlu(first, up) : naive::gelu(first, {}), kBf16Tolerance));
        }
        expectGapsUntouched<Bf16>(got, used, stride);
      }
    }
  }
}

struct RotaryShape {
  int headDim;
  int headWidth;
  int rows;
  bool rotateQueries;
  bool table;
  bool cache;
};

class CudaRotary : public CudaOps, public ::testing::WithParamInterface<RotaryShape> {};
INSTANTIATE_TEST_SUITE_P(
    Shapes, CudaRotary,
    ::testing::Values(RotaryShape{12, 32, 5, true, true, false}, RotaryShape{12, 32, 33, true, true, true},
                      RotaryShape{16, 32, 3, true, true, true}, RotaryShape{32, 32, 31, false, true, true},
                      RotaryShape{64, 64, 33, false, true, false}, RotaryShape{80, 96, 7, true, true, true},
                      RotaryShape{128, 128, 1, false, true, true}, RotaryShape{40, 64, 4, false, false, true}));

TEST_P(CudaRotary, TurnsHeadsAndFillsTheCache) {
  constexpr int kCells = 2;
  constexpr int kHeads = 4;
  constexpr int kKeyValueHeads = 2;
  constexpr int kFirstPosition = 6;
  const RotaryShape& p = GetParam();
  const int half = p.headDim / 2;
  const int rowWidth = (kHeads + 2 * kKeyValueHeads) * p.headWidth;
  const int keyWidth = kKeyValueHeads * p.headWidth;
  const std::size_t used = at(p.rows * rowWidth);
  const std::size_t stride = used + 32;
  const std::size_t cacheStride = at((kFirstPosition + p.rows + 2) * keyWidth);
  DeviceArray<Bf16> qkv(kCells * stride);
  const auto values = randomBf16(kCells * used);
  for (std::size_t cell = 0; cell < kCells; ++cell) qkv.write(cell * stride, part(values, cell * used, used));
  const auto table = m_random.floats(at((kFirstPosition + p.rows) * p.headDim));
  const DeviceArray<float> tables(table);
  const DeviceArray<Bf16> keys(kCells * cacheStride);
  const DeviceArray<Bf16> cached(kCells * cacheStride);
  cuda::RotaryArguments a;
  a.qkv = qkv.data();
  a.qkvStride = stride;
  a.cells = kCells;
  a.rows = p.rows;
  a.heads = kHeads;
  a.keyValueHeads = kKeyValueHeads;
  a.headDim = p.headDim;
  a.headWidth = p.headWidth;
  if (p.table) a.table = reinterpret_cast<const float2*>(tables.data());
  a.rotateQueries = p.rotateQueries;
  a.firstPosition = kFirstPosition;
  if (p.cache) {
    a.cachedKeys = keys.data();
    a.cachedValues = cached.data();
    a.cacheStride = cacheStride;
  }
  ASSERT_TRUE(cuda::launchRotary(target(), a).ok());
  const auto got = qkv.read();
  expectGapsUntouched<Bf16>(got, used, stride);
  const auto gotKeys = keys.read();
  const auto gotValues = cached.read();
  for (std::size_t cell = 0; cell < kCells; ++cell) {
    for (int row = 0; row < p.rows; ++row) {
      std::vector<float> cosine;
      std::vector<float> sine;
      for (int i = 0; i < half; ++i) {
        cosine.push_back(table[at((kFirstPosition + row) * p.headDim + 2 * i)]);
        sine.push_back(table[at((kFirstPosition + row) * p.headDim + 2 * i + 1)]);
      }
      for (int head = 0; head < kHeads + 2 * kKeyValueHeads; ++head) {
        const std::size_t place = at(row * rowWidth + head * p.headWidth);
        const auto before = part(values, cell * used + place, at(p.headWidth));
        const auto after = part(got, cell * stride + place, at(p.headWidth));
        const bool turned = p.table && head < kHeads + kKeyValueHeads && (p.rotateQueries || head >= kHeads);
        const std::size_t kept = turned ? at(p.headDim) : 0;  // from here on nothing changes
        EXPECT_TRUE(sameBits(after.subspan(kept), before.subspan(kept)));
        if (!turned) continue;
        EXPECT_TRUE(isWithin(after.first(kept), naive::rotate(before.first(kept), cosine, sine), kBf16Tolerance))
            << "head " << head << ", row " << row;
      }
      if (!p.cache) continue;
      const std::size_t stored = cell * cacheStride + at((kFirstPosition + row) * keyWidth);
      const std::size_t from = cell * stride + at(row * rowWidth + kHeads * p.headWidth);
      EXPECT_TRUE(sameBits(part(gotKeys, stored, at(keyWidth)), part(got, from, at(keyWidth))));
      EXPECT_TRUE(sameBits(part(gotValues, stored, at(keyWidth)), part(got, from + at(keyWidth), at(keyWidth))));
    }
    for (std::size_t i = 0; i < cacheStride; ++i) {
      const int position = static_cast<int>(i) / keyWidth;
      if (p.cache && position >= kFirstPosition && position < kFirstPosition + p.rows) continue;
      ASSERT_TRUE(DeviceArray<Bf16>::untouched(gotKeys[cell * cacheStride + i]));
      ASSERT_TRUE(DeviceArray<Bf16>::untouched(gotValues[cell * cacheStride + i]));
    }
  }
}

}  // namespace
}  // namespace tidemark
