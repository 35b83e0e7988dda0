#pragma once
// Stacks for the threads of a block: mapped once, a page without access below each, reused for every block.

#include <boost/context/stack_context.hpp>
#include <cstddef>
#include <vector>

namespace cuda_emulation {

class FiberStacks {
 public:
  static constexpr std::size_t kStackBytes = 128 * 1024;

  FiberStacks() = default;
  ~FiberStacks();
  FiberStacks(const FiberStacks&) = delete;
  FiberStacks& operator=(const FiberStacks&) = delete;

  /// Throws std::bad_alloc where the system gives no memory.
  boost::context::stack_context take();
  void giveBack(const boost::context::stack_context& stack) { m_free.push_back(stack); }

 private:
  std::vector<boost::context::stack_context> m_free;
  std::vector<boost::context::stack_context> m_all;
};

/// What boost::context::fiber gives its stack back to.
struct StackReturn {
  FiberStacks* stacks;
  void deallocate(const boost::context::stack_context& stack) const { stacks->giveBack(stack); }
};

}  // namespace cuda_emulation
