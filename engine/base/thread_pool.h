#pragma once
// Compute threads for chains of stages: every chain (a cell) goes through the same stages, every stage is cut into
// tasks (tiles), and a chain's next stage starts when all tasks of its stage are done. There is no barrier between
// chains, so a group of cells keeps all threads busy even while each single stage is too short to share.

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <thread>
#include <vector>

namespace tidemark {

/// What a pool runs. Calls come from several threads at once; two tasks of one stage must not write the same bytes.
class ChainWork {
 public:
  ChainWork() = default;
  ChainWork(const ChainWork&) = delete;
  ChainWork& operator=(const ChainWork&) = delete;
  virtual ~ChainWork() = default;

  struct Task {
    int chain = 0;
    int slot = 0;  // which of the `slots` workspaces the chain holds while it runs
    int stage = 0;
    int index = 0;   // 0 .. taskCounts[stage] - 1
    int worker = 0;  // 0 .. threadCount() - 1, for scratch memory
  };
  virtual void runTask(const Task& task) = 0;
};

class ThreadPool {
 public:
  /// `threads` compute threads, the caller of run() being one of them; at least 1.
  explicit ThreadPool(int threads);
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;
  ~ThreadPool();

  [[nodiscard]] int threadCount() const { return static_cast<int>(m_workers.size()) + 1; }

  /// Runs `chains` chains, at most `slots` of them at a time, each through stages of taskCounts[i] tasks (a stage of 0
  /// tasks is skipped). Returns when all are done. Only one thread may call it at a time. Allocates nothing after the
  /// first call with as many slots.
  void run(ChainWork& work, int chains, int slots, std::span<const std::uint32_t> taskCounts);

 private:
  struct Slot;

  void workerLoop(const std::stop_token& stop, int worker);
  void helpUntilDone(int worker);
  bool runOneTask(int slotIndex, int worker);
  void finishTask(Slot& slot, int stage);
  [[nodiscard]] int firstStageFrom(int stage) const;

  // The job. Written by run() only while no worker is inside it (see m_inside).
  ChainWork* m_work = nullptr;
  std::span<const std::uint32_t> m_taskCounts;
  int m_chains = 0;
  int m_activeSlots = 0;
  std::unique_ptr<Slot[]> m_slots;
  int m_slotCapacity = 0;
  alignas(64) std::atomic<int> m_nextChain{0};
  alignas(64) std::atomic<int> m_remainingChains{0};
  // Even: no job, odd: a job is open. A worker counts itself into m_inside and looks again before it touches the job;
  // run() closes the job and waits for m_inside to drop to zero before it changes anything.
  alignas(64) std::atomic<int> m_generation{0};
  alignas(64) std::atomic<int> m_inside{0};

  std::vector<std::jthread> m_workers;  // last: joined before the rest goes away
};

}  // namespace tidemark
