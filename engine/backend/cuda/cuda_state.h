#pragma once
// What the CUDA backend keeps on the device between operations: activations, memory, key/value cache.

#include <deque>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/backend/cuda/cuda_handles.h"
#include "engine/backend/cuda/cuda_shape.h"
#include "engine/backend/cuda/device_buffer.h"
#include "engine/backend/cuda/kernels/bf16.h"
#include "engine/backend/cuda/kernels/limits.h"

namespace tidemark::cuda {

[[nodiscard]] constexpr std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

/// W_mem and z of all layers. `id` tells memories apart that come to lie at the same address.
class CudaMemory : public DeviceMemory {
 public:
  std::uint64_t id = 0;
  DeviceBuffer<float> state;       // [L, W_mem then z]
  DeviceBuffer<Bf16> readWeights;  // W_mem [L] in bf16
  DeviceBuffer<int> written;       // [L]
};

/// Keys and values of all layers, [L, capacity, KV, headWidth] each.
class CudaCache : public KeyValueCache {
 public:
  int capacity = 0;
  DeviceBuffer<Bf16> keys, values;
  DeviceBuffer<float2> rotary;  // [capacity, headDim / 2]
};

/// A group that was submitted and whose metrics nobody has asked for yet.
struct GroupTicket {
  int cells = 0;
  std::size_t place = 0;  // in the ring of metrics and events
};

/// A steady group as a graph: everything that a diagonal queues on the compute stream.
struct SteadyGraph {
  int parity = 0;
  std::uint64_t memory = 0;  // CudaMemory::id
  GraphExec exec;
  std::uint64_t kernels = 0;
  std::uint64_t products = 0;
};

/// Activations of a group, [cells, rows, ...] unless said otherwise.
class CudaWorkspace : public Workspace {
 public:
  ~CudaWorkspace() override {
    for (const cudaStream_t stream : users) {  // what is queued still reads and writes here
      if (stream != nullptr) (void)cudaStreamSynchronize(stream);
    }
  }

  int rows = 0;
  int cells = 0;
  DeviceBuffer<Bf16> hidden[2];  // slots [rows, D]
  DeviceBuffer<Bf16> normed;     // [.., D]
  DeviceBuffer<Bf16> qkv;
  DeviceBuffer<Bf16> attended;
  DeviceBuffer<Bf16> mlp;
  DeviceBuffer<float> memoryQuery;                // [.., dMemPadded]
  DeviceBuffer<Bf16> readFeatures;                // [.., heads, keysPadded]
  DeviceBuffer<float> memoryIn;                   // [cells, M, memoryInWidth]
  DeviceBuffer<Bf16> writeFeatures;               // [cells, M, heads, keysPadded]
  DeviceBuffer<float> inverseDenominator, gamma;  // [cells, heads, M]
  DeviceBuffer<float> squares;
  DeviceBuffer<float> metrics;  // [cells, 3]
  DeviceBuffer<float> logits;   // [kLogitRows, vocabularyPadded]
  DeviceBuffer<float2> rotary;  // [rows, headDim / 2]

  // Embedding runs on the side stream, ahead of the group that needs it.
  PinnedBuffer<std::int32_t> tokens[kLookAhead + 2];
  Event tokensRead[kLookAhead + 2];
  std::size_t nextTokens = 0;
  Event slotFree[2];  // the last group that touched slot 0 of that buffer is done
  Event embedded;
  bool embedPending = false;

  // Groups under way.
  PinnedBuffer<float> groupMetrics[kLookAhead + 1];  // [cells, 3]
  Event groupDone[kLookAhead + 1];
  std::size_t nextGroup = 0;
  std::deque<GroupTicket> underWay;
  std::vector<SteadyGraph> graphs;
  cudaStream_t users[2] = {};  // the streams that work on these buffers

  [[nodiscard]] std::size_t slotSize(const CudaShape& shape) const { return at(rows) * at(shape.hidden); }
  [[nodiscard]] Bf16* slot(const CudaShape& shape, int parity, int layer) const {
    return hidden[parity].data() + (cells == 1 ? 0 : at(layer)) * slotSize(shape);
  }
};

/// A place that a layer's memory passes through on its way to or from the host.
struct StagingSlot {
  DeviceBuffer<float> device;  // the layer's state, then its written mark
  PinnedBuffer<float> host;
  Event staged;    // the copy on the device is complete
  Event finished;  // the copy on the host is complete
  bool inUse = false;
};

[[nodiscard]] Status makeWorkspace(const CudaShape& shape, const WorkspaceSpec& spec, DeviceBytes& bytes,
                                   CudaWorkspace& out);
/// Cosine and sine of every position, float32 of double.
[[nodiscard]] Status makeRotaryTable(const std::vector<double>& frequencies, int positions, DeviceBytes& bytes,
                                     DeviceBuffer<float2>& out);
[[nodiscard]] Status makeStaging(const CudaShape& shape, DeviceBytes& bytes, StagingSlot& out);

}  // namespace tidemark::cuda
