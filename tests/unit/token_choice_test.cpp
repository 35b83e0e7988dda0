#include "engine/backend/token_choice.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

namespace tidemark {
namespace {

constexpr float kNoChance = -std::numeric_limits<float>::infinity();

TEST(TokenWeight, IsTheExponentialFunctionInSteps) {
  for (float x = 0; x > -28; x -= 0.0137f) {
    const double expected = std::exp(static_cast<double>(x)) * 0x1p40;
    EXPECT_NEAR(static_cast<double>(tokenWeight(x, 0, 1)), expected, expected * 0x1p-22 + 1) << x;
  }
  EXPECT_EQ(tokenWeight(3.25f, 3.25f, 0.7f), std::uint64_t{1} << 40);
}

TEST(TokenWeight, NeverGrowsAsTheLogitFalls) {
  std::uint64_t last = tokenWeight(0, 0, 1);
  for (float x = 0; x > -45; x = std::nextafter(x * 1.00001f - 1e-6f, kNoChance)) {
    const std::uint64_t weight = tokenWeight(x, 0, 1);
    ASSERT_LE(weight, last) << x;
    last = weight;
  }
  EXPECT_EQ(last, 0u);
}

TEST(TokenWeight, HoldsAtTheEndsOfItsRange) {
  EXPECT_EQ(tokenWeight(kNoChance, 5, 1), 0u);
  EXPECT_EQ(tokenWeight(-3e38f, 3e38f, 1), 0u);
  EXPECT_EQ(tokenWeight(1, 2, 1e-38f), 0u);
  EXPECT_EQ(tokenWeight(2, 2, 1e-38f), std::uint64_t{1} << 40);
  EXPECT_GT(tokenWeight(-2700, 0, 100), 0u);
}

TEST(LogitRank, AscendsWithTheLogit) {
  const float ascending[] = {kNoChance, -3e38f, -1, -1e-45f, 0, 1e-45f, 0.5f, 1, 3e38f};
  for (std::size_t i = 1; i < std::size(ascending); ++i) {
    EXPECT_LT(logitRank(ascending[i - 1]), logitRank(ascending[i])) << ascending[i];
  }
  EXPECT_EQ(logitRank(-0.0f), logitRank(0.0f));
}

TEST(ShareOf, IsTheProductOfWideNumbers) {
  __extension__ using Wide = unsigned __int128;
  std::mt19937_64 random(5);
  for (int i = 0; i < 2000; ++i) {
    const std::uint64_t value = random() >> (i % 60);
    for (const int bits : {32, 53}) {
      const std::uint64_t fraction = random() >> (64 - bits);
      ASSERT_EQ(shareOf(value, fraction, bits), static_cast<std::uint64_t>(Wide{value} * fraction >> bits));
    }
  }
}

TEST(ChooseToken, TheLastBitOfTheDrawStillFallsIntoAToken) {
  TokenChoice choice;
  choice.temperature = 1;
  choice.random = (std::uint64_t{1} << 53) - 1;
  EXPECT_EQ(*chooseToken(std::vector<float>{1, 1, 1, 1, kNoChance}, choice), 3);
  choice.random = 0;
  EXPECT_EQ(*chooseToken(std::vector<float>{kNoChance, 1, 1}, choice), 1);
}

TEST(ChooseToken, AmongEqualsTheLowestIdsStay) {
  TokenChoice choice;
  choice.temperature = 1;
  choice.random = (std::uint64_t{1} << 53) - 1;
  const std::vector<float> logits = {kNoChance, 5, 5, 5, 5};
  choice.topK = 2;
  EXPECT_EQ(*chooseToken(logits, choice), 2);
  choice.topK = 0;
  choice.topP = kWholeProbability / 2;
  EXPECT_EQ(*chooseToken(logits, choice), 2);
}

}  // namespace
}  // namespace tidemark
