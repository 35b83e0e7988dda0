// The promise of the CPU backend, on the GPU: a read leaves the same bits whatever the schedule, the size of a group,
// the look-ahead, a stop in between.

#include "engine/generate/answer_generator.h"
#include "tests/cuda/backend_under_test.h"
#include "tests/executor/test_models.h"
#include "tests/support/compare.h"

namespace tidemark {
namespace {

using testing::ReadLog;
using testing::ReadOptions;
using testing::readTokens;
using testing::sameBits;

/// Those random models whose shapes the kernels support, and the built-in one.
std::vector<std::string> supportedModels() {
  std::vector<std::string> names;
  for (const std::string& name : modelNames()) {
    if (kEmulated && name == "mini") continue;  // too large for the emulation
    if (makeCudaShape(loadModel(name).config).ok()) names.push_back(name);
  }
  return names;
}

class CudaRead : public CudaTest, public ::testing::WithParamInterface<std::string> {
 protected:
  void SetUp() override {
    CudaTest::SetUp();
    if (IsSkipped()) return;
    m_model = loadModel(GetParam());
    m_backend = makeBackend(m_model.config, m_model.weights);
    ASSERT_TRUE(m_backend);
    m_memory = testing::makeMemory(*m_backend);
  }
  [[nodiscard]] const ModelConfig& config() const { return m_model.config; }
  [[nodiscard]] int segments() const { return config().memory->segmentSize < 100 ? config().layers + 5 : 3; }

  testing::RandomModel m_model;
  std::unique_ptr<Backend> m_backend;
  std::unique_ptr<DeviceMemory> m_memory;
};
INSTANTIATE_TEST_SUITE_P(Models, CudaRead, ::testing::ValuesIn(supportedModels()),
                         [](const auto& test) { return test.param; });

TEST_P(CudaRead, DiagonalEqualsSequential) {
  const auto tokens = someTokens(config(), segments());
  const ReadLog expected = readTokens(*m_backend, *m_memory, tokens, {.schedule = Schedule::kSequential});
  ASSERT_EQ(static_cast<int>(expected.memories.size()), segments());
  const auto other = testing::makeMemory(*m_backend);
  testing::expectSameRead(readTokens(*m_backend, *other, tokens, {.schedule = Schedule::kDiagonal}), expected);
}

TEST_P(CudaRead, LookingAheadChangesNothing) {
  const auto tokens = someTokens(config(), segments());
  const ReadLog expected = readTokens(*m_backend, *m_memory, tokens);
  const auto other = testing::makeMemory(*m_backend);
  ReadOptions ahead;
  ahead.lookAhead = m_backend->lookAhead();
  ASSERT_GT(ahead.lookAhead, 0);
  const ReadLog log = readTokens(*m_backend, *other, tokens, ahead);
  EXPECT_EQ(log.hashes(), expected.hashes());
  EXPECT_EQ(log.metrics.size(), expected.metrics.size());
}

/// Largest difference over largest value.
double largestDifference(std::span<const float> a, std::span<const float> b) {
  double largest = 0;
  double worst = 0;
  for (std::size_t i = 0; i < b.size(); ++i) {
    largest = std::max(largest, std::abs(static_cast<double>(b[i])));
    const double difference = std::abs(static_cast<double>(a[i]) - b[i]);
    if (!(difference <= worst)) worst = difference;  // NaN stays
  }
  return worst / largest;
}

TEST_P(CudaRead, NumbersAreThoseOfTheCpuAsFarAsBf16Goes) {
  const auto tokens = someTokens(config(), 2);
  const ReadLog log = readTokens(*m_backend, *m_memory, tokens);
  const auto cpu = testing::makeCpuBackend(m_model.config, m_model.weights, {2, {}});
  const auto cpuMemory = testing::makeMemory(*cpu);
  const ReadLog expected = readTokens(*cpu, *cpuMemory, tokens);
  EXPECT_TRUE(largestDifference(log.lastLogits, expected.lastLogits) <= 0.05);
  for (const auto& [cell, metrics] : log.metrics) {
    const CellMetrics& other = expected.metrics.at(cell);
    EXPECT_NEAR(metrics.novelty, other.novelty, 0.05) << cell.first << ", " << cell.second;
    EXPECT_NEAR(metrics.writeStrength, other.writeStrength, 0.05);
    EXPECT_NEAR(metrics.relativeChange, other.relativeChange, 0.05 * other.relativeChange + 0.01);
    if (cell.first == 0) {
      EXPECT_EQ(metrics.novelty, 1.0f);
      EXPECT_EQ(metrics.relativeChange, 1.0f);
    }
  }
}

TEST_P(CudaRead, AResumedReadEqualsAnUninterruptedOne) {
  const int all = segments();
  const auto tokens = someTokens(config(), all);
  const ReadLog expected = readTokens(*m_backend, *m_memory, tokens);
  const int before = all / 2;
  const auto other = testing::makeMemory(*m_backend);
  ASSERT_TRUE(restoreMemory(*m_backend, *other, expected.memories.at(before - 1)).ok());
  ReadOptions rest;
  rest.firstSegment = before;
  const auto behind = std::span(tokens).subspan(static_cast<std::size_t>(before * config().memory->segmentSize));
  const ReadLog log = readTokens(*m_backend, *other, behind, rest);
  EXPECT_EQ(hashMemory(log.memories.at(all - 1)), hashMemory(expected.memories.at(all - 1)));
  EXPECT_TRUE(sameBits(log.lastLogits, expected.lastLogits));
}

TEST_P(CudaRead, AnswersLeaveTheMemoryAsItWasAndAreAboutWhatRecomputingGives) {
  (void)readTokens(*m_backend, *m_memory, someTokens(config(), 2));
  const std::string before = testing::memoryHash(*m_backend, *m_memory);
  std::vector<TokenId> prompt = testing::RandomValues(9).tokens(11, config().vocabularySize);
  AnswerOptions options;
  options.maxTokens = 4;
  options.keepLogits = true;
  auto generator = AnswerGenerator::create(*m_backend, *m_memory, prompt, options);
  ASSERT_TRUE(generator.ok());
  options.maxTokens = 1;
  for (int i = 0; i < 4; ++i) {
    const auto token = generator->next();
    ASSERT_TRUE(token.ok() && token->has_value());
    auto again = AnswerGenerator::create(*m_backend, *m_memory, prompt, options);
    ASSERT_TRUE(again.ok() && again->next().ok());
    EXPECT_TRUE(largestDifference(generator->logits(), again->logits()) <= 0.03) << "token " << i;
    prompt.push_back(**token);
  }
  EXPECT_EQ(testing::memoryHash(*m_backend, *m_memory), before);
}

TEST_P(CudaRead, TokensOutsideTheVocabularyAreErrors) {
  for (const TokenId wrong : {-1, config().vocabularySize}) {
    auto tokens = someTokens(config(), 1);
    tokens[tokens.size() / 2] = wrong;
    EXPECT_EQ(computeFullAttention(*m_backend, tokens).error().code, ErrorCode::kInvalidArgument);
  }
}

TEST_P(CudaRead, TheDeviceHoldsWhatThePlanSaid) {
  const WorkspaceSpec spec{config().memory->segmentSize + config().memory->memoryTokens, config().layers};
  auto workspace = m_backend->createWorkspace(spec);
  ASSERT_TRUE(workspace.ok());
  CudaInstruments& instruments = cudaInstruments(*m_backend);
  ASSERT_TRUE(instruments.start().ok());
  const auto times = instruments.stop();
  ASSERT_TRUE(times.ok());
  const auto shape = makeCudaShape(config());
  ASSERT_TRUE(shape.ok());
  EXPECT_EQ(times->deviceBytes, planCudaMemory(config(), *shape, spec).total());
}

}  // namespace
}  // namespace tidemark
