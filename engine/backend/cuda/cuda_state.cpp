#include "engine/backend/cuda/cuda_state.h"

#include <algorithm>
#include <cmath>

#include "engine/base/numeric.h"

namespace tidemark::cuda {
namespace {

constexpr const char* kActivations = "the working memory of a run";

/// Allocates one buffer after the other; the first failure stays.
class Allocator {
 public:
  explicit Allocator(DeviceBytes& bytes) : m_bytes(bytes) {}
  template <typename T>
  void add(DeviceBuffer<T>& buffer, std::size_t size) {
    if (m_status) m_status = buffer.allocate(size, m_bytes, kActivations);
  }
  template <typename T>
  void add(PinnedBuffer<T>& buffer, std::size_t size) {
    if (m_status) m_status = buffer.allocate(size, kActivations);
  }
  void add(Event& event) {
    if (m_status) m_status = makeEvent(event);
  }
  [[nodiscard]] const Status& status() const { return m_status; }

 private:
  DeviceBytes& m_bytes;
  Status m_status;
};

void addMemoryBuffers(Allocator& allocate, const CudaShape& shape, CudaWorkspace& w) {
  if (shape.memoryTokens == 0) return;
  const std::size_t all = at(w.cells) * at(w.rows);
  const std::size_t written = at(w.cells) * at(shape.memoryTokens);
  const std::size_t keys = at(shape.memoryHeads) * at(shape.keysPadded);
  allocate.add(w.memoryQuery, all * at(shape.dMemPadded));
  allocate.add(w.readFeatures, all * keys);
  allocate.add(w.memoryIn, written * at(shape.memoryInWidth));
  allocate.add(w.writeFeatures, written * keys);
  allocate.add(w.inverseDenominator, written * at(shape.memoryHeads));
  allocate.add(w.gamma, written * at(shape.memoryHeads));
  allocate.add(w.squares, 2 * at(w.cells) * at(shape.memoryHeads) * at(ceilDiv(shape.valuesPerHead, kMemoryColumns)));
  allocate.add(w.metrics, 3 * at(w.cells));
  for (auto& ring : w.groupMetrics) allocate.add(ring, 3 * at(w.cells));
}

}  // namespace

Status makeWorkspace(const CudaShape& shape, const WorkspaceSpec& spec, DeviceBytes& bytes, CudaWorkspace& out) {
  out.rows = spec.rows;
  out.cells = spec.cells;
  Allocator allocate(bytes);
  const std::size_t slots = spec.cells == 1 ? 1 : at(shape.layers) + 1;
  for (auto& hidden : out.hidden) allocate.add(hidden, slots * out.slotSize(shape));
  const std::size_t all = at(spec.cells) * at(spec.rows);
  allocate.add(out.normed, all * at(shape.hidden));
  allocate.add(out.qkv, all * at(shape.qkvWidth));
  allocate.add(out.attended, all * at(shape.attendedWidth));
  allocate.add(out.mlp, all * at(shape.mlpInWidth));
  addMemoryBuffers(allocate, shape, out);
  allocate.add(out.logits, at(std::min(spec.rows, kLogitRows)) * at(shape.vocabularyPadded));
  for (auto& tokens : out.tokens) allocate.add(tokens, at(spec.rows));
  for (auto& event : out.tokensRead) allocate.add(event);
  for (auto& event : out.slotFree) allocate.add(event);
  for (auto& event : out.groupDone) allocate.add(event);
  allocate.add(out.embedded);
  return allocate.status();
}

Status makeRotaryTable(const std::vector<double>& frequencies, int positions, DeviceBytes& bytes,
                       DeviceBuffer<float2>& out) {
  if (frequencies.empty()) return {};
  std::vector<float2> table;
  table.reserve(at(positions) * frequencies.size());
  for (int position = 0; position < positions; ++position) {
    for (const double frequency : frequencies) {
      const double angle = position * frequency;
      table.push_back({static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))});
    }
  }
  if (Status made = out.allocate(table.size(), bytes, "rotary positions"); !made) return made;
  return checkCuda(cudaMemcpy(out.data(), table.data(), table.size() * sizeof(float2), cudaMemcpyHostToDevice),
                   "copying rotary positions");
}

Status makeStaging(const CudaShape& shape, DeviceBytes& bytes, StagingSlot& out) {
  const std::size_t size = shape.stateSize() + 1;
  Allocator allocate(bytes);
  allocate.add(out.device, size);
  allocate.add(out.host, size);
  allocate.add(out.staged);
  allocate.add(out.finished);
  return allocate.status();
}

}  // namespace tidemark::cuda
