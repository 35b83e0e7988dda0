#pragma once
// What the CPU backend keeps between operations: activations, memory, key/value stores.

#include <vector>

#include "engine/backend/backend.h"
#include "engine/backend/cpu/aligned_buffer.h"
#include "engine/backend/cpu/kernels/kernel_table.h"

namespace tidemark::cpu {

/// Sizes are int where they are counted and std::size_t where they index.
[[nodiscard]] constexpr std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

/// Rows and columns of the largest product tile that a worker computes before its epilogue: 192 KiB of results.
inline constexpr int kTileRows = 192;
inline constexpr int kTileColumns = 256;
/// Rows that are read from memory at a time.
inline constexpr int kRecallRows = 96;

/// One layer's W_mem and z. W_mem is kept in column panels, ready to be a right operand: [head][ceil(D_h /
/// NR)][K_h][NR] with K_h = keyWidth / heads and D_h = D / heads.
struct CpuLayerMemory {
  bool written = false;
  AlignedBuffer weights;
  AlignedBuffer normalizer;  // z [heads][K_h]
};

class CpuMemory : public DeviceMemory {
 public:
  std::vector<CpuLayerMemory> layers;
};

/// Keys as packed rows [KV][ceil(capacity / MR)][headDim][MR], values [KV][capacity][headDim].
struct KeyValueStore {
  AlignedBuffer keys;
  AlignedBuffer values;
  int capacity = 0;
};

class CpuCache : public KeyValueCache {
 public:
  std::vector<KeyValueStore> layers;
};

/// Activations of one cell while it runs. "Packed" means packed rows (kernel_table.h).
struct CellBuffers {
  AlignedBuffer normed;  // packed [R, D]
  AlignedBuffer qkv;     // [R][(H + 2 KV) headDim]
  KeyValueStore keyValues;
  AlignedBuffer attended;  // packed [R, H headDim]
  AlignedBuffer gated;     // packed [R, F]
  // Memory write, M rows:
  AlignedBuffer written;                      // packed [M, D]: the rows that are written
  AlignedBuffer features;                     // phi [M][keyWidth]
  AlignedBuffer packedKeys;                   // per head, packed [M, K_h]
  AlignedBuffer beta;                         // [M][betaStride]
  AlignedBuffer denominator;                  // [heads][M]
  std::vector<double> deltaSquares, squares;  // per kLanes columns of W_mem
  float meanNovelty = 0;
  float meanBeta = 0;
};

class CpuWorkspace : public Workspace {
 public:
  int rows = 0;
  int cells = 0;
  AlignedBuffer hidden[2];           // slots of [R][D]
  std::vector<CellBuffers> buffers;  // one per cell that runs at the same time
  // The group that was submitted (and is computed) but not awaited yet.
  std::vector<CellMetrics> metrics;  // one place per cell of the largest group
  int cellsToAwait = 0;
};

/// A layer's memory, row-major, as it was when the copy was queued.
class CpuMemoryCopy : public MemoryCopy {
 public:
  bool written = false;
  std::vector<float> values;
};

/// Scratch of one thread.
struct WorkerScratch {
  AlignedBuffer tile;         // [kTileRows][kTileColumns]
  AlignedBuffer recallRows;   // packed [kRecallRows, D]
  AlignedBuffer recallQuery;  // [kRecallRows][round up d_mem]
  AlignedBuffer features;     // [kRecallRows][keyWidth]
  AlignedBuffer packedKeys;   // packed [kRecallRows, K_h]
  AlignedBuffer denominator;  // [kRecallRows]
  AlignedBuffer memoryTile;   // [M][NR] values, [M][NR] old values, [K_h][NR] change
  AlignedBuffer attention;
};

/// Cells that run at the same time: one per thread, and one more so that a thread that finds no tile left in a cell's
/// stage has another cell to go on with.
[[nodiscard]] int cellsAtOnce(const WorkspaceSpec& spec, int threads);

[[nodiscard]] KeyValueStore makeStore(const ModelConfig& c, const KernelTable& kernels, int capacity);
[[nodiscard]] std::uint64_t storeBytes(const ModelConfig& c, const KernelTable& kernels, int capacity);
[[nodiscard]] CellBuffers makeBuffers(const ModelConfig& c, const KernelTable& kernels, int rows);
[[nodiscard]] std::uint64_t workspaceBytesOf(const ModelConfig& c, const KernelTable& kernels,
                                             const WorkspaceSpec& spec, int threads);
[[nodiscard]] WorkerScratch makeScratch(const ModelConfig& c, const KernelTable& kernels);

}  // namespace tidemark::cpu
