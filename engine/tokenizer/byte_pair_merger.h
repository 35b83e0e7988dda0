#pragma once
// Byte pair encoding of one word: of all neighbours that may merge, those with the lowest rank do first, the leftmost
// of equals before the others, until none is left (Sennrich et al., arXiv:1508.07909, algorithm 1, over bytes).

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/base/types.h"

namespace tidemark {

/// Two neighbours that become one piece. Its rank is its place in the list.
struct PieceMerge {
  TokenId left = 0;
  TokenId right = 0;
  TokenId merged = 0;
};

/// Immutable; may be used from any thread.
class BytePairMerger {
 public:
  BytePairMerger() = default;
  /// `byteIds`: the piece of every single byte. Ids lie in [0, idCount). Of equal pairs the last counts.
  BytePairMerger(const std::vector<PieceMerge>& merges, const std::array<TokenId, 256>& byteIds, std::size_t idCount);

  struct Piece {
    TokenId id = 0;
    std::uint32_t bytes = 0;
  };

  /// Replaces `out` with the pieces of `word`, less than 2^31 bytes, in O(n log n) time and O(n) memory.
  void merge(std::string_view word, std::vector<Piece>& out) const;

 private:
  struct Pair {
    TokenId right = 0;
    std::uint32_t rank = 0;
    TokenId merged = 0;
  };

  [[nodiscard]] const Pair* find(TokenId left, TokenId right) const;
  void mergeShort(std::vector<Piece>& pieces) const;
  void mergeLong(std::vector<Piece>& pieces) const;

  // Searched instead of hashed: ids come out of a file, which could choose them so that they collide.
  std::vector<std::uint32_t> m_firstPair;  // by left id, and one past the end
  std::vector<Pair> m_pairs;               // by left id, then by right id
  std::array<TokenId, 256> m_byteIds{};
};

}  // namespace tidemark
