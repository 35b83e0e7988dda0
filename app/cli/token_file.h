#pragma once
// IDS.json: a JSON list of token ids.

#include <filesystem>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/types.h"

namespace tidemark::cli {

/// Every id is checked against the vocabulary. Errors: kNotFound, kIo, kCorrupt (not a list of whole numbers),
/// kInvalidArgument (an empty list, an id outside the vocabulary, with its index).
[[nodiscard]] Result<std::vector<TokenId>> loadTokenFile(const std::filesystem::path& path, int vocabularySize);

}  // namespace tidemark::cli
