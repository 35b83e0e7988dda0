#pragma once
// What a device does for one loaded model, over a group of cells. Executors are written against this and nothing below
// it.
//
// Hidden rows live in two buffers of slots: layer l reads slot l of buffer `parity` and writes slot l + 1 of buffer
// 1 - parity, so nothing is copied between diagonals. A cell's arithmetic depends on its own shape only, never on who
// shares its group. Not thread-safe: the engine thread owns a backend and everything it made.
//
// Work is queued and runs in the order it was submitted. A device that computes by itself (a GPU) is kept busy by
// submitting ahead, up to lookAhead() groups beyond the one that is awaited; on the CPU submitting is computing. A run
// may end with work in the queue: what is queued is done or dropped before the workspace, memory or copy that it uses
// goes. After kDeviceLost nothing works any more: drop everything that the backend made, and the backend.

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "engine/backend/layer_plan.h"
#include "engine/backend/token_choice.h"
#include "engine/base/result.h"
#include "engine/base/types.h"
#include "engine/weights/model_config.h"

namespace tidemark {

/// What one cell did to its layer's memory.
struct CellMetrics {
  float novelty = 0;         // mean gamma over the memory tokens (and heads): 1 new, 0 already occupied
  float writeStrength = 0;   // mean beta
  float relativeChange = 0;  // |dW| / |W| after the write
};

/// Activations of a run, sized once.
class Workspace {
 public:
  Workspace() = default;
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;
  virtual ~Workspace() = default;
};

struct WorkspaceSpec {
  int rows = 0;   // most rows of a cell
  int cells = 1;  // most cells of a group; 1 keeps two slots instead of 2 (L + 1)
};

/// W_mem and z of every layer on the device; empty (nothing written) when created.
class DeviceMemory {
 public:
  DeviceMemory() = default;
  DeviceMemory(const DeviceMemory&) = delete;
  DeviceMemory& operator=(const DeviceMemory&) = delete;
  virtual ~DeviceMemory() = default;
};

/// One layer's memory on its way to the host, as it was when the copy was queued.
class MemoryCopy {
 public:
  MemoryCopy() = default;
  MemoryCopy(const MemoryCopy&) = delete;
  MemoryCopy& operator=(const MemoryCopy&) = delete;
  virtual ~MemoryCopy() = default;
};

/// Keys and values of every layer for one question segment.
class KeyValueCache {
 public:
  KeyValueCache() = default;
  KeyValueCache(const KeyValueCache&) = delete;
  KeyValueCache& operator=(const KeyValueCache&) = delete;
  virtual ~KeyValueCache() = default;
};

struct EmbedArgs {
  std::span<const TokenId> tokens;
  bool memoryTokens = false;  // append the M memory-token rows
  int firstPosition = 0;      // of the first token (GPT-2's position table)
};

/// Where a cell leaves what it writes to its layer's memory: W_mem changes by the sum over memory tokens of
/// phi(key)^T value, head by head.
struct MemoryWriteTrace {
  float* keys = nullptr;    // [M, d_mem], before phi
  float* values = nullptr;  // [M, D]: beta (v - v_old)
};

/// Where a cell leaves what its rows read from its layer's memory: readout = phi(query) W_mem / denominator, head by
/// head. Left as it is by a layer that was never written.
struct MemoryReadTrace {
  float* queries = nullptr;       // [rows, d_mem], before phi
  float* denominators = nullptr;  // [rows, heads]; 1 for models without a denominator
  float* readouts = nullptr;      // [rows, D]: what was added to the rows
  float* rows = nullptr;          // [rows, D]: what they were before
};

/// Cells (segment, layer) of layers [firstLayer, firstLayer + count), all of `rows` rows.
struct CellGroup {
  const LayerPlan* plan = nullptr;
  int firstLayer = 0;
  int count = 0;
  int parity = 0;
  int rows = 0;
  int firstPosition = 0;           // of row 0; larger than 0 only with a cache
  DeviceMemory* memory = nullptr;  // needed by the memory operations of the plan
  KeyValueCache* cache = nullptr;  // otherwise keys and values live as long as the cell
  // Empty, or one per cell, for backends with tracesMemory():
  std::span<const MemoryWriteTrace> writes = {};
  std::span<const MemoryReadTrace> reads = {};
};

class Backend {
 public:
  Backend() = default;
  Backend(const Backend&) = delete;
  Backend& operator=(const Backend&) = delete;
  virtual ~Backend() = default;

  /// "cpu" or "cuda", and a sentence part for people: "AVX-512, 2 threads".
  [[nodiscard]] virtual std::string name() const = 0;
  [[nodiscard]] virtual std::string description() const = 0;
  [[nodiscard]] virtual const ModelConfig& config() const = 0;
  /// Of activations and weights: "f32" or "bf16". What is read in one differs from what is read in the other.
  [[nodiscard]] virtual std::string precision() const { return "f32"; }

  /// Bytes that createWorkspace would allocate.
  [[nodiscard]] virtual std::uint64_t workspaceBytes(const WorkspaceSpec& spec) const = 0;
  /// Errors: kOutOfMemory with bytes needed and free.
  [[nodiscard]] virtual Result<std::unique_ptr<Workspace>> createWorkspace(const WorkspaceSpec& spec) = 0;
  /// Errors: kOutOfMemory.
  [[nodiscard]] virtual Result<std::unique_ptr<DeviceMemory>> createMemory() = 0;
  /// Room for `positions` keys in every layer. Errors: kOutOfMemory.
  [[nodiscard]] virtual Result<std::unique_ptr<KeyValueCache>> createCache(int positions) = 0;

  /// Queues: embedding rows into slot 0 of buffer `parity`. `args.tokens` is not needed after the call. Errors:
  /// kInvalidArgument (a token outside the vocabulary, a position outside the table).
  [[nodiscard]] virtual Status embed(Workspace& workspace, int parity, const EmbedArgs& args) = 0;
  /// Queues the group. A group that writes memory must be awaited, in order, and no more than lookAhead() + 1 of a
  /// workspace may be under way; other groups are never awaited. What the group points to is needed until it has ended;
  /// a workspace that goes waits for its groups. Allocates nothing.
  [[nodiscard]] virtual Status submitGroup(Workspace& workspace, const CellGroup& group) = 0;
  /// Waits for the oldest submitted group that writes memory; `metrics` is empty or has one place per cell.
  [[nodiscard]] virtual Status awaitGroup(Workspace& workspace, std::span<CellMetrics> metrics) = 0;
  /// How many groups beyond the awaited one keep the device busy; 0 if submitting is computing.
  [[nodiscard]] virtual int lookAhead() const { return 0; }
  /// Whether groups may ask for what they write to memory and read from it. Asking changes no other result.
  [[nodiscard]] virtual bool tracesMemory() const { return false; }
  /// Submits a group and, if its plan writes memory, awaits it.
  [[nodiscard]] Status runGroup(Workspace& workspace, const CellGroup& group, std::span<CellMetrics> metrics);

  /// Final norm and head of rows [firstRow, firstRow + count) of slot L in buffer `parity`; out [count, V] f32. Waits.
  [[nodiscard]] virtual Status computeLogits(Workspace& workspace, int parity, int firstRow, int count,
                                             std::span<float> out) = 0;

  /// The token that follows row `row` of slot L in buffer `parity`: computeLogits and tidemark::chooseToken, by the
  /// same rules; a device keeps the logits to itself and hands over the token. Waits. Errors: those of either.
  [[nodiscard]] virtual Result<TokenId> chooseToken(Workspace& workspace, int parity, int row,
                                                    const TokenChoice& choice);

  /// Floats of one layer's memory: W_mem [heads, keyWidth / heads, D / heads], then z [heads, keyWidth / heads].
  [[nodiscard]] std::size_t layerMemoryFloats() const;
  /// Queues a copy of one layer's memory behind the groups submitted so far; later groups do not change it.
  [[nodiscard]] virtual Result<std::unique_ptr<MemoryCopy>> queueMemoryCopy(const DeviceMemory& memory, int layer) = 0;
  /// Waits for the copy; false (and zeros) if that layer was never written.
  [[nodiscard]] virtual Result<bool> finishMemoryCopy(MemoryCopy& copy, std::span<float> values) = 0;
  /// Copies one layer's memory out, behind everything submitted so far; false (and zeros) if it was never written.
  [[nodiscard]] Result<bool> exportMemory(const DeviceMemory& memory, int layer, std::span<float> values);
  /// Overwrites one layer's memory; an unwritten layer becomes zeros and `values` is not looked at.
  [[nodiscard]] virtual Status importMemory(DeviceMemory& memory, int layer, bool written,
                                            std::span<const float> values) = 0;

 private:
  std::vector<float> m_logits;  // of the token that is chosen, [V]
};

}  // namespace tidemark
