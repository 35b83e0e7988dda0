#include "engine/weights/lora_merge.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace tidemark {
namespace {

bool canBeMerged(DType dtype) {
  return dtype == DType::kF32 || dtype == DType::kF16 || dtype == DType::kBF16;
}

std::vector<float> widenedValues(const TensorView& view) {
  std::vector<float> values(view.bytes.size() / byteSize(view.dtype));
  widenToFloat(view, values);
  return values;
}

/// [rows, columns] -> [columns, rows].
std::vector<float> transposed(const std::vector<float>& values, std::size_t rows, std::size_t columns) {
  std::vector<float> turned(values.size());
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < columns; ++j) turned[j * rows + i] = values[i * columns + j];
  }
  return turned;
}

/// weight [rows, columns] += scale left [rows, rank] right [rank, columns].
void addProduct(std::span<float> weight, const std::vector<float>& left, const std::vector<float>& right,
                std::size_t rank, std::size_t columns, float scale) {
  std::vector<float> sum(columns);
  for (std::size_t row = 0; row * columns < weight.size(); ++row) {
    std::fill(sum.begin(), sum.end(), 0.0f);
    for (std::size_t k = 0; k < rank; ++k) {
      const float factor = left[row * rank + k];
      const float* const from = right.data() + k * columns;
      for (std::size_t j = 0; j < columns; ++j) sum[j] += factor * from[j];
    }
    float* const to = weight.data() + row * columns;
    for (std::size_t j = 0; j < columns; ++j) to[j] += scale * sum[j];
  }
}

Status checkMerge(const LoraMerge& merge) {
  for (const TensorView* view : {&merge.weight, &merge.a, &merge.b}) {
    if (!canBeMerged(view->dtype)) {
      return makeError(ErrorCode::kUnsupported,
                       "weights and LoRA matrices must be F32, F16 or BF16, found " + std::string(name(view->dtype)));
    }
  }
  const bool areMatrices = merge.weight.shape.size() == 2 && merge.a.shape.size() == 2 && merge.b.shape.size() == 2;
  const Shape inOut = areMatrices ? Shape{merge.a.shape[1], merge.b.shape[0]} : Shape{};
  const Shape expected = merge.inputMajor || !areMatrices ? inOut : Shape{inOut[1], inOut[0]};
  if (areMatrices && merge.a.shape[0] == merge.b.shape[1] && merge.weight.shape == expected) return {};
  return makeError(ErrorCode::kMismatch, "LoRA matrices A " + toString(merge.a.shape) + " and B " +
                                             toString(merge.b.shape) + " do not fit a weight of shape " +
                                             toString(merge.weight.shape));
}

}  // namespace

Result<Tensor> mergeLora(const LoraMerge& merge) {
  if (const Status fits = checkMerge(merge); !fits) return fits.error();
  Tensor merged(DType::kF32, merge.weight.shape);
  widenToFloat(merge.weight, merged.floats());
  const auto rank = static_cast<std::size_t>(merge.a.shape[0]);
  const auto in = static_cast<std::size_t>(merge.a.shape[1]);
  const auto out = static_cast<std::size_t>(merge.b.shape[0]);
  const auto scale = static_cast<float>(merge.scale);
  const std::vector<float> a = widenedValues(merge.a), b = widenedValues(merge.b);
  if (merge.inputMajor) {
    addProduct(merged.floats(), transposed(a, rank, in), transposed(b, out, rank), rank, out, scale);
  } else {
    addProduct(merged.floats(), b, a, rank, in, scale);
  }
  return merged;
}

}  // namespace tidemark
