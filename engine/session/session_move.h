#pragma once
// Moving a session file that nobody may be writing to. Private to engine/session.

#include <cstdint>
#include <filesystem>

#include "engine/base/result.h"

namespace tidemark {

/// Bytes of a session and its log; 0 where it is not.
[[nodiscard]] std::uint64_t sessionBytes(const std::filesystem::path& path);

/// kNotFound or kInvalidArgument unless `path` itself, not what it links to, is a file. `doing` is a verb: "rename".
[[nodiscard]] Status requireSessionFile(const std::filesystem::path& path, const char* doing);

/// Moves a session within a file system, never over something. Both names are locked meanwhile, and what a dead writer
/// left in the log goes into the file first, so that one rename moves all of it; the log of a file that is no readable
/// session goes along. Errors: kBusy, kIo, kInvalidArgument (`target` exists).
[[nodiscard]] Status moveSession(const std::filesystem::path& path, const std::filesystem::path& target,
                                 const char* doing);

}  // namespace tidemark
