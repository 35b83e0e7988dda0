// Online softmax over tiles of 64 keys (Dao, 2023, arXiv 2307.08691), tensor-core products through mma.m16n8k16. A warp
// owns 16 or 32 query rows and meets the keys in one order, so a row's result depends on its own position only: not on
// the rows, heads or cells that are computed beside it, nor on how many rows a block takes.

#include <cmath>

#include "engine/backend/cuda/kernels/attention.h"
#include "engine/backend/cuda/kernels/intrinsics.h"
#include "engine/backend/cuda/kernels/vector_io.h"

namespace tidemark::cuda {
namespace {

constexpr int kWarps = 4;
constexpr int kThreads = kWarps * kWarp;
constexpr int kKeys = 64;  // of one tile
constexpr int kStages = 2;

/// Rows are padded by 16 bytes: eight rows of a matrix load then lie in different banks.
template <int kHead>
struct Row {
  Bf16 values[kHead + 8];
};

template <int kHead, int kRows>
struct AttentionStorage {
  Row<kHead> query[kRows];
  Row<kHead> keys[kStages][kKeys];
  Row<kHead> values[kStages][kKeys];
};

/// rows [0, kCount) of `from` into shared memory, zeros from row `valid` on.
template <int kHead, int kCount>
__device__ __forceinline__ void copyRows(Row<kHead>* to, const Bf16* from, int rowStride, int valid) {
  constexpr int kChunks = kHead / 8;
#pragma unroll
  for (int i = static_cast<int>(threadIdx.x); i < kCount * kChunks; i += kThreads) {
    const int row = i / kChunks;
    const int column = i % kChunks * 8;
    const bool inside = row < valid;
    const std::size_t offset = inside ? static_cast<std::size_t>(row) * rowStride + column : 0;
    copyAsync16(&to[row].values[column], from + offset, inside);
  }
}

/// What a warp keeps of 16 query rows; a lane has rows g and g + 8 (g = lane / 4).
template <int kHead>
struct RowTile {
  std::uint32_t query[kHead / 16][4];
  float out[kHead / 8][4];
  float highest[2];
  float sum[2];
};

/// Scores [16, kKeys] become weights; `out` and `sum` are brought to the new highest score. firstKey and firstRow are
/// positions; keys after a row's own are masked if `masked`.
template <int kHead>
__device__ __forceinline__ void softmaxStep(RowTile<kHead>& tile, float (&scores)[kKeys / 8][4], float scale,
                                            bool masked, int firstKey, int firstRow, int lane) {
  const int column = firstKey + lane % 4 * 2;
  const int row = firstRow + lane / 4;
  if (masked) {
#pragma unroll
    for (int n = 0; n < kKeys / 8; ++n) {
#pragma unroll
      for (int i = 0; i < 4; ++i) {
        if (column + n * 8 + i % 2 > row + i / 2 * 8) scores[n][i] = -INFINITY;
      }
    }
  }
#pragma unroll
  for (int half = 0; half < 2; ++half) {
    float highest = tile.highest[half];
#pragma unroll
    for (int n = 0; n < kKeys / 8; ++n) highest = fmaxf(highest, fmaxf(scores[n][2 * half], scores[n][2 * half + 1]));
    highest = fmaxf(highest, __shfl_xor_sync(kAllLanes, highest, 1));
    highest = fmaxf(highest, __shfl_xor_sync(kAllLanes, highest, 2));
    const float shift = highest * scale;
    const float correction = exp2Approximate(tile.highest[half] * scale - shift);
    tile.highest[half] = highest;
    float sum = 0;
#pragma unroll
    for (int n = 0; n < kKeys / 8; ++n) {
#pragma unroll
      for (int i = 2 * half; i < 2 * half + 2; ++i) {
        scores[n][i] = exp2Approximate(fmaf(scores[n][i], scale, -shift));
        sum += scores[n][i];
      }
    }
    tile.sum[half] = tile.sum[half] * correction + sum;  // of this lane's columns; lanes are added at the end
#pragma unroll
    for (int n = 0; n < kHead / 8; ++n) {
      tile.out[n][2 * half] *= correction;
      tile.out[n][2 * half + 1] *= correction;
    }
  }
}

/// scores [16 kTiles, kKeys] = query keys^T.
template <int kHead, int kTiles>
__device__ __forceinline__ void multiplyKeys(float (&scores)[kTiles][kKeys / 8][4],
                                             const RowTile<kHead> (&tiles)[kTiles], const Row<kHead>* keys, int lane) {
#pragma unroll
  for (int t = 0; t < kTiles; ++t) {
#pragma unroll
    for (int n = 0; n < kKeys / 8; ++n) {
#pragma unroll
      for (int i = 0; i < 4; ++i) scores[t][n][i] = 0;
    }
  }
  const int row = lane % 8 + lane / 16 * 8;
  const int column = lane / 8 % 2 * 8;
#pragma unroll
  for (int k = 0; k < kHead / 16; ++k) {
#pragma unroll
    for (int n = 0; n < kKeys / 16; ++n) {
      std::uint32_t b[4];
      loadMatrix4(b, &keys[n * 16 + row].values[k * 16 + column]);
      const std::uint32_t first[2] = {b[0], b[1]};
      const std::uint32_t second[2] = {b[2], b[3]};
#pragma unroll
      for (int t = 0; t < kTiles; ++t) {
        mmaBf16(scores[t][2 * n], tiles[t].query[k], first);
        mmaBf16(scores[t][2 * n + 1], tiles[t].query[k], second);
      }
    }
  }
}

/// out [16 kTiles, kHead] += weights values.
template <int kHead, int kTiles>
__device__ __forceinline__ void multiplyValues(RowTile<kHead> (&tiles)[kTiles],
                                               const float (&weights)[kTiles][kKeys / 8][4], const Row<kHead>* values,
                                               int lane) {
  const int row = lane % 8 + lane / 8 % 2 * 8;
  const int column = lane / 16 * 8;
#pragma unroll
  for (int k = 0; k < kKeys / 16; ++k) {
    std::uint32_t a[kTiles][4];
#pragma unroll
    for (int t = 0; t < kTiles; ++t) {
      a[t][0] = packPair(weights[t][2 * k][0], weights[t][2 * k][1]);
      a[t][1] = packPair(weights[t][2 * k][2], weights[t][2 * k][3]);
      a[t][2] = packPair(weights[t][2 * k + 1][0], weights[t][2 * k + 1][1]);
      a[t][3] = packPair(weights[t][2 * k + 1][2], weights[t][2 * k + 1][3]);
    }
#pragma unroll
    for (int n = 0; n < kHead / 16; ++n) {
      std::uint32_t b[4];
      loadMatrix4Transposed(b, &values[k * 16 + row].values[n * 16 + column]);
      const std::uint32_t first[2] = {b[0], b[1]};
      const std::uint32_t second[2] = {b[2], b[3]};
#pragma unroll
      for (int t = 0; t < kTiles; ++t) {
        mmaBf16(tiles[t].out[2 * n], a[t], first);
        mmaBf16(tiles[t].out[2 * n + 1], a[t], second);
      }
    }
  }
}

/// Rotates this warp's queries: column c and c + kHead / 2 of a row are in the same place of two fragments. `table` is
/// that of row 0 of the tile; rows from `rows` on are not stored in the end and turn as the last one does.
template <int kHead>
__device__ __forceinline__ void rotateQueries(RowTile<kHead>& tile, const float2* table, int rows, int lane) {
  constexpr int kHalf = kHead / 2;
#pragma unroll
  for (int k = 0; k < kHalf / 16; ++k) {
#pragma unroll
    for (int i = 0; i < 4; ++i) {
      const int row = smaller(lane / 4 + i % 2 * 8, rows - 1);
      const int column = k * 16 + i / 2 * 8 + lane % 4 * 2;
      const float4 angles = *reinterpret_cast<const float4*>(table + row * kHalf + column);
      const float2 low = unpackPair(tile.query[k][i]);
      const float2 high = unpackPair(tile.query[k + kHalf / 16][i]);
      tile.query[k][i] = packPair(low.x * angles.x - high.x * angles.y, low.y * angles.z - high.y * angles.w);
      tile.query[k + kHalf / 16][i] =
          packPair(high.x * angles.x + low.x * angles.y, high.y * angles.z + low.y * angles.w);
    }
  }
}

template <int kHead>
__device__ __forceinline__ void beginTile(RowTile<kHead>& tile, const Row<kHead>* query, int lane) {
#pragma unroll
  for (int k = 0; k < kHead / 16; ++k) {
    loadMatrix4(tile.query[k], &query[lane % 16].values[k * 16 + lane / 16 * 8]);
  }
#pragma unroll
  for (int n = 0; n < kHead / 8; ++n) {
#pragma unroll
    for (int i = 0; i < 4; ++i) tile.out[n][i] = 0;
  }
#pragma unroll
  for (int half = 0; half < 2; ++half) {
    tile.highest[half] = -INFINITY;
    tile.sum[half] = 0;
  }
}

/// Writes rows [firstRow, firstRow + 16) as far as there are `rows`.
template <int kHead>
__device__ __forceinline__ void storeTile(const RowTile<kHead>& tile, Bf16* out, int rowStride, int firstRow, int rows,
                                          int lane) {
#pragma unroll
  for (int half = 0; half < 2; ++half) {
    float sum = tile.sum[half];
    sum += __shfl_xor_sync(kAllLanes, sum, 1);
    sum += __shfl_xor_sync(kAllLanes, sum, 2);
    const float inverse = 1.0f / sum;
    const int row = firstRow + lane / 4 + half * 8;
    if (row >= rows) continue;
    Bf16* to = out + static_cast<std::size_t>(row) * rowStride + lane % 4 * 2;
#pragma unroll
    for (int n = 0; n < kHead / 8; ++n) {
      *reinterpret_cast<std::uint32_t*>(to + n * 8) =
          packPair(tile.out[n][2 * half] * inverse, tile.out[n][2 * half + 1] * inverse);
    }
  }
}

/// Grid: (blocks of query rows, longest first; heads; cells). kTiles: tiles of 16 query rows that a warp owns.
template <int kHead, int kTiles>
__global__ void __launch_bounds__(kThreads, kHead* kTiles <= 128 ? 2 : 1) attend(AttentionArguments a) {
  constexpr int kRows = kWarps * kTiles * 16;
  auto& s = sharedStorage<AttentionStorage<kHead, kRows>>();
  const int lane = static_cast<int>(threadIdx.x) % kWarp;
  const int warp = static_cast<int>(threadIdx.x) / kWarp;
  const int firstRow = static_cast<int>(gridDim.x - 1 - blockIdx.x) * kRows;
  const int head = static_cast<int>(blockIdx.y);
  const int keyHead = head / (a.heads / a.keyValueHeads);
  const Bf16* query =
      a.query + blockIdx.z * a.queryCell + static_cast<std::size_t>(firstRow) * a.queryRow + head * a.headWidth;
  const Bf16* keys = a.keys + blockIdx.z * a.keyCell + keyHead * a.headWidth;
  const Bf16* values = a.values + blockIdx.z * a.keyCell + keyHead * a.headWidth;
  const int keyCount = a.firstPosition + smaller(firstRow + kRows, a.rows);
  const int tileCount = (keyCount + kKeys - 1) / kKeys;
  const auto fetch = [&](int tile) {
    const std::size_t offset = static_cast<std::size_t>(tile) * kKeys * a.keyRow;
    const int valid = keyCount - tile * kKeys;
    copyRows<kHead, kKeys>(s.keys[tile % kStages], keys + offset, a.keyRow, valid);
    copyRows<kHead, kKeys>(s.values[tile % kStages], values + offset, a.keyRow, valid);
    copyAsyncCommit();
  };
  copyRows<kHead, kRows>(s.query, query, a.queryRow, a.rows - firstRow);
  copyAsyncCommit();
  fetch(0);

  const float scale = a.scale * 1.4426950408889634f;  // log2 e: the exponentials are powers of two
  const int warpRow = warp * kTiles * 16;
  const bool works = firstRow + warpRow < a.rows;  // the same for the whole warp
  RowTile<kHead> tiles[kTiles];
  copyAsyncWait<1>();  // the queries
  __syncthreads();
#pragma unroll
  for (int t = 0; t < kTiles; ++t) {
    beginTile(tiles[t], s.query + warpRow + t * 16, lane);
    const int row = firstRow + warpRow + t * 16;
    if (a.rotary == nullptr || row >= a.rows) continue;
    const float2* table = a.rotary + static_cast<std::size_t>(a.firstPosition + row) * (kHead / 2);
    rotateQueries(tiles[t], table, a.rows - row, lane);
  }
  for (int tile = 0; tile < tileCount; ++tile) {
    if (tile + 1 < tileCount) {
      fetch(tile + 1);
      copyAsyncWait<1>();
    } else {
      copyAsyncWait<0>();
    }
    __syncthreads();
    const int lowestPosition = a.firstPosition + firstRow + warpRow;
    const bool visible = tile * kKeys <= lowestPosition + kTiles * 16 - 1;
    if (works && visible) {
      float scores[kTiles][kKeys / 8][4];
      multiplyKeys<kHead, kTiles>(scores, tiles, s.keys[tile % kStages], lane);
#pragma unroll
      for (int t = 0; t < kTiles; ++t) {
        const int position = lowestPosition + t * 16;
        softmaxStep(tiles[t], scores[t], scale, tile * kKeys + kKeys - 1 > position, tile * kKeys, position, lane);
      }
      multiplyValues<kHead, kTiles>(tiles, scores, s.values[tile % kStages], lane);
    }
    __syncthreads();  // before this stage is filled again
  }
  if (!works) return;
  Bf16* out = a.out + blockIdx.z * a.outCell + head * a.headWidth;
#pragma unroll
  for (int t = 0; t < kTiles; ++t) storeTile(tiles[t], out, a.outRow, firstRow + warpRow + t * 16, a.rows, lane);
}

template <int kHead, int kTiles>
Status launchSized(const LaunchTarget& target, const AttentionArguments& arguments) {
  constexpr int kRows = kWarps * kTiles * 16;
  const LaunchShape shape{dim3(blocksFor(arguments.rows, kRows), static_cast<unsigned>(arguments.heads),
                               static_cast<unsigned>(arguments.cells)),
                          kThreads, sizeof(AttentionStorage<kHead, kRows>)};
  return launch(target, "attention", attend<kHead, kTiles>, shape, arguments);
}

}  // namespace

Status launchAttention(const LaunchTarget& target, const AttentionArguments& arguments) {
  const bool few = arguments.rows <= kWarps * 16;
  switch (arguments.headWidth) {
    case 32:
      return launchSized<32, 1>(target, arguments);
    case 64:
      return few ? launchSized<64, 1>(target, arguments) : launchSized<64, 2>(target, arguments);
    case 96:
      return launchSized<96, 1>(target, arguments);
    default:
      return launchSized<128, 1>(target, arguments);
  }
}

}  // namespace tidemark::cuda
