#pragma once
#include "engine/backend/cuda/kernels/bf16.h"
#include "engine/backend/cuda/launch.h"

namespace tidemark::cuda {

/// Causal attention with grouped queries: out [cells, rows, H headWidth] bf16. Row r stands at position
/// firstPosition + r and sees the keys of positions 0 .. firstPosition + r.
struct AttentionArguments {
  const Bf16* query = nullptr;   // row r of head h at r queryRow + h headWidth
  const Bf16* keys = nullptr;    // position p of key/value head g at p keyRow + g headWidth
  const Bf16* values = nullptr;  // likewise
  Bf16* out = nullptr;
  std::size_t queryCell = 0;  // elements from cell to cell
  std::size_t keyCell = 0;
  std::size_t outCell = 0;
  int queryRow = 0;  // elements from row to row
  int keyRow = 0;
  int outRow = 0;
  int cells = 0;
  int rows = 0;
  int heads = 0;
  int keyValueHeads = 0;
  int headWidth = 0;      // 32, 64, 96 or 128
  int firstPosition = 0;  // of row 0
  float scale = 0;        // 1 / sqrt(headDim)
  /// Queries are rotated on their way in: [positions, headWidth / 2] cosine, sine; null: they are as they should be.
  const float2* rotary = nullptr;
};

/// Whether launchAttention can rotate queries of that size.
[[nodiscard]] constexpr bool attentionRotates(int headDim) {
  return headDim % 32 == 0;
}

[[nodiscard]] Status launchAttention(const LaunchTarget& target, const AttentionArguments& arguments);

}  // namespace tidemark::cuda
