// The products' inner loops under AddressSanitizer. A check of every load makes them 20 times slower, and with them
// every test that reads a text; so the loops are left alone, and what they are going to touch is checked as a whole
// before. Included by kernels_impl.h inside its unnamed namespace.

#if defined(__SANITIZE_ADDRESS__)
#define TM_RANGES_CHECKED_BEFORE __attribute__((no_sanitize("address", "undefined")))
// Touches the first byte that must not be touched, if there is one: the sanitizer then reports it as it always does.
inline void checkRange(const float* begin, std::size_t count) {
  const void* poisoned = __asan_region_is_poisoned(const_cast<float*>(begin), count * sizeof(float));
  if (poisoned != nullptr) (void)*static_cast<const volatile char*>(poisoned);
}
#else
#define TM_RANGES_CHECKED_BEFORE
inline void checkRange(const float*, std::size_t) {}
#endif
