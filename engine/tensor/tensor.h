#pragma once
// Element types, shapes, an owning host tensor and a view. Row-major, the last axis contiguous.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace tidemark {

enum class DType { kF32, kF16, kBF16, kI32, kI64 };

[[nodiscard]] std::size_t byteSize(DType dtype);
/// As safetensors spells it: "F32", "F16", "BF16", "I32", "I64".
[[nodiscard]] std::string_view name(DType dtype);

using Shape = std::vector<std::int64_t>;

/// "[4, 128]".
[[nodiscard]] std::string toString(const Shape& shape);
/// Product of the axes; nothing for a negative axis or when it does not fit in 63 bits.
[[nodiscard]] std::optional<std::uint64_t> elementCount(const Shape& shape);

enum class Device { kHost, kCuda };

/// Read-only view of elements that somebody else owns; may be unaligned (a mapped file). A view knows its device.
struct TensorView {
  DType dtype = DType::kF32;
  Shape shape;
  std::span<const std::byte> bytes;
  Device device = Device::kHost;
};

/// Owning host tensor, 64-byte aligned, zero-filled.
class Tensor {
 public:
  Tensor() = default;
  Tensor(DType dtype, Shape shape);

  [[nodiscard]] DType dtype() const { return m_dtype; }
  [[nodiscard]] const Shape& shape() const { return m_shape; }
  [[nodiscard]] std::span<std::byte> bytes() { return {m_data.get(), m_byteCount}; }
  [[nodiscard]] std::span<const std::byte> bytes() const { return {m_data.get(), m_byteCount}; }
  [[nodiscard]] TensorView view() const { return {m_dtype, m_shape, bytes(), Device::kHost}; }

  /// The elements as floats; dtype must be kF32.
  [[nodiscard]] std::span<float> floats();
  [[nodiscard]] std::span<const float> floats() const;
  /// The elements as 32-bit integers; dtype must be kI32.
  [[nodiscard]] std::span<std::int32_t> ints();
  [[nodiscard]] std::span<const std::int32_t> ints() const;

 private:
  struct Free {
    void operator()(std::byte* pointer) const;
  };
  DType m_dtype = DType::kF32;
  Shape m_shape;
  std::size_t m_byteCount = 0;
  std::unique_ptr<std::byte, Free> m_data;
};

/// Widens a host view of F32, F16 or BF16 elements into `out` (same number of elements). Exact.
void widenToFloat(const TensorView& view, std::span<float> out);
/// The same for elements [first, first + out.size()).
void widenToFloat(const TensorView& view, std::size_t first, std::span<float> out);

}  // namespace tidemark
