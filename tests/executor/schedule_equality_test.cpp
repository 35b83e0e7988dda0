// The promise everything else stands on: a read leaves the same bits whatever the schedule, the number of threads and
// the instruction set.

#include "tests/executor/test_models.h"
#include "tests/support/compare.h"

namespace tidemark {
namespace {

using testing::ReadLog;
using testing::readTokens;
using testing::sameBits;

class ScheduleEquality : public ModelTest {};
TM_INSTANTIATE_FOR_ALL_MODELS(ScheduleEquality);

TEST_P(ScheduleEquality, SameBitsForEveryScheduleThreadCountAndKernelTable) {
  const auto tokens = someTokens(config(), readSegments(config()), 3);
  const ReadLog expected = readTokens(backend(), memory(), tokens, {.schedule = Schedule::kSequential});
  ASSERT_EQ(static_cast<int>(expected.memories.size()), readSegments(config()));
  ASSERT_EQ(expected.metrics.size(), expected.memories.size() * static_cast<std::size_t>(config().layers));
  for (const char* kernels : {"avx512", "avx2", "plain"}) {
    // The plain table is much slower, and threads do not know which table they run.
    const bool slow = std::string(kernels) == "plain" && config().memory->segmentSize >= 100;
    for (int threads : slow ? std::vector{2} : std::vector{1, 2, 7}) {
      auto other = createCpuBackend(config(), weights(), {threads, kernels});
      if (!other) continue;  // a table that does not run here; tests/ops reports it as skipped
      for (Schedule schedule : {Schedule::kSequential, Schedule::kDiagonal}) {
        SCOPED_TRACE(std::string(kernels) + ", " + std::to_string(threads) + " threads, " +
                     (schedule == Schedule::kDiagonal ? "diagonal" : "sequential"));
        auto otherMemory = testing::makeMemory(**other);
        const ReadLog log = readTokens(**other, *otherMemory, tokens, {.schedule = schedule});
        testing::expectSameRead(log, expected);
        const int segments = readSegments(config());
        EXPECT_EQ(log.steps,
                  schedule == Schedule::kDiagonal ? segments + config().layers - 1 : segments * config().layers);
      }
    }
  }
}

TEST_P(ScheduleEquality, NumbersAreFiniteAndMetricsAreInRange) {
  const ReadLog log = readTokens(backend(), memory(), someTokens(config(), readSegments(config())));
  for (float logit : log.lastLogits) ASSERT_TRUE(std::isfinite(logit));
  for (const auto& [cell, metrics] : log.metrics) {
    SCOPED_TRACE("segment " + std::to_string(cell.first) + ", layer " + std::to_string(cell.second));
    EXPECT_TRUE(metrics.novelty >= 0 && metrics.novelty <= 1) << metrics.novelty;
    EXPECT_TRUE(metrics.writeStrength > 0 && metrics.writeStrength < 1) << metrics.writeStrength;
    EXPECT_TRUE(metrics.relativeChange > 0 && std::isfinite(metrics.relativeChange)) << metrics.relativeChange;
    if (cell.first == 0) {
      EXPECT_EQ(metrics.novelty, 1.0f);
      EXPECT_EQ(metrics.relativeChange, 1.0f);
    }
  }
}

TEST_P(ScheduleEquality, ASegmentCommittedByItselfEqualsAnExecutorsSegment) {
  const int size = config().memory->segmentSize;
  const auto tokens = someTokens(config(), 2);
  const ReadLog expected = readTokens(backend(), memory(), tokens);
  auto other = testing::makeMemory(backend());
  auto workspace = backend().createWorkspace({size + config().memory->memoryTokens, 1});
  ASSERT_TRUE(workspace.ok());
  int parity = 0;
  for (int segment = 0; segment < 2; ++segment) {
    const auto part =
        std::span(tokens).subspan(static_cast<std::size_t>(segment * size), static_cast<std::size_t>(size));
    auto committed = commitSegment(backend(), **workspace, *other, part);
    ASSERT_TRUE(committed.ok());
    parity = *committed;
    EXPECT_EQ(testing::memoryHash(backend(), *other), hashMemory(expected.memories.at(segment)));
  }
  std::vector<float> logits(expected.lastLogits.size());
  ASSERT_TRUE(backend().computeLogits(**workspace, parity, 0, size, logits).ok());
  EXPECT_TRUE(sameBits(logits, expected.lastLogits));
}

// Nothing is read before the first write, and a text row sees no memory token behind it.
TEST_P(ScheduleEquality, FullAttentionOverOneSegmentEqualsTheFirstSegment) {
  const auto tokens = someTokens(config(), 1);
  const ReadLog first = readTokens(backend(), memory(), tokens);
  auto full = computeFullAttention(backend(), tokens);
  ASSERT_TRUE(full.ok());
  EXPECT_TRUE(sameBits(*full, first.lastLogits));
}

TEST_P(ScheduleEquality, PrefillGivesTheLastRowOfFullAttention) {
  const auto tokens = someTokens(config(), 2);
  auto full = computeFullAttention(backend(), tokens);
  ASSERT_TRUE(full.ok());
  auto workspace = backend().createWorkspace({static_cast<int>(tokens.size()), 1});
  ASSERT_TRUE(workspace.ok());
  auto last = prefillFullAttention(backend(), **workspace, tokens);
  ASSERT_TRUE(last.ok());
  const auto width = static_cast<std::size_t>(config().vocabularySize);
  EXPECT_TRUE(sameBits(*last, std::vector<float>(full->end() - static_cast<std::ptrdiff_t>(width), full->end())));
}

}  // namespace
}  // namespace tidemark
