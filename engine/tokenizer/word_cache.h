#pragma once
// Tokens of words that came up before: a fixed number of places, each holding the word that was stored there last.

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/types.h"

namespace tidemark {

/// Not for several threads at a time.
class WordCache {
 public:
  static constexpr std::size_t kPlaces = 32768;  // of 64 bytes, 2 MiB in all
  static constexpr std::size_t kLongestWord = 30;
  static constexpr std::size_t kMostTokens = 8;

  WordCache() : m_entries(kPlaces) {}

  /// The tokens of `word`; empty if they are not known. Valid until the next store().
  [[nodiscard]] std::span<const TokenId> find(std::string_view word) const {
    if (word.size() > kLongestWord) return {};
    const Entry& entry = m_entries[placeOf(word)];
    if (entry.length != word.size() || std::memcmp(entry.word.data(), word.data(), word.size()) != 0) return {};
    return {entry.tokens.data(), entry.tokenCount};
  }

  /// `count` tokens, written by `fill(i)`. Does nothing with words or results that are too long.
  template <typename Fill>
  void store(std::string_view word, std::size_t count, const Fill& fill) {
    if (word.size() > kLongestWord || count > kMostTokens) return;
    Entry& entry = m_entries[placeOf(word)];
    entry.length = static_cast<std::uint8_t>(word.size());
    entry.tokenCount = static_cast<std::uint8_t>(count);
    std::memcpy(entry.word.data(), word.data(), word.size());
    for (std::size_t i = 0; i < count; ++i) entry.tokens[i] = fill(i);
  }

 private:
  struct Entry {
    std::uint8_t length = 0;  // 0: nothing stored
    std::uint8_t tokenCount = 0;
    std::array<char, kLongestWord> word{};
    std::array<TokenId, kMostTokens> tokens{};
  };

  [[nodiscard]] static std::size_t placeOf(std::string_view word) {
    std::uint64_t hash = 0x9E3779B97F4A7C15u ^ word.size();
    const auto mix = [&hash](std::uint64_t bits) {
      hash = (hash ^ bits) * 0xD6E8FEB86659FD93u;
      hash ^= hash >> 32;
    };
    std::uint64_t bits = 0;
    for (; word.size() >= sizeof(bits); word.remove_prefix(sizeof(bits))) {
      std::memcpy(&bits, word.data(), sizeof(bits));
      mix(bits);
    }
    bits = 0;
    std::memcpy(&bits, word.data(), word.size());
    mix(bits);
    return hash % kPlaces;
  }

  std::vector<Entry> m_entries;
};

}  // namespace tidemark
