#include "extract/markup/reader_boundary.h"

#include <new>

#include "engine/base/system_memory.h"

namespace tidemark {

Status readWithinLimits(const ReaderInput& input, const std::function<Status()>& read) {
  try {
    const Status status = read();
    return status ? status : status.error().withContext(input.name);
  } catch (const std::bad_alloc&) {
    return makeError(ErrorCode::kInvalidArgument, input.name + ": it needs more memory than the " +
                                                      formatBytes(input.limits.addressSpaceBytes) +
                                                      " that a document may take; split the file");
  }
}

}  // namespace tidemark
