#include "engine/backend/cuda/cuda_cells.h"

#include <cmath>

#include "engine/backend/cuda/kernels/activation.h"
#include "engine/backend/cuda/kernels/attention.h"
#include "engine/backend/cuda/kernels/norm.h"
#include "engine/backend/cuda/kernels/rotary.h"

namespace tidemark::cuda {
namespace {

std::int64_t stride(std::size_t elements) {
  return static_cast<std::int64_t>(elements);
}

/// A stack of weights from one layer on; null stays null.
template <typename T>
T* fromLayer(const DeviceBuffer<T>& stack, int layer, std::size_t perLayer) {
  return stack.data() == nullptr ? nullptr : stack.data() + at(layer) * perLayer;
}

/// x [rows, depth] times a layer's weight [columns, depth], all without gaps between their rows.
ProductSpec denseSpec(int rows, int columns, int depth) {
  ProductSpec spec;
  spec.rows = rows;
  spec.columns = columns;
  spec.depth = depth;
  spec.xRow = depth;
  spec.weightsRow = depth;
  spec.outRow = columns;
  spec.weightsCell = stride(at(columns) * at(depth));
  return spec;
}

}  // namespace

Status CellRunner::run(const LaunchTarget& target, CudaWorkspace& workspace, const CellGroup& group) {
  Cells c{target, workspace, group};
  c.memory = static_cast<CudaMemory*>(group.memory);
  c.cache = static_cast<CudaCache*>(group.cache);
  c.input = workspace.slot(m_shape, group.parity, group.firstLayer);
  c.output = workspace.slot(m_shape, 1 - group.parity, group.firstLayer + 1);
  c.hiddenCell = workspace.slotSize(m_shape);
  for (const LayerOp op : group.plan->ops) {
    if (Status done = runOperation(c, op); !done) return done;
  }
  return {};
}

Status CellRunner::runOperation(const Cells& c, LayerOp op) {
  switch (op) {
    case LayerOp::kMemoryRead:
      return memoryRead(c);
    case LayerOp::kAttentionNorm:
      return norm(c, m_weights.attentionNorm);
    case LayerOp::kQueryKeyValue:
      return queryKeyValue(c);
    case LayerOp::kRotate:
      return rotate(c);
    case LayerOp::kAttend:
      return attend(c);
    case LayerOp::kAttentionOut:
      return attentionOut(c);
    case LayerOp::kMlpNorm:
      return norm(c, m_weights.mlpNorm);
    case LayerOp::kMlpIn:
      return mlpIn(c);
    case LayerOp::kMlpOut:
      return mlpOut(c);
    case LayerOp::kMemoryWrite:
      return memoryWrite(c);
  }
  return {};
}

/// An algorithm is chosen for the largest group that such rows can come in: full segments come in groups of up to L
/// cells, everything else by itself.
Status CellRunner::multiply(const Cells& c, const ProductSpec& spec, const ProductOperands& operands) {
  const bool fullSegment =
      m_config.memory && c.group.rows == m_config.memory->segmentSize + m_config.memory->memoryTokens;
  auto plan = m_products.plan(spec, fullSegment ? m_shape.layers : 1);
  if (!plan) return plan.error();
  return m_products.run(c.target, **plan, operands, c.group.count);
}

Status CellRunner::project(const Cells& c, const StackedLinear& linear, const Bf16* x, int xWidth, std::size_t xCell,
                           int depth, Bf16* out, int outWidth, std::size_t outCell, const Bf16* addend) {
  ProductSpec spec = denseSpec(c.group.rows, outWidth, depth);
  spec.bias = linear.bias.size() > 0;
  spec.addend = addend != nullptr;
  spec.xRow = xWidth;
  spec.xCell = stride(xCell);
  spec.outCell = stride(outCell);
  spec.addendCell = stride(outCell);
  spec.biasCell = outWidth;
  ProductOperands operands;
  operands.x = x;
  operands.weights = fromLayer(linear.weight, c.group.firstLayer, at(outWidth) * at(depth));
  operands.bias = fromLayer(linear.bias, c.group.firstLayer, at(outWidth));
  operands.addend = addend;
  operands.out = out;
  return multiply(c, spec, operands);
}

/// What reading and writing features have in common; `projected` [cells, rows, projectedRow].
MemoryFeatureArguments CellRunner::featureArguments(const Cells& c, const float* projected, int rows,
                                                    int projectedRow) const {
  const MemoryConfig& memory = *m_config.memory;
  MemoryFeatureArguments a;
  a.projected = projected;
  a.projectedCell = at(rows) * at(projectedRow);
  a.projectedRow = projectedRow;
  a.state = c.memory->state.data() + at(c.group.firstLayer) * m_shape.stateSize() + m_shape.stateWeights();
  a.stateCell = m_shape.stateSize();
  a.featuresCell = at(rows) * at(m_shape.memoryHeads) * at(m_shape.keysPadded);
  a.cells = c.group.count;
  a.heads = m_shape.memoryHeads;
  a.dMemPerHead = m_shape.dMem / m_shape.memoryHeads;
  a.keysPadded = m_shape.keysPadded;
  a.normalize = memory.normalizeKeys;
  a.useDenominator = memory.useDenominator;
  a.correction = memory.correction;
  return a;
}

/// hidden += (phi / (phi . z + 1e-5)) W_mem. Zeros are read before the first write, since W_mem is zero.
Status CellRunner::memoryRead(const Cells& c) {
  ProductSpec query = denseSpec(c.group.rows, m_shape.dMemPadded, m_shape.hidden);
  query.out = Element::kF32;
  query.xCell = stride(c.hiddenCell);
  query.outCell = stride(at(c.w.rows) * at(m_shape.dMemPadded));
  ProductOperands operands;
  operands.x = c.input;
  operands.weights = fromLayer(m_weights.memoryQuery, c.group.firstLayer, at(m_shape.dMemPadded) * at(m_shape.hidden));
  operands.out = c.w.memoryQuery.data();
  if (Status done = multiply(c, query, operands); !done) return done;
  MemoryFeatureArguments features = featureArguments(c, c.w.memoryQuery.data(), c.w.rows, m_shape.dMemPadded);
  features.rows = c.group.rows;
  features.features = c.w.readFeatures.data();
  if (Status done = launchMemoryFeatures(c.target, features); !done) return done;
  return recall(c, features);
}

/// hidden += features W_mem, head by head.
Status CellRunner::recall(const Cells& c, const MemoryFeatureArguments& features) {
  ProductSpec spec;
  spec.rows = c.group.rows;
  spec.columns = m_shape.valuesPerHead;
  spec.depth = m_shape.keysPadded;
  spec.weightsByColumn = false;
  spec.addend = true;
  spec.xRow = m_shape.memoryHeads * m_shape.keysPadded;
  spec.weightsRow = m_shape.valuesPerHead;
  spec.outRow = m_shape.hidden;
  spec.xCell = stride(features.featuresCell);
  spec.weightsCell = stride(m_shape.stateWeights());
  spec.outCell = stride(c.hiddenCell);
  spec.addendCell = stride(c.hiddenCell);
  for (int head = 0; head < m_shape.memoryHeads; ++head) {
    ProductOperands operands;
    operands.x = features.features + at(head) * at(m_shape.keysPadded);
    operands.weights = c.memory->readWeights.data() + at(c.group.firstLayer) * m_shape.stateWeights() +
                       at(head) * at(m_shape.keysPadded) * at(m_shape.valuesPerHead);
    operands.addend = c.input + at(head) * at(m_shape.valuesPerHead);
    operands.out = c.input + at(head) * at(m_shape.valuesPerHead);
    if (Status done = multiply(c, spec, operands); !done) return done;
  }
  return {};
}

Status CellRunner::norm(const Cells& c, const StackedNorm& norm) {
  NormArguments a;
  a.x = c.input;
  a.out = c.w.normed.data();
  a.weight = fromLayer(norm.weight, c.group.firstLayer, at(m_shape.hidden));
  a.bias = fromLayer(norm.bias, c.group.firstLayer, at(m_shape.hidden));
  a.xStride = c.hiddenCell;
  a.outStride = at(c.w.rows) * at(m_shape.hidden);
  a.cells = c.group.count;
  a.rows = c.group.rows;
  a.width = m_shape.hidden;
  a.epsilon = static_cast<float>(m_config.normEpsilon);
  return launchNorm(c.target, a);
}

Status CellRunner::queryKeyValue(const Cells& c) {
  return project(c, m_weights.attentionIn, c.w.normed.data(), m_shape.hidden, at(c.w.rows) * at(m_shape.hidden),
                 m_shape.hidden, c.w.qkv.data(), m_shape.qkvWidth, at(c.w.rows) * at(m_shape.qkvWidth), nullptr);
}

const float2* CellRunner::rotaryTable(const Cells& c) {
  return c.cache != nullptr ? c.cache->rotary.data() : c.w.rotary.data();
}

Status CellRunner::rotate(const Cells& c) {
  RotaryArguments a;
  a.qkv = c.w.qkv.data();
  a.qkvStride = at(c.w.rows) * at(m_shape.qkvWidth);
  a.cells = c.group.count;
  a.rows = c.group.rows;
  a.heads = m_shape.heads;
  a.keyValueHeads = m_shape.keyValueHeads;
  a.headDim = m_shape.headDim;
  a.headWidth = m_shape.headWidth;
  if (c.group.plan->rotary) a.table = rotaryTable(c);
  a.rotateQueries = !attentionRotates(m_shape.headDim);
  a.firstPosition = c.group.firstPosition;
  if (c.cache != nullptr) {
    a.cacheStride = at(c.cache->capacity) * at(m_shape.keyValueHeads) * at(m_shape.headWidth);
    a.cachedKeys = c.cache->keys.data() + at(c.group.firstLayer) * a.cacheStride;
    a.cachedValues = c.cache->values.data() + at(c.group.firstLayer) * a.cacheStride;
  }
  return launchRotary(c.target, a);
}

Status CellRunner::attend(const Cells& c) {
  AttentionArguments a;
  a.query = c.w.qkv.data();
  a.queryCell = at(c.w.rows) * at(m_shape.qkvWidth);
  a.queryRow = m_shape.qkvWidth;
  if (c.cache != nullptr) {
    a.keyRow = m_shape.keyValueHeads * m_shape.headWidth;
    a.keyCell = at(c.cache->capacity) * at(a.keyRow);
    a.keys = c.cache->keys.data() + at(c.group.firstLayer) * a.keyCell;
    a.values = c.cache->values.data() + at(c.group.firstLayer) * a.keyCell;
  } else {
    a.keyRow = m_shape.qkvWidth;
    a.keyCell = a.queryCell;
    a.keys = a.query + m_shape.attendedWidth;
    a.values = a.keys + at(m_shape.keyValueHeads) * at(m_shape.headWidth);
  }
  a.out = c.w.attended.data();
  a.outCell = at(c.w.rows) * at(m_shape.attendedWidth);
  a.outRow = m_shape.attendedWidth;
  a.cells = c.group.count;
  a.rows = c.group.rows;
  a.heads = m_shape.heads;
  a.keyValueHeads = m_shape.keyValueHeads;
  a.headWidth = m_shape.headWidth;
  a.firstPosition = c.group.firstPosition;
  a.scale = 1.0f / std::sqrt(static_cast<float>(m_shape.headDim));
  if (c.group.plan->rotary && attentionRotates(m_shape.headDim)) a.rotary = rotaryTable(c);
  return launchAttention(c.target, a);
}

Status CellRunner::attentionOut(const Cells& c) {
  return project(c, m_weights.attentionOut, c.w.attended.data(), m_shape.attendedWidth,
                 at(c.w.rows) * at(m_shape.attendedWidth), m_shape.attendedWidth, c.input, m_shape.hidden, c.hiddenCell,
                 c.input);
}

Status CellRunner::mlpIn(const Cells& c) {
  const std::size_t cell = at(c.w.rows) * at(m_shape.mlpInWidth);
  if (Status done = project(c, m_weights.mlpIn, c.w.normed.data(), m_shape.hidden, at(c.w.rows) * at(m_shape.hidden),
                            m_shape.hidden, c.w.mlp.data(), m_shape.mlpInWidth, cell, nullptr);
      !done) {
    return done;
  }
  ActivationArguments a;
  a.mlp = c.w.mlp.data();
  a.cellStride = cell;
  a.rowStride = m_shape.mlpInWidth;
  a.cells = c.group.count;
  a.rows = c.group.rows;
  a.width = m_shape.feedForward;
  a.gated = c.group.plan->activation == Activation::kSwiGlu;
  return launchActivation(c.target, a);
}

Status CellRunner::mlpOut(const Cells& c) {
  return project(c, m_weights.mlpOut, c.w.mlp.data(), m_shape.mlpInWidth, at(c.w.rows) * at(m_shape.mlpInWidth),
                 m_shape.feedForward, c.output, m_shape.hidden, c.hiddenCell, c.input);
}

Status CellRunner::memoryWrite(const Cells& c) {
  if (Status done = projectWrittenRows(c); !done) return done;
  const MemoryWriteArguments write = writeArguments(c);
  MemoryFeatureArguments features =
      featureArguments(c, write.projected + m_shape.hidden, m_shape.memoryTokens, m_shape.memoryInWidth);
  features.rows = m_shape.memoryTokens;
  features.features = c.w.writeFeatures.data();
  features.inverseDenominator = c.w.inverseDenominator.data();
  features.gamma = c.w.gamma.data();
  features.written = write.written;
  if (Status done = launchMemoryFeatures(c.target, features); !done) return done;
  if (Status done = launchMemoryUpdate(c.target, write); !done) return done;
  return launchMemoryFinish(c.target, write);
}

/// v, k and beta of the memory tokens' rows, as one product.
Status CellRunner::projectWrittenRows(const Cells& c) {
  const int rows = m_shape.memoryTokens;
  ProductSpec spec = denseSpec(rows, m_shape.memoryInWidth, m_shape.hidden);
  spec.out = Element::kF32;
  spec.xCell = stride(c.hiddenCell);
  spec.outCell = stride(at(rows) * at(m_shape.memoryInWidth));
  ProductOperands operands;
  operands.x = c.output + at(c.group.rows - rows) * at(m_shape.hidden);
  operands.weights = fromLayer(m_weights.memoryIn, c.group.firstLayer, at(m_shape.memoryInWidth) * at(m_shape.hidden));
  operands.out = c.w.memoryIn.data();
  auto plan = m_products.plan(spec, m_shape.layers);  // as many rows whatever the segment
  if (!plan) return plan.error();
  return m_products.run(c.target, **plan, operands, c.group.count);
}

MemoryWriteArguments CellRunner::writeArguments(const Cells& c) const {
  const int rows = m_shape.memoryTokens;
  const int layer = c.group.firstLayer;
  MemoryWriteArguments a;
  a.projected = c.w.memoryIn.data();
  a.projectedCell = at(rows) * at(m_shape.memoryInWidth);
  a.projectedRow = m_shape.memoryInWidth;
  a.betaColumn = m_shape.hidden + m_shape.dMemPadded;
  a.betaBias = fromLayer(m_weights.betaBias, layer, at(m_shape.betas));
  a.features = c.w.writeFeatures.data();
  a.featuresCell = at(rows) * at(m_shape.memoryHeads) * at(m_shape.keysPadded);
  a.inverseDenominator = c.w.inverseDenominator.data();
  a.gamma = c.w.gamma.data();
  a.weights = c.memory->state.data() + at(layer) * m_shape.stateSize();
  a.normalizers = a.weights + m_shape.stateWeights();
  a.stateCell = m_shape.stateSize();
  a.readWeights = c.memory->readWeights.data() + at(layer) * m_shape.stateWeights();
  a.readWeightsCell = m_shape.stateWeights();
  a.written = c.memory->written.data() + layer;
  a.squares = c.w.squares.data();
  a.metrics = c.w.metrics.data();
  a.cells = c.group.count;
  a.heads = m_shape.memoryHeads;
  a.rows = rows;
  a.keysPadded = m_shape.keysPadded;
  a.valuesPerHead = m_shape.valuesPerHead;
  a.betas = m_shape.betas;
  return a;
}

Status CellRunner::runHead(const LaunchTarget& target, CudaWorkspace& workspace, int parity, int firstRow, int count) {
  NormArguments norm;
  norm.x = workspace.slot(m_shape, parity, m_shape.layers) + at(firstRow) * at(m_shape.hidden);
  norm.out = workspace.normed.data();
  norm.weight = m_weights.finalNorm.weight.data();
  norm.bias = m_weights.finalNorm.bias.data();
  norm.cells = 1;
  norm.rows = count;
  norm.width = m_shape.hidden;
  norm.epsilon = static_cast<float>(m_config.normEpsilon);
  if (Status done = launchNorm(target, norm); !done) return done;
  ProductSpec spec = denseSpec(count, m_shape.vocabularyPadded, m_shape.hidden);
  spec.out = Element::kF32;
  auto plan = m_products.plan(spec, 1);
  if (!plan) return plan.error();
  ProductOperands operands;
  operands.x = workspace.normed.data();
  operands.weights = m_weights.head();
  operands.out = workspace.logits.data();
  return m_products.run(target, **plan, operands, 1);
}

}  // namespace tidemark::cuda
