#pragma once
// Where a chunk of text ends (see token_stream.h). A pure function of the text from the chunk's first byte on.

#include <cstddef>
#include <optional>
#include <string_view>

namespace tidemark {

/// A single space between two characters that are neither white space nor invisible: a chunk that begins with such a
/// space may leave it to the tokenizer's made-up one. False also where `text` ends too early to tell.
[[nodiscard]] bool isLoneSpace(std::string_view text, std::size_t position);

struct ChunkLimits {
  std::size_t preferred;  // cut at the first good place from here on
  std::size_t longest;    // and never later than here
};

/// The end of the chunk that starts at text[0], or nothing if more text is needed to tell (never when `atEnd`, nor with
/// `longest` + kCutLookahead bytes). A non-empty text has a non-empty chunk.
inline constexpr std::size_t kCutLookahead = 8;
[[nodiscard]] std::optional<std::size_t> findChunkEnd(std::string_view text, bool atEnd, ChunkLimits limits);

}  // namespace tidemark
