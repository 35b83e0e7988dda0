#pragma once
// Finds the pieces of `added_tokens` that stand in text, before it is cut into words.

#include <optional>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/tokenizer/split_pattern.h"
#include "engine/tokenizer/tokenizer_json.h"

namespace tidemark {

/// Immutable after creation; may be used from any thread.
class AddedPieces {
 public:
  /// Leaves special pieces out: text never becomes one. Errors: those of SplitPattern::compile.
  [[nodiscard]] static Result<AddedPieces> create(const std::vector<AddedPiece>& added);

  /// A part of a text: one added piece, or text between them.
  struct Section {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::optional<TokenId> piece = std::nullopt;
  };

  /// The sections of `text` in order, without gaps or empty ones. At each place the longest piece counts; those that
  /// are not normalized are looked for first. Errors: those of SplitPattern::Matcher.
  [[nodiscard]] Result<std::vector<Section>> find(std::string_view text) const;

 private:
  using Pieces = std::vector<AddedPiece>;  // by text

  [[nodiscard]] Status findIn(const Pieces& pieces, std::string_view text, const Section& section,
                              std::vector<Section>& out) const;
  [[nodiscard]] Result<bool> isWordCharacter(std::string_view character) const;

  Pieces m_exact;
  Pieces m_normalized;
  std::optional<SplitPattern> m_wordCharacter;  // if a piece stands alone only
};

}  // namespace tidemark
