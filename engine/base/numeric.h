#pragma once
// f16/bf16 to f32, division that rounds up, and multiplication that notices overflow.

#include <bit>
#include <cstdint>
#include <optional>

namespace tidemark {

template <typename T>
[[nodiscard]] constexpr T ceilDiv(T a, T b) {
  return (a + b - 1) / b;
}

template <typename T>
[[nodiscard]] constexpr T roundUp(T a, T multiple) {
  return ceilDiv(a, multiple) * multiple;
}

/// a * b, or nothing when the product does not fit in 64 bits.
[[nodiscard]] inline std::optional<std::uint64_t> checkedMultiply(std::uint64_t a, std::uint64_t b) {
  std::uint64_t product = 0;
  if (__builtin_mul_overflow(a, b, &product)) return std::nullopt;
  return product;
}

[[nodiscard]] inline std::optional<std::uint64_t> checkedAdd(std::uint64_t a, std::uint64_t b) {
  std::uint64_t sum = 0;
  if (__builtin_add_overflow(a, b, &sum)) return std::nullopt;
  return sum;
}

/// bfloat16 is the upper half of a float32: widening is exact.
[[nodiscard]] constexpr float bf16ToFloat(std::uint16_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits) << 16);
}

/// To the nearest bfloat16, ties to even; NaN stays NaN.
[[nodiscard]] constexpr std::uint16_t floatToBf16(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value);
  if ((bits & 0x7fffffffu) > 0x7f800000u) return static_cast<std::uint16_t>((bits >> 16) | 0x40u);
  return static_cast<std::uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

/// IEEE half to single, exact, subnormals and non-finite values included.
[[nodiscard]] constexpr float f16ToFloat(std::uint16_t bits) {
  const std::uint32_t sign = static_cast<std::uint32_t>(bits & 0x8000u) << 16;
  const std::uint32_t exponent = (bits >> 10) & 0x1fu;
  const std::uint32_t fraction = bits & 0x3ffu;
  if (exponent == 0x1f) return std::bit_cast<float>(sign | 0x7f800000u | (fraction << 13));
  if (exponent != 0) return std::bit_cast<float>(sign | ((exponent + 112) << 23) | (fraction << 13));
  // Zero or subnormal: fraction * 2^-24, which a float32 holds exactly.
  const float magnitude = static_cast<float>(fraction) * 0x1p-24f;
  return sign != 0 ? -magnitude : magnitude;
}

}  // namespace tidemark
