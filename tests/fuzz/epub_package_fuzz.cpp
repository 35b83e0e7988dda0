// Any package document gives chapters inside of the archive, or one sentence.

#include <cstddef>
#include <cstdint>

#include "tests/fuzz/markup_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)tidemark::test::fuzzedPackage({reinterpret_cast<const char*>(data), size});
  return 0;
}
