// Any XML as a part of a DOCX or ODT gives clean text, or one sentence.

#include <cstddef>
#include <cstdint>

#include "tests/fuzz/markup_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)tidemark::test::fuzzedXml({reinterpret_cast<const char*>(data), size});
  return 0;
}
