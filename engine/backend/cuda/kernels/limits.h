#pragma once
// What the kernels can do, and the sizes they cut their work into. No CUDA here: `inspect` counts with them too.

#include <cstddef>

namespace tidemark::cuda {

inline constexpr int kWidestNorm = 32 * 8 * 32;  // hidden size: 32 vectors of 8 per lane
inline constexpr int kWidestHead = 128;          // head_dim
inline constexpr int kWidestMemoryKey = 256;     // d_mem per memory head
inline constexpr int kMostMemoryTokens = 384;    // three tiles of them fit into a block's shared memory
inline constexpr int kMemoryColumns = 64;        // of W_mem that one block updates
inline constexpr int kLogitRows = 64;            // rows of logits that are computed at a time
inline constexpr int kStagingSlots = 8;          // copies of a layer's memory that are on their way to the host
inline constexpr int kLookAhead = 3;             // groups that are queued behind the one that is awaited
/// Device memory that cuBLASLt may use while it multiplies.
inline constexpr std::size_t kProductWorkspaceBytes = std::size_t{32} << 20;

}  // namespace tidemark::cuda
