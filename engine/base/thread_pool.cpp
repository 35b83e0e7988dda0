#include "engine/base/thread_pool.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tidemark {
namespace {

// State of a slot in one word, so that claiming a task is one compare-and-swap: stage | next task | finished tasks.
constexpr int kFieldBits = 24;
constexpr std::uint64_t kFieldMask = (std::uint64_t{1} << kFieldBits) - 1;
constexpr std::uint64_t kOneNext = std::uint64_t{1} << kFieldBits;
constexpr std::uint64_t kOneDone = 1;
constexpr std::uint64_t kIdleStage = 0xffff;

constexpr std::uint64_t packStage(std::uint64_t stage) {
  return stage << (2 * kFieldBits);
}
constexpr std::uint64_t stageOf(std::uint64_t state) {
  return state >> (2 * kFieldBits);
}
constexpr std::uint64_t nextOf(std::uint64_t state) {
  return (state >> kFieldBits) & kFieldMask;
}
constexpr std::uint64_t doneOf(std::uint64_t state) {
  return state & kFieldMask;
}

// Stages last microseconds: a sleeping thread would miss most of them, a spinning one must still give way when the
// machine is oversubscribed.
constexpr int kSpinsBeforeYield = 200;
constexpr int kSpinsBeforeSleep = 4000;

inline void pauseBriefly() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

}  // namespace

struct alignas(64) ThreadPool::Slot {
  std::atomic<std::uint64_t> state{packStage(kIdleStage)};
  std::atomic<int> chain{0};
};

ThreadPool::ThreadPool(int threads) {
  TM_CHECK(threads >= 1, std::to_string(threads));
  for (int worker = 1; worker < threads; ++worker) {
    m_workers.emplace_back([this, worker](const std::stop_token& stop) { workerLoop(stop, worker); });
  }
}

ThreadPool::~ThreadPool() {
  for (auto& thread : m_workers) thread.request_stop();
  m_generation.fetch_add(2, std::memory_order_seq_cst);  // wakes sleepers; even stays even: no job
  m_generation.notify_all();
}

int ThreadPool::firstStageFrom(int stage) const {
  while (stage < static_cast<int>(m_taskCounts.size()) && m_taskCounts[stage] == 0) ++stage;
  return stage;
}

void ThreadPool::run(ChainWork& work, int chains, int slots, std::span<const std::uint32_t> taskCounts) {
  m_work = &work;
  m_taskCounts = taskCounts;
  m_chains = chains;
  const int first = firstStageFrom(0);
  if (chains == 0 || first == static_cast<int>(taskCounts.size())) return;
  for (std::uint32_t count : taskCounts) TM_CHECK(count < kFieldMask, std::to_string(count));
  m_activeSlots = std::max(1, std::min(chains, slots));
  if (m_slotCapacity < m_activeSlots) {
    m_slots = std::make_unique<Slot[]>(m_activeSlots);
    m_slotCapacity = m_activeSlots;
  }
  for (int i = 0; i < m_activeSlots; ++i) {
    m_slots[i].chain.store(i, std::memory_order_relaxed);
    m_slots[i].state.store(packStage(first), std::memory_order_relaxed);
  }
  m_nextChain.store(m_activeSlots, std::memory_order_relaxed);
  m_remainingChains.store(chains, std::memory_order_relaxed);

  if (!m_workers.empty()) {
    m_generation.fetch_add(1, std::memory_order_seq_cst);
    m_generation.notify_all();
  }
  helpUntilDone(0);
  if (!m_workers.empty()) {
    m_generation.fetch_add(1, std::memory_order_seq_cst);
    int spins = 0;
    while (m_inside.load(std::memory_order_seq_cst) != 0) {
      pauseBriefly();
      if (++spins > kSpinsBeforeYield) std::this_thread::yield();
    }
  }
}

void ThreadPool::workerLoop(const std::stop_token& stop, int worker) {
  int seen = 0;
  int spins = 0;
  while (!stop.stop_requested()) {
    const int generation = m_generation.load(std::memory_order_seq_cst);
    if (generation == seen || generation % 2 == 0) {
      if (++spins < kSpinsBeforeSleep) {
        pauseBriefly();
        if (spins % kSpinsBeforeYield == 0) std::this_thread::yield();
      } else {
        m_generation.wait(generation, std::memory_order_seq_cst);
        spins = 0;
      }
      continue;
    }
    spins = 0;
    seen = generation;
    m_inside.fetch_add(1, std::memory_order_seq_cst);
    if (m_generation.load(std::memory_order_seq_cst) == generation) helpUntilDone(worker);
    m_inside.fetch_sub(1, std::memory_order_seq_cst);
  }
}

void ThreadPool::helpUntilDone(int worker) {
  int preferred = worker % m_activeSlots;
  int idleRounds = 0;
  while (m_remainingChains.load(std::memory_order_acquire) > 0) {
    bool worked = false;
    for (int i = 0; i < m_activeSlots && !worked; ++i) {
      const int slot = (preferred + i) % m_activeSlots;
      worked = runOneTask(slot, worker);
      if (worked) preferred = slot;  // its data is in this core's cache
    }
    if (worked) {
      idleRounds = 0;
    } else {
      pauseBriefly();
      if (++idleRounds > kSpinsBeforeYield) std::this_thread::yield();
    }
  }
}

bool ThreadPool::runOneTask(int slotIndex, int worker) {
  Slot& slot = m_slots[slotIndex];
  std::uint64_t state = slot.state.load(std::memory_order_acquire);
  while (true) {
    const std::uint64_t stage = stageOf(state);
    if (stage == kIdleStage || nextOf(state) >= m_taskCounts[stage]) return false;
    if (!slot.state.compare_exchange_weak(state, state + kOneNext, std::memory_order_acq_rel)) continue;
    // The slot keeps its chain until this task is finished, so reading it after the claim is safe.
    m_work->runTask({slot.chain.load(std::memory_order_relaxed), slotIndex, static_cast<int>(stage),
                     static_cast<int>(nextOf(state)), worker});
    finishTask(slot, static_cast<int>(stage));
    return true;
  }
}

void ThreadPool::finishTask(Slot& slot, int stage) {
  const std::uint64_t before = slot.state.fetch_add(kOneDone, std::memory_order_acq_rel);
  if (doneOf(before) + 1 < m_taskCounts[stage]) return;
  const int next = firstStageFrom(stage + 1);
  if (next < static_cast<int>(m_taskCounts.size())) {
    slot.state.store(packStage(next), std::memory_order_release);
    return;
  }
  const int chain = m_nextChain.fetch_add(1, std::memory_order_relaxed);
  if (chain < m_chains) {
    slot.chain.store(chain, std::memory_order_relaxed);
    slot.state.store(packStage(firstStageFrom(0)), std::memory_order_release);
  } else {
    slot.state.store(packStage(kIdleStage), std::memory_order_release);
  }
  m_remainingChains.fetch_sub(1, std::memory_order_acq_rel);
}

}  // namespace tidemark
