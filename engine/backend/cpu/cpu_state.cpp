#include "engine/backend/cpu/cpu_state.h"

#include <algorithm>

#include "engine/base/numeric.h"

namespace tidemark::cpu {
namespace {

std::uint64_t bufferBytes(const ModelConfig& c, const KernelTable& kernels, int rows) {
  const std::uint64_t packedRows = at(roundUp(rows, kernels.rowPanel));
  std::uint64_t floats = packedRows * at(c.hiddenSize + c.heads * c.headDim + c.intermediateSize) +
                         at(rows) * at(c.heads + 2 * c.keyValueHeads) * at(c.headDim);
  if (c.memory) {
    floats += at(c.memory->memoryTokens + kernels.rowPanel) * at(2 * c.hiddenSize + 2 * c.memory->keyWidth());
  }
  return floats * sizeof(float) + storeBytes(c, kernels, rows);
}

}  // namespace

KeyValueStore makeStore(const ModelConfig& c, const KernelTable& kernels, int capacity) {
  KeyValueStore store;
  store.capacity = capacity;
  const std::size_t headFloats = at(c.keyValueHeads) * at(c.headDim);
  store.keys = AlignedBuffer(headFloats * at(roundUp(capacity, kernels.rowPanel)));
  store.values = AlignedBuffer(headFloats * at(capacity));
  return store;
}

std::uint64_t storeBytes(const ModelConfig& c, const KernelTable& kernels, int capacity) {
  return sizeof(float) * at(c.keyValueHeads) * at(c.headDim) * (at(roundUp(capacity, kernels.rowPanel)) + at(capacity));
}

CellBuffers makeBuffers(const ModelConfig& c, const KernelTable& kernels, int rows) {
  CellBuffers b;
  const std::size_t packedRows = at(roundUp(rows, kernels.rowPanel));
  b.normed = AlignedBuffer(packedRows * at(c.hiddenSize));
  b.qkv = AlignedBuffer(at(rows) * at(c.heads + 2 * c.keyValueHeads) * at(c.headDim));
  b.keyValues = makeStore(c, kernels, rows);
  b.attended = AlignedBuffer(packedRows * at(c.heads) * at(c.headDim));
  b.gated = AlignedBuffer(packedRows * at(c.intermediateSize));
  if (!c.memory) return b;
  const MemoryConfig& m = *c.memory;
  const std::size_t packedWrites = at(roundUp(m.memoryTokens, kernels.rowPanel));
  const int betaColumns = m.gating ? c.hiddenSize : m.heads;
  b.written = AlignedBuffer(packedWrites * at(c.hiddenSize));
  b.features = AlignedBuffer(at(m.memoryTokens) * at(m.keyWidth()));
  b.packedKeys = AlignedBuffer(packedWrites * at(m.keyWidth()));
  b.beta = AlignedBuffer(at(m.memoryTokens) * at(roundUp(betaColumns, kernels.columnPanel)));
  b.denominator = AlignedBuffer(at(m.heads) * at(m.memoryTokens));
  const std::size_t panels = at(m.heads) * at(ceilDiv(c.hiddenSize / m.heads, kernels.columnPanel));
  b.deltaSquares.resize(panels * at(kernels.columnPanel / kLanes));
  b.squares.resize(b.deltaSquares.size());
  return b;
}

int cellsAtOnce(const WorkspaceSpec& spec, int threads) {
  return std::min(spec.cells, threads + 1);
}

std::uint64_t workspaceBytesOf(const ModelConfig& c, const KernelTable& kernels, const WorkspaceSpec& spec,
                               int threads) {
  const std::uint64_t slots = spec.cells == 1 ? 1 : at(c.layers + 1);
  return 2 * slots * at(spec.rows) * at(c.hiddenSize) * sizeof(float) +
         at(cellsAtOnce(spec, threads)) * bufferBytes(c, kernels, spec.rows);
}

WorkerScratch makeScratch(const ModelConfig& c, const KernelTable& kernels) {
  WorkerScratch s;
  s.tile = AlignedBuffer(at(kTileRows) * at(kTileColumns));
  s.attention = AlignedBuffer(kernels.attentionScratch(c.headDim));
  if (!c.memory) return s;
  const MemoryConfig& m = *c.memory;
  s.recallRows = AlignedBuffer(at(kRecallRows) * at(c.hiddenSize));
  s.recallQuery = AlignedBuffer(at(kRecallRows) * at(roundUp(m.dMem, kernels.columnPanel)));
  s.features = AlignedBuffer(at(kRecallRows) * at(m.keyWidth()));
  s.packedKeys = AlignedBuffer(at(kRecallRows) * at(m.keyWidth()));
  s.denominator = AlignedBuffer(at(kRecallRows));
  s.memoryTile = AlignedBuffer((2 * at(m.memoryTokens) + at(m.keyWidth() / m.heads)) * at(kernels.columnPanel));
  return s;
}

}  // namespace tidemark::cpu
