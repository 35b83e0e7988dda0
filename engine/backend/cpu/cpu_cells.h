#pragma once
// Carries a LayerPlan out over a group of cells: each operation is a stage cut into tiles, each cell a chain of stages.

#include <array>
#include <cstdint>

#include "engine/backend/backend.h"
#include "engine/backend/cpu/cpu_model.h"
#include "engine/backend/cpu/cpu_state.h"
#include "engine/base/thread_pool.h"

namespace tidemark::cpu {

/// A product's output cut into tasks of whole row and column ranges.
struct TileGrid {
  int rowsPerTask = 1;
  int columnsPerTask = 1;
  int rowTasks = 1;
  int columnTasks = 1;
  [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(rowTasks * columnTasks); }
};

class CellRunner : public ChainWork {
 public:
  CellRunner(const CpuModel& model, const KernelTable& kernels, std::vector<WorkerScratch>& scratch)
      : m_model(model), m_kernels(kernels), m_scratch(scratch) {}

  /// Runs the group on `pool`. Allocates nothing.
  void run(ThreadPool& pool, CpuWorkspace& workspace, const CellGroup& group, std::span<CellMetrics> metrics);

  void runTask(const Task& task) override;

 private:
  enum class StageKind : std::uint8_t {
    kMemoryRead,
    kAttentionNorm,
    kQueryKeyValue,
    kRotate,
    kAttend,
    kAttentionOut,
    kMlpNorm,
    kMlpIn,
    kMlpOut,
    kMemoryKeys,
    kMemoryValues,
    kMemoryMetrics,
  };
  struct Stage {
    StageKind kind = StageKind::kRotate;
    TileGrid grid;
  };
  static constexpr int kMostStages = 16;

  /// Everything one task needs to know about its cell.
  struct Cell {
    int layer = 0;
    int index = 0;  // within the group
    const PackedLayer* weights = nullptr;
    CellBuffers* buffers = nullptr;
    KeyValueStore* keyValues = nullptr;
    CpuLayerMemory* memory = nullptr;
    float* input = nullptr;   // [R][D]
    float* output = nullptr;  // [R][D]
    WorkerScratch* scratch = nullptr;
  };

  void addStage(StageKind kind, const TileGrid& grid);
  void planStages();
  void planOperation(LayerOp op);
  [[nodiscard]] TileGrid gridFor(int columns, int depth, int columnUnit) const;
  [[nodiscard]] TileGrid rowGrid(std::uint64_t costPerRow, int unit) const;
  /// `units` pieces of work of equal cost, as many per task as make it worth handing over.
  [[nodiscard]] static TileGrid unitGrid(int units, std::uint64_t unitCost);
  [[nodiscard]] TileGrid attentionGrid() const;
  [[nodiscard]] TileGrid memoryValueGrid() const;

  /// Product of packed rows and packed columns over one task's range, block by block; `epilogue(tile, firstRow, rows,
  /// firstColumn, columns)` sees each block once.
  template <typename Epilogue>
  void product(const Cell& cell, const float* rows, const PackedLinear& linear, const TileGrid& grid, int task,
               Epilogue epilogue);

  void memoryRead(const Cell& cell, const TileGrid& grid, int task);
  void normalize(const Cell& cell, const PackedNorm& norm, const TileGrid& grid, int task);
  void queryKeyValue(const Cell& cell, const TileGrid& grid, int task);
  void rotate(const Cell& cell, const TileGrid& grid, int task);
  void attend(const Cell& cell, const TileGrid& grid, int task);
  void attentionOut(const Cell& cell, const TileGrid& grid, int task);
  void mlpIn(const Cell& cell, const TileGrid& grid, int task);
  void mlpOut(const Cell& cell, const TileGrid& grid, int task);
  void memoryKeys(const Cell& cell);
  void memoryValues(const Cell& cell, const TileGrid& grid, int task);
  void memoryValuePanel(const Cell& cell, int head, int panel);
  void memoryMetrics(const Cell& cell);
  void copyQueries(const float* query, int rows, float* out) const;
  void recallFeatures(const PackedLinear& projection, const float* packedRows, int rows, float* query, float* features);

  const CpuModel& m_model;
  const KernelTable& m_kernels;
  std::vector<WorkerScratch>& m_scratch;

  // The group being run.
  CpuWorkspace* m_workspace = nullptr;
  CellGroup m_group;
  std::span<CellMetrics> m_metrics;
  std::array<Stage, kMostStages> m_stages;
  std::array<std::uint32_t, kMostStages> m_taskCounts{};
  int m_stageCount = 0;
};

}  // namespace tidemark::cpu
