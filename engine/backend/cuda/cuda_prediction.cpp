#include "engine/backend/cuda/cuda_prediction.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tidemark {
namespace {

constexpr double kBf16 = 2;  // bytes
constexpr double kF32 = 4;

/// The sizes as doubles: products of them do not overflow, and are exact up to 2^53.
struct Sizes {
  Sizes(const ModelConfig& config, const CudaShape& s)
      : layers(s.layers),
        rows(config.memory->segmentSize + s.memoryTokens),
        written(s.memoryTokens),
        hidden(s.hidden),
        qkv(s.qkvWidth),
        attended(s.attendedWidth),
        rotated(s.keyValueHeads * s.headDim),
        mlpIn(s.mlpInWidth),
        feedForward(s.feedForward),
        dMem(s.dMemPadded),
        memoryIn(s.memoryInWidth),
        keys(static_cast<double>(s.stateNormalizers())),
        state(static_cast<double>(s.stateWeights())) {}

  double layers, rows, written, hidden, qkv, attended, rotated, mlpIn, feedForward, dMem, memoryIn, keys, state;
};

/// Of one layer; `add` brings it to the diagonal.
struct Count {
  const char* name;
  double operations;
  double bytes;
};

class PartList {
 public:
  explicit PartList(double layers) : m_layers(layers) {}

  void add(const char* name, LayerOp op, std::optional<cuda::LaunchKind> kind, const std::vector<Count>& launches) {
    CudaPart part{name, op, kind, {}};
    for (const Count& count : launches) {
      part.launches.push_back({count.name, count.operations * m_layers, count.bytes * m_layers});
    }
    m_parts.push_back(std::move(part));
  }
  [[nodiscard]] std::vector<CudaPart> take() { return std::move(m_parts); }

 private:
  double m_layers;
  std::vector<CudaPart> m_parts;
};

/// out [rows, columns] = x [rows, depth] weights, all bf16 but for `outBytes` an element of what is written (and, with
/// an addend, of what is read there).
Count product(const char* name, double rows, double columns, double depth, double outBytes) {
  return {name, 2 * rows * columns * depth, kBf16 * (rows * depth + columns * depth) + outBytes * rows * columns};
}

constexpr double kAdded = 2 * kBf16;  // read and written

void addMemoryRead(const Sizes& n, PartList& parts) {
  Count recall = product("features x W_mem", n.rows, n.hidden, n.keys, kAdded);
  recall.operations = 2 * n.rows * n.state;  // every memory head has its own keys and columns
  recall.bytes += kBf16 * (n.state - n.keys * n.hidden);
  parts.add("memory read: products", LayerOp::kMemoryRead, cuda::LaunchKind::kProduct,
            {product("W_mq", n.rows, n.dMem, n.hidden, kF32), recall});
  parts.add("memory read: features", LayerOp::kMemoryRead, cuda::LaunchKind::kKernel,
            {{"memory features", 0, n.rows * (kF32 * n.dMem + kBf16 * n.keys)}});
}

void addAttention(const Sizes& n, bool rotary, PartList& parts) {
  parts.add("attention norm", LayerOp::kAttentionNorm, {}, {{"norm", 0, 2 * kBf16 * n.rows * n.hidden}});
  parts.add("QKV product", LayerOp::kQueryKeyValue, {}, {product("W_qkv", n.rows, n.qkv, n.hidden, kBf16)});
  if (rotary) {  // of the keys: queries turn in registers, inside attention
    parts.add("rotary positions", LayerOp::kRotate, {}, {{"rotary positions", 0, 2 * kBf16 * n.rows * n.rotated}});
  }
  // Row r meets r + 1 keys, once in q k and once in p v.
  parts.add("attention", LayerOp::kAttend, {},
            {{"attention", 2 * n.attended * n.rows * (n.rows + 1), kBf16 * n.rows * (n.qkv + n.attended)}});
  parts.add("output product", LayerOp::kAttentionOut, {}, {product("W_o", n.rows, n.hidden, n.attended, kAdded)});
}

void addMlp(const Sizes& n, bool gated, PartList& parts) {
  parts.add("MLP norm", LayerOp::kMlpNorm, {}, {{"norm", 0, 2 * kBf16 * n.rows * n.hidden}});
  parts.add(gated ? "gate/up product" : "MLP in product", LayerOp::kMlpIn, cuda::LaunchKind::kProduct,
            {product("W_gate, W_up", n.rows, n.mlpIn, n.hidden, kBf16)});
  parts.add(gated ? "SwiGLU" : "GELU", LayerOp::kMlpIn, cuda::LaunchKind::kKernel,
            {{"activation", 0, kBf16 * n.rows * (n.mlpIn + n.feedForward)}});
  parts.add(gated ? "down product" : "MLP out product", LayerOp::kMlpOut, {},
            {product("W_down", n.rows, n.hidden, n.feedForward, kAdded)});
}

void addMemoryWrite(const Sizes& n, PartList& parts) {
  parts.add("memory write: product", LayerOp::kMemoryWrite, cuda::LaunchKind::kProduct,
            {product("W_mv, W_mk, W_mb", n.written, n.memoryIn, n.hidden, kF32)});
  const double phi = kBf16 * n.written * n.keys;
  parts.add(
      "memory write: kernels", LayerOp::kMemoryWrite, cuda::LaunchKind::kKernel,
      {{"memory features", 0, kF32 * n.written * n.dMem + phi},
       // phi W_mem and phi^T delta; W_mem is read and written in float32 and in bf16.
       {"memory update", 2 * 2 * n.written * n.state, 2 * (kF32 + kBf16) * n.state + phi + kF32 * n.written * n.hidden},
       {"end of the write", 0, phi + 2 * kF32 * n.keys}});
}

template <typename Value>
double sumOver(const CudaPart& part, Value value) {
  double sum = 0;
  for (const CudaLaunchCount& launch : part.launches) sum += value(launch);
  return sum;
}

}  // namespace

double CudaPart::operations() const {
  return sumOver(*this, [](const CudaLaunchCount& launch) { return launch.operations; });
}

double CudaPart::bytes() const {
  return sumOver(*this, [](const CudaLaunchCount& launch) { return launch.bytes; });
}

std::vector<CudaPart> countCudaParts(const ModelConfig& config, const CudaShape& shape) {
  TM_CHECK(config.memory.has_value(), "diagonals belong to models with memory");
  const bool llama = config.family == ModelFamily::kLlama;
  const Sizes sizes(config, shape);
  PartList parts(sizes.layers);
  addMemoryRead(sizes, parts);
  addAttention(sizes, llama, parts);
  addMlp(sizes, llama, parts);
  addMemoryWrite(sizes, parts);
  return parts.take();
}

double predictMilliseconds(const CudaPart& part, const CudaRates& rates) {
  const double teraflops = part.op == LayerOp::kAttend ? rates.attentionTeraflops : rates.gemmTeraflops;
  return sumOver(part, [&](const CudaLaunchCount& launch) {
    return 1e-9 * std::max(launch.operations / teraflops, launch.bytes / rates.copyTerabytesPerSecond);
  });
}

double predictReadSeconds(const std::vector<CudaPart>& parts, const CudaRates& rates, double segments) {
  double diagonal = 0;
  for (const CudaPart& part : parts) diagonal += predictMilliseconds(part, rates);
  return 1e-3 * diagonal * segments;
}

}  // namespace tidemark
