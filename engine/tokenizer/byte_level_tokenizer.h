#pragma once
// The tokenizer behind tokenizer.json; private to the folder.

#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/tokenizer/tokenizer.h"

namespace tidemark {

/// `file` is a whole tokenizer.json, `source` names it in errors. Errors: those of parseTokenizerJson and
/// SplitPattern::compile; kUnsupported (a build without PCRE2).
[[nodiscard]] Result<std::unique_ptr<Tokenizer>> loadByteLevelTokenizer(std::string_view file,
                                                                        const std::string& source);

}  // namespace tidemark
