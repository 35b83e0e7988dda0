#pragma once
// One block of a kernel: its threads as fibers on one thread of the CPU. A thread runs until it comes to a barrier or a
// warp collective; who goes on is random. So a barrier that is missing shows as a wrong result under some order.

#include <array>
#include <boost/context/fiber.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "cuda_emulation/device_language.h"
#include "cuda_emulation/host_types.h"
#include "tests/support/cuda_emulation/fiber_stacks.h"
#include "tests/support/cuda_emulation/random.h"
#include "tests/support/cuda_emulation/sanitizer.h"
#include "tests/support/cuda_emulation/shared_memory.h"

namespace cuda_emulation {

struct KernelLaunch {
  const char* name = "";
  const std::function<void()>* body = nullptr;
  dim3 grid;
  dim3 block;
};

/// Something wrong; no error: nothing.
struct Finding {
  cudaError_t error = cudaSuccess;
  std::string text;
};

struct AsyncCopy {
  void* shared;
  const void* global;
  bool valid;
};

/// What the lanes of a warp do together, once all are there; `arguments` has what each lane in the mask brought.
using Collective = void (*)(void* const* arguments, std::uint32_t mask);

class Block {
 public:
  static constexpr unsigned kWarp = 32;

  Block(const KernelLaunch& launch, SharedMemory& shared, FiberStacks& stacks, std::uint64_t seed);
  /// Runs the block; what is wrong ends it.
  Finding run(uint3 blockIndex);

  /// The block whose thread is running; only to be asked from inside a kernel.
  static Block& running();

  // From inside a kernel, for the running thread:
  void barrier();
  void collective(const char* name, std::uint32_t mask, Collective perform, void* arguments);
  /// Ends the block with a finding about it.
  [[noreturn]] void fail(cudaError_t error, const std::string& what);
  [[nodiscard]] unsigned lane() const { return m_current % kWarp; }
  [[nodiscard]] SharedMemory& shared() { return m_shared; }
  std::vector<AsyncCopy>& copies() { return m_threads[m_current].copies; }
  std::vector<std::size_t>& copyGroups() { return m_threads[m_current].copyGroups; }

 private:
  enum class State { kNotStarted, kRunnable, kAtBarrier, kInCollective, kExited };
  struct Thread {
    State state = State::kNotStarted;
    uint3 index{};
    boost::context::fiber fiber;
    StackBounds stack;
    void* fakeStack = nullptr;
    const char* waitsIn = "";  // name of the collective
    std::uint32_t mask = 0;
    Collective perform = nullptr;
    std::vector<AsyncCopy> copies;
    std::vector<std::size_t> copyGroups;  // copies in each committed group, oldest first
  };
  struct Warp {
    std::uint32_t runnable = 0;
    std::uint32_t waiting = 0;  // in a collective
    std::array<void*, kWarp> arguments{};
  };

  void reset(uint3 blockIndex);
  unsigned pick();
  void start(unsigned thread);
  void resume(unsigned thread);
  void yield();
  void runBody();
  void onExit();
  void releaseBarrierIfComplete();
  [[nodiscard]] bool complete(unsigned warp, std::uint32_t mask, Collective perform) const;
  void abandonThreads();
  void record(cudaError_t error, const std::string& what);
  [[nodiscard]] std::string describeWaiting() const;

  const KernelLaunch& m_launch;
  SharedMemory& m_shared;
  FiberStacks& m_stacks;
  Random m_random;
  std::vector<Thread> m_threads;
  std::vector<Warp> m_warps;
  std::uint32_t m_runnableWarps = 0;
  bool m_staysInWarp = false;  // this block lets one warp run as far as it gets before another
  unsigned m_current = 0;
  unsigned m_alive = 0;
  unsigned m_atBarrier = 0;
  bool m_abandoning = false;
  Finding m_finding;
  boost::context::fiber m_scheduler;
  StackBounds m_schedulerStack;
  void* m_schedulerFakeStack = nullptr;
};

}  // namespace cuda_emulation
