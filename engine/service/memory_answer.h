#pragma once
// One greedy answer from a memory that nobody keeps: no session, no question stored.

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/service/loaded_model.h"

namespace tidemark {

/// An answer without the word mark of its first token: a space that nobody wants to see.
[[nodiscard]] std::string_view withoutWordMark(std::string_view answer);

struct MemoryAnswer {
  std::string text;
  std::vector<TokenId> tokens;
};

/// `prompt` is what the question segment holds (service/question_segment.h); `memory` is read and never written.
/// `cancelled` is asked between two tokens, and may be empty. Errors: kCancelled, those of the generator.
[[nodiscard]] Result<MemoryAnswer> answerFrom(const LoadedModel& model, DeviceMemory& memory,
                                              std::span<const TokenId> prompt, int maxTokens,
                                              const std::function<bool()>& cancelled);

}  // namespace tidemark
