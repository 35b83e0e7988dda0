#include "tests/support/cuda_emulation/fiber_stacks.h"

#include <sys/mman.h>
#include <unistd.h>

#include <new>

namespace cuda_emulation {

boost::context::stack_context FiberStacks::take() {
  if (!m_free.empty()) {
    const boost::context::stack_context stack = m_free.back();
    m_free.pop_back();
    return stack;
  }
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  void* memory = mmap(nullptr, kStackBytes + page, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  mprotect(memory, page, PROT_NONE);
  boost::context::stack_context stack;
  stack.size = kStackBytes;
  stack.sp = static_cast<char*>(memory) + page + kStackBytes;
  m_all.push_back(stack);
  return stack;
}

FiberStacks::~FiberStacks() {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  for (const boost::context::stack_context& stack : m_all) {
    munmap(static_cast<char*>(stack.sp) - kStackBytes - page, kStackBytes + page);
  }
}

}  // namespace cuda_emulation
