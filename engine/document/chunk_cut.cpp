#include "engine/document/chunk_cut.h"

#include <algorithm>

#include "engine/tokenizer/utf8.h"

namespace tidemark {

namespace {

/// Characters that a normaliser may turn into a space or drop, so that a space beside them is not alone any more.
bool mayVanish(char32_t c) {
  return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || c == 0xAD || c == 0x180E || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0x2581 || c == 0xFEFF || c == 0xFFFD ||
         (c >= 0xFE00 && c <= 0xFE0F) || isWhiteSpace(c);
}

bool isInside(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}

/// Letters and digits to every version of Unicode: a word ends between one of them and white space, whatever a
/// tokenizer does with other marks. Not all of them, but the scripts that are written most.
bool isSurelyInWord(char32_t c) {
  return isInside(c, '0', '9') || isInside(c, 'A', 'Z') || isInside(c, 'a', 'z') ||
         (isInside(c, 0xC0, 0x24F) && c != 0xD7 && c != 0xF7) || isInside(c, 0x3B1, 0x3C9) ||
         isInside(c, 0x400, 0x481) || isInside(c, 0x5D0, 0x5EA) || isInside(c, 0x620, 0x64A) ||
         isInside(c, 0x3041, 0x3096) || isInside(c, 0x30A1, 0x30FA) || isInside(c, 0x4E00, 0x9FEF) ||
         isInside(c, 0xAC00, 0xD7A3);
}

bool isWideMark(char32_t c) {
  return c == 0x3001 || c == 0x3002 || c == 0xFF01 || c == 0xFF0C || c == 0xFF1A || c == 0xFF1B || c == 0xFF1F;
}

/// The longest any character is: with less text after a position, what stands there may be cut off.
constexpr std::size_t kLongestCharacter = 4;

char32_t codePointAt(std::string_view text, std::size_t position) {
  return readUtf8(text.substr(position, kLongestCharacter)).codePoint;
}

/// The first position where white space begins. Byte-level tokenizers may take a line's end together with the mark in
/// front of it, so it is better after a letter, and a single line break is better left in front of the cut: neither
/// changes tokens.
std::optional<std::size_t> findWhiteSpace(std::string_view text, ChunkLimits limits) {
  std::optional<std::size_t> any;
  for (std::size_t i = limits.preferred; i <= limits.longest; ++i) {
    // Continuation bytes read as ill-formed, so only a character's first byte can be white space.
    if (!isWhiteSpace(codePointAt(text, i)) || isWhiteSpace(codePointBefore(text, i))) continue;
    if (isSurelyInWord(codePointBefore(text, i))) return i;
    if (text[i] == '\n' && i < limits.longest && !mayVanish(codePointAt(text, i + 1))) return i + 1;
    if (!any) any = i;
  }
  return any;
}

/// The last position between a letter and the comma or full stop of a script without spaces.
std::optional<std::size_t> findWideMark(std::string_view text, ChunkLimits limits) {
  for (std::size_t i = limits.longest; i > limits.preferred; --i) {
    if (isWideMark(codePointAt(text, i)) && isSurelyInWord(codePointBefore(text, i))) return i;
  }
  return std::nullopt;
}

}  // namespace

bool isLoneSpace(std::string_view text, std::size_t position) {
  if (position + 1 >= text.size() || text[position] != ' ') return false;
  // In front of the text there is another chunk, whose end was chosen by this same rule.
  if (position > 0 && mayVanish(codePointBefore(text, position))) return false;
  const Utf8Sequence after = readUtf8(text.substr(position + 1, kLongestCharacter));
  return after.kind == Utf8Kind::kCharacter && !mayVanish(after.codePoint);
}

std::optional<std::size_t> findChunkEnd(std::string_view text, bool atEnd, ChunkLimits limits) {
  if (atEnd && text.size() <= limits.preferred) return text.size();
  const std::size_t known = atEnd ? text.size() : text.size() - std::min(text.size(), kLongestCharacter);
  const std::size_t last = std::min(known, limits.longest + 1);
  for (std::size_t i = limits.preferred; i < last; ++i) {
    if (isLoneSpace(text, i)) return i;
  }
  if (atEnd && text.size() <= limits.longest) return text.size();
  if (known <= limits.longest) return std::nullopt;

  if (const auto white = findWhiteSpace(text, limits)) return white;
  if (const auto mark = findWideMark(text, limits)) return mark;
  return std::max(characterBoundary(text, limits.longest), limits.preferred);
}

}  // namespace tidemark
