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

  /// Appends the tokens of `text` to `out`, with byte ranges relative to `text` + `byteOffset`. The ranges are in order,
  /// lie inside the text and cover what normalisation kept or removed: each token's range ends where the next begins
  /// or before. No special pieces are added. Errors: kInternal (library).
  [[nodiscard]] virtual Status encode(std::string_view text, std::uint64_t byteOffset, TokenRun& out) const = 0;

  /// Id of a special piece (control or user-defined), such as "</s>" or "<q>"; nothing if there is none.
  [[nodiscard]] virtual std::optional<TokenId> findSpecial(std::string_view piece) const = 0;

  /// All special pieces, longest first, for splitting prompt templates.
  [[nodiscard]] virtual const std::vector<std::string>& specialPieces() const = 0;

  /// The bytes a token stands for in running text: a byte piece is its byte, a control piece nothing, and the word mark
  /// is a space. May be a part of a UTF-8 character.
  [[nodiscard]] virtual std::string bytes(TokenId token) const = 0;

  /// SHA-256 of the tokenizer file: part of a model's identity.
  [[nodiscard]] virtual const std::string& sha256() const = 0;
};

/// Opens DIRECTORY/tokenizer.model. Errors: kNotFound, kCorrupt, kUnsupported (a build without SentencePiece, or only a
/// tokenizer.json, says so).
[[nodiscard]] Result<std::unique_ptr<Tokenizer>> loadTokenizer(const std::filesystem::path& directory);

/// Encodes a prompt template such as "<q>{question}<a>": special pieces that stand in the template become their tokens,
/// the text between them is encoded run by run, and "{question}" is replaced by `question`, whose text never becomes a
/// special piece. Errors: kInvalidArgument (no "{question}" in the template).
[[nodiscard]] Result<std::vector<TokenId>> encodePrompt(const Tokenizer& tokenizer, std::string_view promptTemplate,
                                                        std::string_view question);

}  // namespace tidemark
