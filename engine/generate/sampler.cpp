#include "engine/generate/sampler.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tidemark {

namespace {

Error noNumber(std::size_t token) {
  return makeError(ErrorCode::kCorrupt, "the model computed no number for token " + std::to_string(token) +
                                            ": its weights or this session's memory are damaged");
}

}  // namespace

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

Result<TokenId> Sampler::sample(std::span<const float> logits) {
  std::size_t best = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    // Minus infinity rules a token out; the other two would make every probability NaN.
    if (!(logits[i] < std::numeric_limits<float>::infinity())) return noNumber(i);
    if (logits[i] > logits[best]) best = i;
  }
  if (std::isinf(logits[best])) return noNumber(best);
  if (m_options.temperature == 0) return static_cast<TokenId>(best);
  return draw(logits, logits[best]);
}

TokenId Sampler::draw(std::span<const float> logits, float highest) {
  m_candidates.clear();
  double total = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const double weight = std::exp((static_cast<double>(logits[i]) - highest) / m_options.temperature);
    m_candidates.push_back({static_cast<TokenId>(i), weight});
    total += weight;
  }
  const bool cut =
      (m_options.topK > 0 && static_cast<std::size_t>(m_options.topK) < m_candidates.size()) || m_options.topP < 1;
  if (cut) {
    std::stable_sort(m_candidates.begin(), m_candidates.end(),
                     [](const Candidate& a, const Candidate& b) { return a.weight > b.weight; });
    if (m_options.topK > 0 && static_cast<std::size_t>(m_options.topK) < m_candidates.size()) {
      m_candidates.resize(static_cast<std::size_t>(m_options.topK));
      total = 0;
      for (const Candidate& c : m_candidates) total += c.weight;
    }
    double kept = 0;
    std::size_t count = 0;
    while (count < m_candidates.size() && kept < m_options.topP * total) kept += m_candidates[count++].weight;
    m_candidates.resize(std::max<std::size_t>(count, 1));
    total = std::max(kept, m_candidates.front().weight);
  }
  double left = m_random.nextUniform() * total;
  for (const Candidate& c : m_candidates) {
    left -= c.weight;
    if (left < 0) return c.token;
  }
  return m_candidates.back().token;
}

}  // namespace tidemark
