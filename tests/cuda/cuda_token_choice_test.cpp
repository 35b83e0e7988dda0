// The token that the device chooses is the one that the host chooses from the same logits.

#include <cmath>
#include <limits>

#include "engine/backend/cuda/device_buffer.h"
#include "engine/backend/cuda/kernels/token_choice.h"
#include "engine/generate/answer_generator.h"
#include "engine/generate/sampler.h"
#include "tests/cuda/cuda_ops_fixture.h"
#include "tests/executor/test_models.h"

namespace tidemark {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();

class CudaTokenChoice : public CudaOps {
 protected:
  void SetUp() override {
    CudaOps::SetUp();
    if (IsSkipped()) return;
    ASSERT_TRUE(m_chosen.allocate(1, "a token").ok());
  }
  cuda::ChosenToken choose(const std::vector<float>& logits, const TokenChoice& choice) {
    const DeviceArray<float> device(logits);
    *m_chosen.data() = {-7, -7};
    EXPECT_TRUE(
        cuda::launchTokenChoice(target(), {device.data(), static_cast<int>(logits.size()), choice, m_chosen.data()})
            .ok());
    EXPECT_EQ(cudaDeviceSynchronize(), cudaSuccess);
    return *m_chosen.data();
  }
  void expectTheHostsTokens(const std::vector<float>& logits, const SamplingOptions& options, int count) {
    Sampler sampler(options);
    for (int i = 0; i < count; ++i) {
      const TokenChoice choice = sampler.next();
      const auto expected = chooseToken(logits, choice);
      ASSERT_TRUE(expected.ok());
      ASSERT_EQ(choose(logits, choice).token, *expected)
          << logits.size() << " logits, temperature " << options.temperature << ", top-k " << options.topK << ", top-p "
          << options.topP << ", draw " << i;
    }
  }

  cuda::PinnedBuffer<cuda::ChosenToken> m_chosen;
};

TEST_F(CudaTokenChoice, GreedyIsTheLowestIdAmongTheHighest) {
  for (const std::size_t count : {1u, 2u, 31u, 511u, 512u, 513u, 3000u}) {
    std::vector<float> logits = m_random.floats(count, -4, 4);
    expectTheHostsTokens(logits, {}, 1);
    for (std::size_t i = 0; i < count; i += 3) logits[i] = 4.5f;
    expectTheHostsTokens(logits, {}, 1);
  }
  EXPECT_EQ(choose({-kInfinity, -5, -5, -0.0f, 0.0f}, {}).token, 3);
}

TEST_F(CudaTokenChoice, DrawsAreTheHosts) {
  const std::vector<SamplingOptions> all = {
      {.temperature = 1},
      {.temperature = 0.01f},
      {.temperature = 100},
      {.temperature = 0.8f, .topK = 1},
      {.temperature = 0.8f, .topK = 5},
      {.temperature = 2, .topK = 511},
      {.temperature = 2, .topK = 1 << 20},
      {.temperature = 1, .topP = 0.3f},
      {.temperature = 3, .topP = 0.97f},
      {.temperature = 1, .topP = 1e-9f},
      {.temperature = 3, .topK = 40, .topP = 0.5f},
  };
  for (const std::size_t count : {1u, 7u, 700u, 2049u}) {
    const std::vector<float> logits = m_random.floats(count, -6, 6);
    for (SamplingOptions options : all) {
      options.seed = count;
      expectTheHostsTokens(logits, options, 4);
    }
  }
}

// Few values, so that what is kept ends among equals.
TEST_F(CudaTokenChoice, AmongEqualsTheSameOnesStay) {
  for (const int values : {1, 2, 5}) {
    std::vector<float> logits;
    for (const TokenId value : m_random.tokens(600, values)) logits.push_back(static_cast<float>(value));
    logits[17] = -kInfinity;
    for (const int topK : {0, 3, 100, 599}) {
      for (const float topP : {1.0f, 0.4f}) {
        expectTheHostsTokens(logits, {.temperature = 1, .topK = topK, .topP = topP, .seed = 8}, 5);
      }
    }
  }
}

TEST_F(CudaTokenChoice, NumbersThatAreNoneAreNamed) {
  for (const float temperature : {0.0f, 1.0f}) {
    TokenChoice choice;
    choice.temperature = temperature;
    for (const float wrong : {std::nanf(""), -std::nanf(""), kInfinity}) {
      std::vector<float> logits = m_random.floats(600, -1, 1);
      logits[599] = wrong;
      logits[70] = wrong;
      const cuda::ChosenToken chosen = choose(logits, choice);
      EXPECT_EQ(chosen.token, -1);
      EXPECT_EQ(chosen.withoutNumber, 70);
    }
    EXPECT_EQ(choose(std::vector<float>(40, -kInfinity), choice).token, -1);
  }
}

/// An answer whose logits nobody looks at is the answer of the logits.
class CudaAnswers : public CudaTest, public ::testing::WithParamInterface<const char*> {};
INSTANTIATE_TEST_SUITE_P(Families, CudaAnswers, ::testing::Values("llama", "gpt2"));

TEST_P(CudaAnswers, DoNotDependOnWhereTheTokenIsChosen) {
  const testing::RandomModel model = loadModel(GetParam());
  const auto backend = makeBackend(model.config, model.weights);
  const auto memory = testing::makeMemory(*backend);
  const auto prompt = testing::RandomValues(9).tokens(11, model.config.vocabularySize);
  for (const float temperature : {0.0f, 1.5f}) {
    std::vector<TokenId> answers[2];
    for (const bool keepLogits : {false, true}) {
      AnswerOptions options;
      options.maxTokens = 6;
      options.keepLogits = keepLogits;
      options.sampling = {.temperature = temperature, .topP = 0.9f, .seed = 3};
      auto generator = AnswerGenerator::create(*backend, *memory, prompt, options);
      ASSERT_TRUE(generator.ok());
      for (auto token = generator->next(); token.ok() && token->has_value(); token = generator->next()) {
        answers[keepLogits ? 1 : 0].push_back(**token);
      }
      EXPECT_EQ(generator->logits().empty(), !keepLogits);
    }
    EXPECT_EQ(answers[0].size(), 6u);
    EXPECT_EQ(answers[0], answers[1]);
  }
}

}  // namespace
}  // namespace tidemark
