#include "engine/tokenizer/chat_template.h"

#include <algorithm>
#include <array>

namespace tidemark {
namespace {

constexpr std::string_view kQuestionPlace = "{question}";

/// Formats as the families publish them: https://www.llama.com/docs/model-cards-and-prompt-formats (Llama 2 and 3) and
/// babilong/prompts.py of https://github.com/booydar/babilong. The piece that begins a text ("<|begin_of_text|>",
/// "<s>") is left out: the question goes on where the document ended.
const std::array<ChatTemplate, 4>& templates() {
  static const std::array<ChatTemplate, 4> kTemplates = {{
      {"llama-3",
       "a question to Llama 3 Instruct and models taught like it",
       "<|start_header_id|>user<|end_header_id|>\n\n{question}<|eot_id|>"
       "<|start_header_id|>assistant<|end_header_id|>\n\n",
       {"<|eot_id|>", "<|end_of_text|>"},
       {"<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>"}},
      {"llama-2",
       "a question to Llama 2 Chat and models taught like it",
       "[INST] {question} [/INST]",
       {"</s>"},
       {"</s>"}},
      {"plain", "the question as it is, for models that go on with a text", "{question}", {}, {}},
      {"babilong",
       "the question as the BABILong benchmark puts it after its context",
       "\n</context>\nQuestion: {question}",
       {},
       {}},
  }};
  return kTemplates;
}

const ChatTemplate& named(std::string_view name) {
  const auto& all = templates();
  return *std::find_if(all.begin(), all.end(), [name](const ChatTemplate& t) { return t.name == name; });
}

bool hasAll(const Tokenizer& tokenizer, std::span<const std::string> pieces) {
  return std::all_of(pieces.begin(), pieces.end(),
                     [&](const std::string& piece) { return tokenizer.findSpecial(piece).has_value(); });
}

/// "<|names|>" in a prompt of the user's: nobody writes one as text.
std::vector<std::string> specialLooking(std::string_view prompt) {
  std::vector<std::string> pieces;
  for (std::size_t begin = prompt.find("<|"); begin != std::string_view::npos; begin = prompt.find("<|", begin + 1)) {
    const std::size_t end = prompt.find("|>", begin + 2);
    if (end == std::string_view::npos) break;
    const std::string_view name = prompt.substr(begin + 2, end - begin - 2);
    const bool isName = !name.empty() && name.find_first_of("<|> \n\t{}") == std::string_view::npos;
    if (isName) pieces.emplace_back(prompt.substr(begin, end + 2 - begin));
  }
  return pieces;
}

Status requireSpecial(const Tokenizer& tokenizer, const ChatTemplate& chosen) {
  for (const std::string& piece : chosen.special) {
    if (tokenizer.findSpecial(piece)) continue;
    return makeError(ErrorCode::kMismatch, "the chat template '" + chosen.name + "' uses " + piece +
                                               ", which this model's tokenizer does not have as a special piece; "
                                               "choose another template, '" +
                                               chatTemplateFor(tokenizer).name + "' fits");
  }
  return {};
}

}  // namespace

std::span<const ChatTemplate> knownChatTemplates() {
  return templates();
}

const ChatTemplate& chatTemplateFor(const Tokenizer& tokenizer) {
  if (hasAll(tokenizer, named("llama-3").special)) return named("llama-3");
  // Llama 2 writes its marks as text, and "</s>" is in every tokenizer of the time: only later ones tell by a piece.
  constexpr std::array<const char*, 3> kInstruction = {"[INST]", "[/INST]", "</s>"};
  const bool hasInstruction = std::all_of(kInstruction.begin(), kInstruction.end(),
                                          [&](const char* piece) { return tokenizer.findSpecial(piece).has_value(); });
  return named(hasInstruction ? "llama-2" : "plain");
}

Result<ChatTemplate> findChatTemplate(const Tokenizer& tokenizer, std::string_view nameOrPrompt) {
  ChatTemplate chosen;
  const auto& all = templates();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const ChatTemplate& known) { return known.name == nameOrPrompt; });
  if (found != all.end()) {
    chosen = *found;
  } else if (nameOrPrompt.find(kQuestionPlace) != std::string_view::npos) {
    const std::string prompt(nameOrPrompt);
    chosen = {"own", "a template given by hand", prompt, {}, specialLooking(prompt)};
    // Pieces of the tokenizer's family still end an answer.
    chosen.stop = chatTemplateFor(tokenizer).stop;
  } else {
    std::string names;
    for (const ChatTemplate& known : all) names += (names.empty() ? "" : ", ") + known.name;
    return makeError(ErrorCode::kInvalidArgument, "there is no chat template '" + std::string(nameOrPrompt) +
                                                      "'; choose one of " + names +
                                                      ", or write your own with {question} where the question goes");
  }
  if (Status status = requireSpecial(tokenizer, chosen); !status) return status.error();
  return chosen;
}

Result<ChatTemplate> chooseChatTemplate(const Tokenizer& tokenizer, std::string_view hint,
                                        const std::optional<ChatTemplate>& ofConfig) {
  if (!hint.empty()) return findChatTemplate(tokenizer, hint);
  return ofConfig ? *ofConfig : chatTemplateFor(tokenizer);
}

}  // namespace tidemark
