#pragma once
// One greedy answer from a memory that nobody keeps: no session, no question stored.

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/generate/answer_generator.h"
#include "engine/service/job_step.h"
#include "engine/service/loaded_model.h"
#include "engine/tokenizer/utf8_stream.h"

namespace tidemark {

/// An answer without the word mark of its first token: a space that nobody wants to see.
[[nodiscard]] std::string_view withoutWordMark(std::string_view answer);

struct MemoryAnswer {
  std::string text;
  std::vector<TokenId> tokens;
};

/// Token by token, so that other work can go on in between. Engine thread.
class GreedyAnswer {
 public:
  /// `prompt` is what the question segment holds (service/question_segment.h); `memory` is read and never written; it
  /// and the model must outlive the answer. Errors: those of the generator.
  [[nodiscard]] static Result<GreedyAnswer> begin(const LoadedModel& model, DeviceMemory& memory,
                                                  std::span<const TokenId> prompt, int maxTokens);
  /// One token; kDone once the answer is complete. Errors: those of the generator.
  [[nodiscard]] Result<JobStep> step();
  /// Once it is complete.
  [[nodiscard]] MemoryAnswer take() { return std::move(m_answer); }

 private:
  GreedyAnswer(const LoadedModel& model, AnswerGenerator generator)
      : m_model(&model), m_generator(std::move(generator)) {}

  const LoadedModel* m_model;
  AnswerGenerator m_generator;
  Utf8Stream m_stream;
  MemoryAnswer m_answer;
};

/// All of it. `cancelled` is asked between two tokens, and may be empty. Errors: kCancelled, those of the generator.
[[nodiscard]] Result<MemoryAnswer> answerFrom(const LoadedModel& model, DeviceMemory& memory,
                                              std::span<const TokenId> prompt, int maxTokens,
                                              const std::function<bool()>& cancelled);

}  // namespace tidemark
