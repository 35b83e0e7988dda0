#pragma once
// The regular expressions of tokenizer.json are written for Oniguruma; they are run by PCRE2. This is the part of both
// that means the same, and the few rewritings that make it so.

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tidemark {

/// `pattern` for PCRE2 with UTF, UCP and without captures. What is known of both: literals, "\r \n \t", "\s \S \d",
/// general categories ("\p{L}", "\P{Nd}", "\p{^Lu}"), classes without nesting, groups "( (?: (?i: (?> (?= (?! (?<=
/// (?<!", alternatives, and "? * + {m} {m,n} {m,}", the first three also lazy or possessive. Everything else is
/// refused by name: kUnsupported, or kCorrupt where it is no regular expression at all. `\s` becomes a class, because
/// PCRE2 counts U+180E as white space, which Unicode does not.
[[nodiscard]] Result<std::string> translateSplitPattern(std::string_view pattern);

/// A pattern that matches `text` literally.
[[nodiscard]] std::string literalSplitPattern(std::string_view text);

}  // namespace tidemark
