#include "app/cli/session_copies.h"

#include <charconv>
#include <filesystem>

#include "app/cli/json_output.h"
#include "app/cli/read_progress.h"
#include "app/cli/report_error.h"
#include "app/cli/session_access.h"
#include "app/cli/standard_output.h"
#include "engine/base/system_memory.h"
#include "engine/session/session_export.h"
#include "engine/session/session_store.h"

namespace tidemark::cli {
namespace {

namespace fs = std::filesystem;

}  // namespace

Status reportCopy(const char* verb, const fs::path& from, const fs::path& to, bool json) {
  const auto store = SessionStore::open(to, SessionAccess::kRead);
  if (!store) return store.error();
  const auto segments = store->segmentCount();
  if (!segments) return segments.error();
  const auto newest = store->newestSnapshot();
  if (!newest) return newest.error();
  const std::string hash = newest->has_value() ? (*newest)->stateHash : std::string();
  std::error_code ignored;
  const std::uintmax_t bytes = fs::file_size(to, ignored);
  if (json) {
    Json object;
    object["from"] = from.string();
    object["session"] = to.string();
    object["segments"] = *segments;
    object["state_hash"] = hash;
    object["file_bytes"] = bytes;
    return printJson(object);
  }
  return writeOutput(std::string(verb) + " " + oneLine(to.string()) + ": " + withSeparators(*segments) + " segments, " +
                     formatBytes(bytes) + ", state " + hash.substr(0, 16) + "\n");
}

Status forkSession(const std::string& session, const std::string& fork, bool json) {
  const fs::path from = sessionPath(session);
  const fs::path to = sessionPath(fork);
  {
    const auto store = SessionStore::open(from, SessionAccess::kRead);
    if (!store) return store.error();
    if (Status copied = store->copyTo(to); !copied) return copied;
  }
  return reportCopy("forked into", from, to, json);
}

Result<std::int64_t> segmentNumber(const std::string& word) {
  std::int64_t number = -1;
  const auto parsed = std::from_chars(word.data(), word.data() + word.size(), number);
  if (parsed.ec == std::errc() && parsed.ptr == word.data() + word.size() && number >= 0) return number;
  return makeError(ErrorCode::kInvalidArgument, "'" + word + "' is no segment: give its number, from 0");
}

Status unpinSegment(const std::string& session, const std::string& segment, bool json) {
  const auto wanted = segmentNumber(segment);
  if (!wanted) return wanted.error();
  const fs::path path = sessionPath(session);
  auto store = SessionStore::open(path, SessionAccess::kWrite);
  if (!store) return store.error();
  if (Status done = store->pinSnapshot(*wanted, false); !done) return done;
  if (json) {
    Json object;
    object["session"] = path.string();
    object["segment"] = *wanted;
    object["pinned"] = false;
    return printJson(object);
  }
  return writeOutput("let go of the snapshot after segment " + withSeparators(*wanted) + "\n");
}

Status exportSession(const std::string& session, const std::string& target, const SessionCopy& copy, bool json) {
  if (!copy.memoryOnly && (copy.dropTail || copy.allSnapshots)) {
    return makeError(ErrorCode::kInvalidArgument, std::string(copy.dropTail ? "--drop-tail" : "--all-snapshots") +
                                                      " goes with --memory-only: a whole export leaves nothing out");
  }
  const fs::path from = sessionPath(session);
  const fs::path to = sessionPath(target);
  {
    const auto store = SessionStore::open(from, SessionAccess::kRead);
    if (!store) return store.error();
    const MemoryExport options{.keepTail = !copy.dropTail, .allSnapshots = copy.allSnapshots};
    if (Status done = copy.memoryOnly ? exportMemory(*store, to, options) : store->copyTo(to); !done) return done;
  }
  if (copy.memoryOnly) {
    reportProgress(
        "the text is left out, but whoever has this memory can ask what it read: give it to nobody who must not "
        "know");
  }
  return reportCopy("exported", from, to, json);
}

Status takeSession(const std::string& file, const std::string& session, bool json) {
  const fs::path from = sessionPath(file);
  const fs::path to = sessionPath(session);
  if (Status done = importSession(from, to); !done) return done;
  return reportCopy("imported", from, to, json);
}

}  // namespace tidemark::cli
