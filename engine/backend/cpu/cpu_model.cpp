#include "engine/backend/cpu/cpu_model.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/backend/rotary_frequencies.h"
#include "engine/base/numeric.h"
#include "engine/base/system_memory.h"

namespace tidemark::cpu {
namespace {

constexpr int kPanelsAtOnce = 4;  // plain floats that are read before they are packed: they stay in the cache

AlignedBuffer widen(const TensorView& view) {
  AlignedBuffer out(elementCount(view.shape).value_or(0));
  widenToFloat(view, out.span());
  return out;
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

/// Weights side by side, read some columns at a time, whichever way the checkpoint stores them: what is mapped from a
/// file is then never in memory a second time as plain floats.
class ColumnReader {
 public:
  explicit ColumnReader(std::vector<LinearWeights> parts) : m_parts(std::move(parts)) {}

  [[nodiscard]] int depth() const { return depthOf(m_parts.front()); }
  [[nodiscard]] int columns() const {
    int count = 0;
    for (const LinearWeights& part : m_parts) count += columnCount(part);
    return count;
  }
  /// Columns [first, first + count) as [count][depth] floats, valid until the next call.
  const float* read(int first, int count) {
    m_block.resize(static_cast<std::size_t>(count) * static_cast<std::size_t>(depth()));
    float* out = m_block.data();
    for (const LinearWeights& part : m_parts) {
      const int some = std::min(columnCount(part) - first, count);
      if (some > 0) {
        readPart(part, first, some, out);
        out += static_cast<std::size_t>(some) * static_cast<std::size_t>(depth());
        first += some;
        count -= some;
      }
      first -= columnCount(part);
    }
    return m_block.data();
  }

 private:
  void readPart(const LinearWeights& part, int first, int count, float* out) {
    const auto from = static_cast<std::size_t>(first);
    const auto some = static_cast<std::size_t>(count);
    const auto depth = static_cast<std::size_t>(depthOf(part));
    if (!part.inputMajor) return widenToFloat(part.weight, from * depth, {out, some * depth});
    m_row.resize(some);
    for (std::size_t k = 0; k < depth; ++k) {
      widenToFloat(part.weight, k * static_cast<std::size_t>(columnCount(part)) + from, m_row);
      for (std::size_t j = 0; j < some; ++j) out[j * depth + k] = m_row[j];
    }
  }

  std::vector<LinearWeights> m_parts;
  std::vector<float> m_block;  // [count][depth]
  std::vector<float> m_row;    // [count]
};

/// Packs columns [first, first + count); `out` begins a panel.
void packRange(ColumnReader& reader, int first, int count, const KernelTable& kernels, float* out) {
  const int block = kPanelsAtOnce * kernels.columnPanel;
  const int depth = reader.depth();
  for (int done = 0; done < count; done += block) {
    const int some = std::min(block, count - done);
    kernels.packColumns(reader.read(first + done, some), static_cast<std::size_t>(depth), some, depth,
                        out + packedFloats(done, depth, kernels.columnPanel));
  }
}

/// Parts side by side: their columns follow each other without padding between parts.
PackedLinear packSideBySide(const std::vector<LinearWeights>& parts, const KernelTable& kernels) {
  ColumnReader reader(parts);
  PackedLinear packed;
  packed.depth = reader.depth();
  packed.columns = reader.columns();
  packed.panels = AlignedBuffer(packedFloats(packed.columns, packed.depth, kernels.columnPanel));
  packRange(reader, 0, packed.columns, kernels, packed.panels.data());
  if (std::none_of(parts.begin(), parts.end(), [](const auto& part) { return part.bias.has_value(); })) return packed;
  packed.bias = AlignedBuffer(static_cast<std::size_t>(packed.columns));
  std::size_t column = 0;
  for (const LinearWeights& part : parts) {
    const auto count = static_cast<std::size_t>(columnCount(part));
    if (part.bias) widenToFloat(*part.bias, packed.bias.span().subspan(column, count));
    column += count;
  }
  return packed;
}

/// Panels of `a` and `b` alternate, so that one tile computes both halves of a SwiGLU.
PackedLinear packAlternating(const LinearWeights& a, const LinearWeights& b, const KernelTable& kernels) {
  ColumnReader first({a}), second({b});
  PackedLinear packed;
  packed.depth = first.depth();
  const int width = first.columns();
  const int panel = kernels.columnPanel;
  packed.columns = 2 * roundUp(width, panel);
  packed.panels = AlignedBuffer(packedFloats(packed.columns, packed.depth, panel));
  const std::size_t panelFloats = packedFloats(panel, packed.depth, panel);
  float* out = packed.panels.data();
  for (int column = 0; column < width; column += panel, out += 2 * panelFloats) {
    const int count = std::min(panel, width - column);
    packRange(first, column, count, kernels, out);
    packRange(second, column, count, kernels, out + panelFloats);
  }
  return packed;
}

/// Each group of columns / groups columns starts at a panel of its own.
PackedLinear packPerHead(const LinearWeights& linear, int heads, const KernelTable& kernels) {
  ColumnReader reader({linear});
  PackedLinear packed;
  packed.depth = reader.depth();
  const int perHead = reader.columns() / heads;
  packed.columns = heads * roundUp(perHead, kernels.columnPanel);
  packed.panels = AlignedBuffer(packedFloats(packed.columns, packed.depth, kernels.columnPanel));
  const std::size_t headFloats = packedFloats(perHead, packed.depth, kernels.columnPanel);
  for (int head = 0; head < heads; ++head) {
    packRange(reader, head * perHead, perHead, kernels,
              packed.panels.data() + static_cast<std::size_t>(head) * headFloats);
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
  const std::uint64_t packed = packedModelBytes(config, kernels);
  if (Status enough = requireMemory(packed, "loading the model's weights"); !enough) return enough.error();

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
  const std::uint64_t bytes = sizeof(float) * static_cast<std::uint64_t>(model.config.vocabularySize) *
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
