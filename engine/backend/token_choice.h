#pragma once
// Which token follows, from its logits: the highest, or one drawn from the likeliest. Weights are whole numbers, so
// sums of them do not depend on their order, and a device that adds them up in its own way chooses the same token from
// the same logits. Kernels include this file; exp is spelled out for that reason.

#include <math.h>  // fmaf and rintf outside of std, as kernels know them

#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/types.h"

#ifdef __CUDACC__
#define TM_HOST_AND_DEVICE __host__ __device__
#else
#define TM_HOST_AND_DEVICE
#endif

namespace tidemark {

/// topP of a choice that rules nothing out: probabilities are counted in 2^-32.
inline constexpr std::uint64_t kWholeProbability = std::uint64_t{1} << 32;

struct TokenChoice {
  float temperature = 0;                   // 0: the highest logit, the lowest id among equals; nothing below matters
  int topK = 0;                            // 0: all
  std::uint64_t topP = kWholeProbability;  // smallest set of the likeliest tokens whose probabilities reach this
  std::uint64_t random = 0;                // 53 random bits
};

/// 2^40 exp((logit - highest) / temperature), to 2^-23 of it, rounded down. At most 2^40: a million of them fit in 64
/// bits.
TM_HOST_AND_DEVICE inline std::uint64_t tokenWeight(float logit, float highest, float temperature) {
  const float x = (logit - highest) / temperature;
  if (!(x > -40.0f)) return 0;  // below one; also minus infinity
  // exp(x) = 2^k exp(r), |r| <= ln(2) / 2; ln(2) in two parts, so that k times the first is exact.
  const float k = rintf(x * 1.44269504f);
  float r = fmaf(k, -0.693145752f, x);
  r = fmaf(k, -1.42860677e-6f, r);
  float series = 1.0f / 5040;
  series = fmaf(series, r, 1.0f / 720);
  series = fmaf(series, r, 1.0f / 120);
  series = fmaf(series, r, 1.0f / 24);
  series = fmaf(series, r, 1.0f / 6);
  series = fmaf(series, r, 0.5f);
  series = fmaf(series, r, 1.0f);
  series = fmaf(series, r, 1.0f);
  return static_cast<std::uint64_t>(series * 0x1p40f) >> static_cast<int>(-k);
}

/// Ascends with the logit; equal logits (also 0 and -0) have equal ranks.
TM_HOST_AND_DEVICE inline std::uint32_t logitRank(float logit) {
  const float value = logit + 0.0f;
  std::uint32_t bits = 0;
  memcpy(&bits, &value, sizeof bits);
  return (bits >> 31) != 0 ? ~bits : bits | 0x80000000u;
}

/// floor(value * fraction / 2^bits), for a fraction below 2^bits.
TM_HOST_AND_DEVICE inline std::uint64_t shareOf(std::uint64_t value, std::uint64_t fraction, int bits) {
  // The upper half of the product of two 64-bit numbers, from the products of their halves.
  const std::uint64_t scaled = fraction << (64 - bits);
  const std::uint64_t low = (value & 0xffffffffu) * (scaled & 0xffffffffu);
  const std::uint64_t cross = (value >> 32) * (scaled & 0xffffffffu) + (low >> 32);
  const std::uint64_t otherCross = (value & 0xffffffffu) * (scaled >> 32) + (cross & 0xffffffffu);
  return (value >> 32) * (scaled >> 32) + (cross >> 32) + (otherCross >> 32);
}

/// What the likeliest tokens must weigh together to reach topP of `total`; at least 1.
TM_HOST_AND_DEVICE inline std::uint64_t weightToReach(std::uint64_t total, std::uint64_t topP) {
  const std::uint64_t wanted = shareOf(total, topP, 32);
  return wanted > 1 ? wanted : 1;
}

/// The weight at which the draw falls, below `total`.
TM_HOST_AND_DEVICE inline std::uint64_t drawnWeight(std::uint64_t total, std::uint64_t random) {
  return shareOf(total, random, 53);
}

/// Chooses on the host. `logits` [V]; minus infinity rules a token out. Errors: kCorrupt when a logit is NaN or plus
/// infinity, or all are minus infinity (broken weights or memory; says which token).
[[nodiscard]] Result<TokenId> chooseToken(std::span<const float> logits, const TokenChoice& choice);

/// The error of such a logit.
[[nodiscard]] Error noNumberError(std::size_t token);

}  // namespace tidemark
