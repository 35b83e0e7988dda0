#pragma once
// Sessions that are copied, carried away and taken in, and snapshots that stay. Each prints one line, or one JSON
// object.

#include <string>

#include "engine/base/result.h"

namespace tidemark::cli {

struct SessionCopy {
  bool memoryOnly = false;
  bool dropTail = false;
  bool allSnapshots = false;
};

/// Errors of all: the session's own, kInvalidArgument (the new name exists; flags that do not belong together; no
/// number).
[[nodiscard]] Status forkSession(const std::string& session, const std::string& fork, bool json);
[[nodiscard]] Status pinSnapshot(const std::string& session, const std::string& segment, bool pinned, bool json);
/// Says on stderr that a memory can tell what was read.
[[nodiscard]] Status exportSession(const std::string& session, const std::string& target, const SessionCopy& copy,
                                   bool json);
[[nodiscard]] Status takeSession(const std::string& file, const std::string& session, bool json);

}  // namespace tidemark::cli
