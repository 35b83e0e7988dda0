#include "tests/support/cuda_emulation/block.h"

#include <exception>
#include <map>
#include <memory>
#include <utility>

namespace cuda_emulation {

ThreadIndices runningThread;

namespace {

/// Unwinds a thread whose block has ended.
struct ThreadAbandoned {};

Block* runningBlock = nullptr;  // blocks run one at a time, under the device's lock

std::string place(uint3 index) {
  return "(" + std::to_string(index.x) + ", " + std::to_string(index.y) + ", " + std::to_string(index.z) + ")";
}

}  // namespace

Block::Block(const KernelLaunch& launch, SharedMemory& shared, FiberStacks& stacks, std::uint64_t seed)
    : m_launch(launch), m_shared(shared), m_stacks(stacks), m_random(seed) {
  const dim3 size = launch.block;
  m_threads.resize(size.x * size.y * size.z);
  m_warps.resize((m_threads.size() + kWarp - 1) / kWarp);
  for (unsigned i = 0; i < m_threads.size(); ++i) {
    m_threads[i].index = {i % size.x, i / size.x % size.y, i / size.x / size.y};
  }
}

Block& Block::running() {
  return *runningBlock;
}

void Block::reset(uint3 blockIndex) {
  runningThread.block = blockIndex;
  runningThread.blockSize = m_launch.block;
  runningThread.gridSize = m_launch.grid;
  m_shared.fill();
  m_alive = static_cast<unsigned>(m_threads.size());
  m_atBarrier = 0;
  m_abandoning = false;
  m_finding = {};
  m_runnableWarps = 0;
  m_staysInWarp = m_random.below(2) == 0;
  for (Warp& warp : m_warps) warp.runnable = warp.waiting = 0;
  for (unsigned i = 0; i < m_threads.size(); ++i) {
    m_threads[i].state = State::kNotStarted;
    m_threads[i].copies.clear();
    m_threads[i].copyGroups.clear();
    m_warps[i / kWarp].runnable |= 1U << (i % kWarp);
    m_runnableWarps |= 1U << (i / kWarp);
  }
}

Finding Block::run(uint3 blockIndex) {
  reset(blockIndex);
  runningBlock = this;
  while (m_alive > 0) {
    if (m_runnableWarps == 0) record(cudaErrorLaunchFailure, "barrier divergence: " + describeWaiting());
    if (m_finding.error != cudaSuccess) {
      abandonThreads();
      break;
    }
    const unsigned thread = pick();
    if (m_threads[thread].state == State::kNotStarted) {
      start(thread);
    } else {
      resume(thread);
    }
  }
  runningBlock = nullptr;
  if (m_finding.error == cudaSuccess && !m_shared.guardsIntact()) {
    record(cudaErrorIllegalAddress,
           "a write outside its " + std::to_string(m_shared.bytes()) + " bytes of shared memory");
  }
  return m_finding;
}

unsigned Block::pick() {
  unsigned warp = m_current / kWarp;
  if (!m_staysInWarp || warp >= m_warps.size() || m_warps[warp].runnable == 0) {
    warp = static_cast<unsigned>(m_random.bitOf(m_runnableWarps));
  }
  const auto lane = static_cast<unsigned>(m_random.bitOf(m_warps[warp].runnable));
  m_warps[warp].runnable &= ~(1U << lane);
  if (m_warps[warp].runnable == 0) m_runnableWarps &= ~(1U << warp);
  return warp * kWarp + lane;
}

void Block::start(unsigned thread) {
  const boost::context::stack_context stack = m_stacks.take();
  m_threads[thread].stack = {static_cast<char*>(stack.sp) - stack.size, stack.size};
  forgetFrames(m_threads[thread].stack);
  // Tops at the same place of every stack would share a few sets of the cache.
  const std::size_t shift = thread % 64 * 64;
  const boost::context::preallocated memory(static_cast<char*>(stack.sp) - shift, stack.size - shift, stack);
  m_threads[thread].fiber =
      boost::context::fiber(std::allocator_arg, memory, StackReturn{&m_stacks}, [this](boost::context::fiber&& from) {
        m_schedulerStack = afterSwitch(nullptr);
        m_scheduler = std::move(from);
        runBody();
        onExit();
        beforeSwitch(nullptr, m_schedulerStack);
        return std::move(m_scheduler);
      });
  resume(thread);
}

void Block::resume(unsigned thread) {
  Thread& next = m_threads[thread];
  m_current = thread;
  runningThread.thread = next.index;
  next.state = State::kRunnable;
  beforeSwitch(&m_schedulerFakeStack, next.stack);
  boost::context::fiber left = std::move(next.fiber).resume();
  afterSwitch(m_schedulerFakeStack);
  next.fiber = std::move(left);  // empty if the thread has exited
}

void Block::yield() {
  Thread& self = m_threads[m_current];
  beforeSwitch(&self.fakeStack, m_schedulerStack);
  m_scheduler = std::move(m_scheduler).resume();
  m_schedulerStack = afterSwitch(self.fakeStack);
  if (m_abandoning) throw ThreadAbandoned{};
}

void Block::runBody() {
  try {
    (*m_launch.body)();
  } catch (const ThreadAbandoned&) {
  } catch (const std::exception& e) {
    record(cudaErrorLaunchFailure, std::string("an exception: ") + e.what());
  } catch (...) {
    record(cudaErrorLaunchFailure, "an exception");
  }
}

void Block::onExit() {
  m_threads[m_current].state = State::kExited;
  --m_alive;
  releaseBarrierIfComplete();
}

void Block::barrier() {
  m_threads[m_current].state = State::kAtBarrier;
  ++m_atBarrier;
  releaseBarrierIfComplete();
  yield();
}

void Block::releaseBarrierIfComplete() {
  if (m_atBarrier == 0 || m_atBarrier < m_alive) return;
  m_atBarrier = 0;
  for (unsigned i = 0; i < m_threads.size(); ++i) {
    if (m_threads[i].state != State::kAtBarrier) continue;
    m_threads[i].state = State::kRunnable;
    m_warps[i / kWarp].runnable |= 1U << (i % kWarp);
    m_runnableWarps |= 1U << (i / kWarp);
  }
}

bool Block::complete(unsigned warp, std::uint32_t mask, Collective perform) const {
  if ((m_warps[warp].waiting & mask) != mask) return false;
  for (std::uint32_t rest = mask; rest != 0; rest &= rest - 1) {
    const Thread& other = m_threads[warp * kWarp + static_cast<unsigned>(std::countr_zero(rest))];
    if (other.mask != mask || other.perform != perform) return false;
  }
  return true;
}

void Block::collective(const char* name, std::uint32_t mask, Collective perform, void* arguments) {
  const unsigned warp = m_current / kWarp;
  const std::uint32_t self = 1U << lane();
  if ((mask & self) == 0) fail(cudaErrorLaunchFailure, std::string(name) + " with a mask that leaves its own lane out");
  Thread& thread = m_threads[m_current];
  thread.state = State::kInCollective;
  thread.waitsIn = name;
  thread.mask = mask;
  thread.perform = perform;
  m_warps[warp].arguments[lane()] = arguments;
  m_warps[warp].waiting |= self;
  if (complete(warp, mask, perform)) {
    perform(m_warps[warp].arguments.data(), mask);
    m_warps[warp].waiting &= ~mask;
    m_warps[warp].runnable |= mask;
    m_runnableWarps |= 1U << warp;
  }
  yield();
}

void Block::fail(cudaError_t error, const std::string& what) {
  record(error, what);
  throw ThreadAbandoned{};
}

void Block::record(cudaError_t error, const std::string& what) {
  if (m_finding.error != cudaSuccess) return;  // the first one says it
  m_finding = {error, what};
  const std::string prefix = "barrier divergence: ";
  const bool divergence = what.compare(0, prefix.size(), prefix) == 0;
  const std::string where = std::string("kernel ") + m_launch.name + ", block " + place(runningThread.block);
  m_finding.text =
      divergence ? "barrier divergence in " + where + ": " + what.substr(prefix.size()) : where + ": " + what;
}

void Block::abandonThreads() {
  m_abandoning = true;
  for (unsigned i = 0; i < m_threads.size(); ++i) {
    if (m_threads[i].state != State::kNotStarted && m_threads[i].state != State::kExited) resume(i);
  }
}

std::string Block::describeWaiting() const {
  std::map<std::string, std::pair<unsigned, unsigned>> places;  // threads there, the first of them
  for (unsigned i = 0; i < m_threads.size(); ++i) {
    const Thread& thread = m_threads[i];
    std::string where = "have exited";
    if (thread.state == State::kAtBarrier) where = "wait in __syncthreads";
    if (thread.state == State::kInCollective) where = std::string("wait in ") + thread.waitsIn;
    places.try_emplace(where, 0, i).first->second.first++;
  }
  std::string text;
  for (const auto& [where, threads] : places) {
    text += (text.empty() ? "" : ", ") + std::to_string(threads.first) + " threads " + where + " (first: thread " +
            std::to_string(threads.second) + ")";
  }
  return text;
}

}  // namespace cuda_emulation
