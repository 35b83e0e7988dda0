#include "engine/service/memory_answer.h"

#include <algorithm>

#include "engine/service/question_segment.h"
#include "engine/tokenizer/utf8_stream.h"

namespace tidemark {

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
  // The word mark of the first token, as a session leaves it out.
  answer.text.erase(0, std::min(answer.text.find_first_not_of(' '), answer.text.size()));
  return answer;
}

}  // namespace tidemark
