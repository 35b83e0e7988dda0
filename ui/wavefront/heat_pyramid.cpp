#include "ui/wavefront/heat_pyramid.h"

#include <algorithm>
#include <cmath>

namespace tidemark::ui {
namespace {

constexpr float kScale = 65535.0F;

}  // namespace

void HeatPyramid::clear(int layers) {
  m_layers = layers;
  m_levels.clear();
}

std::int64_t HeatPyramid::columns(int level) const {
  return static_cast<std::int64_t>(m_levels[static_cast<std::size_t>(level)].size()) / m_layers;
}

void HeatPyramid::set(std::int64_t segment, int layer, float value) {
  if (segment < 0 || layer < 0 || layer >= m_layers) return;
  if (m_levels.empty()) m_levels.emplace_back();
  if (segment >= columns(0)) m_levels[0].resize(static_cast<std::size_t>((segment + 1) * m_layers));
  Node& leaf = m_levels[0][static_cast<std::size_t>(segment * m_layers + layer)];
  leaf = {};
  if (!std::isnan(value)) {
    const auto stored = static_cast<std::uint16_t>(std::clamp(value, 0.0F, 1.0F) * kScale + 0.5F);
    leaf = {1, stored, stored};
  }
  while (columns(levels() - 1) > 1) {
    // A level above begins with the sums of everything that is there already.
    const std::int64_t wanted = (columns(levels() - 1) + 1) / 2;
    m_levels.emplace_back(static_cast<std::size_t>(wanted * m_layers));
    for (std::int64_t c = 0; c < wanted; ++c) {
      for (int l = 0; l < m_layers; ++l) refresh(levels() - 1, c, l);
    }
  }
  for (int level = 1; level < levels(); ++level) {
    const std::int64_t column = segment >> level;
    auto& nodes = m_levels[static_cast<std::size_t>(level)];
    if (column >= columns(level)) nodes.resize(static_cast<std::size_t>((column + 1) * m_layers));
    refresh(level, column, layer);
  }
}

void HeatPyramid::refresh(int level, std::int64_t column, int layer) {
  const auto& below = m_levels[static_cast<std::size_t>(level - 1)];
  const auto at = [&](std::int64_t c) {
    const auto place = static_cast<std::size_t>(c * m_layers + layer);
    return place < below.size() ? below[place] : Node{};
  };
  const Node a = at(2 * column);
  const Node b = at(2 * column + 1);
  Node& sum = m_levels[static_cast<std::size_t>(level)][static_cast<std::size_t>(column * m_layers + layer)];
  sum.count = a.count + b.count;
  sum.maximum = std::max(a.maximum, b.maximum);
  if (sum.count == 0) {
    sum.mean = 0;
    return;
  }
  const double total = static_cast<double>(a.mean) * a.count + static_cast<double>(b.mean) * b.count;
  sum.mean = static_cast<std::uint16_t>(total / sum.count + 0.5);
}

void HeatPyramid::truncate(std::int64_t segment) {
  if (m_levels.empty() || segment >= columns(0)) return;
  if (segment <= 0) return clear(m_layers);
  m_levels[0].resize(static_cast<std::size_t>(segment * m_layers));
  for (int level = 1; level < levels(); ++level) {
    const std::int64_t last = (segment - 1) >> level;
    m_levels[static_cast<std::size_t>(level)].resize(static_cast<std::size_t>((last + 1) * m_layers));
    for (int l = 0; l < m_layers; ++l) refresh(level, last, l);
  }
}

HeatSample HeatPyramid::sample(int level, std::int64_t column, int layer) const {
  if (m_levels.empty() || column < 0 || layer < 0 || layer >= m_layers) return {};
  const int present = std::min(level, levels() - 1);
  const std::int64_t c = level > present ? column << (level - present) : column;
  if (c >= columns(present)) return {};
  const Node& node = m_levels[static_cast<std::size_t>(present)][static_cast<std::size_t>(c * m_layers + layer)];
  return {static_cast<float>(node.mean) / kScale, static_cast<float>(node.maximum) / kScale, node.count};
}

}  // namespace tidemark::ui
