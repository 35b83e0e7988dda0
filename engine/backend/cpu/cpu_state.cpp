#include "engine/backend/cpu/cpu_state.h"

#include <algorithm>

#include "engine/base/numeric.h"

namespace tidemark::cpu {
namespace {

std::size_t size(int a) {
  return static_cast<std::size_t>(a);
}

std::uint64_t bufferBytes(const ModelConfig& c, const KernelTable& kernels, int rows) {
  const std::uint64_t packedRows = size(roundUp(rows, kernels.rowPanel));
  std::uint64_t floats = packedRows * size(c.hiddenSize + c.heads * c.headDim + c.intermediateSize) +
                         size(rows) * size(c.heads + 2 * c.keyValueHeads) * size(c.headDim);
  if (c.memory) {
    floats += size(c.memory->memoryTokens + kernels.rowPanel) * size(2 * c.hiddenSize + 2 * c.memory->keyWidth());
  }
  return floats * sizeof(float) + storeBytes(c, kernels, rows);
}

}  // namespace

KeyValueStore makeStore(const ModelConfig& c, const KernelTable& kernels, int capacity) {
  KeyValueStore store;
  store.capacity = capacity;
  const std::size_t headFloats = size(c.keyValueHeads) * size(c.headDim);
  store.keys = AlignedBuffer(headFloats * size(roundUp(capacity, kernels.rowPanel)));
  store.values = AlignedBuffer(headFloats * size(capacity));
  return store;
}

std::uint64_t storeBytes(const ModelConfig& c, const KernelTable& kernels, int capacity) {
  return sizeof(float) * size(c.keyValueHeads) * size(c.headDim) *
         (size(roundUp(capacity, kernels.rowPanel)) + size(capacity));
}

CellBuffers makeBuffers(const ModelConfig& c, const KernelTable& kernels, int rows) {
  CellBuffers b;
  const std::size_t packedRows = size(roundUp(rows, kernels.rowPanel));
  b.normed = AlignedBuffer(packedRows * size(c.hiddenSize));
  b.qkv = AlignedBuffer(size(rows) * size(c.heads + 2 * c.keyValueHeads) * size(c.headDim));
  b.keyValues = makeStore(c, kernels, rows);
  b.attended = AlignedBuffer(packedRows * size(c.heads) * size(c.headDim));
  b.gated = AlignedBuffer(packedRows * size(c.intermediateSize));
  if (!c.memory) return b;
  const MemoryConfig& m = *c.memory;
  const std::size_t packedWrites = size(roundUp(m.memoryTokens, kernels.rowPanel));
  const int betaColumns = m.gating ? c.hiddenSize : m.heads;
  b.written = AlignedBuffer(packedWrites * size(c.hiddenSize));
  b.features = AlignedBuffer(size(m.memoryTokens) * size(m.keyWidth()));
  b.packedKeys = AlignedBuffer(packedWrites * size(m.keyWidth()));
  b.beta = AlignedBuffer(size(m.memoryTokens) * size(roundUp(betaColumns, kernels.columnPanel)));
  b.denominator = AlignedBuffer(size(m.heads) * size(m.memoryTokens));
  const std::size_t panels = size(m.heads) * size(ceilDiv(c.hiddenSize / m.heads, kernels.columnPanel));
  b.deltaSquares.resize(panels * size(kernels.columnPanel / kLanes));
  b.squares.resize(b.deltaSquares.size());
  return b;
}

int cellsAtOnce(const WorkspaceSpec& spec, int threads) {
  return std::min(spec.cells, threads + 1);
}

std::uint64_t workspaceBytesOf(const ModelConfig& c, const KernelTable& kernels, const WorkspaceSpec& spec,
                               int threads) {
  const std::uint64_t slots = spec.cells == 1 ? 1 : size(c.layers + 1);
  return 2 * slots * size(spec.rows) * size(c.hiddenSize) * sizeof(float) +
         size(cellsAtOnce(spec, threads)) * bufferBytes(c, kernels, spec.rows);
}

WorkerScratch makeScratch(const ModelConfig& c, const KernelTable& kernels) {
  WorkerScratch s;
  s.tile = AlignedBuffer(size(kTileRows) * size(kTileColumns));
  s.attention = AlignedBuffer(kernels.attentionScratch(c.headDim));
  if (!c.memory) return s;
  const MemoryConfig& m = *c.memory;
  s.recallRows = AlignedBuffer(size(kRecallRows) * size(c.hiddenSize));
  s.recallQuery = AlignedBuffer(size(kRecallRows) * size(roundUp(m.dMem, kernels.columnPanel)));
  s.features = AlignedBuffer(size(kRecallRows) * size(m.keyWidth()));
  s.packedKeys = AlignedBuffer(size(kRecallRows) * size(m.keyWidth()));
  s.denominator = AlignedBuffer(size(kRecallRows));
  s.memoryTile = AlignedBuffer((2 * size(m.memoryTokens) + size(m.keyWidth() / m.heads)) * size(kernels.columnPanel));
  return s;
}

}  // namespace tidemark::cpu
