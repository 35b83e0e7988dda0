#include "engine/service/memory_diff.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>

namespace tidemark {
namespace {

constexpr std::int64_t kBlock = 512;  // segments that are held at a time

struct Distance {
  double between = 0;
  double first = 0;
  double second = 0;
};

double lengthOf(double sumOfSquares) {
  return std::sqrt(sumOfSquares);
}

/// An empty span counts as zeros.
Distance distanceOf(std::span<const float> first, std::span<const float> second) {
  Distance sum;
  for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
    const double a = first.empty() ? 0.0 : static_cast<double>(first[i]);
    const double b = second.empty() ? 0.0 : static_cast<double>(second[i]);
    // Equal ones first: the difference of two infinities is no number.
    const double difference = a == b ? 0.0 : b - a;
    sum.between += difference * difference;
    sum.first += a * a;
    sum.second += b * b;
  }
  return {lengthOf(sum.between), lengthOf(sum.first), lengthOf(sum.second)};
}

Error wrongShape(const std::string& what, std::size_t has, std::size_t wants) {
  return makeError(ErrorCode::kMismatch, "a memory has " + std::to_string(has) + " " + what + " and its model " +
                                             std::to_string(wants) +
                                             ": the session is damaged or belongs to another model");
}

Result<std::span<const float>> valuesOf(const LayerMemory& layer, std::size_t wanted) {
  if (!layer.written) return std::span<const float>{};
  if (layer.values.size() != wanted) return wrongShape("numbers in a layer", layer.values.size(), wanted);
  return std::span<const float>(layer.values);
}

bool sameNumbers(const CellMetricsRecord& a, const CellMetricsRecord& b) {
  const auto bits = [](float value) { return std::bit_cast<std::uint32_t>(value); };
  return a.segment == b.segment && a.layer == b.layer && bits(a.novelty) == bits(b.novelty) &&
         bits(a.writeStrength) == bits(b.writeStrength) && bits(a.relativeChange) == bits(b.relativeChange);
}

/// The first segment in [begin, end) of which tokens differ; `unknown` becomes true if some has none.
Result<std::optional<std::int64_t>> firstDifferentTokens(const ReadingPart& first, const ReadingPart& second,
                                                         std::int64_t begin, std::int64_t end, bool& unknown) {
  const auto a = first.store.segments(begin, end);
  if (!a) return a.error();
  const auto b = second.store.segments(begin, end);
  if (!b) return b.error();
  for (std::int64_t segment = begin; segment < end; ++segment) {
    const auto i = static_cast<std::size_t>(segment - begin);
    const auto isKnown = [&](const std::vector<SegmentRecord>& all) {
      return i < all.size() && all[i].index == segment && !all[i].tokens.empty();
    };
    if (!isKnown(*a) || !isKnown(*b)) {
      unknown = true;
      return std::optional<std::int64_t>();
    }
    if ((*a)[i].tokens != (*b)[i].tokens) return std::optional(segment);
  }
  return std::optional<std::int64_t>();
}

Result<std::optional<std::int64_t>> firstDifferentMetrics(const ReadingPart& first, const ReadingPart& second,
                                                          std::int64_t begin, std::int64_t end, bool& unknown) {
  const auto a = first.store.metrics(begin, end);
  if (!a) return a.error();
  const auto b = second.store.metrics(begin, end);
  if (!b) return b.error();
  const auto cells = static_cast<std::size_t>(end - begin) * static_cast<std::size_t>(first.store.model().layers);
  for (std::size_t i = 0; i < std::min(a->size(), b->size()); ++i) {
    if (!sameNumbers((*a)[i], (*b)[i])) return std::optional(std::min((*a)[i].segment, (*b)[i].segment));
  }
  unknown = a->size() != cells || b->size() != cells;
  return std::optional<std::int64_t>();
}

/// Cells of [begin, end), one place for each segment.
Result<std::vector<std::optional<SegmentWrite>>> writesOf(const ReadingPart& part, std::int64_t begin,
                                                          std::int64_t end) {
  std::vector<std::optional<SegmentWrite>> writes(static_cast<std::size_t>(end - begin));
  const auto cells = part.store.metrics(begin, std::min(end, part.segments));
  if (!cells) return cells.error();
  std::vector<int> counts(writes.size());
  for (const CellMetricsRecord& cell : *cells) {
    const auto i = static_cast<std::size_t>(cell.segment - begin);
    SegmentWrite& write = writes[i] ? *writes[i] : writes[i].emplace();
    write.novelty += static_cast<double>(cell.novelty);
    write.writeStrength += static_cast<double>(cell.writeStrength);
    write.relativeChange += static_cast<double>(cell.relativeChange);
    ++counts[i];
  }
  for (std::size_t i = 0; i < writes.size(); ++i) {
    if (!writes[i]) continue;
    writes[i]->novelty /= counts[i];
    writes[i]->writeStrength /= counts[i];
    writes[i]->relativeChange /= counts[i];
  }
  return writes;
}

}  // namespace

double LayerDifference::relative() const {
  return matrix == 0 ? 0.0 : matrix / std::max(matrixFirst, matrixSecond);
}

double LayerDifference::relativeKeySum() const {
  return keySum == 0 ? 0.0 : keySum / std::max(keySumFirst, keySumSecond);
}

Result<std::vector<LayerDifference>> compareMemories(const ModelIdentity& model, const MemorySnapshot& first,
                                                     const MemorySnapshot& second) {
  const auto layers = static_cast<std::size_t>(std::max(model.layers, 0));
  for (const MemorySnapshot* memory : {&first, &second}) {
    if (memory->layers.size() != layers) return wrongShape("layers", memory->layers.size(), layers);
  }
  const auto heads = static_cast<std::size_t>(std::max(model.memoryHeads, 1));
  const auto keySums = static_cast<std::size_t>(std::max(model.keyWidth, 0));
  const std::size_t matrix = keySums * (static_cast<std::size_t>(std::max(model.hiddenSize, 0)) / heads);
  std::vector<LayerDifference> differences;
  for (std::size_t layer = 0; layer < layers; ++layer) {
    const auto a = valuesOf(first.layers[layer], matrix + keySums);
    if (!a) return a.error();
    const auto b = valuesOf(second.layers[layer], matrix + keySums);
    if (!b) return b.error();
    const auto matrixOf = [&](std::span<const float> values) { return values.first(std::min(matrix, values.size())); };
    const auto keySumOf = [&](std::span<const float> values) {
      return values.subspan(std::min(matrix, values.size()));
    };
    const Distance w = distanceOf(matrixOf(*a), matrixOf(*b));
    const Distance z = distanceOf(keySumOf(*a), keySumOf(*b));
    differences.push_back({w.between, w.first, w.second, z.between, z.first, z.second});
  }
  return differences;
}

Result<ReadingDifference> compareReadings(const ReadingPart& first, const ReadingPart& second) {
  const std::int64_t common = std::min(first.segments, second.segments);
  for (const ReadingBasis basis : {ReadingBasis::kTokens, ReadingBasis::kCellMetrics}) {
    const auto find = basis == ReadingBasis::kTokens ? firstDifferentTokens : firstDifferentMetrics;
    bool unknown = false;
    for (std::int64_t begin = 0; begin < common && !unknown; begin += kBlock) {
      const auto found = find(first, second, begin, std::min(begin + kBlock, common), unknown);
      if (!found) return found.error();
      if (found->has_value()) return ReadingDifference{basis, *found};
    }
    if (unknown) continue;
    if (first.segments == second.segments) return ReadingDifference{basis, std::nullopt};
    return ReadingDifference{basis, common};
  }
  return ReadingDifference{};
}

Result<std::vector<SegmentDifference>> compareWrites(const ReadingPart& first, const ReadingPart& second,
                                                     std::int64_t from) {
  const std::int64_t end = std::max(first.segments, second.segments);
  std::vector<SegmentDifference> differences;
  for (std::int64_t begin = from; begin < end; begin += kBlock) {
    const std::int64_t blockEnd = std::min(begin + kBlock, end);
    const auto a = writesOf(first, begin, blockEnd);
    if (!a) return a.error();
    const auto b = writesOf(second, begin, blockEnd);
    if (!b) return b.error();
    for (std::size_t i = 0; i < a->size(); ++i) {
      if (!(*a)[i] && !(*b)[i]) continue;
      differences.push_back({begin + static_cast<std::int64_t>(i), (*a)[i], (*b)[i]});
    }
  }
  return differences;
}

}  // namespace tidemark
