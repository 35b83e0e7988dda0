#pragma once
// Where a model directory keeps its tokenizer; the same with and without SentencePiece.

#include <filesystem>
#include <string>

#include "engine/base/result.h"

namespace tidemark {

/// DIRECTORY/tokenizer.model. Errors: kNotFound (no such directory or file), kInvalidArgument (not a regular file),
/// kUnsupported (there is only a tokenizer.json).
[[nodiscard]] Result<std::filesystem::path> findTokenizerFile(const std::filesystem::path& directory);

/// The bytes of that file. Errors: kIo, kCorrupt (empty, or larger than any tokenizer is).
[[nodiscard]] Result<std::string> readTokenizerFile(const std::filesystem::path& path);

}  // namespace tidemark
