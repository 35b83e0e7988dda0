#include "engine/service/memory_answer.h"

#include <algorithm>

#include "engine/service/question_segment.h"
#include "engine/tokenizer/utf8_stream.h"

namespace tidemark {

std::string_view withoutWordMark(std::string_view answer) {
  return answer.substr(std::min(answer.find_first_not_of(' '), answer.size()));
}

Result<MemoryAnswer> answerFrom(const LoadedModel& model, DeviceMemory& memory, std::span<const TokenId> prompt,
                                int maxTokens, const std::function<bool()>& cancelled) {
  auto generator = AnswerGenerator::create(*model.backend, memory, prompt, answerOptions(model, maxTokens, {}));
  if (!generator) return generator.error();
  MemoryAnswer answer;
  Utf8Stream stream;
  while (true) {
    if (cancelled && cancelled()) return makeError(ErrorCode::kCancelled, "the answer was cancelled");
    const auto token = generator->next();
    if (!token) return token.error();
    if (!token->has_value()) break;
    answer.tokens.push_back(**token);
    answer.text += stream.push(model.tokenizer->bytes(**token));
  }
  answer.text += stream.finish();
  answer.text = std::string(withoutWordMark(answer.text));
  return answer;
}

}  // namespace tidemark
