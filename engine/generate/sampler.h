#pragma once
// How tokens are chosen, one after the other. Same logits, options and seed give the same token on every machine.

#include <cstdint>

#include "engine/backend/token_choice.h"
#include "engine/base/result.h"
#include "engine/base/split_mix.h"

namespace tidemark {

struct SamplingOptions {
  float temperature = 0;  // 0: greedy, the lowest id among equals
  int topK = 0;           // 0: all
  float topP = 1;         // smallest set of most likely tokens whose probabilities reach this
  std::uint64_t seed = 0;
};

/// Errors: kInvalidArgument, naming the option, its value and its range.
[[nodiscard]] Status checkSamplingOptions(const SamplingOptions& options);

/// The options and a stream of random bits: what chooses a token, one after the other.
class Sampler {
 public:
  explicit Sampler(const SamplingOptions& options);

  /// How the next token is chosen (Backend::chooseToken, tidemark::chooseToken).
  [[nodiscard]] TokenChoice next();

 private:
  SamplingOptions m_options;
  SplitMix64 m_random;
};

}  // namespace tidemark
