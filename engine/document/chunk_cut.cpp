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

/// The longest any character is: with less text after a position, what stands there may be cut off.
constexpr std::size_t kLongestCharacter = 4;

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

  for (std::size_t i = limits.preferred; i <= limits.longest; ++i) {
    // Continuation bytes read as ill-formed, so only a character's first byte can be white space.
    if (!isWhiteSpace(readUtf8(text.substr(i, kLongestCharacter)).codePoint)) continue;
    if (!isWhiteSpace(codePointBefore(text, i))) return i;
  }
  return std::max(characterBoundary(text, limits.longest), limits.preferred);
}

}  // namespace tidemark
