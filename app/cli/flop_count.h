#pragma once
// The floating-point operations that a read needs, counted from the shape alone: what a measured time is divided into.
// Counted are all products, a multiply and an add each: projections, causal attention (only the half that is not
// masked), the memory's reads and writes. Not counted are norms, softmax, rotary positions, activations and features,
// which grow with one axis less, and whatever a kernel computes for padding. So the rate is that of useful work.

#include <cstdint>

#include "engine/weights/model_config.h"

namespace tidemark::cli {

/// Of one cell (one segment in one layer).
struct CellFlops {
  std::uint64_t projections = 0;  // q, k, v, output, feed-forward: 2 R D ((H + 2 KV) d + H d + 3 F), 2 F for GPT-2
  std::uint64_t attention = 0;    // q k and p v: 4 H d R (R + 1) / 2
  std::uint64_t memoryRead = 0;   // W_mq, phi W_mem, phi z
  std::uint64_t memoryWrite =
      0;  // W_mk, W_mv, W_mb, k W_mem, k z, |k|^2, k^T (beta (v - v_old)), sums into W_mem and z
  [[nodiscard]] std::uint64_t total() const { return projections + attention + memoryRead + memoryWrite; }
};

/// `config` has a memory; R = segment size + memory tokens. The first segment finds an empty memory: nothing is read,
/// and there is no old value to take away.
[[nodiscard]] CellFlops countCellFlops(const ModelConfig& config, bool firstSegment);

/// Of reading `segments` full segments in all layers.
[[nodiscard]] std::uint64_t countReadFlops(const ModelConfig& config, std::int64_t segments);

/// Of the same decoder over `tokens` tokens at once, without memory, with the logits of the last row.
[[nodiscard]] std::uint64_t countPrefillFlops(const ModelConfig& config, std::int64_t tokens);

}  // namespace tidemark::cli
