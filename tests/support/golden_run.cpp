#include "tests/support/golden_run.h"

#include <algorithm>

#include "engine/generate/answer_generator.h"
#include "engine/memory/memory_snapshot.h"
#include "tests/support/read_log.h"
#include "tests/support/vector_source.h"

namespace tidemark::testing {
namespace {

struct Trace {
  std::vector<float> logits;
  std::vector<MemorySnapshot> memories;  // after each segment
};

void takeLogits(Backend& backend, Workspace& workspace, int parity, int rows, std::vector<float>& logits) {
  std::vector<float> part(static_cast<std::size_t>(rows) * static_cast<std::size_t>(backend.config().vocabularySize));
  ASSERT_TRUE(backend.computeLogits(workspace, parity, 0, rows, part).ok());
  logits.insert(logits.end(), part.begin(), part.end());
}

Trace readTrace(Backend& backend, DeviceMemory& memory, Schedule schedule, std::span<const TokenId> tokens) {
  Trace trace;
  const int layers = backend.config().layers;
  const int size = backend.config().memory->segmentSize;
  auto executor = makeExecutor(schedule, backend, memory, 0);
  EXPECT_TRUE(executor.ok());
  VectorSource source(tokens, size);
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
    trace.memories.back() = takeMemory(backend, memory, static_cast<std::int64_t>(trace.memories.size()) - 1);
  }
  return trace;
}

GoldenRun::Item compare(const std::string& name, std::span<const float> got, std::span<const float> expected) {
  return {name, relativeError(got, expected), relativeNormError(got, expected)};
}

/// Segment by segment: a random model amplifies what differs from one to the next.
void compareSegments(const Trace& trace, const GoldenCase& golden, GoldenRun& run) {
  const std::vector<float> expected = golden.floats("logits");
  const auto size = static_cast<std::size_t>(golden.config.memory->segmentSize) *
                    static_cast<std::size_t>(golden.config.vocabularySize);
  for (std::size_t first = 0; first < expected.size(); first += size) {
    const std::size_t count = std::min(size, expected.size() - first);
    run.errors.push_back(compare("logits.segment_" + std::to_string(first / size),
                                 std::span(trace.logits).subspan(first, count),
                                 std::span(expected).subspan(first, count)));
  }
}

void compareMemories(const Trace& trace, const GoldenCase& golden, GoldenRun& run) {
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
    run.errors.push_back(compare("W_mem" + suffix, weights, golden.floats("W_mem" + suffix)));
    run.errors.push_back(compare("z" + suffix, normalizers, golden.floats("z" + suffix)));
    ++run.memoriesCompared;
  }
}

void compareAnswer(Backend& backend, DeviceMemory& memory, const GoldenCase& golden, GoldenRun& run) {
  run.expected = golden.tokens("generated_ids");
  AnswerOptions options;
  options.maxTokens = static_cast<int>(run.expected.size());
  options.keepLogits = true;
  auto generator = AnswerGenerator::create(backend, memory, golden.tokens("question_ids"), options);
  ASSERT_TRUE(generator.ok()) << generator.error().message;
  std::vector<float> logits;
  const std::vector<float> expectedLogits = golden.floats("generated_logits");
  const auto width = static_cast<std::size_t>(golden.config.vocabularySize);
  bool same = true;
  while (true) {
    auto token = generator->next();
    ASSERT_TRUE(token.ok()) << token.error().message;
    if (!token->has_value()) break;
    const std::size_t index = run.generated.size();
    run.generated.push_back(**token);
    if (!same) continue;
    logits.insert(logits.end(), generator->logits().begin(), generator->logits().end());
    same = run.generated[index] == run.expected[index];
    if (same) continue;
    const auto row = std::span(expectedLogits).subspan(index * width, width);
    const float largest = *std::max_element(row.begin(), row.end());
    run.lostBy =
        (row[static_cast<std::size_t>(run.expected[index])] - row[static_cast<std::size_t>(run.generated[index])]) /
        std::abs(largest);
  }
  run.errors.push_back(compare("generated_logits", logits, std::span(expectedLogits).first(logits.size())));
}

}  // namespace

GoldenRun runGolden(Backend& backend, const GoldenCase& golden, Schedule schedule) {
  GoldenRun run;
  auto memory = makeMemory(backend);
  const auto tokens = golden.tokens("input_ids");
  const Trace trace = readTrace(backend, *memory, schedule, tokens);
  run.errors.push_back(compare("logits", trace.logits, golden.floats("logits")));
  if (trace.logits.size() == golden.floats("logits").size()) compareSegments(trace, golden, run);
  compareMemories(trace, golden, run);
  compareAnswer(backend, *memory, golden, run);
  const std::vector<float> expected = golden.floats("full_attention_logits");
  const std::size_t rows = expected.size() / static_cast<std::size_t>(golden.config.vocabularySize);
  auto full = computeFullAttention(backend, std::span(tokens).first(rows));
  EXPECT_TRUE(full.ok());
  run.errors.push_back(compare("full_attention_logits", full.ok() ? *full : std::vector<float>{}, expected));
  return run;
}

}  // namespace tidemark::testing
