// The associative memory on the CPU: ARMT (arXiv 2407.04841), associate() and update_mem() of the public code, as
// armt_numpy.py states them. W_mem is [K_h, D_h] per memory head, z [K_h]; K_h = keyWidth / heads, D_h = D / heads.

#include <algorithm>
#include <cmath>

#include "engine/backend/cpu/cpu_cells.h"
#include "engine/base/numeric.h"

namespace tidemark::cpu {
namespace {

constexpr float kDenominatorEpsilon = 1e-5f;

}  // namespace

/// features [rows][keyWidth] = phi(rows W^T), head by head. `query` holds [rows][round up d_mem].
void CellRunner::recallFeatures(const PackedLinear& projection, const float* packedRows, int rows, float* query,
                                float* features) {
  const MemoryConfig& m = *m_model.config.memory;
  const std::size_t stride = at(roundUp(m.dMem, m_kernels.columnPanel));
  m_kernels.multiply(packedRows, projection.panels.data(), rows, m.dMem, projection.depth, query, stride);
  const int perHead = m.dMem / m.heads;
  const std::size_t keysPerHead = at(m.keyWidth() / m.heads);
  for (int row = 0; row < rows; ++row) {
    for (int head = 0; head < m.heads; ++head) {
      m_kernels.dpfp(query + at(row) * stride + at(head * perHead), perHead, m.normalizeKeys,
                     features + at(row) * at(m.keyWidth()) + at(head) * keysPerHead);
    }
  }
}

/// Rows as recallFeatures leaves them, without what fills their last panel.
void CellRunner::copyQueries(const float* query, int rows, float* out) const {
  const int width = m_model.config.memory->dMem;
  const std::size_t stride = at(roundUp(width, m_kernels.columnPanel));
  for (int row = 0; row < rows; ++row) std::copy_n(query + at(row) * stride, width, out + at(row) * at(width));
}

void CellRunner::memoryRead(const Cell& cell, const TileGrid& grid, int task) {
  if (!cell.memory->written) return;
  const ModelConfig& c = m_model.config;
  const MemoryConfig& m = *c.memory;
  WorkerScratch& s = *cell.scratch;
  const std::size_t width = at(c.hiddenSize);
  const int keysPerHead = m.keyWidth() / m.heads;
  const int valuesPerHead = c.hiddenSize / m.heads;
  const std::size_t headFloats = at(roundUp(valuesPerHead, m_kernels.columnPanel)) * at(keysPerHead);
  const MemoryReadTrace* trace = m_group.reads.empty() ? nullptr : &m_group.reads[at(cell.index)];
  const int last = std::min(m_group.rows, (task + 1) * grid.rowsPerTask);
  for (int row = task * grid.rowsPerTask; row < last; row += kRecallRows) {
    const int rows = std::min(kRecallRows, last - row);
    float* hidden = cell.input + at(row) * width;
    if (trace != nullptr) std::copy_n(hidden, at(rows) * width, trace->rows + at(row) * width);
    m_kernels.packRows(hidden, width, rows, c.hiddenSize, s.recallRows.data(), width);
    recallFeatures(cell.weights->memory->query, s.recallRows.data(), rows, s.recallQuery.data(), s.features.data());
    if (trace != nullptr) copyQueries(s.recallQuery.data(), rows, trace->queries + at(row) * at(m.dMem));
    for (int head = 0; head < m.heads; ++head) {
      const float* features = s.features.data() + at(head * keysPerHead);
      const float* z = cell.memory->normalizer.data() + at(head * keysPerHead);
      for (int r = 0; r < rows; ++r) {
        s.denominator.data()[r] =
            m_kernels.dot(features + at(r) * at(m.keyWidth()), z, keysPerHead) + kDenominatorEpsilon;
      }
      if (trace != nullptr) {
        for (int r = 0; r < rows; ++r) {
          trace->denominators[at(row + r) * at(m.heads) + at(head)] = m.useDenominator ? s.denominator.data()[r] : 1.0f;
        }
      }
      m_kernels.packRows(features, at(m.keyWidth()), rows, keysPerHead, s.packedKeys.data(), at(keysPerHead));
      for (int column = 0; column < valuesPerHead; column += kTileColumns) {
        const int columns = std::min(kTileColumns, valuesPerHead - column);
        m_kernels.multiply(s.packedKeys.data(),
                           cell.memory->weights.data() + at(head) * headFloats + at(column) * at(keysPerHead), rows,
                           columns, keysPerHead, s.tile.data(), kTileColumns);
        const float* denominator = m.useDenominator ? s.denominator.data() : nullptr;
        m_kernels.addQuotient(s.tile.data(), kTileColumns, rows, columns, denominator,
                              hidden + head * valuesPerHead + column, width);
        if (trace == nullptr) continue;
        for (int r = 0; r < rows; ++r) {
          float* readout = trace->readouts + at(row + r) * width + at(head * valuesPerHead + column);
          const float* sums = s.tile.data() + at(r) * at(kTileColumns);
          for (int j = 0; j < columns; ++j) readout[j] = denominator != nullptr ? sums[j] / denominator[r] : sums[j];
        }
      }
    }
  }
}

/// Keys, their denominators, gamma, beta and z of the M rows that are written.
void CellRunner::memoryKeys(const Cell& cell) {
  const ModelConfig& c = m_model.config;
  const MemoryConfig& m = *c.memory;
  CellBuffers& b = *cell.buffers;
  WorkerScratch& s = *cell.scratch;
  const PackedMemoryWeights& weights = *cell.weights->memory;
  const int rows = m.memoryTokens;
  const std::size_t width = at(c.hiddenSize);
  const int keysPerHead = m.keyWidth() / m.heads;
  const std::size_t keyStride = at(m.keyWidth());

  m_kernels.packRows(cell.output + at(m_group.rows - rows) * width, width, rows, c.hiddenSize, b.written.data(), width);
  const std::size_t betaStride = at(roundUp(weights.beta.columns, m_kernels.columnPanel));
  m_kernels.multiply(b.written.data(), weights.beta.panels.data(), rows, weights.beta.columns, c.hiddenSize,
                     b.beta.data(), betaStride);
  m_kernels.sigmoidRows(b.beta.data(), betaStride, rows, weights.beta.columns, weights.beta.biasOrNull());
  for (int row = 0; row < rows; row += kRecallRows) {
    const int count = std::min(kRecallRows, rows - row);
    recallFeatures(weights.key, b.written.data() + at(row) * width, count, s.recallQuery.data(),
                   b.features.data() + at(row) * keyStride);
    if (!m_group.writes.empty()) {
      copyQueries(s.recallQuery.data(), count, m_group.writes[at(cell.index)].keys + at(row) * at(m.dMem));
    }
  }

  double novelty = 0;
  for (int head = 0; head < m.heads; ++head) {
    float* z = cell.memory->normalizer.data() + at(head * keysPerHead);
    const float* features = b.features.data() + at(head * keysPerHead);
    float* denominator = b.denominator.data() + at(head * rows);
    for (int r = 0; r < rows; ++r) {
      denominator[r] = m_kernels.dot(features + at(r) * keyStride, z, keysPerHead) + kDenominatorEpsilon;
    }
    for (int r = 0; r < rows; ++r) {
      const float* key = features + at(r) * keyStride;
      float gamma = 1.0f;
      if (cell.memory->written && m.correction && m.useDenominator) {
        const float length = m_kernels.dot(key, key, keysPerHead) + (m.normalizeKeys ? 0.0f : kDenominatorEpsilon);
        gamma = std::clamp(1.0f - denominator[r] / length, 0.0f, 1.0f);
      }
      novelty += static_cast<double>(gamma);
      m_kernels.addScaled(z, gamma, key, keysPerHead);
    }
    if (cell.memory->written) {
      m_kernels.packRows(features, keyStride, rows, keysPerHead,
                         b.packedKeys.data() + at(head) * at(roundUp(rows, m_kernels.rowPanel)) * at(keysPerHead),
                         at(keysPerHead));
    }
  }
  double strength = 0;
  for (int r = 0; r < rows; ++r) {
    for (int j = 0; j < weights.beta.columns; ++j)
      strength += static_cast<double>(b.beta.data()[at(r) * betaStride + at(j)]);
  }
  b.meanNovelty = static_cast<float>(novelty / (static_cast<double>(rows) * m.heads));
  b.meanBeta = static_cast<float>(strength / (static_cast<double>(rows) * weights.beta.columns));
}

void CellRunner::memoryValues(const Cell& cell, const TileGrid& grid, int task) {
  const ModelConfig& c = m_model.config;
  const int heads = c.memory->heads;
  const int panelsPerHead = ceilDiv(c.hiddenSize / heads, m_kernels.columnPanel);
  const int last = std::min(heads * panelsPerHead, (task + 1) * grid.columnsPerTask);
  for (int unit = task * grid.columnsPerTask; unit < last; ++unit) {
    memoryValuePanel(cell, unit / panelsPerHead, unit % panelsPerHead);
  }
}

/// One column panel of W_mem += sum over rows of k^T (beta (v - v_old)).
void CellRunner::memoryValuePanel(const Cell& cell, int head, int panel) {
  const ModelConfig& c = m_model.config;
  const MemoryConfig& m = *c.memory;
  CellBuffers& b = *cell.buffers;
  const PackedMemoryWeights& weights = *cell.weights->memory;
  const int columns = m_kernels.columnPanel;
  const int rows = m.memoryTokens;
  const int keysPerHead = m.keyWidth() / m.heads;
  const int valuesPerHead = c.hiddenSize / m.heads;
  const int panelsPerHead = ceilDiv(valuesPerHead, columns);
  const int unit = head * panelsPerHead + panel;
  const std::size_t panelFloats = at(keysPerHead) * at(columns);
  float* values = cell.scratch->memoryTile.data();
  float* old = values + at(rows) * at(columns);
  float* change = old + at(rows) * at(columns);
  float* memory = cell.memory->weights.data() + at(unit) * panelFloats;

  m_kernels.multiply(b.written.data(), weights.value.panels.data() + at(unit) * at(c.hiddenSize) * at(columns), rows,
                     columns, c.hiddenSize, values, at(columns));
  if (cell.memory->written) {
    m_kernels.multiply(b.packedKeys.data() + at(head) * at(roundUp(rows, m_kernels.rowPanel)) * at(keysPerHead), memory,
                       rows, columns, keysPerHead, old, at(columns));
  }
  const std::size_t betaStride = at(roundUp(weights.beta.columns, columns));
  const float* denominator = b.denominator.data() + at(head * rows);
  for (int r = 0; r < rows; ++r) {
    const float* beta = b.beta.data() + at(r) * betaStride;
    float* value = values + at(r) * at(columns);
    for (int j = 0; j < columns; ++j) {
      float recalled = 0.0f;
      if (cell.memory->written) {
        recalled = old[at(r) * at(columns) + at(j)];
        if (m.useDenominator) recalled /= denominator[r];
      }
      const int channel = panel * columns + j;
      const float gate = !m.gating                 ? beta[head]
                         : channel < valuesPerHead ? beta[head * valuesPerHead + channel]
                                                   : 0.0f;  // padding behind the head's last column
      value[j] = gate * (value[j] - recalled);
    }
  }
  if (!m_group.writes.empty()) {
    const int count = std::min(columns, valuesPerHead - panel * columns);
    float* trace = m_group.writes[at(cell.index)].values + head * valuesPerHead + panel * columns;
    for (int r = 0; r < rows; ++r) std::copy_n(values + at(r) * at(columns), count, trace + at(r) * at(c.hiddenSize));
  }
  m_kernels.outerProduct(b.features.data() + at(head * keysPerHead), at(m.keyWidth()), values, rows, keysPerHead,
                         change);
  const std::size_t sums = at(unit * (columns / kLanes));
  m_kernels.accumulate(memory, change, keysPerHead, &b.deltaSquares[sums], &b.squares[sums]);
}

void CellRunner::memoryMetrics(const Cell& cell) {
  const CellBuffers& b = *cell.buffers;
  double delta = 0;
  double total = 0;
  for (std::size_t i = 0; i < b.squares.size(); ++i) {
    delta += b.deltaSquares[i];
    total += b.squares[i];
  }
  cell.memory->written = true;
  if (!m_metrics.empty()) {
    m_metrics[at(cell.index)] = {b.meanNovelty, b.meanBeta,
                                 total > 0 ? static_cast<float>(std::sqrt(delta / total)) : 0.0f};
  }
}

}  // namespace tidemark::cpu
