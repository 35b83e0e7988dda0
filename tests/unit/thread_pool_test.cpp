#include "engine/base/thread_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

namespace tidemark {
namespace {

/// Counts every task and checks that a stage starts only when the one before it is complete, and that two chains never
/// hold the same slot.
class Recorder : public ChainWork {
 public:
  Recorder(int chains, int slots, std::vector<std::uint32_t> taskCounts)
      : counts(std::move(taskCounts)), done(chains * counts.size()), slotOwner(slots) {
    for (auto& owner : slotOwner) owner = -1;
  }

  void runTask(const Task& task) override {
    const std::size_t stages = counts.size();
    if (task.stage > 0 && done[task.chain * stages + task.stage - 1] != static_cast<int>(counts[task.stage - 1])) {
      ++violations;
    }
    const int owner = slotOwner[task.slot].exchange(task.chain);
    if (owner != -1 && owner != task.chain &&
        done[owner * stages + stages - 1] != static_cast<int>(counts[stages - 1])) {
      ++violations;
    }
    if (task.chain == 0 && task.index == 0) ++plain;  // not atomic: ordered by the pool, or a data race
    ++done[task.chain * stages + task.stage];
  }

  std::vector<std::uint32_t> counts;
  std::vector<std::atomic<int>> done;
  std::vector<std::atomic<int>> slotOwner;
  std::atomic<int> violations{0};
  int plain = 0;
};

TEST(ThreadPool, RunsEveryTaskOnceInStageOrder) {
  for (int threads : {1, 2, 7}) {
    ThreadPool pool(threads);
    for (int round = 0; round < 50; ++round) {
      for (int chains : {1, 2, 6}) {
        Recorder work(chains, 3, {1, 5, 0, 2, 1});
        pool.run(work, chains, 3, work.counts);
        EXPECT_EQ(work.violations, 0);
        for (int chain = 0; chain < chains; ++chain) {
          for (std::size_t stage = 0; stage < work.counts.size(); ++stage) {
            ASSERT_EQ(work.done[chain * work.counts.size() + stage], static_cast<int>(work.counts[stage]));
          }
        }
        EXPECT_EQ(work.plain, 4);
      }
    }
  }
}

TEST(ThreadPool, NothingToDoReturns) {
  ThreadPool pool(2);
  Recorder work(0, 1, {1});
  pool.run(work, 0, 1, work.counts);
  Recorder empty(2, 1, {0, 0});
  pool.run(empty, 2, 1, empty.counts);
  EXPECT_EQ(empty.plain, 0);
}

}  // namespace
}  // namespace tidemark
