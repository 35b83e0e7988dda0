#pragma once
// The random order of everything: small and fast, as it is asked at every switch of threads.

#include <bit>
#include <cstdint>

namespace cuda_emulation {

class Random {
 public:
  explicit Random(std::uint64_t seed = 0) { m_state = mix(seed) | 1; }

  std::uint64_t next() {  // xorshift64*
    m_state ^= m_state >> 12;
    m_state ^= m_state << 25;
    m_state ^= m_state >> 27;
    return m_state * 0x2545f4914f6cdd1dULL;
  }
  /// 0 <= result < bound; bound > 0.
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((next() >> 32) * static_cast<std::uint64_t>(bound)) >> 32);
  }
  /// The place of one of the set bits; mask != 0. Not quite uniform, but every bit comes up.
  int bitOf(std::uint32_t mask) {
    const int turn = static_cast<int>(next() >> 59);
    return (std::countr_zero(std::rotr(mask, turn)) + turn) & 31;
  }

  static std::uint64_t mix(std::uint64_t x) {  // the finaliser of splitmix64
    x += 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
  }

 private:
  std::uint64_t m_state;
};

}  // namespace cuda_emulation
