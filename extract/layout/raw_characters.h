#pragma once
// The text of a page as a PDF library gives it, character by character: what readers of a text need, and the place
// that each character came from.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

inline constexpr char32_t kSoftHyphen = 0x00AD;

struct RawCharacter {
  char32_t code = 0;
  std::uint32_t index = 0;  // of its first UTF-16 unit
};

struct RawCharacters {
  std::vector<RawCharacter> characters;
  std::uint64_t meaningless = 0;  // left out: private use, lone surrogates; fonts that say nothing about their glyphs
};

/// Ligatures become letters, a spacing accent before a letter one character with it, white space of any kind ' ',
/// line ends '\n', U+FFFE (a divided word) kSoftHyphen and '\n'. Control characters are left out.
[[nodiscard]] RawCharacters readCharacters(std::u16string_view text);

/// The same for extracted text, index by bytes. Ill-formed sequences are left out.
[[nodiscard]] RawCharacters readCharacters(std::string_view utf8);

[[nodiscard]] bool isLowercase(char32_t code);  // of Latin, Greek and Cyrillic
[[nodiscard]] bool isUppercase(char32_t code);
[[nodiscard]] inline bool isLetter(char32_t code) {
  return isLowercase(code) || isUppercase(code);
}
[[nodiscard]] inline bool isDigit(char32_t code) {
  return code >= U'0' && code <= U'9';
}
[[nodiscard]] inline bool isHyphen(char32_t code) {
  return code == U'-' || code == kSoftHyphen || code == 0x2010 || code == 0x2011;
}

}  // namespace tidemark
