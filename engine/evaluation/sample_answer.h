#pragma once
// One text read into a fresh memory and one question asked, without a session file: the same segments, schedule, tail
// and prompt as a session has, so that the answer is the one that `read` and then `ask` give.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "engine/base/text_source.h"
#include "engine/service/loaded_model.h"

namespace tidemark {

struct SampleAnswer {
  std::string answer;
  std::int64_t tokens = 0;      // of the text, tail included
  std::int64_t readTokens = 0;  // that went into the memory; without a tail that stands in front of the question
  double readSeconds = 0;       // for these
  double answerSeconds = 0;
};

struct SampleHooks {
  std::function<bool()> cancelled;               // asked between two groups and two tokens
  std::function<void(std::int64_t)> tokensRead;  // after every group: tokens whose reading has begun
};

/// Greedy. The memory it takes does not depend on the length of the text. Errors: kCancelled, kInvalidArgument (no
/// text, no question, a question longer than a segment), kOutOfMemory, those of the text and the backend.
[[nodiscard]] Result<SampleAnswer> readAndAsk(const LoadedModel& model, const TextSource& text,
                                              std::string_view question, int maxTokens, const SampleHooks& hooks);

}  // namespace tidemark
