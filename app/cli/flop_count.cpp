#include "app/cli/flop_count.h"

#include "engine/base/check.h"

namespace tidemark::cli {
namespace {

std::uint64_t size(std::int64_t n) {
  return static_cast<std::uint64_t>(n);
}

/// q, k, v, output and feed-forward of one layer.
std::uint64_t countProjections(const ModelConfig& config, std::uint64_t rows) {
  const std::uint64_t queries = size(config.heads) * size(config.headDim);
  const std::uint64_t keyValues = 2 * size(config.keyValueHeads) * size(config.headDim);
  const std::uint64_t feedForward = (config.family == ModelFamily::kLlama ? 3 : 2) * size(config.intermediateSize);
  return 2 * rows * size(config.hiddenSize) * (2 * queries + keyValues + feedForward);
}

/// Of one layer.
std::uint64_t countCausalAttention(const ModelConfig& config, std::uint64_t rows) {
  return 2 * size(config.heads) * size(config.headDim) * rows * (rows + 1);
}

}  // namespace

CellFlops countCellFlops(const ModelConfig& config, bool firstSegment) {
  TM_CHECK(config.memory.has_value(), "flops are counted for models with memory");
  const MemoryConfig& memory = *config.memory;
  const std::uint64_t width = size(config.hiddenSize);
  const std::uint64_t rows = size(memory.segmentSize + memory.memoryTokens);
  const std::uint64_t written = size(memory.memoryTokens);
  const std::uint64_t dMem = size(memory.dMem);
  const std::uint64_t keys = size(memory.keyWidth());
  // All memory heads together: each has keys / heads by width / heads.
  const std::uint64_t state = keys * (width / size(memory.heads));
  const std::uint64_t betas = memory.gating ? width : size(memory.heads);

  CellFlops flops;
  flops.projections = countProjections(config, rows);
  flops.attention = countCausalAttention(config, rows);
  flops.memoryWrite = 2 * written * (width * (dMem + width + betas) + state + keys) + state;
  if (firstSegment) return flops;
  const std::uint64_t denominator = memory.useDenominator ? keys : 0;
  flops.memoryRead = 2 * rows * (width * dMem + state + denominator);
  const std::uint64_t squaredLength = memory.correction && memory.useDenominator ? keys : 0;
  flops.memoryWrite += 2 * written * (state + denominator + squaredLength);
  return flops;
}

std::uint64_t countReadFlops(const ModelConfig& config, std::int64_t segments) {
  if (segments < 1) return 0;
  const std::uint64_t later = countCellFlops(config, false).total() * size(segments - 1);
  return size(config.layers) * (countCellFlops(config, true).total() + later);
}

std::uint64_t countPrefillFlops(const ModelConfig& config, std::int64_t tokens) {
  const std::uint64_t rows = size(tokens);
  const std::uint64_t layer = countProjections(config, rows) + countCausalAttention(config, rows);
  return size(config.layers) * layer + 2 * size(config.hiddenSize) * size(config.vocabularySize);
}

}  // namespace tidemark::cli
