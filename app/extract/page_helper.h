#pragma once
// The process that reads pages of a PDF beside this one.

#include <optional>

#include "extract/document_readers.h"
#include "extract/page_process/page_process.h"

namespace tidemark {

/// Nothing: it may not be, there is no processor for it, or the system does not want to. If there is one, the limits on
/// memory and time are divided between the two from here on. After isolate(), which then holds for both, and before any
/// library is started; the other one gives away its system calls by itself. For a large file it has begun already.
[[nodiscard]] std::optional<PageProcess> preparePageProcess(const ReaderInput& input);

}  // namespace tidemark
