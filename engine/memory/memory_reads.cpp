#include "engine/memory/memory_reads.h"

namespace tidemark {
namespace {

std::size_t product(int a, int b) {
  return static_cast<std::size_t>(a) * static_cast<std::size_t>(b);
}

}  // namespace

void MemoryReads::reset(const ModelConfig& config) {
  m_rows = 0;
  m_layers.assign(static_cast<std::size_t>(config.layers), Layer{});
}

void MemoryReads::grow(const ModelConfig& config, int rows) {
  m_rows += rows;
  for (Layer& layer : m_layers) {
    layer.queries.resize(product(m_rows, config.memory->dMem));
    layer.denominators.resize(product(m_rows, config.memory->heads), 1.0f);
    layer.readouts.resize(product(m_rows, config.hiddenSize));
    layer.rows.resize(product(m_rows, config.hiddenSize));
  }
}

MemoryReadTrace MemoryReads::place(const ModelConfig& config, int layer, int firstRow) {
  Layer& l = m_layers[static_cast<std::size_t>(layer)];
  return {l.queries.data() + product(firstRow, config.memory->dMem),
          l.denominators.data() + product(firstRow, config.memory->heads),
          l.readouts.data() + product(firstRow, config.hiddenSize),
          l.rows.data() + product(firstRow, config.hiddenSize)};
}

}  // namespace tidemark
