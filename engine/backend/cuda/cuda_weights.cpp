#include "engine/backend/cuda/cuda_weights.h"

#include <algorithm>
#include <cstring>
#include <functional>
#include <vector>

#include "engine/base/check.h"
#include "engine/base/numeric.h"

namespace tidemark::cuda {
namespace {

using Bits = std::uint16_t;  // of a bf16

constexpr std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

/// Elements [first, first + out.size()) of a view as bf16.
void narrow(const TensorView& view, std::size_t first, std::span<Bits> out) {
  if (view.dtype == DType::kBF16) {
    std::memcpy(out.data(), view.bytes.data() + 2 * first, 2 * out.size());
    return;
  }
  std::vector<float> wide(out.size());
  widenToFloat(view, first, wide);
  std::transform(wide.begin(), wide.end(), out.begin(), floatToBf16);
}

/// Rows of a weight as layers multiply with them, whichever way the checkpoint stores it.
class RowReader {
 public:
  explicit RowReader(const LinearWeights& linear) : m_linear(linear) {
    const int outAxis = linear.inputMajor ? 1 : 0;
    m_rows = static_cast<int>(linear.weight.shape[at(outAxis)]);
    m_depth = static_cast<int>(linear.weight.shape[at(1 - outAxis)]);
    if (!linear.inputMajor) return;
    m_turned.resize(at(m_rows) * at(m_depth));
    std::vector<Bits> line(at(m_rows));
    for (std::size_t k = 0; k < at(m_depth); ++k) {
      narrow(linear.weight, k * at(m_rows), line);
      for (std::size_t row = 0; row < line.size(); ++row) m_turned[row * at(m_depth) + k] = line[row];
    }
  }
  [[nodiscard]] int rows() const { return m_rows; }
  [[nodiscard]] int depth() const { return m_depth; }
  void read(int row, std::span<Bits> out) const {
    const std::size_t first = at(row) * at(m_depth);
    if (m_turned.empty()) return narrow(m_linear.weight, first, out);
    std::copy_n(m_turned.begin() + static_cast<std::ptrdiff_t>(first), out.size(), out.begin());
  }

 private:
  const LinearWeights& m_linear;
  int m_rows = 0;
  int m_depth = 0;
  std::vector<Bits> m_turned;
};

/// Where element i of a run of heads stands once every head is padded.
struct HeadPadding {
  int headDim = 1;
  int headWidth = 1;
  [[nodiscard]] int operator()(int i) const { return i / headDim * headWidth + i % headDim; }
};

/// One layer's padded weight on the host, copied to its place in the stack.
class LayerImage {
 public:
  LayerImage(int rows, int depth) : m_depth(depth), m_bits(at(rows) * at(depth)), m_bias(at(rows)) {}

  /// Rows of `linear` go to rowPlace(row) and its columns to columnPlace(column).
  void add(const LinearWeights& linear, const std::function<int(int)>& rowPlace, const HeadPadding& columnPlace) {
    const RowReader reader(linear);
    std::vector<Bits> line(at(reader.depth()));
    const bool sameColumns = columnPlace.headDim == columnPlace.headWidth;
    for (int row = 0; row < reader.rows(); ++row) {
      const std::span<Bits> to(m_bits.data() + at(rowPlace(row)) * at(m_depth), at(m_depth));
      if (sameColumns) {
        reader.read(row, to.first(line.size()));
        continue;
      }
      reader.read(row, line);
      for (int column = 0; column < reader.depth(); ++column) to[at(columnPlace(column))] = line[at(column)];
    }
    if (!linear.bias) return;
    std::vector<Bits> bias(at(reader.rows()));
    narrow(*linear.bias, 0, bias);
    for (int row = 0; row < reader.rows(); ++row) m_bias[at(rowPlace(row))] = bias[at(row)];
  }

  [[nodiscard]] const std::vector<Bits>& bits() const { return m_bits; }
  [[nodiscard]] const std::vector<Bits>& bias() const { return m_bias; }

 private:
  int m_depth;
  std::vector<Bits> m_bits;
  std::vector<Bits> m_bias;
};

int keepPlace(int i) {
  return i;
}

class Uploader {
 public:
  Uploader(const ModelConfig& config, const CudaShape& shape, const ModelWeights& weights, DeviceBytes& bytes)
      : m_config(config), m_shape(shape), m_weights(weights), m_bytes(bytes) {}

  Status upload(CudaWeights& out);

 private:
  using MakeImage = std::function<LayerImage(const LayerWeights&)>;

  Status copy(const void* from, std::size_t bytes, void* to) {
    return checkCuda(cudaMemcpy(to, from, bytes, cudaMemcpyHostToDevice), "copying weights");
  }
  Status table(const TensorView& view, int paddedRows, DeviceBuffer<Bf16>& out);
  Status stack(int rows, int depth, bool bias, const MakeImage& image, StackedLinear& out);
  Status norms(const std::function<const NormWeights&(const LayerWeights&)>& norm, StackedNorm& out);
  Status attention(CudaWeights& out);
  Status feedForward(CudaWeights& out);
  Status memory(CudaWeights& out);

  const ModelConfig& m_config;
  const CudaShape& m_shape;
  const ModelWeights& m_weights;
  DeviceBytes& m_bytes;
};

Status Uploader::table(const TensorView& view, int paddedRows, DeviceBuffer<Bf16>& out) {
  const auto count = elementCount(view.shape).value_or(0);
  const std::size_t padded = std::max<std::size_t>(count, at(paddedRows) * at(m_shape.hidden));
  if (Status made = out.allocate(padded, m_bytes, "the model's weights"); !made) return made;
  constexpr std::size_t kPiece = std::size_t{8} << 20;
  std::vector<Bits> piece;
  for (std::size_t first = 0; first < padded; first += piece.size()) {
    piece.assign(std::min(kPiece, padded - first), 0);
    if (first < count) narrow(view, first, std::span(piece).first(std::min<std::size_t>(piece.size(), count - first)));
    if (Status copied = copy(piece.data(), 2 * piece.size(), out.data() + first); !copied) return copied;
  }
  return {};
}

Status Uploader::stack(int rows, int depth, bool bias, const MakeImage& image, StackedLinear& out) {
  const std::size_t layerSize = at(rows) * at(depth);
  const std::size_t layers = m_weights.layers.size();
  if (Status made = out.weight.allocate(layers * layerSize, m_bytes, "the model's weights"); !made) return made;
  if (bias) {
    if (Status made = out.bias.allocate(layers * at(rows), m_bytes, "the model's weights"); !made) return made;
  }
  for (std::size_t layer = 0; layer < layers; ++layer) {
    const LayerImage made = image(m_weights.layers[layer]);
    if (Status copied = copy(made.bits().data(), 2 * layerSize, out.weight.data() + layer * layerSize); !copied) {
      return copied;
    }
    if (!bias) continue;
    if (Status copied = copy(made.bias().data(), 2 * at(rows), out.bias.data() + layer * at(rows)); !copied) {
      return copied;
    }
  }
  return {};
}

/// A norm is a weight of one column, so to speak.
Status Uploader::norms(const std::function<const NormWeights&(const LayerWeights&)>& norm, StackedNorm& out) {
  const auto image = [&](const LayerWeights& layer) {
    const NormWeights& from = norm(layer);
    LayerImage made(m_shape.hidden, 1);
    LinearWeights column;
    column.weight = from.weight;
    column.weight.shape = {m_shape.hidden, 1};
    column.bias = from.bias;
    made.add(column, keepPlace, {});
    return made;
  };
  return stack(m_shape.hidden, 1, m_config.family == ModelFamily::kGpt2, image, out);
}

Status Uploader::attention(CudaWeights& out) {
  const bool bias = m_config.family == ModelFamily::kGpt2;
  const HeadPadding heads{m_shape.headDim, m_shape.headWidth};
  const auto in = [&](const LayerWeights& layer) {
    LayerImage image(m_shape.qkvWidth, m_shape.hidden);
    int first = 0;  // q, k and v stand below each other, in one weight or in three
    for (const LinearWeights& part : layer.attentionIn) {
      image.add(part, [&](int row) { return heads(first + row); }, {});
      first += RowReader(part).rows();
    }
    return image;
  };
  if (Status done = stack(m_shape.qkvWidth, m_shape.hidden, bias, in, out.attentionIn); !done) return done;
  const auto back = [&](const LayerWeights& layer) {
    LayerImage image(m_shape.hidden, m_shape.attendedWidth);
    image.add(layer.attentionOut, keepPlace, heads);
    return image;
  };
  return stack(m_shape.hidden, m_shape.attendedWidth, bias, back, out.attentionOut);
}

Status Uploader::feedForward(CudaWeights& out) {
  const bool bias = m_config.family == ModelFamily::kGpt2;
  const auto in = [&](const LayerWeights& layer) {
    LayerImage image(m_shape.mlpInWidth, m_shape.hidden);
    int first = 0;
    for (const LinearWeights& part : layer.mlpIn) {
      image.add(part, [&](int row) { return first + row; }, {});
      first += m_shape.feedForward;
    }
    return image;
  };
  if (Status done = stack(m_shape.mlpInWidth, m_shape.hidden, bias, in, out.mlpIn); !done) return done;
  const auto back = [&](const LayerWeights& layer) {
    LayerImage image(m_shape.hidden, m_shape.feedForward);
    image.add(layer.mlpOut, keepPlace, {});
    return image;
  };
  return stack(m_shape.hidden, m_shape.feedForward, bias, back, out.mlpOut);
}

Status Uploader::memory(CudaWeights& out) {
  StackedLinear query;
  const auto queryImage = [&](const LayerWeights& layer) {
    LayerImage image(m_shape.dMemPadded, m_shape.hidden);
    image.add(layer.memory->query, keepPlace, {});
    return image;
  };
  if (Status done = stack(m_shape.dMemPadded, m_shape.hidden, false, queryImage, query); !done) return done;
  out.memoryQuery = std::move(query.weight);
  StackedLinear in;
  const auto inImage = [&](const LayerWeights& layer) {
    LayerImage image(m_shape.memoryInWidth, m_shape.hidden);
    image.add(layer.memory->value, keepPlace, {});
    image.add(layer.memory->key, [&](int row) { return m_shape.hidden + row; }, {});
    image.add(layer.memory->beta, [&](int row) { return m_shape.hidden + m_shape.dMemPadded + row; }, {});
    return image;
  };
  if (Status done = stack(m_shape.memoryInWidth, m_shape.hidden, false, inImage, in); !done) return done;
  out.memoryIn = std::move(in.weight);
  std::vector<float> bias(m_weights.layers.size() * at(m_shape.betas));
  for (std::size_t layer = 0; layer < m_weights.layers.size(); ++layer) {
    widenToFloat(*m_weights.layers[layer].memory->beta.bias,
                 std::span(bias).subspan(layer * at(m_shape.betas), at(m_shape.betas)));
  }
  if (Status made = out.betaBias.allocate(bias.size(), m_bytes, "the model's weights"); !made) return made;
  return copy(bias.data(), bias.size() * sizeof(float), out.betaBias.data());
}

Status Uploader::upload(CudaWeights& out) {
  if (Status done = table(m_weights.embedding, 0, out.embedding); !done) return done;
  if (m_weights.positions) {
    if (Status done = table(*m_weights.positions, 0, out.positions); !done) return done;
  }
  if (m_weights.memoryTokens) {
    if (Status done = table(*m_weights.memoryTokens, 0, out.memoryTokens); !done) return done;
  }
  const bool tied = m_weights.head.bytes.data() == m_weights.embedding.bytes.data();
  if (!tied || m_shape.vocabulary != m_shape.vocabularyPadded) {
    if (Status done = table(m_weights.head, m_shape.vocabularyPadded, out.ownHead); !done) return done;
  }
  const auto first = [](const LayerWeights& layer) -> const NormWeights& { return layer.attentionNorm; };
  if (Status done = norms(first, out.attentionNorm); !done) return done;
  const auto second = [](const LayerWeights& layer) -> const NormWeights& { return layer.mlpNorm; };
  if (Status done = norms(second, out.mlpNorm); !done) return done;
  if (Status done = table(m_weights.finalNorm.weight, 0, out.finalNorm.weight); !done) return done;
  if (m_weights.finalNorm.bias) {
    if (Status done = table(*m_weights.finalNorm.bias, 0, out.finalNorm.bias); !done) return done;
  }
  if (Status done = attention(out); !done) return done;
  if (Status done = feedForward(out); !done) return done;
  return m_config.memory ? memory(out) : Status{};
}

}  // namespace

Status uploadWeights(const ModelConfig& config, const CudaShape& shape, const ModelWeights& weights, DeviceBytes& bytes,
                     CudaWeights& out) {
  return Uploader(config, shape, weights, bytes).upload(out);
}

}  // namespace tidemark::cuda
