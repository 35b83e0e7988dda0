#include "engine/backend/cpu/cpu_cells.h"

#include <algorithm>
#include <cmath>

#include "engine/base/check.h"
#include "engine/base/numeric.h"

namespace tidemark::cpu {
namespace {

// A task costs at least about this many flops (some 100 microseconds on one core), bytes of weights counting eight
// each: below it, handing work to another thread costs more than doing it. Small models therefore run a whole stage as
// one task, and share the machine by running whole cells side by side.
constexpr std::uint64_t kTaskCost = 16'000'000;

}  // namespace

TileGrid CellRunner::gridFor(int columns, int depth, int columnUnit) const {
  const int rows = m_group.rows;
  const auto cost = [&](int tileRows, int tileColumns) {
    const auto area = static_cast<std::uint64_t>(tileColumns) * static_cast<std::uint64_t>(depth);
    return 2 * area * static_cast<std::uint64_t>(tileRows) + 8 * sizeof(float) * area;
  };
  TileGrid grid;
  grid.rowsPerTask = std::min(roundUp(rows, m_kernels.rowPanel), kTileRows);
  grid.columnsPerTask = std::min(roundUp(columns, columnUnit), std::max(kTileColumns, columnUnit));
  while (cost(grid.rowsPerTask, grid.columnsPerTask) < kTaskCost && grid.columnsPerTask < columns) {
    grid.columnsPerTask = std::min(2 * grid.columnsPerTask, roundUp(columns, columnUnit));
  }
  while (cost(grid.rowsPerTask, grid.columnsPerTask) < kTaskCost && grid.rowsPerTask < rows) grid.rowsPerTask *= 2;
  grid.rowTasks = ceilDiv(rows, grid.rowsPerTask);
  grid.columnTasks = ceilDiv(columns, grid.columnsPerTask);
  return grid;
}

TileGrid CellRunner::rowGrid(std::uint64_t costPerRow, int unit) const {
  TileGrid grid;
  const auto wanted = static_cast<int>(std::min<std::uint64_t>(kTaskCost / std::max<std::uint64_t>(costPerRow, 1) + 1,
                                                               static_cast<std::uint64_t>(m_group.rows)));
  grid.rowsPerTask = roundUp(wanted, unit);
  grid.rowTasks = ceilDiv(m_group.rows, grid.rowsPerTask);
  return grid;
}

void CellRunner::addStage(StageKind kind, const TileGrid& grid) {
  TM_CHECK(m_stageCount < kMostStages, std::to_string(m_stageCount));
  m_stages[at(m_stageCount)] = {kind, grid};
  m_taskCounts[at(m_stageCount)] = grid.count();
  ++m_stageCount;
}

TileGrid CellRunner::unitGrid(int units, std::uint64_t unitCost) {
  TileGrid grid;
  grid.columnsPerTask =
      static_cast<int>(std::min<std::uint64_t>(kTaskCost / unitCost + 1, static_cast<std::uint64_t>(units)));
  grid.columnTasks = ceilDiv(units, grid.columnsPerTask);
  return grid;
}

/// Units are (key/value head, block of NR query columns).
TileGrid CellRunner::attentionGrid() const {
  const ModelConfig& c = m_model.config;
  const int panel = m_kernels.columnPanel;
  const int blocks = ceilDiv(m_group.rows * (c.heads / c.keyValueHeads), panel);
  const int visibleKeys = m_group.firstPosition + (m_group.rows + 1) / 2;
  return unitGrid(blocks * c.keyValueHeads, 4 * static_cast<std::uint64_t>(panel) *
                                                static_cast<std::uint64_t>(c.headDim) *
                                                static_cast<std::uint64_t>(visibleKeys));
}

/// Units are column panels of W_mem.
TileGrid CellRunner::memoryValueGrid() const {
  const ModelConfig& c = m_model.config;
  const MemoryConfig& m = *c.memory;
  const auto keysPerHead = static_cast<std::uint64_t>(m.keyWidth() / m.heads);
  return unitGrid(m.heads * ceilDiv(c.hiddenSize / m.heads, m_kernels.columnPanel),
                  2 * static_cast<std::uint64_t>(m.memoryTokens) * static_cast<std::uint64_t>(m_kernels.columnPanel) *
                      (static_cast<std::uint64_t>(c.hiddenSize) + 2 * keysPerHead));
}

void CellRunner::planStages() {
  m_stageCount = 0;
  for (const LayerOp op : m_group.plan->ops) planOperation(op);
}

void CellRunner::planOperation(LayerOp op) {
  const ModelConfig& c = m_model.config;
  const PackedLayer& layer = m_model.layers.front();
  const int panel = m_kernels.columnPanel;
  const auto hidden = static_cast<std::uint64_t>(c.hiddenSize);
  const TileGrid rowWork = rowGrid(16 * hidden, m_kernels.rowPanel);  // norms, rotation: memory-bound
  switch (op) {
    case LayerOp::kMemoryRead: {
      const int keysPerHead = c.memory->keyWidth() / c.memory->heads;
      const auto perRow = static_cast<std::uint64_t>(keysPerHead) + static_cast<std::uint64_t>(c.memory->dMem);
      return addStage(StageKind::kMemoryRead, rowGrid(2 * hidden * perRow, kRecallRows));
    }
    case LayerOp::kAttentionNorm:
      return addStage(StageKind::kAttentionNorm, rowWork);
    case LayerOp::kQueryKeyValue:
      return addStage(StageKind::kQueryKeyValue, gridFor(layer.attentionIn.columns, layer.attentionIn.depth, panel));
    case LayerOp::kRotate:
      return addStage(StageKind::kRotate, rowWork);
    case LayerOp::kAttend:
      return addStage(StageKind::kAttend, attentionGrid());
    case LayerOp::kAttentionOut:
      return addStage(StageKind::kAttentionOut, gridFor(layer.attentionOut.columns, layer.attentionOut.depth, panel));
    case LayerOp::kMlpNorm:
      return addStage(StageKind::kMlpNorm, rowWork);
    case LayerOp::kMlpIn:
      return addStage(StageKind::kMlpIn,
                      gridFor(layer.mlpIn.columns, layer.mlpIn.depth, m_model.swiGlu ? 2 * panel : panel));
    case LayerOp::kMlpOut:
      return addStage(StageKind::kMlpOut, gridFor(layer.mlpOut.columns, layer.mlpOut.depth, panel));
    case LayerOp::kMemoryWrite:
      addStage(StageKind::kMemoryKeys, TileGrid{});
      addStage(StageKind::kMemoryValues, memoryValueGrid());
      return addStage(StageKind::kMemoryMetrics, TileGrid{});
  }
}

void CellRunner::run(ThreadPool& pool, CpuWorkspace& workspace, const CellGroup& group,
                     std::span<CellMetrics> metrics) {
  m_workspace = &workspace;
  m_group = group;
  m_metrics = metrics;
  planStages();
  pool.run(*this, group.count, static_cast<int>(workspace.buffers.size()),
           std::span(m_taskCounts).first(at(m_stageCount)));
}

void CellRunner::runTask(const Task& task) {
  CpuWorkspace& w = *m_workspace;
  const std::size_t slotFloats = at(w.rows) * at(m_model.config.hiddenSize);
  Cell cell;
  cell.index = task.chain;
  cell.layer = m_group.firstLayer + task.chain;
  cell.weights = &m_model.layers[at(cell.layer)];
  cell.buffers = &w.buffers[at(task.slot)];
  cell.keyValues = m_group.cache != nullptr ? &static_cast<CpuCache*>(m_group.cache)->layers[at(cell.layer)]
                                            : &cell.buffers->keyValues;
  cell.memory = m_group.memory != nullptr ? &static_cast<CpuMemory*>(m_group.memory)->layers[at(cell.layer)] : nullptr;
  const int slot = w.cells == 1 ? 0 : cell.layer;
  cell.input = w.hidden[m_group.parity].data() + at(slot) * slotFloats;
  cell.output = w.hidden[1 - m_group.parity].data() + at(w.cells == 1 ? 0 : slot + 1) * slotFloats;
  cell.scratch = &m_scratch[at(task.worker)];

  const Stage& stage = m_stages[at(task.stage)];
  switch (stage.kind) {
    case StageKind::kMemoryRead:
      return memoryRead(cell, stage.grid, task.index);
    case StageKind::kAttentionNorm:
      return normalize(cell, cell.weights->attentionNorm, stage.grid, task.index);
    case StageKind::kQueryKeyValue:
      return queryKeyValue(cell, stage.grid, task.index);
    case StageKind::kRotate:
      return rotate(cell, stage.grid, task.index);
    case StageKind::kAttend:
      return attend(cell, stage.grid, task.index);
    case StageKind::kAttentionOut:
      return attentionOut(cell, stage.grid, task.index);
    case StageKind::kMlpNorm:
      return normalize(cell, cell.weights->mlpNorm, stage.grid, task.index);
    case StageKind::kMlpIn:
      return mlpIn(cell, stage.grid, task.index);
    case StageKind::kMlpOut:
      return mlpOut(cell, stage.grid, task.index);
    case StageKind::kMemoryKeys:
      return memoryKeys(cell);
    case StageKind::kMemoryValues:
      return memoryValues(cell, stage.grid, task.index);
    case StageKind::kMemoryMetrics:
      return memoryMetrics(cell);
  }
}

template <typename Epilogue>
void CellRunner::product(const Cell& cell, const float* rows, const PackedLinear& linear, const TileGrid& grid,
                         int task, Epilogue epilogue) {
  const int firstRow = (task % grid.rowTasks) * grid.rowsPerTask;
  const int lastRow = std::min(m_group.rows, firstRow + grid.rowsPerTask);
  const int firstColumn = (task / grid.rowTasks) * grid.columnsPerTask;
  const int lastColumn = std::min(linear.columns, firstColumn + grid.columnsPerTask);
  float* tile = cell.scratch->tile.data();
  for (int column = firstColumn; column < lastColumn; column += kTileColumns) {
    const int columns = std::min(kTileColumns, lastColumn - column);
    for (int row = firstRow; row < lastRow; row += kTileRows) {
      const int count = std::min(kTileRows, lastRow - row);
      m_kernels.multiply(rows + at(row) * at(linear.depth), linear.panels.data() + at(column) * at(linear.depth), count,
                         columns, linear.depth, tile, kTileColumns);
      epilogue(tile, row, count, column, columns);
    }
  }
}

void CellRunner::normalize(const Cell& cell, const PackedNorm& norm, const TileGrid& grid, int task) {
  const ModelConfig& c = m_model.config;
  const int first = task * grid.rowsPerTask;
  const int count = std::min(grid.rowsPerTask, m_group.rows - first);
  const std::size_t width = at(c.hiddenSize);
  const float* x = cell.input + at(first) * width;
  float* packed = cell.buffers->normed.data() + at(first) * width;
  const auto epsilon = static_cast<float>(c.normEpsilon);
  if (m_group.plan->norm == NormKind::kRms) {
    m_kernels.rmsNormPack(x, width, count, c.hiddenSize, norm.weight.data(), epsilon, packed);
  } else {
    m_kernels.layerNormPack(x, width, count, c.hiddenSize, norm.weight.data(), norm.bias.data(), epsilon, packed);
  }
}

void CellRunner::queryKeyValue(const Cell& cell, const TileGrid& grid, int task) {
  const PackedLinear& linear = cell.weights->attentionIn;
  const float* bias = linear.biasOrNull();
  const std::size_t stride = at(linear.columns);
  product(cell, cell.buffers->normed.data(), linear, grid, task,
          [&](const float* tile, int row, int rows, int column, int columns) {
            m_kernels.storeRows(tile, kTileColumns, rows, columns, bias != nullptr ? bias + column : nullptr,
                                cell.buffers->qkv.data() + at(row) * stride + at(column), stride);
          });
}

void CellRunner::rotate(const Cell& cell, const TileGrid& grid, int task) {
  const ModelConfig& c = m_model.config;
  const int first = task * grid.rowsPerTask;
  const int last = std::min(m_group.rows, first + grid.rowsPerTask);
  const std::size_t dim = at(c.headDim);
  const std::size_t stride = at(c.heads + 2 * c.keyValueHeads) * dim;
  const std::size_t rowPanel = at(m_kernels.rowPanel);
  KeyValueStore& store = *cell.keyValues;
  const std::size_t keyHeadFloats = at(roundUp(store.capacity, m_kernels.rowPanel)) * dim;
  for (int row = first; row < last; ++row) {
    float* qkv = cell.buffers->qkv.data() + at(row) * stride;
    const std::size_t position = at(m_group.firstPosition + row);
    if (m_group.plan->rotary) {
      const float* cosine = m_model.cosine.data() + position * (dim / 2);
      const float* sine = m_model.sine.data() + position * (dim / 2);
      for (int head = 0; head < c.heads + c.keyValueHeads; ++head) {
        m_kernels.rotate(qkv + at(head) * dim, cosine, sine, c.headDim / 2);
      }
    }
    for (int head = 0; head < c.keyValueHeads; ++head) {
      const float* key = qkv + at(c.heads + head) * dim;
      float* packed =
          store.keys.data() + at(head) * keyHeadFloats + position / rowPanel * rowPanel * dim + position % rowPanel;
      for (std::size_t d = 0; d < dim; ++d) packed[d * rowPanel] = key[d];
      const float* value = qkv + at(c.heads + c.keyValueHeads + head) * dim;
      std::copy_n(value, dim, store.values.data() + (at(head) * at(store.capacity) + position) * dim);
    }
  }
}

void CellRunner::attend(const Cell& cell, const TileGrid& grid, int task) {
  const ModelConfig& c = m_model.config;
  const int panel = m_kernels.columnPanel;
  const int group = c.heads / c.keyValueHeads;
  const int columns = m_group.rows * group;
  const int blocks = ceilDiv(columns, panel);
  const std::size_t dim = at(c.headDim);
  const KeyValueStore& store = *cell.keyValues;
  const std::size_t keyHeadFloats = at(roundUp(store.capacity, m_kernels.rowPanel)) * dim;
  const int first = task * grid.columnsPerTask;
  const int last = std::min(blocks * c.keyValueHeads, first + grid.columnsPerTask);
  for (int unit = first; unit < last; ++unit) {
    const int head = unit / blocks;
    AttentionTile tile;
    tile.query = cell.buffers->qkv.data() + at(head * group) * dim;
    tile.queryStride = at(c.heads + 2 * c.keyValueHeads) * dim;
    tile.keys = store.keys.data() + at(head) * keyHeadFloats;
    tile.values = store.values.data() + at(head) * at(store.capacity) * dim;
    tile.headDim = c.headDim;
    tile.headsPerGroup = group;
    tile.firstColumn = (unit % blocks) * panel;
    tile.columnCount = std::min(panel, columns - tile.firstColumn);
    tile.firstPosition = m_group.firstPosition;
    tile.scale = 1.0f / std::sqrt(static_cast<float>(c.headDim));
    tile.output = cell.buffers->attended.data();
    tile.outputColumn = at(head * group) * dim;
    tile.outputK = at(c.heads) * dim;
    tile.scratch = cell.scratch->attention.data();
    m_kernels.attend(tile);
  }
}

void CellRunner::attentionOut(const Cell& cell, const TileGrid& grid, int task) {
  const PackedLinear& linear = cell.weights->attentionOut;
  const float* bias = linear.biasOrNull();
  const std::size_t width = at(m_model.config.hiddenSize);
  product(cell, cell.buffers->attended.data(), linear, grid, task,
          [&](const float* tile, int row, int rows, int column, int columns) {
            float* x = cell.input + at(row) * width + at(column);
            m_kernels.addRows(tile, kTileColumns, rows, columns, bias != nullptr ? bias + column : nullptr, x, width, x,
                              width);
          });
}

void CellRunner::mlpIn(const Cell& cell, const TileGrid& grid, int task) {
  const PackedLinear& linear = cell.weights->mlpIn;
  const int width = m_model.config.intermediateSize;
  const int panel = m_kernels.columnPanel;
  float* gated = cell.buffers->gated.data();
  const auto packAt = [&](const float* block, int row, int rows, int column, int columns) {
    m_kernels.packRows(block, kTileColumns, rows, columns,
                       gated + at(row) * at(width) + at(column) * at(m_kernels.rowPanel), at(width));
  };
  product(cell, cell.buffers->normed.data(), linear, grid, task,
          [&](float* tile, int row, int rows, int column, int columns) {
            if (m_group.plan->activation == Activation::kGelu) {
              const float* bias = linear.biasOrNull();
              m_kernels.gelu(tile, kTileColumns, rows, columns, bias != nullptr ? bias + column : nullptr);
              packAt(tile, row, rows, column, columns);
              return;
            }
            for (int pair = 0; pair < columns; pair += 2 * panel) {  // gate panel, up panel
              const int outColumn = (column + pair) / 2;
              const int count = std::min(panel, width - outColumn);
              m_kernels.swiGlu(tile + pair, tile + pair + panel, kTileColumns, rows, count);
              packAt(tile + pair, row, rows, outColumn, count);
            }
          });
}

void CellRunner::mlpOut(const Cell& cell, const TileGrid& grid, int task) {
  const PackedLinear& linear = cell.weights->mlpOut;
  const float* bias = linear.biasOrNull();
  const std::size_t width = at(m_model.config.hiddenSize);
  product(cell, cell.buffers->gated.data(), linear, grid, task,
          [&](const float* tile, int row, int rows, int column, int columns) {
            const std::size_t offset = at(row) * width + at(column);
            m_kernels.addRows(tile, kTileColumns, rows, columns, bias != nullptr ? bias + column : nullptr,
                              cell.input + offset, width, cell.output + offset, width);
          });
}

}  // namespace tidemark::cpu
