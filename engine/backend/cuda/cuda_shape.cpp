#include "engine/backend/cuda/cuda_shape.h"

#include <algorithm>
#include <string>

#include "engine/backend/cuda/kernels/limits.h"
#include "engine/base/numeric.h"

namespace tidemark {
namespace {

Error refuse(const std::string& what, const std::string& limit) {
  return makeError(ErrorCode::kUnsupported, "the GPU kernels do not support a model with " + what + " (" + limit +
                                                "); use --backend cpu, which has no such limit");
}

std::uint64_t n(int value) {
  return static_cast<std::uint64_t>(value);
}

Status checkMemory(const ModelConfig& config) {
  const MemoryConfig& m = *config.memory;
  if (config.hiddenSize / m.heads % 8 != 0) {
    return refuse(std::to_string(config.hiddenSize / m.heads) + " values per memory head", "a multiple of 8 is needed");
  }
  if (m.dMem / m.heads < 2 || m.dMem / m.heads > cuda::kWidestMemoryKey) {
    return refuse("d_mem " + std::to_string(m.dMem / m.heads) + " per memory head",
                  "2 to " + std::to_string(cuda::kWidestMemoryKey) + " are possible");
  }
  if (m.memoryTokens > cuda::kMostMemoryTokens) {
    return refuse(std::to_string(m.memoryTokens) + " memory tokens",
                  "at most " + std::to_string(cuda::kMostMemoryTokens));
  }
  return {};
}

Status checkShape(const ModelConfig& config) {
  if (config.hiddenSize % 8 != 0 || config.hiddenSize > cuda::kWidestNorm) {
    return refuse("hidden size " + std::to_string(config.hiddenSize),
                  "a multiple of 8 up to " + std::to_string(cuda::kWidestNorm) + " is needed");
  }
  if (config.headDim > cuda::kWidestHead) {
    return refuse("head_dim " + std::to_string(config.headDim), "at most " + std::to_string(cuda::kWidestHead));
  }
  return config.memory ? checkMemory(config) : Status{};
}

void addMemory(const ModelConfig& config, CudaShape& s) {
  const MemoryConfig& m = *config.memory;
  s.memoryTokens = m.memoryTokens;
  s.memoryHeads = m.heads;
  s.dMem = m.dMem;
  s.dMemPadded = roundUp(m.dMem, 8);
  s.keysPerHead = m.keyWidth() / m.heads;
  s.keysPadded = roundUp(s.keysPerHead, 16);
  s.valuesPerHead = config.hiddenSize / m.heads;
  s.betas = m.gating ? config.hiddenSize : m.heads;
  s.memoryInWidth = roundUp(config.hiddenSize + s.dMemPadded + s.betas, 8);
}

std::uint64_t weightBytes(const ModelConfig& c, const CudaShape& s) {
  const std::uint64_t width = n(s.hidden);
  std::uint64_t layer = width * (n(s.qkvWidth) + n(s.attendedWidth) + n(s.mlpInWidth) + n(s.feedForward)) + 2 * width;
  if (c.memory) layer += width * (n(s.dMemPadded) + n(s.memoryInWidth)) + 2 * n(s.betas);
  if (c.family == ModelFamily::kGpt2) layer += 4 * width + n(s.qkvWidth) + n(s.mlpInWidth);
  std::uint64_t outside = width * (n(s.vocabulary) + n(s.memoryTokens) + 1);
  if (!c.tiedHead || s.vocabulary != s.vocabularyPadded) outside += width * n(s.vocabularyPadded);
  if (c.family == ModelFamily::kGpt2) {
    const int positions = c.maxPositions + (c.memory && c.memory->wrapPositions ? c.memory->memoryTokens : 0);
    outside += width * (n(positions) + 1);
  }
  return 2 * (n(s.layers) * layer + outside);
}

std::uint64_t workspaceBytes(const ModelConfig& config, const CudaShape& s, const WorkspaceSpec& spec) {
  const std::uint64_t rows = n(spec.rows);
  const std::uint64_t slots = spec.cells == 1 ? 1 : n(s.layers) + 1;
  const std::uint64_t keys = n(s.memoryHeads) * n(s.keysPadded);
  const std::uint64_t perRow =
      2 * (n(s.hidden) + n(s.qkvWidth) + n(s.attendedWidth) + n(s.mlpInWidth) + keys) + 4 * n(s.dMemPadded);
  const std::uint64_t perWrittenRow = 4 * n(s.memoryInWidth) + 2 * keys + 8 * n(s.memoryHeads);
  const std::uint64_t squares = 8 * n(s.memoryHeads) * n(ceilDiv(std::max(1, s.valuesPerHead), cuda::kMemoryColumns));
  const std::uint64_t logits = 4 * n(std::min(spec.rows, cuda::kLogitRows)) * n(s.vocabularyPadded);
  const std::uint64_t rotary = config.family == ModelFamily::kLlama ? 8 * rows * n(s.headDim / 2) : 0;
  return 2 * slots * rows * n(s.hidden) * 2 +
         n(spec.cells) * (rows * perRow + n(s.memoryTokens) * perWrittenRow + squares + 12) + logits + rotary;
}

}  // namespace

Result<CudaShape> makeCudaShape(const ModelConfig& config) {
  if (Status possible = checkShape(config); !possible) return possible.error();
  CudaShape s;
  s.layers = config.layers;
  s.hidden = config.hiddenSize;
  s.heads = config.heads;
  s.keyValueHeads = config.keyValueHeads;
  s.headDim = config.headDim;
  s.headWidth = roundUp(config.headDim, 32);
  s.qkvWidth = (s.heads + 2 * s.keyValueHeads) * s.headWidth;
  s.attendedWidth = s.heads * s.headWidth;
  s.feedForward = roundUp(config.intermediateSize, 8);
  s.mlpInWidth = (config.family == ModelFamily::kLlama ? 2 : 1) * s.feedForward;
  s.vocabulary = config.vocabularySize;
  s.vocabularyPadded = roundUp(config.vocabularySize, 8);
  if (config.memory) addMemory(config, s);
  return s;
}

CudaMemoryPlan planCudaMemory(const ModelConfig& config, const CudaShape& shape, const WorkspaceSpec& spec) {
  CudaMemoryPlan plan;
  plan.weights = weightBytes(config, shape);
  plan.workspace = workspaceBytes(config, shape, spec);
  if (config.memory) {
    const std::uint64_t layer = 4 * shape.stateSize();
    plan.state = n(shape.layers) * (layer + 2 * shape.stateWeights() + 4);
    plan.staging = cuda::kStagingSlots * (layer + 4);
  }
  plan.gemmWorkspace = cuda::kProductWorkspaceBytes;
  return plan;
}

}  // namespace tidemark
