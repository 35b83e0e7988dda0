// Any bytes where a session keeps a coverage report: refused, or a report that is written and read again unchanged.

#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "engine/service/coverage_record.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto coverage = tidemark::parseCoverageRecord({reinterpret_cast<const char*>(data), size});
  if (!coverage) return 0;
  const auto again = tidemark::parseCoverageRecord(tidemark::toCoverageRecord(*coverage));
  if (!again || !(*again == *coverage)) std::abort();
  return 0;
}
