// The associative memory on its way between device and host.

#include <algorithm>
#include <bit>

#include "engine/backend/cuda/cuda_backend_impl.h"
#include "engine/backend/cuda/kernels/memory_write.h"
#include "engine/base/check.h"

namespace tidemark::cuda {
namespace {

/// A layer's memory on its way to the host; gives its slot back.
class CudaMemoryCopy : public MemoryCopy {
 public:
  explicit CudaMemoryCopy(StagingSlot& slot) : m_slot(slot) {}
  ~CudaMemoryCopy() override { m_slot.inUse = false; }
  [[nodiscard]] StagingSlot& slot() { return m_slot; }

 private:
  StagingSlot& m_slot;
};

}  // namespace

Result<StagingSlot*> CudaBackend::freeStagingSlot() {
  const auto free = std::find_if(m_staging.begin(), m_staging.end(), [](const auto& slot) { return !slot->inUse; });
  if (free != m_staging.end()) {
    // A copy that was dropped before it was finished may still be on its way into this place.
    const Status arrived = checkCuda(cudaEventSynchronize((*free)->finished.get()), "copying the memory");
    if (!keep(arrived)) return arrived.error();
    return free->get();
  }
  // More copies than a read ever has under way: somebody else holds them.
  auto slot = std::make_unique<StagingSlot>();
  if (Status made = keep(makeStaging(m_shape, m_bytes, *slot)); !made) return made.error();
  m_staging.push_back(std::move(slot));
  return m_staging.back().get();
}

/// The compute stream copies within the device, in its turn; the slow way to the host is the side stream's.
Result<std::unique_ptr<MemoryCopy>> CudaBackend::queueMemoryCopy(const DeviceMemory& memory, int layer) {
  if (!m_lost) return m_lost.error();
  auto found = freeStagingSlot();
  if (!found) return found.error();
  StagingSlot& slot = **found;
  const auto& source = static_cast<const CudaMemory&>(memory);
  const auto copy = [&](void* to, const void* from, std::size_t bytes, cudaMemcpyKind kind, const Stream& stream) {
    return keep(checkCuda(cudaMemcpyAsync(to, from, bytes, kind, stream.get()), "copying the memory"));
  };
  const std::size_t bytes = m_shape.stateSize() * sizeof(float);
  if (Status done = copy(slot.device.data(), source.state.data() + at(layer) * m_shape.stateSize(), bytes,
                         cudaMemcpyDeviceToDevice, m_compute);
      !done) {
    return done.error();
  }
  static_assert(sizeof(int) == sizeof(float));
  if (Status done = copy(slot.device.data() + m_shape.stateSize(), source.written.data() + layer, sizeof(int),
                         cudaMemcpyDeviceToDevice, m_compute);
      !done) {
    return done.error();
  }
  if (Status done = keep(record(slot.staged, m_compute.get())); !done) return done.error();
  if (Status done = keep(waitOn(m_side.get(), slot.staged)); !done) return done.error();
  if (Status done = copy(slot.host.data(), slot.device.data(), bytes + sizeof(int), cudaMemcpyDeviceToHost, m_side);
      !done) {
    return done.error();
  }
  if (Status done = keep(record(slot.finished, m_side.get())); !done) return done.error();
  slot.inUse = true;
  return std::unique_ptr<MemoryCopy>(std::make_unique<CudaMemoryCopy>(slot));
}

Result<bool> CudaBackend::finishMemoryCopy(MemoryCopy& copy, std::span<float> values) {
  if (!m_lost) return m_lost.error();
  TM_CHECK(values.size() == layerMemoryFloats(), std::to_string(values.size()));
  const StagingSlot& slot = static_cast<CudaMemoryCopy&>(copy).slot();
  if (Status done = keep(checkCuda(cudaEventSynchronize(slot.finished.get()), "copying the memory")); !done) {
    return done.error();
  }
  const float* from = slot.host.data();
  float* to = values.data();
  const std::size_t keys = at(m_shape.keysPerHead);
  for (int head = 0; head < m_shape.memoryHeads; ++head) {
    to = std::copy_n(from + at(head) * at(m_shape.keysPadded) * at(m_shape.valuesPerHead),
                     keys * at(m_shape.valuesPerHead), to);
  }
  from += m_shape.stateWeights();
  for (int head = 0; head < m_shape.memoryHeads; ++head)
    to = std::copy_n(from + at(head) * at(m_shape.keysPadded), keys, to);
  return std::bit_cast<int>(slot.host.data()[m_shape.stateSize()]) != 0;
}

Status CudaBackend::importMemory(DeviceMemory& memory, int layer, bool written, std::span<const float> values) {
  if (!m_lost) return m_lost;
  auto found = freeStagingSlot();
  if (!found) return found.error();
  StagingSlot& slot = **found;
  const auto& target = static_cast<CudaMemory&>(memory);
  std::fill_n(slot.host.data(), m_shape.stateSize() + 1, 0.0f);
  if (written) {
    TM_CHECK(values.size() == layerMemoryFloats(), std::to_string(values.size()));
    const float* from = values.data();
    const std::size_t keys = at(m_shape.keysPerHead);
    for (int head = 0; head < m_shape.memoryHeads; ++head) {
      const std::size_t count = keys * at(m_shape.valuesPerHead);
      std::copy_n(from, count, slot.host.data() + at(head) * at(m_shape.keysPadded) * at(m_shape.valuesPerHead));
      from += count;
    }
    for (int head = 0; head < m_shape.memoryHeads; ++head, from += keys) {
      std::copy_n(from, keys, slot.host.data() + m_shape.stateWeights() + at(head) * at(m_shape.keysPadded));
    }
    slot.host.data()[m_shape.stateSize()] = std::bit_cast<float>(1);
  }
  float* state = target.state.data() + at(layer) * m_shape.stateSize();
  const auto copy = [&](void* to, const void* from, std::size_t bytes) {
    return keep(
        checkCuda(cudaMemcpyAsync(to, from, bytes, cudaMemcpyHostToDevice, m_compute.get()), "restoring the memory"));
  };
  if (Status done = copy(state, slot.host.data(), m_shape.stateSize() * sizeof(float)); !done) return done;
  if (Status done = copy(target.written.data() + layer, slot.host.data() + m_shape.stateSize(), sizeof(int)); !done) {
    return done;
  }
  if (Status done = keep(launchNarrow(computeTarget(), state, m_shape.stateWeights(),
                                      target.readWeights.data() + at(layer) * m_shape.stateWeights()));
      !done) {
    return done;
  }
  return keep(checkCuda(cudaStreamSynchronize(m_compute.get()), "restoring the memory"));
}

}  // namespace tidemark::cuda
