// Stopping anywhere, going on from the newest complete snapshot, and appending: always the memory of one whole read.

#include "tests/executor/test_models.h"

namespace tidemark {
namespace {

using testing::memoryHash;
using testing::ReadLog;
using testing::readTokens;

class Resume : public ModelTest {
 protected:
  /// Tokens from segment `first` on.
  [[nodiscard]] std::span<const TokenId> from(std::span<const TokenId> tokens, std::int64_t first) const {
    return tokens.subspan(static_cast<std::size_t>(first) * static_cast<std::size_t>(config().memory->segmentSize));
  }
};
TM_INSTANTIATE_FOR_ALL_MODELS(Resume);

TEST_P(Resume, TwoReadsAreEqual) {
  const auto tokens = someTokens(config(), readSegments(config()));
  const ReadLog first = readTokens(backend(), memory(), tokens);
  auto again = testing::makeMemory(backend());
  EXPECT_EQ(readTokens(backend(), *again, tokens).hashes(), first.hashes());
  EXPECT_EQ(memoryHash(backend(), *again), hashMemory(first.memories.rbegin()->second));
}

TEST_P(Resume, StoppedAfterAnyDiagonalGoesOnFromTheNewestCompleteSnapshot) {
  const int segments = readSegments(config());
  const auto tokens = someTokens(config(), segments);
  const ReadLog whole = readTokens(backend(), memory(), tokens);
  const int stride = kSanitized ? 3 : 1;
  for (int steps = 1; steps < segments + config().layers - 1; steps += stride) {
    SCOPED_TRACE("stopped after " + std::to_string(steps) + " diagonals");
    auto stopped = testing::makeMemory(backend());
    const ReadLog part = readTokens(backend(), *stopped, tokens, {.steps = steps});
    auto resumed = testing::makeMemory(backend());
    std::int64_t next = 0;
    if (!part.memories.empty()) {
      const MemorySnapshot& newest = part.memories.rbegin()->second;
      EXPECT_EQ(newest.segment, steps - config().layers);
      ASSERT_TRUE(restoreMemory(backend(), *resumed, newest).ok());
      next = newest.segment + 1;
    }
    const ReadLog rest = readTokens(backend(), *resumed, from(tokens, next), {.firstSegment = next});
    EXPECT_EQ(memoryHash(backend(), *resumed), hashMemory(whole.memories.rbegin()->second));
    EXPECT_EQ(rest.hashes().back(), whole.hashes().back());  // numbered over the whole session too
  }
}

TEST_P(Resume, AppendingEqualsReadingAllAtOnce) {
  const int segments = readSegments(config());
  const auto tokens = someTokens(config(), segments);
  const ReadLog whole = readTokens(backend(), memory(), tokens);
  const std::int64_t cut = segments / 2;
  const auto size = static_cast<std::size_t>(config().memory->segmentSize);
  auto first = testing::makeMemory(backend());
  (void)readTokens(backend(), *first, std::span(tokens).first(static_cast<std::size_t>(cut) * size));
  const MemorySnapshot stored = testing::takeMemory(backend(), *first, cut - 1);

  // On another backend, as in another process.
  auto later = testing::makeCpuBackend(config(), weights(), {1, {}});
  auto second = testing::makeMemory(*later);
  ASSERT_TRUE(restoreMemory(*later, *second, stored).ok());
  EXPECT_EQ(memoryHash(*later, *second), hashMemory(stored));
  const ReadLog rest = readTokens(*later, *second, from(tokens, cut), {.firstSegment = cut});
  EXPECT_EQ(memoryHash(*later, *second), hashMemory(whole.memories.rbegin()->second));
  EXPECT_EQ(rest.hashes().back(), whole.hashes().back());
}

TEST_P(Resume, RestoringAnEmptySnapshotForgetsEverything) {
  const MemorySnapshot empty = testing::takeMemory(backend(), memory(), -1);
  const auto tokens = someTokens(config(), 2);
  const ReadLog first = readTokens(backend(), memory(), tokens);
  ASSERT_TRUE(restoreMemory(backend(), memory(), empty).ok());
  EXPECT_EQ(memoryHash(backend(), memory()), hashMemory(empty));
  EXPECT_EQ(readTokens(backend(), memory(), tokens).hashes(), first.hashes());
}

TEST(MemorySnapshot, OfAnotherShapeIsRefusedBeforeAnythingChanges) {
  const auto small = loadModel("llama");
  const auto large = loadModel("llama_long");
  auto backend = testing::makeCpuBackend(small.config, small.weights, {1, {}});
  auto other = testing::makeCpuBackend(large.config, large.weights, {1, {}});
  auto memory = testing::makeMemory(*backend);
  (void)readTokens(*backend, *memory, someTokens(small.config, 2));
  const std::string before = memoryHash(*backend, *memory);

  auto foreign = testing::makeMemory(*other);
  EXPECT_EQ(restoreMemory(*backend, *memory, testing::takeMemory(*other, *foreign)).error().code, ErrorCode::kMismatch);
  MemorySnapshot damaged = testing::takeMemory(*backend, *memory);
  damaged.layers.front().values.assign(damaged.layers.front().values.size(), 0.0f);
  damaged.layers.back().values.pop_back();
  EXPECT_EQ(restoreMemory(*backend, *memory, damaged).error().code, ErrorCode::kMismatch);
  EXPECT_EQ(memoryHash(*backend, *memory), before);
}

}  // namespace
}  // namespace tidemark
