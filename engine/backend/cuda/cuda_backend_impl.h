#pragma once
// The backend itself, for the files that implement it and for cuda_ceilings.cpp.

#include <memory>
#include <vector>

#include "engine/backend/cuda/cuda_backend.h"
#include "engine/backend/cuda/cuda_cells.h"
#include "engine/backend/cuda/cuda_handles.h"
#include "engine/backend/cuda/cuda_state.h"
#include "engine/backend/cuda/cuda_weights.h"
#include "engine/backend/cuda/kernels/token_choice.h"

namespace tidemark::cuda {

class CudaBackend : public Backend, public CudaInstruments {
 public:
  CudaBackend(const ModelConfig& config, const CudaShape& shape, CudaDeviceInfo device, int deviceIndex);
  ~CudaBackend() override;

  /// Streams, weights, products. Errors: those of createCudaBackend.
  [[nodiscard]] Status open(const ModelWeights& weights);

  [[nodiscard]] std::string name() const override { return "cuda"; }
  [[nodiscard]] std::string description() const override;
  [[nodiscard]] const ModelConfig& config() const override { return m_config; }
  [[nodiscard]] std::string precision() const override { return "bf16"; }

  [[nodiscard]] std::uint64_t workspaceBytes(const WorkspaceSpec& spec) const override;
  [[nodiscard]] Result<std::unique_ptr<Workspace>> createWorkspace(const WorkspaceSpec& spec) override;
  [[nodiscard]] Result<std::unique_ptr<DeviceMemory>> createMemory() override;
  [[nodiscard]] Result<std::unique_ptr<KeyValueCache>> createCache(int positions) override;

  [[nodiscard]] Status embed(Workspace& workspace, int parity, const EmbedArgs& args) override;
  [[nodiscard]] Status submitGroup(Workspace& workspace, const CellGroup& group) override;
  [[nodiscard]] Status awaitGroup(Workspace& workspace, std::span<CellMetrics> metrics) override;
  [[nodiscard]] int lookAhead() const override { return kLookAhead; }
  [[nodiscard]] Status computeLogits(Workspace& workspace, int parity, int firstRow, int count,
                                     std::span<float> out) override;
  [[nodiscard]] Result<TokenId> chooseToken(Workspace& workspace, int parity, int row,
                                            const TokenChoice& choice) override;

  [[nodiscard]] Result<std::unique_ptr<MemoryCopy>> queueMemoryCopy(const DeviceMemory& memory, int layer) override;
  [[nodiscard]] Result<bool> finishMemoryCopy(MemoryCopy& copy, std::span<float> values) override;
  [[nodiscard]] Status importMemory(DeviceMemory& memory, int layer, bool written,
                                    std::span<const float> values) override;

  // CudaInstruments
  [[nodiscard]] Status start() override;
  [[nodiscard]] Result<CudaTimes> stop() override;

  // For cuda_ceilings.cpp:
  [[nodiscard]] CellRunner& runner() { return *m_runner; }
  [[nodiscard]] LaunchTarget computeTarget() { return {m_compute.get(), &m_counts}; }
  [[nodiscard]] const CudaShape& shape() const { return m_shape; }
  [[nodiscard]] DeviceBytes& deviceBytes() { return m_bytes; }

 private:
  /// Remembers a lost device: from then on every call says so at once.
  Status keep(Status status);
  [[nodiscard]] Status checkRoom(std::uint64_t bytes, const std::string& purpose) const;
  Status checkTokens(const EmbedArgs& args, int memoryRows) const;
  Status queueGroup(CudaWorkspace& workspace, const CellGroup& group);
  Result<SteadyGraph*> steadyGraph(CudaWorkspace& workspace, const CellGroup& group);
  Result<SteadyGraph> captureGroup(CudaWorkspace& workspace, const CellGroup& group);
  Status queueMetrics(CudaWorkspace& workspace, const CellGroup& group);
  Status markSlots(CudaWorkspace& workspace, const CellGroup& group);
  Result<StagingSlot*> freeStagingSlot();
  /// Rows of GPT-2's position table.
  [[nodiscard]] int positionRows() const { return static_cast<int>(m_weights.positions.size() / at(m_shape.hidden)); }

  ModelConfig m_config;
  CudaShape m_shape;
  CudaDeviceInfo m_device;
  int m_deviceIndex;
  std::vector<double> m_rotaryFrequencies;
  Status m_lost;
  DeviceBytes m_bytes;
  LaunchCounts m_counts;
  CudaWeights m_weights;
  Products m_products;
  std::unique_ptr<CellRunner> m_runner;
  std::vector<std::unique_ptr<StagingSlot>> m_staging;
  PinnedBuffer<ChosenToken> m_chosen;  // [1]: where a kernel leaves the token that it chose
  std::uint64_t m_memories = 0;        // made so far
  // Instruments.
  Event m_startEvent, m_stopEvent;
  LaunchCounts m_countsAtStart;
  // Streams go first: their destruction waits for nobody, but what they ran used everything above.
  Stream m_compute, m_side;
};

}  // namespace tidemark::cuda
