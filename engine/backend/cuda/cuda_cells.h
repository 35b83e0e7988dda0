#pragma once
// Carries a LayerPlan out over a group of cells: every operation is one kernel or one batched product for all of them.

#include "engine/backend/backend.h"
#include "engine/backend/cuda/cuda_shape.h"
#include "engine/backend/cuda/cuda_state.h"
#include "engine/backend/cuda/cuda_weights.h"
#include "engine/backend/cuda/kernels/memory_features.h"
#include "engine/backend/cuda/kernels/memory_write.h"
#include "engine/backend/cuda/launch.h"
#include "engine/backend/cuda/product.h"

namespace tidemark::cuda {

class CellRunner {
 public:
  CellRunner(const ModelConfig& config, const CudaShape& shape, const CudaWeights& weights, Products& products)
      : m_config(config), m_shape(shape), m_weights(weights), m_products(products) {}

  /// Queues every operation of the group. Allocates nothing on the device.
  [[nodiscard]] Status run(const LaunchTarget& target, CudaWorkspace& workspace, const CellGroup& group);
  /// Queues final norm and head of `count` rows of the last slot, into the workspace's logits [count, V padded].
  [[nodiscard]] Status runHead(const LaunchTarget& target, CudaWorkspace& workspace, int parity, int firstRow,
                               int count);

 private:
  /// A group with everything its operations need.
  struct Cells {
    const LaunchTarget& target;
    CudaWorkspace& w;
    const CellGroup& group;
    CudaMemory* memory = nullptr;
    CudaCache* cache = nullptr;
    Bf16* input = nullptr;  // of the first cell
    Bf16* output = nullptr;
    std::size_t hiddenCell = 0;  // from cell to cell
  };

  /// Of every position that the group can have.
  [[nodiscard]] static const float2* rotaryTable(const Cells& c);
  Status runOperation(const Cells& c, LayerOp op);
  Status memoryRead(const Cells& c);
  Status recall(const Cells& c, const MemoryFeatureArguments& features);
  Status norm(const Cells& c, const StackedNorm& norm);
  Status queryKeyValue(const Cells& c);
  Status rotate(const Cells& c);
  Status attend(const Cells& c);
  Status attentionOut(const Cells& c);
  Status mlpIn(const Cells& c);
  Status mlpOut(const Cells& c);
  Status memoryWrite(const Cells& c);
  Status projectWrittenRows(const Cells& c);
  [[nodiscard]] MemoryWriteArguments writeArguments(const Cells& c) const;
  [[nodiscard]] MemoryFeatureArguments featureArguments(const Cells& c, const float* projected, int rows,
                                                        int projectedRow) const;

  /// out = x weight^T (+ bias), for activations that lie [cells, rows, width].
  Status project(const Cells& c, const StackedLinear& linear, const Bf16* x, int xWidth, std::size_t xCell, int depth,
                 Bf16* out, int outWidth, std::size_t outCell, const Bf16* addend);
  Status multiply(const Cells& c, const ProductSpec& spec, const ProductOperands& operands);

  const ModelConfig& m_config;
  const CudaShape& m_shape;
  const CudaWeights& m_weights;
  Products& m_products;
};

}  // namespace tidemark::cuda
