#pragma once
#include "engine/backend/cuda/kernels/bf16.h"
#include "engine/backend/cuda/launch.h"

namespace tidemark::cuda {

/// Rotates k, and q unless attention does, of qkv [cells, rows, (H + 2 KV) headWidth] in place (families that have
/// rotary positions), and appends k and v to the key/value cache (groups that have one).
struct RotaryArguments {
  Bf16* qkv = nullptr;
  std::size_t qkvStride = 0;  // elements from cell to cell
  int cells = 0;
  int rows = 0;
  int heads = 0;
  int keyValueHeads = 0;
  int headDim = 0;                // rotated pairs are (i, i + headDim / 2)
  int headWidth = 0;              // headDim padded
  const float2* table = nullptr;  // [positions, headDim / 2] cosine, sine; null: nothing is rotated
  bool rotateQueries = true;
  int firstPosition = 0;       // of row 0
  Bf16* cachedKeys = nullptr;  // [cells, capacity, KV, headWidth]; null: no cache
  Bf16* cachedValues = nullptr;
  std::size_t cacheStride = 0;  // elements from cell to cell
};

[[nodiscard]] Status launchRotary(const LaunchTarget& target, const RotaryArguments& arguments);

}  // namespace tidemark::cuda
