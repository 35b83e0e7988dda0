#pragma once
// A regular expression that cuts text into words before pairs are merged, run by PCRE2 within limits: a pattern out of
// a file can neither hang, nor overflow a stack, nor take more memory than the text justifies.

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "engine/base/result.h"

namespace tidemark {

/// Immutable after compiling; may be used from any thread.
class SplitPattern {
 public:
  /// `pattern` as Hugging Face writes it (split_dialect.h). Errors: those of translateSplitPattern; kUnsupported (PCRE2
  /// refuses it, or it matches nothing at all, which cuts nothing off).
  [[nodiscard]] static Result<SplitPattern> compile(std::string_view pattern);

  /// A character that words are made of: Alphabetic, marks, decimal digits, connectors and joiners, which is `\w` of
  /// Unicode's recommendation for regular expressions (UTS 18, annex C).
  [[nodiscard]] static Result<SplitPattern> compileWordCharacter();

  struct Match {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  /// Finds matches in one text, from left to right. `pattern` and `text` outlive it; `text` is valid UTF-8.
  class Matcher {
   public:
    Matcher(const SplitPattern& pattern, std::string_view text);
    /// The first match at or after `from`, a character boundary. Errors: kUnsupported (the pattern takes too many steps
    /// on this text), kOutOfMemory.
    [[nodiscard]] Result<std::optional<Match>> next(std::size_t from);

   private:
    struct Workspace;
    struct Free {
      void operator()(Workspace* workspace) const;
    };
    const SplitPattern* m_pattern;
    std::string_view m_text;
    std::unique_ptr<Workspace, Free> m_workspace;
  };

 private:
  struct Compiled;
  [[nodiscard]] static Result<SplitPattern> compileTranslated(std::string_view pattern);
  explicit SplitPattern(std::shared_ptr<const Compiled> compiled) : m_compiled(std::move(compiled)) {}
  std::shared_ptr<const Compiled> m_compiled;
};

}  // namespace tidemark
