#include "engine/backend/token_choice.h"

#include <algorithm>
#include <limits>
#include <string>

namespace tidemark {
namespace {

struct WeighedToken {
  std::uint32_t rank;
  TokenId token;
  std::uint64_t weight;
};

std::uint64_t sumOfWeights(const std::vector<WeighedToken>& tokens) {
  std::uint64_t sum = 0;
  for (const WeighedToken& token : tokens) sum += token.weight;
  return sum;
}

/// Leaves the likeliest tokens, the lowest ids first among equals.
void keepLikeliest(std::vector<WeighedToken>& tokens, const TokenChoice& choice) {
  const bool few = choice.topK > 0 && static_cast<std::size_t>(choice.topK) < tokens.size();
  if (!few && choice.topP >= kWholeProbability) return;
  std::sort(tokens.begin(), tokens.end(), [](const WeighedToken& a, const WeighedToken& b) {
    return a.rank != b.rank ? a.rank > b.rank : a.token < b.token;
  });
  if (few) tokens.resize(static_cast<std::size_t>(choice.topK));
  if (choice.topP < kWholeProbability) {
    const std::uint64_t wanted = weightToReach(sumOfWeights(tokens), choice.topP);
    std::uint64_t kept = 0;
    std::size_t count = 0;
    while (kept < wanted) kept += tokens[count++].weight;
    tokens.resize(count);
  }
  std::sort(tokens.begin(), tokens.end(),
            [](const WeighedToken& a, const WeighedToken& b) { return a.token < b.token; });
}

}  // namespace

Error noNumberError(std::size_t token) {
  return makeError(ErrorCode::kCorrupt, "the model computed no number for token " + std::to_string(token) +
                                            ": its weights or this session's memory are damaged");
}

Result<TokenId> chooseToken(std::span<const float> logits, const TokenChoice& choice) {
  std::size_t best = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    // Minus infinity rules a token out; the other two would make every probability NaN.
    if (!(logits[i] < std::numeric_limits<float>::infinity())) return noNumberError(i);
    if (logits[i] > logits[best]) best = i;
  }
  const float highest = logits[best];
  if (highest == -std::numeric_limits<float>::infinity()) return noNumberError(best);
  if (choice.temperature == 0) return static_cast<TokenId>(best);

  std::vector<WeighedToken> tokens;
  tokens.reserve(logits.size());
  for (std::size_t i = 0; i < logits.size(); ++i) {
    tokens.push_back(
        {logitRank(logits[i]), static_cast<TokenId>(i), tokenWeight(logits[i], highest, choice.temperature)});
  }
  keepLikeliest(tokens, choice);
  std::uint64_t left = drawnWeight(sumOfWeights(tokens), choice.random);
  for (const WeighedToken& token : tokens) {
    if (left < token.weight) return token.token;
    left -= token.weight;
  }
  return static_cast<TokenId>(best);  // 53 bits of less than one never get here
}

}  // namespace tidemark
