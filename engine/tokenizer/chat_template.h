#pragma once
// How to put a question to a model of a known family: its prompt, and the pieces that end an answer. Which one fits is
// read from the special pieces of the tokenizer.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/tokenizer/tokenizer.h"

namespace tidemark {

struct ChatTemplate {
  std::string name;               // "llama-3", "llama-2", "plain", "babilong"; "own" for a template of the user's
  std::string about;              // one sentence for people
  std::string prompt;             // with {question}; special pieces of the tokenizer may stand in it
  std::vector<std::string> stop;  // pieces that end an answer
};

/// The templates that ship, in the order in which they are shown.
[[nodiscard]] std::span<const ChatTemplate> knownChatTemplates();

/// The template whose special pieces this tokenizer has; "plain" if none fits.
[[nodiscard]] const ChatTemplate& chatTemplateFor(const Tokenizer& tokenizer);

/// The template that `nameOrPrompt` names, or one of the user's own if it holds "{question}". Errors: kInvalidArgument
/// (neither: lists the names), kMismatch (a special piece of the template that this tokenizer would read as text).
[[nodiscard]] Result<ChatTemplate> findChatTemplate(const Tokenizer& tokenizer, std::string_view nameOrPrompt);

}  // namespace tidemark
