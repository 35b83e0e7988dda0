// A steady step allocates nothing. The C library's allocation functions are replaced by counting ones here, and
// operator new ends in them, so this test is a program of its own. Sanitizers replace the same functions: nothing is
// counted there.

#include <gtest/gtest.h>

#include <atomic>
#include <cstddef>
#include <cstdlib>

#include "tests/executor/test_models.h"
#include "tests/support/delayed_backend.h"
#include "tests/support/vector_source.h"

namespace {
std::atomic<long> allocations{0};
}  // namespace

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define TM_COUNTS_ALLOCATIONS 1
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* pointer, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

void* malloc(std::size_t size) {
  ++allocations;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  ++allocations;
  return __libc_calloc(count, size);
}
void* realloc(void* pointer, std::size_t size) {
  ++allocations;
  return __libc_realloc(pointer, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  ++allocations;
  return __libc_memalign(alignment, size);
}
int posix_memalign(void** pointer, std::size_t alignment, std::size_t size) {
  ++allocations;
  *pointer = __libc_memalign(alignment, size);
  return *pointer == nullptr ? 12 : 0;  // ENOMEM
}
}
#else
#define TM_COUNTS_ALLOCATIONS 0
#endif

namespace tidemark {
namespace {

class Allocation : public ModelTest {};
TM_INSTANTIATE_FOR_ALL_MODELS(Allocation);

TEST_P(Allocation, ASteadyStepAllocatesNothing) {
  if (!TM_COUNTS_ALLOCATIONS) GTEST_SKIP() << "a sanitizer owns the allocation functions";
  constexpr int kSteps = 20;
  testing::DelayedBackend delayed(testing::makeCpuBackend(config(), weights(), {2, {}}), {.lookAhead = 2});
  for (int lookAhead : {0, 2}) {
    Backend& used = lookAhead == 0 ? backend() : delayed;
    for (Schedule schedule : {Schedule::kSequential, Schedule::kDiagonal}) {
      SCOPED_TRACE((schedule == Schedule::kDiagonal ? "diagonal, look-ahead " : "sequential, look-ahead ") +
                   std::to_string(lookAhead));
      const auto tokens = someTokens(config(), config().layers + kSteps + lookAhead);
      testing::VectorSource source(tokens, config().memory->segmentSize);
      const auto memory = testing::makeMemory(used);
      auto executor = makeExecutor(schedule, used, *memory, 0, lookAhead);
      ASSERT_TRUE(executor.ok());
      for (int i = 0; i < config().layers; ++i) ASSERT_TRUE((*executor)->step(source).ok());
      const long before = allocations;
      int groups = 0;
      for (int i = 0; i < kSteps; ++i) {
        auto step = (*executor)->step(source);
        if (step.ok() && step->has_value()) ++groups;
      }
      EXPECT_EQ(allocations - before, 0);
      EXPECT_EQ(groups, kSteps);
    }
  }
}

TEST(AllocationCounter, SeesNewAndAlignedNew) {
  if (!TM_COUNTS_ALLOCATIONS) GTEST_SKIP() << "a sanitizer owns the allocation functions";
  const long before = allocations;
  ::operator delete(::operator new(100));
  EXPECT_EQ(allocations - before, 1);
  ::operator delete (::operator new (100, std::align_val_t{64}), std::align_val_t{64});
  EXPECT_EQ(allocations - before, 2);
}

}  // namespace
}  // namespace tidemark
