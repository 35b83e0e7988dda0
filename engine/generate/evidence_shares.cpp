#include "engine/generate/evidence_shares.h"

#include <cmath>

#include "engine/base/check.h"

namespace tidemark {
namespace {

std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

/// One fixed tree of eight lanes: vectors for the compiler, the same bits everywhere.
double dot(std::span<const float> a, std::span<const float> b) {
  double lanes[8] = {};
  std::size_t i = 0;
  for (; i + 8 <= a.size(); i += 8) {
    for (std::size_t lane = 0; lane < 8; ++lane) {
      lanes[lane] += static_cast<double>(a[i + lane]) * static_cast<double>(b[i + lane]);
    }
  }
  for (std::size_t lane = 0; i < a.size(); ++i, ++lane)
    lanes[lane] += static_cast<double>(a[i]) * static_cast<double>(b[i]);
  return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6])) + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
}

}  // namespace

ShareCalculator::ShareCalculator(const ModelConfig& config, const MemoryReads& reads, int firstRow, int endRow)
    : m_config(config), m_rows(endRow - firstRow) {
  TM_CHECK(firstRow >= 0 && firstRow <= endRow && endRow <= reads.rows(), std::to_string(endRow));
  const MemoryConfig& memory = *config.memory;
  const std::size_t heads = at(memory.heads);
  const std::size_t keyWidth = at(memory.keyWidth());
  const std::size_t width = at(config.hiddenSize);
  const std::size_t headWidth = width / heads;
  m_features.resize(at(config.layers) * at(m_rows) * keyWidth);
  m_readouts.resize(at(config.layers) * at(m_rows) * width);
  for (int row = firstRow; row < endRow; ++row) {
    for (int layer = 0; layer < config.layers; ++layer) {
      const MemoryReads::Layer& read = reads.layers()[at(layer)];
      const std::size_t place = at(layer) * at(m_rows) + at(row - firstRow);
      memoryFeatures(memory, std::span(read.queries).subspan(at(row) * at(memory.dMem), at(memory.dMem)),
                     std::span(m_features).subspan(place * keyWidth, keyWidth));
      for (std::size_t head = 0; head < heads; ++head) {
        const std::size_t column = at(row) * width + head * headWidth;
        const auto readout = std::span(read.readouts).subspan(column, headWidth);
        const auto before = std::span(read.rows).subspan(column, headWidth);
        std::copy(readout.begin(), readout.end(),
                  m_readouts.begin() + static_cast<std::ptrdiff_t>(place * width + head * headWidth));
        const double squares = dot(readout, readout);
        const double denominator = static_cast<double>(read.denominators[at(row) * heads + head]);
        m_places.push_back({row, layer, static_cast<int>(head)});
        m_factors.push_back(squares > 0 ? 1.0 / (denominator * squares) : 0.0);
        m_readoutNorms.push_back(std::sqrt(squares));
        m_rowNorms.push_back(std::sqrt(dot(before, before)));
      }
    }
  }
}

void ShareCalculator::sharesOf(const SegmentWrites& writes, std::span<double> shares) const {
  TM_CHECK(shares.size() == m_places.size(), std::to_string(shares.size()));
  const MemoryConfig& memory = *m_config.memory;
  const std::size_t heads = at(memory.heads);
  const std::size_t keyWidth = at(memory.keyWidth());
  const std::size_t headKeys = keyWidth / heads;
  const std::size_t width = at(m_config.hiddenSize);
  const std::size_t headWidth = width / heads;
  const std::size_t tokens = at(memory.memoryTokens);
  std::vector<float> keys(tokens * keyWidth);
  for (std::size_t layer = 0; layer < at(m_config.layers); ++layer) {
    for (std::size_t m = 0; m < tokens; ++m) {
      memoryFeatures(memory, std::span(writes.keys).subspan((layer * tokens + m) * at(memory.dMem), at(memory.dMem)),
                     std::span(keys).subspan(m * keyWidth, keyWidth));
    }
    for (std::size_t row = 0; row < at(m_rows); ++row) {
      const std::size_t read = layer * at(m_rows) + row;
      for (std::size_t head = 0; head < heads; ++head) {
        const auto query = std::span(m_features).subspan(read * keyWidth + head * headKeys, headKeys);
        const auto readout = std::span(m_readouts).subspan(read * width + head * headWidth, headWidth);
        double sum = 0;
        for (std::size_t m = 0; m < tokens; ++m) {
          const auto key = std::span<const float>(keys).subspan(m * keyWidth + head * headKeys, headKeys);
          const auto value =
              std::span(writes.values).subspan((layer * tokens + m) * width + head * headWidth, headWidth);
          sum += dot(query, key) * dot(value, readout);
        }
        const std::size_t place = (row * at(m_config.layers) + layer) * heads + head;
        shares[place] = sum * m_factors[place];
      }
    }
  }
}

}  // namespace tidemark
