#include "engine/tensor/tensor.h"

#include <gtest/gtest.h>

#include <array>
#include <cstring>

namespace tidemark {
namespace {

TEST(Tensor, ElementCountRefusesNegativeAndOverflowingShapes) {
  EXPECT_EQ(elementCount({}), 1u);
  EXPECT_EQ(elementCount({3, 0, 5}), 0u);
  EXPECT_EQ(elementCount({3, 4, 5}), 60u);
  EXPECT_FALSE(elementCount({3, -1}).has_value());
  EXPECT_FALSE(elementCount({INT64_MAX, 3}).has_value());
}

TEST(Tensor, IsZeroFilledAndAligned) {
  Tensor tensor(DType::kF32, {3, 5});
  ASSERT_EQ(tensor.floats().size(), 15u);
  for (float value : tensor.floats()) EXPECT_EQ(value, 0.0f);
  EXPECT_EQ(reinterpret_cast<std::uintptr_t>(tensor.bytes().data()) % 64, 0u);
}

TEST(Tensor, WidensUnalignedHalvesExactly) {
  std::array<std::byte, 5> raw{};
  const std::array<std::uint16_t, 2> halves = {0x3c00, 0xc000};
  std::memcpy(raw.data() + 1, halves.data(), 4);
  const TensorView view{DType::kF16, {2}, std::span(raw).subspan(1), Device::kHost};
  std::array<float, 2> out{};
  widenToFloat(view, out);
  EXPECT_EQ(out[0], 1.0f);
  EXPECT_EQ(out[1], -2.0f);
}

}  // namespace
}  // namespace tidemark
