#pragma once
// The tokenizer behind tokenizer.model; private to the folder.

#include <memory>
#include <string>

#include "engine/base/result.h"
#include "engine/tokenizer/tokenizer.h"

namespace tidemark {

/// `file` is a whole tokenizer.model, `source` names it in errors. Errors: kCorrupt, kUnsupported (a build without
/// SentencePiece).
[[nodiscard]] Result<std::unique_ptr<Tokenizer>> loadSentencePieceTokenizer(const std::string& file,
                                                                            const std::string& source);

}  // namespace tidemark
