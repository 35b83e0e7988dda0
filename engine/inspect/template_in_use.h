#pragma once
// How questions are put to a model: one answer for those who ask it and for those who only look at it.

#include <string>

#include "engine/tokenizer/chat_template.h"
#include "engine/weights/model_config.h"

namespace tidemark {

/// chooseChatTemplate() with what config.json says; its stops end an answer under every template. Errors: those of
/// chooseChatTemplate.
[[nodiscard]] Result<ChatTemplate> templateInUse(const Tokenizer& tokenizer, const PromptConfig& prompt,
                                                 const std::string& hint);

}  // namespace tidemark
