#pragma once
// Words that a document uses, to tell "govern-/ment" from "well-/known" where lines end.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

namespace tidemark {

class WordMemory {
 public:
  /// Remembers the words of a line, hyphens inside of words included; `dividedStart`, `dividedEnd`: its first or last
  /// word is only a part of one.
  void add(std::string_view line, bool dividedStart, bool dividedEnd);

  /// Whether the hyphen between two halves stays. Words seen elsewhere decide; else it goes before a small letter.
  [[nodiscard]] bool keepsHyphen(std::string_view firstHalf, std::string_view secondHalf) const;

 private:
  std::unordered_set<std::uint64_t> m_words;
};

/// The last, or first, word of a text, without punctuation around it.
[[nodiscard]] std::string_view lastWord(std::string_view text);
[[nodiscard]] std::string_view firstWord(std::string_view text);

}  // namespace tidemark
