#include "engine/service/memory_answer.h"

#include <algorithm>

#include "engine/service/question_segment.h"

namespace tidemark {

std::string_view withoutWordMark(std::string_view answer) {
  return answer.substr(std::min(answer.find_first_not_of(' '), answer.size()));
}

Result<GreedyAnswer> GreedyAnswer::begin(const LoadedModel& model, DeviceMemory& memory,
                                         std::span<const TokenId> prompt, int maxTokens) {
  auto generator = AnswerGenerator::create(*model.backend, memory, prompt, answerOptions(model, maxTokens, {}));
  if (!generator) return generator.error();
  return GreedyAnswer(model, std::move(generator).value());
}

Result<JobStep> GreedyAnswer::step() {
  const auto token = m_generator.next();
  if (!token) return token.error();
  if (token->has_value()) {
    m_answer.tokens.push_back(**token);
    m_answer.text += m_stream.push(m_model->tokenizer->bytes(**token));
    return JobStep::kMore;
  }
  m_answer.text += m_stream.finish();
  m_answer.text = std::string(withoutWordMark(m_answer.text));
  return JobStep::kDone;
}

Result<MemoryAnswer> answerFrom(const LoadedModel& model, DeviceMemory& memory, std::span<const TokenId> prompt,
                                int maxTokens, const std::function<bool()>& cancelled) {
  auto answer = GreedyAnswer::begin(model, memory, prompt, maxTokens);
  if (!answer) return answer.error();
  while (true) {
    if (cancelled && cancelled()) return makeError(ErrorCode::kCancelled, "the answer was cancelled");
    const auto step = answer->step();
    if (!step) return step.error();
    if (*step == JobStep::kDone) return answer->take();
  }
}

}  // namespace tidemark
