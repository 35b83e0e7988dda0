// Any bytes as an archive give clean text, or one sentence.

#include <cstddef>
#include <cstdint>

#include "tests/fuzz/markup_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)tidemark::test::readAsFile(&tidemark::readZipDocument, {reinterpret_cast<const char*>(data), size});
  return 0;
}
