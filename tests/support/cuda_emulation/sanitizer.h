#pragma once
// What AddressSanitizer has to be told when fibers change stacks; nothing without it.

#include <cstddef>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif

// For inner loops over arrays whose sizes are known.
#define TM_NOT_SANITIZED __attribute__((no_sanitize("address", "undefined")))

namespace cuda_emulation {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool kAddressSanitizer = true;
#else
inline constexpr bool kAddressSanitizer = false;
#endif

struct StackBounds {
  const void* bottom = nullptr;
  std::size_t bytes = 0;
};

/// A stack is used anew: the functions that a fiber begins with never return, and leave their marks.
inline void forgetFrames([[maybe_unused]] const StackBounds& stack) {
#if defined(__SANITIZE_ADDRESS__)
  __asan_unpoison_memory_region(stack.bottom, stack.bytes);
#endif
}

/// Before a switch to `target`. `fakeStack` keeps what belongs to the stack that is left; null: it is left for good.
inline void beforeSwitch([[maybe_unused]] void** fakeStack, [[maybe_unused]] const StackBounds& target) {
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_start_switch_fiber(fakeStack, target.bottom, target.bytes);
#endif
}

/// After a switch, on the stack that is entered, with what beforeSwitch() kept of it; gives the stack that was left.
inline StackBounds afterSwitch([[maybe_unused]] void* fakeStack) {
  StackBounds left;
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_finish_switch_fiber(fakeStack, &left.bottom, &left.bytes);
#endif
  return left;
}

}  // namespace cuda_emulation
