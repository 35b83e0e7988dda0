#include "engine/service/question_segment.h"

#include <string>

#include "engine/executor/executor.h"

namespace tidemark {

Result<std::vector<TokenId>> encodeQuestion(const LoadedModel& model, std::string_view question) {
  if (question.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return makeError(ErrorCode::kInvalidArgument, "the question is empty; ask something");
  }
  const ModelConfig& config = model.config();
  auto tokens = encodePrompt(*model.tokenizer, model.chatTemplate.prompt, question);
  if (!tokens) return tokens.error();
  const auto segmentSize = static_cast<std::size_t>(config.memory->segmentSize);
  if (tokens->size() > segmentSize) {
    return makeError(ErrorCode::kInvalidArgument, "the question is " + std::to_string(tokens->size()) +
                                                      " tokens long and a segment of this model holds " +
                                                      std::to_string(segmentSize) + "; ask something shorter");
  }
  return tokens;
}

AnswerOptions answerOptions(const LoadedModel& model, int maxTokens, const SamplingOptions& sampling) {
  const ModelConfig& config = model.config();
  AnswerOptions options;
  options.maxTokens = maxTokens;
  options.sampling = sampling;
  options.stopTokens = config.eosTokens;
  for (const std::string& stop : model.chatTemplate.stop) {
    if (const auto token = model.tokenizer->findSpecial(stop)) options.stopTokens.push_back(*token);
  }
  return options;
}

Result<std::vector<TokenId>> placeTail(const LoadedModel& model, DeviceMemory& memory, std::vector<TokenId> tail,
                                       SegmentWrites* writes) {
  const ModelConfig& config = model.config();
  if (tail.empty() || config.prompt.tail == TailPolicy::kJoin) return tail;
  const int rows = static_cast<int>(tail.size()) + config.memory->memoryTokens;
  auto workspace = model.backend->createWorkspace({rows, 1});
  if (!workspace) return workspace.error();
  std::vector<MemoryWriteTrace> places;
  if (writes != nullptr) {
    *writes = SegmentWrites(config);
    for (int layer = 0; layer < config.layers; ++layer) places.push_back(writes->place(config, layer));
  }
  auto committed = commitSegment(*model.backend, **workspace, memory, tail, places);
  if (!committed) return committed.error();
  return std::vector<TokenId>{};
}

Result<std::vector<TokenId>> encodeQuestionBehind(const LoadedModel& model, std::span<const TokenId> tail,
                                                  std::string_view question) {
  auto tokens = encodeQuestion(model, question);
  if (tokens) tokens->insert(tokens->begin(), tail.begin(), tail.end());
  return tokens;
}

}  // namespace tidemark
