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

Sampler::Sampler(const SamplingOptions& options) : m_options(options), m_random(options.seed) {}

TokenChoice Sampler::next() {
  TokenChoice choice;
  choice.temperature = m_options.temperature;
  if (choice.temperature == 0) return choice;
  choice.topK = m_options.topK;
  choice.topP = static_cast<std::uint64_t>(std::ceil(static_cast<double>(m_options.topP) * 0x1p32));
  choice.random = m_random.next() >> 11;
  return choice;
}

}  // namespace tidemark
