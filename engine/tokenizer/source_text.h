#pragma once
// The text of a source as a tokenizer reads it, which may be longer (U+FFFD for bytes that are not UTF-8), and the way
// back from its positions to those of the source.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/types.h"

namespace tidemark {

class SourceText {
 public:
  /// `source` outlives it, and is less than 4 GiB.
  explicit SourceText(std::string_view source);

  /// Valid UTF-8; the source itself if that is.
  [[nodiscard]] std::string_view text() const { return m_text; }

  /// The bytes of the source whose characters have a byte in [begin, end) of the text; begin < end.
  [[nodiscard]] ByteRange characters(std::size_t begin, std::size_t end) const;

  /// The byte of the source that is at a character boundary of the text.
  [[nodiscard]] std::uint64_t sourceOf(std::size_t boundary) const {
    return m_positions.empty() ? boundary : m_positions[boundary];
  }

 private:
  std::string_view m_text;
  std::string m_cleaned;
  std::vector<std::uint32_t> m_positions;  // by byte of m_cleaned and its end, if there is one
};

}  // namespace tidemark
