// Whatever order threads, blocks and streams run in, a read leaves the same bits: nothing that the backend does is a
// race, and no kernel writes where it must not. On the emulation, where the order is a seed.

#include "engine/generate/answer_generator.h"
#include "tests/cuda/backend_under_test.h"
#include "tests/executor/test_models.h"
#include "tests/support/compare.h"
#include "tests/support/vector_source.h"

namespace tidemark {
namespace {

using testing::ReadLog;
using testing::ReadOptions;

/// Everything that a use of a model leaves behind.
struct Traces {
  std::vector<std::string> hashes;
  std::vector<float> logits;  // of the last whole segment
  std::string tailHash;
  std::vector<TokenId> answer;
  std::vector<float> answerLogits;
};

/// Heads that the attention kernel itself rotates, and more than one tile of query rows.
ModelConfig wideHeads() {
  ModelConfig config = testing::makeRandomModel("llama").config;
  config.headDim = 64;
  config.layers = 2;
  config.memory->segmentSize = 68;
  config.memory->memoryTokens = 9;
  return config;
}

testing::RandomModel modelOf(const std::string& name) {
  return name == "llama_wide_heads" ? testing::makeRandomModel(wideHeads()) : testing::makeRandomModel(name);
}

class CudaOrder : public CudaTest, public ::testing::WithParamInterface<std::string> {
 protected:
  void SetUp() override {
    CudaTest::SetUp();
    m_model = modelOf(GetParam());
    m_backend = makeBackend(m_model.config, m_model.weights);
    ASSERT_TRUE(m_backend);
  }

  /// A read with look-ahead and snapshots, a ragged tail, and a question.
  Traces use() {
    Traces traces;
    const auto memory = testing::makeMemory(*m_backend);
    const ModelConfig& config = m_model.config;
    const int segments = config.memory->segmentSize < 50 ? config.layers + 2 : config.layers;
    ReadOptions options;
    options.lookAhead = m_backend->lookAhead();
    const auto tokens = someTokens(config, segments, 5);
    const ReadLog log = testing::readTokens(*m_backend, *memory, tokens, options);
    EXPECT_EQ(static_cast<int>(log.memories.size()), segments);
    traces.hashes = log.hashes();
    traces.logits = log.lastLogits;
    EXPECT_EQ(hashWithoutCopies(tokens), hashMemory(log.memories.at(segments - 1)));

    auto workspace = m_backend->createWorkspace({config.memory->segmentSize + config.memory->memoryTokens, 1});
    EXPECT_TRUE(workspace.ok());
    EXPECT_TRUE(commitSegment(*m_backend, **workspace, *memory, std::span(tokens).last(5)).ok());
    traces.tailHash = testing::memoryHash(*m_backend, *memory);
    EXPECT_NE(traces.tailHash, hashMemory(log.memories.at(segments - 1)));
    ask(*memory, traces);
    return traces;
  }
  /// Copies of the memory order the two streams by themselves, so a read without any is another case.
  std::string hashWithoutCopies(std::span<const TokenId> tokens) {
    const auto memory = testing::makeMemory(*m_backend);
    auto executor = makeExecutor(Schedule::kDiagonal, *m_backend, *memory, 0, m_backend->lookAhead());
    EXPECT_TRUE(executor.ok());
    testing::VectorSource source(tokens, m_model.config.memory->segmentSize);
    while (true) {
      const auto report = (*executor)->step(source);
      EXPECT_TRUE(report.ok());
      if (!report.ok() || !report->has_value()) break;
    }
    const auto segments = static_cast<std::int64_t>(tokens.size()) / m_model.config.memory->segmentSize;
    return hashMemory(testing::takeMemory(*m_backend, *memory, segments - 1));
  }
  /// The highest tokens, with their logits, and then tokens that the device drew by itself.
  void ask(DeviceMemory& memory, Traces& traces) {
    AnswerOptions greedy;
    greedy.maxTokens = 2;
    greedy.keepLogits = true;
    answer(memory, greedy, traces);
    AnswerOptions drawn;
    drawn.maxTokens = 3;
    drawn.sampling = {.temperature = 2, .topK = 40, .topP = 0.9f, .seed = 4};
    answer(memory, drawn, traces);
  }
  void answer(DeviceMemory& memory, const AnswerOptions& options, Traces& traces) {
    const auto prompt = testing::RandomValues(9).tokens(11, m_model.config.vocabularySize);
    auto generator = AnswerGenerator::create(*m_backend, memory, prompt, options);
    ASSERT_TRUE(generator.ok());
    for (int i = 0; i < options.maxTokens; ++i) {
      const auto token = generator->next();
      ASSERT_TRUE(token.ok() && token->has_value());
      traces.answer.push_back(**token);
    }
    if (options.keepLogits) traces.answerLogits.assign(generator->logits().begin(), generator->logits().end());
  }

  testing::RandomModel m_model;
  std::unique_ptr<Backend> m_backend;
};
INSTANTIATE_TEST_SUITE_P(Models, CudaOrder,
                         ::testing::Values("llama", "llama_no_correction", "llama_no_denominator", "llama_gating",
                                           "llama_two_heads_normalized", "llama_wide_heads", "gpt2",
                                           "gpt2_wrap_gating_two_heads"),
                         [](const auto& test) { return test.param; });

TEST_P(CudaOrder, LeavesTheSameBits) {
  const Traces expected = use();
  for (const std::uint64_t seed : {7, 8, 9}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    cuda_emulation::setSeed(seed);
    const Traces traces = use();
    EXPECT_EQ(traces.hashes, expected.hashes);
    EXPECT_TRUE(testing::sameBits(traces.logits, expected.logits));
    EXPECT_EQ(traces.tailHash, expected.tailHash);
    EXPECT_EQ(traces.answer, expected.answer);
    EXPECT_TRUE(testing::sameBits(traces.answerLogits, expected.answerLogits));
  }
  EXPECT_TRUE(cuda_emulation::checkGuards());
}

}  // namespace
}  // namespace tidemark
