#pragma once
// Matrix products on the tensor cores through cuBLASLt: one strided-batched call for all cells of a group, with one
// algorithm per shape, whatever the group: chosen once for the largest batch from the library's own ranking, without
// split-K, and then used for every batch. The choice depends on the device and the library only, so results repeat.

#include <cublasLt.h>
#include <cuda_runtime.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "engine/backend/cuda/device_buffer.h"
#include "engine/backend/cuda/kernels/limits.h"
#include "engine/backend/cuda/launch.h"
#include "engine/base/result.h"

namespace tidemark::cuda {

enum class Element { kBf16, kF32 };

/// out [rows, columns] = x [rows, depth] weights (+ bias) (+ addend), row-major, per cell; x and weights are bf16, sums
/// float32. Two specs of the same shape get the same algorithm.
struct ProductSpec {
  int rows = 0;
  int columns = 0;
  int depth = 0;
  bool weightsByColumn = true;  // weights [columns, depth], as layers store them; else [depth, columns]
  Element out = Element::kBf16;
  bool bias = false;    // bf16 [columns]
  bool addend = false;  // out has its own type; may be in place
  // Elements from row to row.
  int xRow = 0;
  int weightsRow = 0;
  int outRow = 0;
  // Elements from cell to cell.
  std::int64_t xCell = 0;
  std::int64_t weightsCell = 0;
  std::int64_t outCell = 0;
  std::int64_t addendCell = 0;
  std::int64_t biasCell = 0;

  [[nodiscard]] bool operator==(const ProductSpec&) const = default;
  /// Equal but for where the cells lie: what decides the algorithm.
  [[nodiscard]] bool sameShape(const ProductSpec& other) const {
    ProductSpec mine = other;
    mine.xCell = xCell;
    mine.weightsCell = weightsCell;
    mine.outCell = outCell;
    mine.addendCell = addendCell;
    mine.biasCell = biasCell;
    return mine == *this;
  }
};

struct ProductOperands {
  const void* x = nullptr;
  const void* weights = nullptr;
  const void* bias = nullptr;
  const void* addend = nullptr;
  void* out = nullptr;
};

class ProductPlan;

class Products {
 public:
  Products();
  Products(const Products&) = delete;
  Products& operator=(const Products&) = delete;
  ~Products();

  [[nodiscard]] Status open(DeviceBytes& bytes);
  /// The plan for a spec, made on the first request; cells: the largest batch it will be used with. Errors:
  /// kUnsupported (no algorithm), kDeviceLost.
  [[nodiscard]] Result<ProductPlan*> plan(const ProductSpec& spec, int cells);
  /// Queues the product for `cells` cells.
  [[nodiscard]] Status run(const LaunchTarget& target, ProductPlan& plan, const ProductOperands& operands, int cells);

 private:
  struct Handle;
  std::unique_ptr<Handle> m_handle;
  DeviceBuffer<std::byte> m_workspace;
  std::vector<std::unique_ptr<ProductPlan>> m_plans;
};

}  // namespace tidemark::cuda
