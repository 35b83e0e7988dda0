#pragma once
// The vocabulary that model/ describes a decoder layer with and a backend carries it out in: a plan is the list of
// operations that one cell goes through, in order. A plan holds no sizes and no pointers; a backend turns it into tiles
// or kernels over a whole group of cells.
//
// Buffers of a cell: hidden [R, D] (input slot, updated in place up to kMlpOut, which writes the output slot), normed
// [R, D], qkv [R, (H + 2 KV) headDim], attended [R, H headDim], gated [R, F].

#include <vector>

namespace tidemark {

enum class LayerOp {
  kMemoryRead,     // hidden += phi(W_mq hidden) W_mem / (phi . z + 1e-5); nothing before the layer's first write
  kAttentionNorm,  // normed = norm(hidden)
  kQueryKeyValue,  // qkv = normed W_qkv^T + b
  kRotate,         // rotary positions on q and k (families that have them); k and v go to the key/value store
  kAttend,         // attended = causal attention
  kAttentionOut,   // hidden += attended W_o^T + b
  kMlpNorm,        // normed = norm(hidden)
  kMlpIn,          // gated = silu(normed W_gate^T) * (normed W_up^T), or gelu(normed W_fc^T + b)
  kMlpOut,         // output = hidden + gated W_down^T + b
  kMemoryWrite,    // W_mem and z from the last M rows of output
};

enum class NormKind { kRms, kLayer };
enum class Activation { kSwiGlu, kGelu };

struct LayerPlan {
  std::vector<LayerOp> ops;
  NormKind norm = NormKind::kRms;
  Activation activation = Activation::kSwiGlu;
  bool rotary = true;

  [[nodiscard]] bool writesMemory() const { return !ops.empty() && ops.back() == LayerOp::kMemoryWrite; }
};

}  // namespace tidemark
