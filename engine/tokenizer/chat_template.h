#pragma once
// How to put a question to a model of a known family: its prompt, and the pieces that end an answer. The document is in
// the memory already, so a template is only what stands around the question.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/tokenizer/tokenizer.h"

namespace tidemark {

struct ChatTemplate {
  std::string name;               // "llama-3", "llama-2", "plain", "babilong"; "own", "config.json"
  std::string about;              // one sentence for people
  std::string prompt;             // with {question}; special pieces of the tokenizer may stand in it
  std::vector<std::string> stop;  // pieces that end an answer
  /// Pieces of prompt and stop that mean nothing to a model whose tokenizer reads them as text.
  std::vector<std::string> special = {};
};

/// The templates that ship, in the order in which they are shown.
[[nodiscard]] std::span<const ChatTemplate> knownChatTemplates();

/// The template whose special pieces this tokenizer has; "plain" if none fits. A base model has the same tokenizer as
/// the one that was taught to chat, so this is a guess that can be overruled.
[[nodiscard]] const ChatTemplate& chatTemplateFor(const Tokenizer& tokenizer);

/// The template that `nameOrPrompt` names, or one of the user's own if it holds "{question}". Errors: kInvalidArgument
/// (neither: lists the names), kMismatch (a special piece of the template that this tokenizer would read as text; in an
/// own one those are what is written like "<|this|>").
[[nodiscard]] Result<ChatTemplate> findChatTemplate(const Tokenizer& tokenizer, std::string_view nameOrPrompt);

/// The template in use: `hint` (see findChatTemplate) if there is one, otherwise what the model's config.json says,
/// otherwise chatTemplateFor(). Errors: those of findChatTemplate.
[[nodiscard]] Result<ChatTemplate> chooseChatTemplate(const Tokenizer& tokenizer, std::string_view hint,
                                                      const std::optional<ChatTemplate>& ofConfig);

}  // namespace tidemark
