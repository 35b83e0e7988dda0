#pragma once
// Whether the files that a session's documents came from are still what they were. Blocks: for workers.

#include <cstdint>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/session/session_store.h"

namespace tidemark {

/// What tells a changed file without reading it.
struct FileStamp {
  std::uint64_t bytes = 0;
  std::int64_t modified = 0;  // nanoseconds since 1970
  friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

/// Errors: kNotFound, kIo, kInvalidArgument (no regular file).
[[nodiscard]] Result<FileStamp> stampOf(const std::filesystem::path& file);

/// Whether a file holds the bytes that a document was made of, wherever it lies now. Size and time of the same path
/// are believed; otherwise a file of the same size is hashed. `hash` keeps what was computed, for the next document;
/// give an empty one for each file. Errors: kIo, kCancelled.
[[nodiscard]] Result<bool> isSourceOf(const std::filesystem::path& file, const FileStamp& stamp,
                                      const DocumentRecord& document, const DocumentSource& source, std::string& hash,
                                      const std::stop_token& stop = {});

enum class SourceState {
  kUnchanged,
  kChanged,
  kMissing,
  kUnreadable,
  kNoSource,  // pasted text
};

struct SourceCheck {
  std::int64_t document = 0;
  SourceState state = SourceState::kNoSource;
  FileStamp stamp;               // of the file as it is now; nothing if it is missing or cannot be read
  bool olderExtraction = false;  // this version may take another text out of the same file
  std::string problem;           // kUnreadable: one sentence
  friend bool operator==(const SourceCheck&, const SourceCheck&) = default;
};

/// Every complete document of the session, in reading order. Errors: those of the store, kCancelled.
[[nodiscard]] Result<std::vector<SourceCheck>> checkSources(const SessionStore& store,
                                                            const std::stop_token& stop = {});

}  // namespace tidemark
