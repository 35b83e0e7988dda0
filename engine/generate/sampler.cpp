#include "engine/generate/sampler.h"

#include <cmath>
#include <string>

namespace tidemark {

Status checkSamplingOptions(const SamplingOptions& options) {
  if (!(options.temperature >= 0 && options.temperature <= 100)) {
    return makeError(ErrorCode::kInvalidArgument,
                     "temperature " + std::to_string(options.temperature) + " is outside 0 to 100");
  }
  if (options.topK < 0) {
    return makeError(ErrorCode::kInvalidArgument, "top-k " + std::to_string(options.topK) + " is negative");
  }
  if (!(options.topP > 0 && options.topP <= 1)) {
    return makeError(ErrorCode::kInvalidArgument, "top-p " + std::to_string(options.topP) + " is outside (0, 1]");
  }
  return {};
}

Sampler::Sampler(const SamplingOptions& options) : m_options(options), m_state(options.seed) {}

TokenChoice Sampler::next() {
  TokenChoice choice;
  choice.temperature = m_options.temperature;
  if (choice.temperature == 0) return choice;
  choice.topK = m_options.topK;
  choice.topP = static_cast<std::uint64_t>(std::ceil(static_cast<double>(m_options.topP) * 0x1p32));
  // SplitMix64 (Steele, Lea, Flood 2014): the standard library's distributions differ between implementations.
  m_state += 0x9e3779b97f4a7c15u;
  std::uint64_t x = m_state;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  x ^= x >> 31;
  choice.random = x >> 11;
  return choice;
}

}  // namespace tidemark
