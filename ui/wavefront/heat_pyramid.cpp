#include "ui/wavefront/heat_pyramid.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tidemark::ui {
namespace {

constexpr std::uint16_t kNothing = 65535;
constexpr float kScale = 65534.0F;

}  // namespace

void HeatPyramid::clear(int layers) {
  m_rows.clear();
  m_rows.resize(static_cast<std::size_t>(std::max(0, layers)));
}

void HeatPyramid::set(std::int64_t segment, int layer, float value) {
  if (segment < 0 || layer < 0 || layer >= layers()) return;
  Row& row = m_rows[static_cast<std::size_t>(layer)];
  const auto place = static_cast<std::size_t>(segment);
  if (place >= row.leaves.size()) row.leaves.resize(place + 1, kNothing);
  const bool present = !std::isnan(value);
  row.leaves[place] = present ? static_cast<std::uint16_t>(std::clamp(value, 0.0F, 1.0F) * kScale + 0.5F) : kNothing;
  const bool clean = row.dirtyFirst == row.dirtyEnd;
  row.dirtyFirst = clean ? segment : std::min(row.dirtyFirst, segment);
  row.dirtyEnd = clean ? segment + 1 : std::max(row.dirtyEnd, segment + 1);
}

HeatPyramid::Node HeatPyramid::nodeAt(const Row& row, int level, std::int64_t column) {
  const auto place = static_cast<std::size_t>(column);
  if (level > 0) {
    const auto& nodes = row.above[static_cast<std::size_t>(level - 1)];
    return place < nodes.size() ? nodes[place] : Node{};
  }
  const std::uint16_t leaf = place < row.leaves.size() ? row.leaves[place] : kNothing;
  return leaf == kNothing ? Node{} : Node{1, leaf, leaf};
}

void HeatPyramid::settle(Row& row) {
  if (row.dirtyFirst == row.dirtyEnd) return;
  std::int64_t first = row.dirtyFirst;
  std::int64_t end = row.dirtyEnd;
  row.dirtyFirst = 0;
  row.dirtyEnd = 0;
  auto below = static_cast<std::int64_t>(row.leaves.size());
  for (int level = 1; below > 1; ++level) {
    const std::int64_t columns = (below + 1) / 2;
    first /= 2;
    end = (end + 1) / 2;
    if (static_cast<std::size_t>(level) > row.above.size()) {
      row.above.emplace_back();
      first = 0;  // a new level begins with the sums of everything that is there already
      end = columns;
    }
    auto& nodes = row.above[static_cast<std::size_t>(level - 1)];
    nodes.resize(static_cast<std::size_t>(columns));
    for (std::int64_t column = first; column < end; ++column) {
      const Node a = nodeAt(row, level - 1, 2 * column);
      const Node b = nodeAt(row, level - 1, 2 * column + 1);
      Node sum{a.count + b.count, 0, std::max(a.maximum, b.maximum)};
      if (sum.count > 0) {
        const std::uint64_t total =
            static_cast<std::uint64_t>(a.mean) * a.count + static_cast<std::uint64_t>(b.mean) * b.count;
        sum.mean = static_cast<std::uint16_t>((total + sum.count / 2) / sum.count);
      }
      nodes[static_cast<std::size_t>(column)] = sum;
    }
    below = columns;
  }
}

void HeatPyramid::settle() {
  for (Row& row : m_rows) settle(row);
}

void HeatPyramid::truncate(std::int64_t segment) {
  const std::int64_t kept = std::max<std::int64_t>(0, segment);
  for (Row& row : m_rows) {
    if (kept >= static_cast<std::int64_t>(row.leaves.size())) continue;
    row.leaves.resize(static_cast<std::size_t>(kept));
    std::int64_t columns = kept;
    std::size_t levels = 0;
    for (; columns > 1; ++levels) columns = (columns + 1) / 2;
    row.above.resize(std::min(levels, row.above.size()));
    row.dirtyEnd = std::min(row.dirtyEnd, kept);
    row.dirtyFirst = std::min(row.dirtyFirst, row.dirtyEnd);
    if (kept == 0) continue;
    // The last column of each level lost its right half.
    if (row.dirtyFirst == row.dirtyEnd) row.dirtyFirst = kept - 1;
    row.dirtyEnd = kept;
  }
  settle();
}

int HeatPyramid::levels() const {
  int levels = 0;
  for (const Row& row : m_rows) {
    if (!row.leaves.empty()) levels = std::max(levels, 1 + static_cast<int>(row.above.size()));
  }
  return levels;
}

float HeatPyramid::value(std::int64_t segment, int layer) const {
  if (segment >= 0 && layer >= 0 && layer < layers()) {
    const auto& leaves = m_rows[static_cast<std::size_t>(layer)].leaves;
    const auto place = static_cast<std::size_t>(segment);
    if (place < leaves.size() && leaves[place] != kNothing) return static_cast<float>(leaves[place]) / kScale;
  }
  return std::numeric_limits<float>::quiet_NaN();
}

HeatSample HeatPyramid::sample(int level, std::int64_t column, int layer) const {
  if (column < 0 || level < 0 || layer < 0 || layer >= layers()) return {};
  const Row& row = m_rows[static_cast<std::size_t>(layer)];
  const int present = std::min(level, static_cast<int>(row.above.size()));
  const Node node = nodeAt(row, present, level > present ? column << (level - present) : column);
  return {static_cast<float>(node.mean) / kScale, static_cast<float>(node.maximum) / kScale, node.count};
}

}  // namespace tidemark::ui
