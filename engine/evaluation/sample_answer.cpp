#include "engine/evaluation/sample_answer.h"

#include <memory>

#include "engine/base/run_clock.h"
#include "engine/document/token_stream.h"
#include "engine/executor/executor.h"
#include "engine/service/memory_answer.h"
#include "engine/service/question_segment.h"

namespace tidemark {
namespace {

Error wasCancelled() {
  return makeError(ErrorCode::kCancelled, "the evaluation was cancelled");
}

/// Full segments of a text.
class TextSegments final : public SegmentSource {
 public:
  TextSegments(const TextSource& text, const Tokenizer& tokenizer, int segmentSize)
      : m_stream(text, tokenizer, 0), m_segmenter(segmentSize) {}

  [[nodiscard]] Result<bool> nextSegment(std::vector<TokenId>& tokens) override {
    auto segment = m_segmenter.next(m_stream);
    if (!segment) return segment.error();
    if (!segment->has_value()) return false;
    tokens = std::move((*segment)->tokens.ids);
    m_tokens += static_cast<std::int64_t>(tokens.size());
    return true;
  }

  [[nodiscard]] const std::vector<TokenId>& tail() const { return m_segmenter.tail().ids; }
  [[nodiscard]] std::int64_t tokens() const { return m_tokens; }

 private:
  TokenStream m_stream;
  Segmenter m_segmenter;
  std::int64_t m_tokens = 0;
};

/// Reads all full segments into `memory`.
Status readSegments(const LoadedModel& model, DeviceMemory& memory, TextSegments& segments, const SampleHooks& hooks) {
  Backend& backend = *model.backend;
  auto executor = makeExecutor(Schedule::kDiagonal, backend, memory, 0, backend.lookAhead());
  if (!executor) return executor.error();
  while (true) {
    if (hooks.cancelled && hooks.cancelled()) return wasCancelled();
    const auto step = (*executor)->step(segments);
    if (!step) return step.error();
    if (!step->has_value()) return {};
    if (hooks.tokensRead) hooks.tokensRead(segments.tokens());
  }
}

}  // namespace

Result<SampleAnswer> readAndAsk(const LoadedModel& model, const TextSource& text, std::string_view question,
                                int maxTokens, const SampleHooks& hooks) {
  const auto questionTokens = encodeQuestion(model, question);
  if (!questionTokens) return questionTokens.error();
  auto memory = model.backend->createMemory();
  if (!memory) return memory.error();
  SampleAnswer sample;
  RunClock clock;
  TextSegments segments(text, *model.tokenizer, model.config().memory->segmentSize);
  if (Status read = readSegments(model, **memory, segments, hooks); !read) return read.error();
  sample.tokens = segments.tokens() + static_cast<std::int64_t>(segments.tail().size());
  if (sample.tokens == 0) return makeError(ErrorCode::kInvalidArgument, "there is no text to read");
  auto prompt = placeTail(model, **memory, segments.tail());
  if (!prompt) return prompt.error();
  sample.readTokens = sample.tokens - static_cast<std::int64_t>(prompt->size());
  sample.readSeconds = clock.seconds();

  prompt->insert(prompt->end(), questionTokens->begin(), questionTokens->end());
  auto said = answerFrom(model, **memory, *prompt, maxTokens, hooks.cancelled);
  if (!said) return said.error();
  sample.answer = std::move(said->text);
  sample.answerSeconds = clock.seconds() - sample.readSeconds;
  return sample;
}

}  // namespace tidemark
