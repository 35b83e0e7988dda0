#pragma once
// Reproducible random floats, the same on every standard library (std::uniform_real_distribution is not).

#include <cstdint>
#include <random>
#include <vector>

#include "engine/base/types.h"

namespace tidemark::testing {

class RandomValues {
 public:
  explicit RandomValues(std::uint32_t seed) : m_engine(seed) {}

  /// Uniform in [low, high).
  [[nodiscard]] float next(float low, float high) {
    return low + (high - low) * (static_cast<float>(m_engine() >> 8) * 0x1p-24f);
  }
  [[nodiscard]] std::vector<float> floats(std::size_t count, float low = -1, float high = 1) {
    std::vector<float> values(count);
    for (float& value : values) value = next(low, high);
    return values;
  }
  [[nodiscard]] std::vector<TokenId> tokens(std::size_t count, int vocabulary) {
    std::vector<TokenId> values(count);
    for (TokenId& value : values) value = static_cast<TokenId>(m_engine() % static_cast<std::uint32_t>(vocabulary));
    return values;
  }

 private:
  std::mt19937 m_engine;
};

}  // namespace tidemark::testing
