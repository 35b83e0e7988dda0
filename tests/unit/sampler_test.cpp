#include "engine/generate/sampler.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <string>

namespace tidemark {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

std::vector<TokenId> draw(const SamplingOptions& options, std::span<const float> logits, int count) {
  Sampler sampler(options);
  std::vector<TokenId> tokens;
  for (int i = 0; i < count; ++i) {
    const auto token = chooseToken(logits, sampler.next());
    EXPECT_TRUE(token.ok());
    tokens.push_back(token.ok() ? *token : -1);
  }
  return tokens;
}

/// log of the probabilities, shifted: softmax does not see the shift.
std::vector<float> logitsOf(std::initializer_list<double> probabilities) {
  std::vector<float> logits;
  for (double p : probabilities) logits.push_back(static_cast<float>(std::log(p)) + 7);
  return logits;
}

TEST(Sampler, GreedyTakesTheLowestIdAmongEquals) {
  const std::vector<float> logits = {-1, 3, 2, 3, 3};
  EXPECT_EQ(draw({}, logits, 3), (std::vector<TokenId>{1, 1, 1}));
  EXPECT_EQ(draw({}, std::vector<float>{-kInfinity, -5}, 1), std::vector<TokenId>{1});
  EXPECT_EQ(draw({}, std::vector<float>{4}, 1), std::vector<TokenId>{0});
}

TEST(Sampler, TopOneAndATinyTopPAreGreedyAtAnyTemperature) {
  const std::vector<float> logits = {0.5f, 0.9f, 0.9f, -3};
  EXPECT_EQ(draw({.temperature = 50, .topK = 1}, logits, 20), std::vector<TokenId>(20, 1));
  EXPECT_EQ(draw({.temperature = 50, .topP = 1e-6f}, logits, 20), std::vector<TokenId>(20, 1));
  EXPECT_EQ(draw({.temperature = 1e-6f}, std::vector<float>{0, 1, 0.99f}, 20), std::vector<TokenId>(20, 1));
}

// Four equal tokens: the token is floor(4 u). The first five outputs of SplitMix64 from 0 are published as
// e220a839..., 6e789e6a..., 06c45d18..., f88bb8a8..., 1b39896a...: their two highest bits are the tokens.
TEST(Sampler, TheSeedFixesTheTokens) {
  const std::vector<float> logits(4, 2.5f);
  EXPECT_EQ(draw({.temperature = 1}, logits, 5), (std::vector<TokenId>{3, 1, 0, 3, 0}));
  EXPECT_EQ(draw({.temperature = 1, .seed = 1}, logits, 50), draw({.temperature = 1, .seed = 1}, logits, 50));
  EXPECT_NE(draw({.temperature = 1, .seed = 1}, logits, 50), draw({.temperature = 1, .seed = 2}, logits, 50));
}

TEST(Sampler, TopKAndTopPKeepTheMostLikelyTokensOnly) {
  const auto logits = logitsOf({0.1, 0.4, 0.05, 0.3, 0.15});
  const auto seen = [&](const SamplingOptions& options) {
    const auto tokens = draw(options, logits, 500);
    return std::set<TokenId>(tokens.begin(), tokens.end());
  };
  EXPECT_EQ(seen({.temperature = 1}), (std::set<TokenId>{0, 1, 2, 3, 4}));
  EXPECT_EQ(seen({.temperature = 1, .topK = 3}), (std::set<TokenId>{1, 3, 4}));
  EXPECT_EQ(seen({.temperature = 1, .topK = 5}), (std::set<TokenId>{0, 1, 2, 3, 4}));
  EXPECT_EQ(seen({.temperature = 1, .topK = 100}), (std::set<TokenId>{0, 1, 2, 3, 4}));
  EXPECT_EQ(seen({.temperature = 1, .topP = 0.39f}), (std::set<TokenId>{1}));
  EXPECT_EQ(seen({.temperature = 1, .topP = 0.5f}), (std::set<TokenId>{1, 3}));
  EXPECT_EQ(seen({.temperature = 1, .topP = 0.8f}), (std::set<TokenId>{1, 3, 4}));
  // Of the two that top-k leaves, 0.4 / 0.7 is 0.57.
  EXPECT_EQ(seen({.temperature = 1, .topK = 2, .topP = 0.5f}), (std::set<TokenId>{1}));
}

// 20000 draws: the standard deviation of a frequency is below 0.0036; 0.015 is four of them.
TEST(Sampler, FrequenciesFollowTheProbabilities) {
  const auto frequencies = [](const SamplingOptions& options) {
    std::array<double, 3> counts{};
    for (TokenId token : draw(options, logitsOf({0.6, 0.3, 0.1}), 20000))
      counts.at(static_cast<std::size_t>(token)) += 1;
    for (double& count : counts) count /= 20000;
    return counts;
  };
  const auto plain = frequencies({.temperature = 1, .seed = 3});
  EXPECT_NEAR(plain[0], 0.6, 0.015);
  EXPECT_NEAR(plain[1], 0.3, 0.015);
  EXPECT_NEAR(plain[2], 0.1, 0.015);
  // Temperature 1/2 squares the odds: 0.36 : 0.09 : 0.01.
  const auto sharp = frequencies({.temperature = 0.5f, .seed = 3});
  EXPECT_NEAR(sharp[0], 0.36 / 0.46, 0.015);
  EXPECT_NEAR(sharp[1], 0.09 / 0.46, 0.015);
  // What is cut off is shared out in proportion.
  const auto cut = frequencies({.temperature = 1, .topK = 2, .seed = 3});
  EXPECT_NEAR(cut[0], 0.6 / 0.9, 0.015);
  EXPECT_EQ(cut[2], 0);
}

TEST(Sampler, NumbersThatAreNoneAreErrors) {
  for (float temperature : {0.0f, 1.0f}) {
    Sampler sampler({.temperature = temperature});
    for (float wrong : {std::nanf(""), kInfinity}) {
      for (std::size_t place : {0u, 2u}) {
        std::vector<float> logits = {1, 2, 3};
        logits[place] = wrong;
        const auto token = chooseToken(logits, sampler.next());
        ASSERT_FALSE(token.ok()) << wrong << " at " << place;
        EXPECT_EQ(token.error().code, ErrorCode::kCorrupt);
        EXPECT_NE(token.error().message.find("token " + std::to_string(place)), std::string::npos);
      }
    }
    EXPECT_FALSE(chooseToken(std::vector<float>(3, -kInfinity), sampler.next()).ok());
    EXPECT_TRUE(chooseToken(std::vector<float>{1, -kInfinity}, sampler.next()).ok());  // a token that is ruled out
  }
}

TEST(SamplingOptions, RangesAreChecked) {
  EXPECT_TRUE(checkSamplingOptions({}).ok());
  EXPECT_TRUE(checkSamplingOptions({.temperature = 100, .topK = 1 << 30, .topP = 1e-9f}).ok());
  const float nan = std::nanf("");
  const struct {
    SamplingOptions options;
    std::string named;
  } wrong[] = {
      {{.temperature = -0.1f}, "temperature"},
      {{.temperature = 100.5f}, "temperature"},
      {{.temperature = nan}, "temperature"},
      {{.topK = -1}, "top-k"},
      {{.topP = 0}, "top-p"},
      {{.topP = 1.01f}, "top-p"},
      {{.topP = nan}, "top-p"},
  };
  for (const auto& test : wrong) {
    const Status status = checkSamplingOptions(test.options);
    ASSERT_FALSE(status.ok()) << test.named;
    EXPECT_EQ(status.error().code, ErrorCode::kInvalidArgument);
    EXPECT_NE(status.error().message.find(test.named), std::string::npos) << status.error().message;
  }
}

}  // namespace
}  // namespace tidemark
