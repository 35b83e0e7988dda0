#pragma once
// One greedy answer from a memory that nobody keeps: no session, no question stored.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "engine/service/loaded_model.h"

namespace tidemark {

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
