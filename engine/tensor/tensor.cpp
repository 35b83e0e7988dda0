#include "engine/tensor/tensor.h"

#include <cstdlib>
#include <cstring>
#include <new>

#include "engine/base/check.h"
#include "engine/base/numeric.h"

namespace tidemark {

std::size_t byteSize(DType dtype) {
  switch (dtype) {
    case DType::kF32:
    case DType::kI32:
      return 4;
    case DType::kF16:
    case DType::kBF16:
      return 2;
    case DType::kI64:
      return 8;
  }
  return 0;
}

std::string_view name(DType dtype) {
  switch (dtype) {
    case DType::kF32:
      return "F32";
    case DType::kF16:
      return "F16";
    case DType::kBF16:
      return "BF16";
    case DType::kI32:
      return "I32";
    case DType::kI64:
      return "I64";
  }
  return "?";
}

std::string toString(const Shape& shape) {
  std::string text = "[";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
  return text + "]";
}

std::optional<std::uint64_t> elementCount(const Shape& shape) {
  std::uint64_t count = 1;
  for (std::int64_t axis : shape) {
    if (axis < 0) return std::nullopt;
    const auto product = checkedMultiply(count, static_cast<std::uint64_t>(axis));
    if (!product || *product > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
    count = *product;
  }
  return count;
}

void Tensor::Free::operator()(std::byte* pointer) const {
  ::operator delete[](pointer, std::align_val_t{64});
}

Tensor::Tensor(DType dtype, Shape shape) : m_dtype(dtype), m_shape(std::move(shape)) {
  const auto count = elementCount(m_shape);
  TM_CHECK(count.has_value(), toString(m_shape));
  m_byteCount = *count * byteSize(dtype);
  m_data.reset(static_cast<std::byte*>(::operator new[](m_byteCount, std::align_val_t{64})));
  std::memset(m_data.get(), 0, m_byteCount);
}

std::span<float> Tensor::floats() {
  TM_CHECK(m_dtype == DType::kF32, std::string(name(m_dtype)));
  return {reinterpret_cast<float*>(m_data.get()), m_byteCount / sizeof(float)};
}

std::span<const float> Tensor::floats() const {
  TM_CHECK(m_dtype == DType::kF32, std::string(name(m_dtype)));
  return {reinterpret_cast<const float*>(m_data.get()), m_byteCount / sizeof(float)};
}

std::span<std::int32_t> Tensor::ints() {
  TM_CHECK(m_dtype == DType::kI32, std::string(name(m_dtype)));
  return {reinterpret_cast<std::int32_t*>(m_data.get()), m_byteCount / sizeof(std::int32_t)};
}

std::span<const std::int32_t> Tensor::ints() const {
  TM_CHECK(m_dtype == DType::kI32, std::string(name(m_dtype)));
  return {reinterpret_cast<const std::int32_t*>(m_data.get()), m_byteCount / sizeof(std::int32_t)};
}

void widenToFloat(const TensorView& view, std::size_t first, std::span<float> out) {
  TM_CHECK(view.device == Device::kHost, "a device view cannot be read here");
  TM_CHECK((first + out.size()) * byteSize(view.dtype) <= view.bytes.size(), toString(view.shape));
  const std::byte* source = view.bytes.data() + first * byteSize(view.dtype);
  if (view.dtype == DType::kF32) {
    if (!out.empty()) std::memcpy(out.data(), source, out.size_bytes());
    return;
  }
  TM_CHECK(view.dtype == DType::kF16 || view.dtype == DType::kBF16, name(view.dtype));
  for (std::size_t i = 0; i < out.size(); ++i) {
    std::uint16_t bits = 0;  // the view may be unaligned
    std::memcpy(&bits, source + 2 * i, sizeof bits);
    out[i] = view.dtype == DType::kF16 ? f16ToFloat(bits) : bf16ToFloat(bits);
  }
}

void widenToFloat(const TensorView& view, std::span<float> out) {
  TM_CHECK(out.size() * byteSize(view.dtype) == view.bytes.size(), toString(view.shape));
  widenToFloat(view, 0, out);
}

}  // namespace tidemark
