// Submitting ahead of what is awaited changes when things are computed, and nothing else: the same bits, the same
// reports, the same memories to go on from, and errors at the same place.

#include "tests/executor/test_models.h"
#include "tests/support/compare.h"
#include "tests/support/delayed_backend.h"
#include "tests/support/vector_source.h"

namespace tidemark {
namespace {

using testing::DelayedBackend;
using testing::memoryHash;
using testing::ReadLog;
using testing::readTokens;

class LookAhead : public ModelTest {
 protected:
  [[nodiscard]] std::unique_ptr<DelayedBackend> delayed(const DelayedBackend::Options& options = {}) const {
    return std::make_unique<DelayedBackend>(testing::makeCpuBackend(config(), weights(), {2, {}}), options);
  }
};
TM_INSTANTIATE_FOR_ALL_MODELS(LookAhead);

TEST_P(LookAhead, LeavesTheSameBits) {
  const auto tokens = someTokens(config(), readSegments(config()), 3);
  for (Schedule schedule : {Schedule::kSequential, Schedule::kDiagonal}) {
    const ReadLog expected = readTokens(backend(), memory(), tokens, {.schedule = schedule});
    ASSERT_TRUE(restoreMemory(backend(), memory(),
                              MemorySnapshot{-1, std::vector<LayerMemory>(static_cast<std::size_t>(config().layers))})
                    .ok());
    for (int lookAhead : {1, 3}) {
      SCOPED_TRACE(std::string(schedule == Schedule::kDiagonal ? "diagonal" : "sequential") + ", look-ahead " +
                   std::to_string(lookAhead));
      const auto other = delayed();
      auto otherMemory = testing::makeMemory(*other);
      const ReadLog log = readTokens(*other, *otherMemory, tokens, {.schedule = schedule, .lookAhead = lookAhead});
      EXPECT_EQ(log.hashes(), expected.hashes());
      EXPECT_EQ(log.steps, expected.steps);
      EXPECT_TRUE(testing::sameBits(log.lastLogits, expected.lastLogits));
      EXPECT_EQ(other->mostUnderWay(), lookAhead + 1);
      ASSERT_EQ(log.metrics.size(), expected.metrics.size());
      for (const auto& [cell, metrics] : log.metrics) {
        const CellMetrics& plain = expected.metrics.at(cell);
        EXPECT_TRUE(metrics.novelty == plain.novelty && metrics.writeStrength == plain.writeStrength &&
                    metrics.relativeChange == plain.relativeChange)
            << "segment " << cell.first << ", layer " << cell.second;
      }
    }
  }
}

TEST_P(LookAhead, StoppedAnywhereGoesOnFromTheNewestCompleteSnapshot) {
  const int segments = readSegments(config());
  const auto tokens = someTokens(config(), segments);
  const ReadLog whole = readTokens(backend(), memory(), tokens);
  for (int steps = 1; steps < segments + config().layers - 1; steps += 2) {
    SCOPED_TRACE("stopped after " + std::to_string(steps) + " diagonals");
    const auto other = delayed();
    auto stopped = testing::makeMemory(*other);
    const ReadLog part = readTokens(*other, *stopped, tokens, {.steps = steps, .lookAhead = 3});
    EXPECT_EQ(part.steps, steps);
    std::int64_t next = 0;
    auto resumed = testing::makeMemory(*other);
    if (!part.memories.empty()) {
      const MemorySnapshot& newest = part.memories.rbegin()->second;
      EXPECT_EQ(newest.segment, steps - config().layers);
      EXPECT_EQ(hashMemory(newest), hashMemory(whole.memories.at(newest.segment)));
      ASSERT_TRUE(restoreMemory(*other, *resumed, newest).ok());
      next = newest.segment + 1;
    }
    const auto rest = std::span(tokens).subspan(static_cast<std::size_t>(next) *
                                                static_cast<std::size_t>(config().memory->segmentSize));
    (void)readTokens(*other, *resumed, rest, {.firstSegment = next, .lookAhead = 3});
    EXPECT_EQ(memoryHash(*other, *resumed), hashMemory(whole.memories.rbegin()->second));
  }
}

TEST_P(LookAhead, AWrongTokenIsAnErrorOnlyAfterTheGroupsBeforeIt) {
  constexpr int kGoodSegments = 2;
  auto tokens = someTokens(config(), kGoodSegments + 1);
  tokens.back() = vocabulary();
  for (int lookAhead : {0, 3}) {
    SCOPED_TRACE(lookAhead);
    const auto other = delayed();
    auto otherMemory = testing::makeMemory(*other);
    auto executor = makeExecutor(Schedule::kDiagonal, *other, *otherMemory, 0, lookAhead);
    ASSERT_TRUE(executor.ok());
    testing::VectorSource source(tokens, config().memory->segmentSize);
    for (int i = 0; i < kGoodSegments; ++i) {
      auto step = (*executor)->step(source);
      ASSERT_TRUE(step.ok() && step->has_value());
      EXPECT_EQ((*step)->index, i);
    }
    for (int i = 0; i < 2; ++i) {  // and it stays one
      auto step = (*executor)->step(source);
      ASSERT_FALSE(step.ok());
      EXPECT_EQ(step.error().code, ErrorCode::kInvalidArgument);
    }
  }
}

TEST_P(LookAhead, ALostDeviceEndsTheReadAfterTheGroupsThatWereComputed) {
  const auto tokens = someTokens(config(), readSegments(config()));
  constexpr int kComputed = 2;
  const auto other = delayed({.lookAhead = 3, .lostAtGroup = kComputed});
  auto otherMemory = testing::makeMemory(*other);
  auto executor = makeExecutor(Schedule::kDiagonal, *other, *otherMemory, 0, 3);
  ASSERT_TRUE(executor.ok());
  testing::VectorSource source(tokens, config().memory->segmentSize);
  for (int i = 0; i < kComputed; ++i) {
    auto step = (*executor)->step(source);
    ASSERT_TRUE(step.ok() && step->has_value());
  }
  auto step = (*executor)->step(source);
  ASSERT_FALSE(step.ok());
  EXPECT_EQ(step.error().code, ErrorCode::kDeviceLost);
  EXPECT_EQ(captureMemory(*other, *otherMemory, 0).error().code, ErrorCode::kDeviceLost);
}

}  // namespace
}  // namespace tidemark
