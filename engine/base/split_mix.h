#pragma once
// SplitMix64 (Steele, Lea, Flood 2014): random numbers that are the same on every machine, which the standard library's
// distributions are not.

#include <cstdint>

namespace tidemark {

class SplitMix64 {
 public:
  explicit SplitMix64(std::uint64_t seed) : m_state(seed) {}

  [[nodiscard]] std::uint64_t next() {
    m_state += 0x9e3779b97f4a7c15u;
    std::uint64_t x = m_state;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
  }

  /// Uniform in [0, 1).
  [[nodiscard]] double nextUniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

  /// Uniform in [0, bound), without the bias of a remainder; `bound` > 0.
  [[nodiscard]] std::uint64_t below(std::uint64_t bound) {
    const std::uint64_t usable = UINT64_MAX - UINT64_MAX % bound;
    std::uint64_t x = next();
    while (x >= usable) x = next();
    return x % bound;
  }

 private:
  std::uint64_t m_state;
};

}  // namespace tidemark
