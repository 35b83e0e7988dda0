#include "engine/backend/cpu/cpu_model.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "engine/backend/rotary_frequencies.h"
#include "engine/base/numeric.h"
#include "engine/base/system_memory.h"

namespace tidemark::cpu {
namespace {

AlignedBuffer widen(const TensorView& view) {
  AlignedBuffer out(elementCount(view.shape).value_or(0));
  widenToFloat(view, out.span());
  return out;
}

/// The weight as [columns][depth] floats, whichever way the checkpoint stores it.
AlignedBuffer columnsOf(const LinearWeights& linear) {
  AlignedBuffer raw = widen(linear.weight);
  if (!linear.inputMajor) return raw;
  const auto depth = static_cast<std::size_t>(linear.weight.shape[0]);
  const auto columns = static_cast<std::size_t>(linear.weight.shape[1]);
  AlignedBuffer turned(raw.size());
  for (std::size_t k = 0; k < depth; ++k) {
    for (std::size_t j = 0; j < columns; ++j) turned.data()[j * depth + k] = raw.data()[k * columns + j];
  }
  return turned;
}

int columnCount(const LinearWeights& linear) {
  return static_cast<int>(linear.weight.shape[linear.inputMajor ? 1 : 0]);
}
int depthOf(const LinearWeights& linear) {
  return static_cast<int>(linear.weight.shape[linear.inputMajor ? 0 : 1]);
}

std::size_t packedFloats(int columns, int depth, int panel) {
  return static_cast<std::size_t>(roundUp(columns, panel)) * static_cast<std::size_t>(depth);
}

/// Parts side by side: their columns follow each other without padding between parts.
PackedLinear packSideBySide(const std::vector<LinearWeights>& parts, const KernelTable& kernels) {
  PackedLinear packed;
  packed.depth = depthOf(parts.front());
  for (const LinearWeights& part : parts) packed.columns += columnCount(part);
  const auto depth = static_cast<std::size_t>(packed.depth);
  AlignedBuffer all(static_cast<std::size_t>(packed.columns) * depth);
  std::size_t at = 0;
  bool biased = false;
  for (const LinearWeights& part : parts) {
    const AlignedBuffer columns = columnsOf(part);
    std::memcpy(all.data() + at, columns.data(), columns.size() * sizeof(float));
    at += columns.size();
    biased = biased || part.bias.has_value();
  }
  packed.panels = AlignedBuffer(packedFloats(packed.columns, packed.depth, kernels.columnPanel));
  kernels.packColumns(all.data(), depth, packed.columns, packed.depth, packed.panels.data());
  if (biased) {
    packed.bias = AlignedBuffer(static_cast<std::size_t>(packed.columns));
    std::size_t column = 0;
    for (const LinearWeights& part : parts) {
      const auto count = static_cast<std::size_t>(columnCount(part));
      if (part.bias) widenToFloat(*part.bias, packed.bias.span().subspan(column, count));
      column += count;
    }
  }
  return packed;
}

/// Panels of `a` and `b` alternate, so that one tile computes both halves of a SwiGLU.
PackedLinear packAlternating(const LinearWeights& a, const LinearWeights& b, const KernelTable& kernels) {
  PackedLinear packed;
  packed.depth = depthOf(a);
  const int width = columnCount(a);
  const int panel = kernels.columnPanel;
  const auto depth = static_cast<std::size_t>(packed.depth);
  packed.columns = 2 * roundUp(width, panel);
  packed.panels = AlignedBuffer(packedFloats(packed.columns, packed.depth, panel));
  const AlignedBuffer first = columnsOf(a);
  const AlignedBuffer second = columnsOf(b);
  const std::size_t panelFloats = depth * static_cast<std::size_t>(panel);
  float* out = packed.panels.data();
  for (int column = 0; column < width; column += panel) {
    const int count = std::min(panel, width - column);
    const std::size_t from = static_cast<std::size_t>(column) * depth;
    kernels.packColumns(first.data() + from, depth, count, packed.depth, out);
    kernels.packColumns(second.data() + from, depth, count, packed.depth, out + panelFloats);
    out += 2 * panelFloats;
  }
  return packed;
}

/// Each group of columns / groups columns starts at a panel of its own.
PackedLinear packPerHead(const LinearWeights& linear, int heads, const KernelTable& kernels) {
  PackedLinear packed;
  packed.depth = depthOf(linear);
  const int perHead = columnCount(linear) / heads;
  const auto depth = static_cast<std::size_t>(packed.depth);
  packed.columns = heads * roundUp(perHead, kernels.columnPanel);
  packed.panels = AlignedBuffer(packedFloats(packed.columns, packed.depth, kernels.columnPanel));
  const AlignedBuffer columns = columnsOf(linear);
  for (int head = 0; head < heads; ++head) {
    kernels.packColumns(columns.data() + static_cast<std::size_t>(head * perHead) * depth, depth, perHead, packed.depth,
                        packed.panels.data() +
                            static_cast<std::size_t>(head) * packedFloats(perHead, packed.depth, kernels.columnPanel));
  }
  return packed;
}

PackedNorm packNorm(const NormWeights& norm) {
  PackedNorm packed;
  packed.weight = widen(norm.weight);
  if (norm.bias) packed.bias = widen(*norm.bias);
  return packed;
}

PackedLayer packLayer(const LayerWeights& layer, const ModelConfig& config, const KernelTable& kernels) {
  PackedLayer packed;
  if (layer.memory) {
    packed.memory.emplace();
    packed.memory->query = packSideBySide({layer.memory->query}, kernels);
    packed.memory->key = packSideBySide({layer.memory->key}, kernels);
    packed.memory->value = packPerHead(layer.memory->value, config.memory->heads, kernels);
    packed.memory->beta = packSideBySide({layer.memory->beta}, kernels);
  }
  packed.attentionNorm = packNorm(layer.attentionNorm);
  packed.mlpNorm = packNorm(layer.mlpNorm);
  packed.attentionIn = packSideBySide(layer.attentionIn, kernels);
  packed.attentionOut = packSideBySide({layer.attentionOut}, kernels);
  packed.mlpIn = layer.mlpIn.size() == 2 ? packAlternating(layer.mlpIn[0], layer.mlpIn[1], kernels)
                                         : packSideBySide(layer.mlpIn, kernels);
  packed.mlpOut = packSideBySide({layer.mlpOut}, kernels);
  return packed;
}

class PackLayers : public ChainWork {
 public:
  PackLayers(CpuModel& model, const KernelTable& kernels) : m_model(model), m_kernels(kernels) {}
  void runTask(const Task& task) override {
    try {
      m_model.layers[task.chain] = packLayer(m_model.weights.layers[task.chain], m_model.config, m_kernels);
    } catch (const std::bad_alloc&) {
      m_failed = true;
    }
  }
  [[nodiscard]] bool failed() const { return m_failed; }

 private:
  CpuModel& m_model;
  const KernelTable& m_kernels;
  std::atomic<bool> m_failed{false};
};

}  // namespace

std::uint64_t packedModelBytes(const ModelConfig& c, const KernelTable& kernels) {
  const int panel = kernels.columnPanel;
  std::uint64_t floats =
      packedFloats((c.heads + 2 * c.keyValueHeads) * c.headDim, c.hiddenSize, panel) +
      packedFloats(c.hiddenSize, c.heads * c.headDim, panel) +
      packedFloats((c.family == ModelFamily::kLlama ? 2 : 1) * c.intermediateSize, c.hiddenSize, panel) +
      packedFloats(c.hiddenSize, c.intermediateSize, panel);
  if (c.memory) {
    floats += 2 * packedFloats(c.memory->dMem, c.hiddenSize, panel) + packedFloats(c.hiddenSize, c.hiddenSize, panel) +
              packedFloats(c.memory->gating ? c.hiddenSize : c.memory->heads, c.hiddenSize, panel);
  }
  return floats * sizeof(float) * static_cast<std::uint64_t>(c.layers);
}

Result<std::unique_ptr<CpuModel>> packModel(const ModelConfig& config, ModelWeights weights, const KernelTable& kernels,
                                            ThreadPool& pool) {
  // Packing one layer per thread needs that layer's plain floats beside its panels.
  const std::uint64_t packed = packedModelBytes(config, kernels);
  const std::uint64_t temporary = 2 * packed / static_cast<std::uint64_t>(config.layers) *
                                  static_cast<std::uint64_t>(std::min(pool.threadCount(), config.layers));
  if (Status enough = requireMemory(packed + temporary, "loading the model's weights"); !enough) return enough.error();

  auto model = std::make_unique<CpuModel>();
  model->config = config;
  model->weights = std::move(weights);
  model->layers.resize(static_cast<std::size_t>(config.layers));
  model->swiGlu = config.family == ModelFamily::kLlama;
  if (config.family == ModelFamily::kLlama) model->inverseFrequencies = rotaryFrequencies(config);
  PackLayers work(*model, kernels);
  const std::uint32_t one = 1;
  pool.run(work, config.layers, pool.threadCount(), std::span(&one, 1));
  if (work.failed()) return makeError(ErrorCode::kOutOfMemory, "the model's weights do not fit into memory");
  model->finalNorm = packNorm(model->weights.finalNorm);
  return model;
}

Status packHead(CpuModel& model, const KernelTable& kernels) {
  if (model.head.columns > 0) return {};
  const std::uint64_t bytes = 2 * sizeof(float) * static_cast<std::uint64_t>(model.config.vocabularySize) *
                              static_cast<std::uint64_t>(model.config.hiddenSize);
  if (Status enough = requireMemory(bytes, "the output head"); !enough) return enough;
  LinearWeights head;
  head.weight = model.weights.head;
  model.head = packSideBySide({head}, kernels);
  return {};
}

void ensureRotaryPositions(CpuModel& model, int positions) {
  if (model.inverseFrequencies.empty() || positions <= model.rotaryPositions) return;
  const int target = roundUp(positions, 256);
  const std::size_t half = model.inverseFrequencies.size();
  model.cosine = AlignedBuffer(static_cast<std::size_t>(target) * half);
  model.sine = AlignedBuffer(static_cast<std::size_t>(target) * half);
  for (int position = 0; position < target; ++position) {
    for (std::size_t i = 0; i < half; ++i) {
      const double angle = position * model.inverseFrequencies[i];
      model.cosine.data()[static_cast<std::size_t>(position) * half + i] = static_cast<float>(std::cos(angle));
      model.sine.data()[static_cast<std::size_t>(position) * half + i] = static_cast<float>(std::sin(angle));
    }
  }
  model.rotaryPositions = target;
}

}  // namespace tidemark::cpu
