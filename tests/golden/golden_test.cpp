// Every golden checkpoint against its expected float64 values: logits, memory after each listed segment, the greedy
// continuation and its logits, and full attention; on every kernel table that runs here, read both ways.

#include <gtest/gtest.h>

#include <cstdio>

#include "engine/backend/cpu/cpu_backend.h"
#include "engine/executor/executor.h"
#include "engine/generate/answer_generator.h"
#include "engine/memory/memory_snapshot.h"
#include "tests/support/golden_case.h"
#include "tests/support/read_log.h"
#include "tests/support/vector_source.h"

namespace tidemark {
namespace {

using testing::GoldenCase;
using testing::relativeError;

// The specification itself, computed in float32, differs from these values by up to 3e-4 in the two cases named there
// and by 1e-6 to 7e-6 elsewhere (tests/data/golden/README.md).
double toleranceOf(const std::string& name) {
  return name == "llama-many-segments" || name == "llama-two-memory-heads" ? 1e-3 : 2e-5;
}

struct Trace {
  std::vector<float> logits;
  std::vector<MemorySnapshot> memories;  // after each segment
};

void takeLogits(Backend& backend, Workspace& workspace, int parity, int rows, std::vector<float>& logits) {
  std::vector<float> part(static_cast<std::size_t>(rows) * static_cast<std::size_t>(backend.config().vocabularySize));
  ASSERT_TRUE(backend.computeLogits(workspace, parity, 0, rows, part).ok());
  logits.insert(logits.end(), part.begin(), part.end());
}

Trace readTokens(Backend& backend, DeviceMemory& memory, Schedule schedule, std::span<const TokenId> tokens) {
  Trace trace;
  const int layers = backend.config().layers;
  const int size = backend.config().memory->segmentSize;
  auto executor = makeExecutor(schedule, backend, memory, 0);
  EXPECT_TRUE(executor.ok());
  testing::VectorSource source(tokens, size);
  trace.memories.resize((tokens.size() + static_cast<std::size_t>(size) - 1) / static_cast<std::size_t>(size));
  for (auto& snapshot : trace.memories) snapshot.layers.resize(static_cast<std::size_t>(layers));
  while (true) {
    auto report = (*executor)->step(source);
    EXPECT_TRUE(report.ok());
    if (!report->has_value()) break;
    for (int layer = (*report)->firstLayer; layer < (*report)->firstLayer + (*report)->count; ++layer) {
      const auto segment = static_cast<std::size_t>((*report)->segmentOf(layer));
      EXPECT_TRUE(
          captureLayer(backend, memory, layer, trace.memories[segment].layers[static_cast<std::size_t>(layer)]).ok());
    }
    if ((*report)->finishedSegment) {
      takeLogits(backend, (*executor)->workspace(), (*report)->parity, size, trace.logits);
    }
  }
  if (!source.rest().empty()) {
    auto parity = commitSegment(backend, (*executor)->workspace(), memory, source.rest());
    EXPECT_TRUE(parity.ok());
    takeLogits(backend, (*executor)->workspace(), *parity, static_cast<int>(source.rest().size()), trace.logits);
    trace.memories.back() = testing::takeMemory(backend, memory, static_cast<std::int64_t>(trace.memories.size()) - 1);
  }
  return trace;
}

struct Parameter {
  std::string name;
  std::string kernels;
  Schedule schedule;
};

std::vector<Parameter> parameters() {
  std::vector<Parameter> all;
  for (const std::string& name : testing::goldenNames()) {
    for (const char* kernels : {"avx512", "avx2", "plain"}) {
      for (Schedule schedule : {Schedule::kSequential, Schedule::kDiagonal}) all.push_back({name, kernels, schedule});
    }
  }
  return all;
}

// What ctest shows of a case; without it, GoogleTest prints the bytes of the object.
void PrintTo(const Parameter& parameter, std::ostream* out) {
  *out << parameter.name << ' ' << parameter.kernels;
}

class Golden : public ::testing::TestWithParam<Parameter> {};

TEST_P(Golden, AgreesWithTheSpecification) {
  GoldenCase golden = testing::loadGolden(GetParam().name);
  auto created = createCpuBackend(golden.config, golden.weights, {2, GetParam().kernels});
  if (!created) {
    ASSERT_EQ(created.error().code, ErrorCode::kInvalidArgument) << created.error().message;
    GTEST_SKIP() << created.error().message;
  }
  Backend& backend = **created;
  const double tolerance = toleranceOf(GetParam().name);
  double worst = 0;
  const auto compare = [&](const std::string& what, std::span<const float> got) {
    const double error = relativeError(got, golden.floats(what));
    EXPECT_TRUE(error <= tolerance) << what << " differs by " << error;
    worst = std::max(worst, error);
  };

  auto memory = testing::makeMemory(backend);
  const auto tokens = golden.tokens("input_ids");
  const Trace trace = readTokens(backend, *memory, GetParam().schedule, tokens);
  compare("logits", trace.logits);

  int memoriesCompared = 0;
  const std::size_t keys = static_cast<std::size_t>(golden.config.memory->keyWidth());
  for (std::size_t s = 0; s < trace.memories.size(); ++s) {
    const std::string suffix = ".after_segment_" + std::to_string(s);
    if (!golden.expected.tensors.contains("W_mem" + suffix)) continue;
    std::vector<float> weights;
    std::vector<float> normalizers;
    for (const LayerMemory& layer : trace.memories[s].layers) {
      weights.insert(weights.end(), layer.values.begin(), layer.values.end() - static_cast<long>(keys));
      normalizers.insert(normalizers.end(), layer.values.end() - static_cast<long>(keys), layer.values.end());
    }
    compare("W_mem" + suffix, weights);
    compare("z" + suffix, normalizers);
    ++memoriesCompared;
  }
  EXPECT_GE(memoriesCompared, 4);

  const auto expectedIds = golden.tokens("generated_ids");
  AnswerOptions options;
  options.maxTokens = static_cast<int>(expectedIds.size());
  auto generator = AnswerGenerator::create(backend, *memory, golden.tokens("question_ids"), options);
  ASSERT_TRUE(generator.ok()) << generator.error().message;
  std::vector<TokenId> ids;
  std::vector<float> logits;
  while (true) {
    auto token = generator->next();
    ASSERT_TRUE(token.ok());
    if (!token->has_value()) break;
    ids.push_back(**token);
    logits.insert(logits.end(), generator->logits().begin(), generator->logits().end());
  }
  EXPECT_EQ(ids, expectedIds);
  compare("generated_logits", logits);

  const std::size_t rows =
      golden.floats("full_attention_logits").size() / static_cast<std::size_t>(golden.config.vocabularySize);
  auto full = computeFullAttention(backend, std::span(tokens).first(rows));
  ASSERT_TRUE(full.ok());
  compare("full_attention_logits", *full);
  std::printf("largest relative error %.1e\n", worst);
}

INSTANTIATE_TEST_SUITE_P(AllCases, Golden, ::testing::ValuesIn(parameters()), [](const auto& test) {
  std::string name = test.param.name + "_" + test.param.kernels +
                     (test.param.schedule == Schedule::kDiagonal ? "_diagonal" : "_sequential");
  for (char& c : name) {
    if (c == '-') c = '_';
  }
  return name;
});

}  // namespace
}  // namespace tidemark
