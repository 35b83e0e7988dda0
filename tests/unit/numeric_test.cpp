#include "engine/base/numeric.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tidemark {
namespace {

TEST(Numeric, HalfToFloatKnownValues) {
  EXPECT_EQ(f16ToFloat(0x3c00), 1.0f);
  EXPECT_EQ(f16ToFloat(0xc000), -2.0f);
  EXPECT_EQ(f16ToFloat(0x7bff), 65504.0f);
  EXPECT_EQ(f16ToFloat(0x0001), 0x1p-24f);  // smallest subnormal
  EXPECT_EQ(f16ToFloat(0x03ff), 1023 * 0x1p-24f);
  EXPECT_TRUE(std::signbit(f16ToFloat(0x8000)));
  EXPECT_EQ(f16ToFloat(0x7c00), std::numeric_limits<float>::infinity());
  EXPECT_TRUE(std::isnan(f16ToFloat(0x7e01)));
}

#ifdef __FLT16_MANT_DIG__
TEST(Numeric, HalfToFloatAgreesWithTheCompilerForEveryBitPattern) {
  for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
    const auto narrow = static_cast<std::uint16_t>(bits);
    const float expected = static_cast<float>(std::bit_cast<_Float16>(narrow));
    const float got = f16ToFloat(narrow);
    if (std::isnan(expected)) {
      EXPECT_TRUE(std::isnan(got)) << bits;
    } else {
      EXPECT_EQ(std::bit_cast<std::uint32_t>(got), std::bit_cast<std::uint32_t>(expected)) << bits;
    }
  }
}
#endif

TEST(Numeric, CheckedArithmeticNoticesOverflow) {
  EXPECT_EQ(checkedMultiply(1u << 20, 1u << 20), std::uint64_t{1} << 40);
  EXPECT_FALSE(checkedMultiply(std::uint64_t{1} << 40, std::uint64_t{1} << 24).has_value());
  EXPECT_FALSE(checkedAdd(UINT64_MAX, 1).has_value());
}

}  // namespace
}  // namespace tidemark
