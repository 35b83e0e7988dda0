#pragma once
// Chooses the next token from logits. Same logits, options and seed give the same token on every machine.

#include <cstdint>
#include <span>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/split_mix.h"
#include "engine/base/types.h"

namespace tidemark {

struct SamplingOptions {
  float temperature = 0;  // 0: greedy, the lowest id among equals
  int topK = 0;           // 0: all
  float topP = 1;         // smallest set of most likely tokens whose probabilities reach this
  std::uint64_t seed = 0;
};

/// Errors: kInvalidArgument, naming the option, its value and its range.
[[nodiscard]] Status checkSamplingOptions(const SamplingOptions& options);

class Sampler {
 public:
  explicit Sampler(const SamplingOptions& options);

  /// `logits` [V]. Minus infinity rules a token out. Errors: kCorrupt when a logit is NaN or plus infinity, or all are
  /// minus infinity (broken weights or memory; says which token).
  [[nodiscard]] Result<TokenId> sample(std::span<const float> logits);

 private:
  struct Candidate {
    TokenId token;
    double weight;
  };
  [[nodiscard]] TokenId draw(std::span<const float> logits, float highest);

  SamplingOptions m_options;
  SplitMix64 m_random;
  std::vector<Candidate> m_candidates;
};

}  // namespace tidemark
