// Answering from a memory: the memory stays as it was, and decoding with the cache gives what recomputing would.

#include "engine/generate/answer_generator.h"
#include "tests/executor/test_models.h"
#include "tests/support/compare.h"
#include "tests/support/vector_source.h"

namespace tidemark {
namespace {

using testing::memoryHash;
using testing::readTokens;
using testing::sameBits;

class Answer : public ModelTest {
 protected:
  [[nodiscard]] std::vector<TokenId> question(std::size_t length) const {
    return testing::RandomValues(9).tokens(length, config().vocabularySize);
  }
  /// Logits after the prompt.
  std::vector<float> promptLogits(std::span<const TokenId> prompt) {
    AnswerOptions options;
    options.maxTokens = 1;
    options.keepLogits = true;
    auto generator = AnswerGenerator::create(backend(), memory(), prompt, options);
    EXPECT_TRUE(generator.ok());
    EXPECT_TRUE(generator->next().ok());
    return {generator->logits().begin(), generator->logits().end()};
  }
};
TM_INSTANTIATE_FOR_ALL_MODELS(Answer);

TEST_P(Answer, LeavesTheMemoryAsItWasAndDecodesWhatRecomputingGives) {
  (void)readTokens(backend(), memory(), someTokens(config(), 2));
  const std::string before = memoryHash(backend(), memory());
  std::vector<TokenId> segment = question(11);
  AnswerOptions options;
  options.maxTokens = 8;
  options.keepLogits = true;
  auto generator = AnswerGenerator::create(backend(), memory(), segment, options);
  ASSERT_TRUE(generator.ok());
  for (int i = 0; i < options.maxTokens; ++i) {
    auto token = generator->next();
    ASSERT_TRUE(token.ok() && token->has_value());
    EXPECT_TRUE(sameBits(generator->logits(), promptLogits(segment))) << "token " << i;
    segment.push_back(**token);
  }
  auto end = generator->next();
  ASSERT_TRUE(end.ok());
  EXPECT_FALSE(end->has_value());
  EXPECT_FALSE(generator->stopped());
  EXPECT_EQ(memoryHash(backend(), memory()), before);
}

TEST_P(Answer, DependsOnTheMemory) {
  const auto prompt = question(11);
  const std::vector<float> untaught = promptLogits(prompt);
  (void)readTokens(backend(), memory(), someTokens(config(), 1));
  EXPECT_FALSE(sameBits(promptLogits(prompt), untaught));
}

TEST_P(Answer, EndsBeforeAStopToken) {
  const auto prompt = question(5);
  AnswerOptions options;
  options.maxTokens = 4;
  auto free = AnswerGenerator::create(backend(), memory(), prompt, options);
  ASSERT_TRUE(free.ok());
  auto first = free->next();
  ASSERT_TRUE(first.ok() && first->has_value());
  options.stopTokens = {**first};
  auto stopping = AnswerGenerator::create(backend(), memory(), prompt, options);
  ASSERT_TRUE(stopping.ok());
  for (int i = 0; i < 2; ++i) {  // and stays ended
    auto token = stopping->next();
    ASSERT_TRUE(token.ok());
    EXPECT_FALSE(token->has_value());
    EXPECT_TRUE(stopping->stopped());
  }
}

TEST_P(Answer, EmptyQuestionsAndWrongOptionsAreRefused) {
  AnswerOptions options;
  EXPECT_EQ(AnswerGenerator::create(backend(), memory(), {}, options).error().code, ErrorCode::kInvalidArgument);
  const auto prompt = question(3);
  options.maxTokens = 0;
  EXPECT_EQ(AnswerGenerator::create(backend(), memory(), prompt, options).error().code, ErrorCode::kInvalidArgument);
  options.maxTokens = 1;
  options.sampling.topP = 0;
  EXPECT_EQ(AnswerGenerator::create(backend(), memory(), prompt, options).error().code, ErrorCode::kInvalidArgument);
}

TEST_P(Answer, TokensOutsideTheVocabularyAreErrorsEverywhere) {
  for (TokenId wrong : {-1, vocabulary()}) {
    SCOPED_TRACE(wrong);
    auto tokens = someTokens(config(), 1);
    tokens[tokens.size() / 2] = wrong;
    for (Schedule schedule : {Schedule::kSequential, Schedule::kDiagonal}) {
      auto fresh = testing::makeMemory(backend());
      auto executor = makeExecutor(schedule, backend(), *fresh, 0);
      ASSERT_TRUE(executor.ok());
      testing::VectorSource source(tokens, config().memory->segmentSize);
      auto step = (*executor)->step(source);
      ASSERT_FALSE(step.ok());
      EXPECT_EQ(step.error().code, ErrorCode::kInvalidArgument);
      EXPECT_NE(step.error().message.find("token " + std::to_string(wrong)), std::string::npos) << step.error().message;
    }
    EXPECT_EQ(computeFullAttention(backend(), tokens).error().code, ErrorCode::kInvalidArgument);
    auto generator = AnswerGenerator::create(backend(), memory(), std::span(&wrong, 1), {});
    ASSERT_TRUE(generator.ok());
    EXPECT_EQ(generator->next().error().code, ErrorCode::kInvalidArgument);
  }
}

// GPT-2's table of positions ends; Llama's rotary positions do not.
TEST(AnswerOfGpt2, StaysWithinTheTableOfPositions) {
  auto model = loadModel("gpt2");
  auto backend = testing::makeCpuBackend(model.config, model.weights, {1, {}});
  auto memory = testing::makeMemory(*backend);
  const int positions = model.config.maxPositions;
  testing::RandomValues random(1);
  const auto tooLong = random.tokens(static_cast<std::size_t>(positions) + 1, model.config.vocabularySize);
  EXPECT_EQ(AnswerGenerator::create(*backend, *memory, tooLong, {}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(computeFullAttention(*backend, tooLong).error().code, ErrorCode::kInvalidArgument);

  auto generator = AnswerGenerator::create(*backend, *memory, std::span(tooLong).first(36), {});
  ASSERT_TRUE(generator.ok());
  int count = 0;
  while (true) {
    auto token = generator->next();
    ASSERT_TRUE(token.ok()) << token.error().message;
    if (!token->has_value()) break;
    ++count;
  }
  EXPECT_EQ(count, positions - 36 + 1);  // the last token is chosen, and needs no position any more
}

TEST(ExecutorOfAPlainModel, IsRefused) {
  auto model = loadModel("llama");
  model.config.memory.reset();
  model.weights.memoryTokens.reset();
  for (LayerWeights& layer : model.weights.layers) layer.memory.reset();
  auto backend = testing::makeCpuBackend(model.config, model.weights, {1, {}});
  auto memory = testing::makeMemory(*backend);
  EXPECT_EQ(makeExecutor(Schedule::kDiagonal, *backend, *memory, 0).error().code, ErrorCode::kUnsupported);
  EXPECT_TRUE(computeFullAttention(*backend, std::vector<TokenId>{1, 2, 3}).ok());
}

}  // namespace
}  // namespace tidemark
