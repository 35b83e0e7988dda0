#pragma once
// UTF-8: what stands at the front of bytes that may be it (the one place that knows which sequences are well-formed),
// and how a code point is written.

#include <cstddef>
#include <string>
#include <string_view>

namespace tidemark {

/// U+FFFD, which takes the place of bytes that are not UTF-8.
inline constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD";

enum class Utf8Kind {
  kCharacter,   // a well-formed character
  kIllFormed,   // `length` bytes that can never be a character: to be replaced by one U+FFFD ("maximal subpart")
  kIncomplete,  // all bytes left are the beginning of a character
};

struct Utf8Sequence {
  Utf8Kind kind = Utf8Kind::kIllFormed;
  std::size_t length = 1;
  char32_t codePoint = 0xFFFD;
};

/// Reads the sequence at the front of `bytes`, which must not be empty. Overlong forms, surrogates and code points
/// above U+10FFFF are ill-formed (Unicode 15, table 3-7); `length` is 1 to 4 and never more than there is.
[[nodiscard]] Utf8Sequence readUtf8(std::string_view bytes);

/// Writes a code point, up to U+10FFFF and no surrogate.
void appendUtf8(char32_t codePoint, std::string& out);

/// The code point that ends at `text[end]` (exclusive), U+FFFD if no character ends there; `end` > 0.
[[nodiscard]] char32_t codePointBefore(std::string_view text, std::size_t end);

/// White_Space of Unicode 15: tabs, line ends, and all kinds of spaces that have a width.
[[nodiscard]] bool isWhiteSpace(char32_t codePoint);

/// Whether a byte of well-formed text is not the first one of its character.
[[nodiscard]] inline bool continuesCharacter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u;
}

/// The last character boundary at or before `position`.
[[nodiscard]] std::size_t characterBoundary(std::string_view text, std::size_t position);

}  // namespace tidemark
