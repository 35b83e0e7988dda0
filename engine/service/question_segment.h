#pragma once
// What a question segment is made of: [tail][question], and what ends its answer. The same for a session's question and
// for one of an evaluation.

#include <span>
#include <string_view>
#include <vector>

#include "engine/generate/answer_generator.h"
#include "engine/memory/memory_trace.h"
#include "engine/service/loaded_model.h"

namespace tidemark {

/// The question in the model's prompt. Errors: kInvalidArgument (empty, or longer than a segment), those of the
/// tokenizer.
[[nodiscard]] Result<std::vector<TokenId>> encodeQuestion(const LoadedModel& model, std::string_view question);

/// Ends at the model's own tokens and at the stops of its prompt.
[[nodiscard]] AnswerOptions answerOptions(const LoadedModel& model, int maxTokens, const SamplingOptions& sampling);

/// Tokens that stand in front of the question: the tail, or none after it was committed to `memory`, which is a copy
/// then to be thrown away. What the tail writes to memory is left in `writes` if it is not null and the tail is
/// committed. Engine thread. Errors: those of the backend.
[[nodiscard]] Result<std::vector<TokenId>> placeTail(const LoadedModel& model, DeviceMemory& memory,
                                                     std::vector<TokenId> tail, SegmentWrites* writes = nullptr);

/// All that the question segment holds: `tail` is what placeTail left. Errors: those of encodeQuestion.
[[nodiscard]] Result<std::vector<TokenId>> encodeQuestionBehind(const LoadedModel& model, std::span<const TokenId> tail,
                                                                std::string_view question);

}  // namespace tidemark
