#pragma once
// Where a model directory keeps its tokenizer; the same whatever libraries a build has.

#include <filesystem>
#include <string>

#include "engine/base/result.h"

namespace tidemark {

enum class TokenizerFileKind {
  kSentencePiece,  // tokenizer.model
  kJson,           // tokenizer.json
};

struct TokenizerFile {
  std::filesystem::path path;
  TokenizerFileKind kind = TokenizerFileKind::kSentencePiece;
};

/// DIRECTORY/tokenizer.model if there is one, otherwise DIRECTORY/tokenizer.json. The first comes first because models
/// that have both (Llama 2 and its family) ship the second as a translation of it. A tokenizer.model that is a tiktoken
/// vocabulary, as in original/ of Llama 3, is passed over for a tokenizer.json beside it, which says the same and more.
/// Errors: kNotFound (no such directory or file), kInvalidArgument (not a regular file), kIo, kUnsupported (only a
/// tiktoken vocabulary).
[[nodiscard]] Result<TokenizerFile> findTokenizerFile(const std::filesystem::path& directory);

/// The bytes of such a file. Errors: kIo, kCorrupt (empty, or larger than any tokenizer is).
[[nodiscard]] Result<std::string> readTokenizerFile(const std::filesystem::path& path);

}  // namespace tidemark
