#pragma once
// The models that the executor tests run on: random ones and the built-in one.

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/random_model.h"
#include "tests/support/random_values.h"
#include "tests/support/read_log.h"

namespace tidemark {

// Sanitizers make the kernels much slower; what they look for does not need all sizes.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

[[nodiscard]] inline std::vector<std::string> modelNames() {
  std::vector<std::string> names = testing::randomModelNames();
  names.emplace_back("mini");
  return names;
}

[[nodiscard]] inline testing::RandomModel loadModel(const std::string& name) {
  if (name != "mini") return testing::makeRandomModel(name);
  testing::RandomModel model;
  const auto directory = std::filesystem::path(TM_SOURCE_DIR) / "resources" / "models" / "mini";
  auto config = loadModelConfig(directory);
  EXPECT_TRUE(config.ok());
  model.config = *config;
  auto checkpoint = Checkpoint::open(directory);
  EXPECT_TRUE(checkpoint.ok());
  auto weights = bindModelWeights(model.config, *checkpoint);
  EXPECT_TRUE(weights.ok());
  model.weights = std::move(weights).value();
  return model;
}

/// Tokens of so many full segments, and `more` behind them.
[[nodiscard]] inline std::vector<TokenId> someTokens(const ModelConfig& config, int segments, int more = 0) {
  const auto count = static_cast<std::size_t>(segments * config.memory->segmentSize + more);
  return testing::RandomValues(5).tokens(count, config.vocabularySize);
}

/// Segments of a test read: a front that fills and drains; a short one where every segment is expensive.
[[nodiscard]] inline int readSegments(const ModelConfig& config) {
  if (config.memory->segmentSize < 100) return 7;
  return kSanitized ? 2 : 3;
}

/// One backend per model on the fastest kernels with two threads.
class ModelTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    m_model = loadModel(GetParam());
    m_backend = testing::makeCpuBackend(m_model.config, m_model.weights, {2, {}});
    m_memory = testing::makeMemory(*m_backend);
  }
  [[nodiscard]] const ModelConfig& config() const { return m_model.config; }
  [[nodiscard]] const ModelWeights& weights() const { return m_model.weights; }
  [[nodiscard]] Backend& backend() { return *m_backend; }
  [[nodiscard]] DeviceMemory& memory() { return *m_memory; }
  [[nodiscard]] int vocabulary() const { return m_model.config.vocabularySize; }

 private:
  testing::RandomModel m_model;
  std::unique_ptr<Backend> m_backend;
  std::unique_ptr<DeviceMemory> m_memory;
};

#define TM_INSTANTIATE_FOR_ALL_MODELS(Suite)                                 \
  INSTANTIATE_TEST_SUITE_P(Models, Suite, ::testing::ValuesIn(modelNames()), \
                           [](const auto& test) { return test.param; })

}  // namespace tidemark
