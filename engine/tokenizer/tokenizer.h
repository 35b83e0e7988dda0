#pragma once
// Text to tokens and back, behind one interface. Implementations are immutable after loading and may be used from any
// thread.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/types.h"

namespace tidemark {

class Tokenizer {
 public:
  Tokenizer() = default;
  Tokenizer(const Tokenizer&) = delete;
  Tokenizer& operator=(const Tokenizer&) = delete;
  virtual ~Tokenizer() = default;

  [[nodiscard]] virtual int vocabularySize() const = 0;

  /// Appends the tokens of `text` to `out`, with the bytes of the source that each came from, counted from
  /// `byteOffset`. Begins and ends never decrease. The ranges of one call cover the text without a gap: what
  /// normalisation removed belongs to a neighbour (white space to the token after it; at the end of the text to the
  /// last one). Ranges overlap only where tokens share a character: every byte piece of a character, and every piece of
  /// a character that normalisation made into several, has the whole character. Only a made-up space in front of the
  /// text (see addsSpace) may have an empty range. Text without tokens (empty, white space) appends nothing. No special
  /// pieces are added, but user-defined ones that occur in the text are found; control pieces never are, whatever the
  /// text spells. Invalid UTF-8 counts as U+FFFD. Errors: kInternal (library), kOutOfMemory, kUnsupported (a pattern of
  /// the tokenizer's own that takes too long on this text).
  [[nodiscard]] virtual Status encode(std::string_view text, std::uint64_t byteOffset, TokenRun& out) const = 0;

  /// Id of a special piece, such as "</s>" or "<q>"; nothing if there is none. Special are control pieces, and
  /// user-defined ones unless they are a single character or white space (some models list digits and line breaks).
  [[nodiscard]] virtual std::optional<TokenId> findSpecial(std::string_view piece) const = 0;

  /// All special pieces, longest first, for splitting prompt templates.
  [[nodiscard]] virtual const std::vector<std::string>& specialPieces() const = 0;

  /// The bytes a token stands for in running text: a byte piece is its byte, a control piece nothing, the word mark is
  /// a space, and the unknown piece what the library writes for it (" \u2047 "). May be a part of a UTF-8 character.
  /// Ids outside the vocabulary give nothing.
  [[nodiscard]] virtual std::string bytes(TokenId token) const = 0;

  /// Whether encode() makes up a space around every text, so that a text cut before a space loses nothing when that
  /// space is left out.
  [[nodiscard]] virtual bool addsSpace() const = 0;

  /// SHA-256 of the tokenizer file: part of a model's identity.
  [[nodiscard]] virtual const std::string& sha256() const = 0;
};

/// Opens DIRECTORY/tokenizer.model (SentencePiece) or, where there is none, DIRECTORY/tokenizer.json (byte-level BPE);
/// tokenizer_file.h says why in this order. Errors: kNotFound, kCorrupt, kUnsupported (a build without the library for
/// it, another kind of tokenizer, a setting of it that would change tokens: each by name).
[[nodiscard]] Result<std::unique_ptr<Tokenizer>> loadTokenizer(const std::filesystem::path& directory);

/// Encodes a prompt template such as "<q>{question}<a>": special pieces that stand in the template become their tokens,
/// the text between them is encoded run by run, and every "{question}" is replaced by `question`, whose text never
/// becomes a special piece: a literal "<a>" in it is cut and its parts are encoded as text (at worst with a space in
/// between). Errors: kInvalidArgument (no "{question}" in the template), kInternal (library).
[[nodiscard]] Result<std::vector<TokenId>> encodePrompt(const Tokenizer& tokenizer, std::string_view promptTemplate,
                                                        std::string_view question);

}  // namespace tidemark
