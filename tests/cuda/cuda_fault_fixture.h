#pragma once
// A whole use of a small model, which ends at the first thing that goes wrong, and what must hold after it.

#include <gmock/gmock.h>

#include "engine/generate/answer_generator.h"
#include "tests/cuda/backend_under_test.h"
#include "tests/support/random_values.h"
#include "tests/support/read_log.h"
#include "tests/support/vector_source.h"

namespace tidemark {

class CudaFaultTest : public CudaTest {
 protected:
  static testing::RandomModel smallModel(const std::string& name) {
    ModelConfig config = testing::makeRandomModel(name).config;
    config.layers = 2;
    config.memory->segmentSize = 9;
    return testing::makeRandomModel(config);
  }

  /// Reads with look-ahead and two steady diagonals, copies the memory, answers. The memory's hash.
  static Result<std::string> useBackend(Backend& backend) {
    auto memory = backend.createMemory();
    if (!memory) return memory.error();
    if (Status read = readSegments(backend, **memory, backend.config().layers + 2); !read) return read.error();
    auto snapshot = captureMemory(backend, **memory, 0);
    if (!snapshot) return snapshot.error();
    if (Status restored = restoreMemory(backend, **memory, *snapshot); !restored) return restored.error();
    if (Status answered = answer(backend, **memory); !answered) return answered.error();
    return hashMemory(*snapshot);
  }
  /// The same with a backend of its own.
  static Result<std::string> useModel(const testing::RandomModel& model) {
    auto backend = createCudaBackend(model.config, model.weights);
    if (!backend) return backend.error();
    return useBackend(**backend);
  }

  static Status readSegments(Backend& backend, DeviceMemory& memory, int segments) {
    const ModelConfig& config = backend.config();
    auto executor = makeExecutor(Schedule::kDiagonal, backend, memory, 0, backend.lookAhead());
    if (!executor) return executor.error();
    const auto count = static_cast<std::size_t>(segments * config.memory->segmentSize);
    const auto tokens = testing::RandomValues(5).tokens(count, config.vocabularySize);
    testing::VectorSource source(tokens, config.memory->segmentSize);
    while (true) {
      auto report = (*executor)->step(source);
      if (!report) return report.error();
      if (!report->has_value()) return {};
    }
  }
  static Status answer(Backend& backend, DeviceMemory& memory) {
    AnswerOptions options;
    options.maxTokens = 2;
    const auto prompt = testing::RandomValues(9).tokens(5, backend.config().vocabularySize);
    auto generator = AnswerGenerator::create(backend, memory, prompt, options);
    if (!generator) return generator.error();
    for (int i = 0; i < options.maxTokens; ++i) {
      auto token = generator->next();
      if (!token) return token.error();
    }
    return {};
  }

  template <typename T>
  static Status statusOf(const Result<T>& result) {
    return result.ok() ? Status() : Status(result.error());
  }

  /// What, why and what to do.
  static void expectSentence(const Error& error, ErrorCode code) {
    EXPECT_EQ(error.code, code) << error.message;
    EXPECT_THAT(error.message, ::testing::ContainsRegex("GPU|cuBLASLt"));
    EXPECT_THAT(error.message, ::testing::HasSubstr("--backend cpu"));
  }
  static void expectNothingLeft() {
    EXPECT_EQ(cuda_emulation::liveAllocations(), 0u);
    EXPECT_EQ(cuda_emulation::liveHandles(), 0u);
    EXPECT_EQ(cuda_emulation::deviceBytesInUse(), 0u);
    EXPECT_THAT(cuda_emulation::findings(), ::testing::IsEmpty());
  }
};

}  // namespace tidemark
