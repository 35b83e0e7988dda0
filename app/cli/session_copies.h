#pragma once
// Sessions that are copied, carried away and taken in, and snapshots that stay. Each prints one line, or one JSON
// object.

#include <cstdint>
#include <filesystem>
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
[[nodiscard]] Status unpinSegment(const std::string& session, const std::string& segment, bool json);
/// Says on stderr that a memory can tell what was read.
[[nodiscard]] Status exportSession(const std::string& session, const std::string& target, const SessionCopy& copy,
                                   bool json);
[[nodiscard]] Status takeSession(const std::string& file, const std::string& session, bool json);

/// What a new session holds. Errors: those of opening it.
[[nodiscard]] Status reportCopy(const char* verb, const std::filesystem::path& from, const std::filesystem::path& to,
                                bool json);
/// A segment as somebody wrote it. Errors: kInvalidArgument.
[[nodiscard]] Result<std::int64_t> segmentNumber(const std::string& word);

}  // namespace tidemark::cli
