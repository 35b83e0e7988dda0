#include "app/cli/session_changes.h"

#include "app/cli/json_output.h"
#include "app/cli/read_progress.h"
#include "app/cli/report_error.h"
#include "app/cli/session_copies.h"
#include "app/cli/standard_output.h"
#include "engine/base/system_memory.h"
#include "engine/service/session_fork.h"

namespace tidemark::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::int64_t kNotGiven = -2;

Result<PlaceWords> wordsOf(std::int64_t segment, const std::string& page, const char* name) {
  if (segment != kNotGiven && !page.empty()) {
    return makeError(ErrorCode::kInvalidArgument,
                     std::string("--") + name + "-segment and --" + name + "-page were both given; choose one");
  }
  PlaceWords words;
  words.page = page;
  if (segment != kNotGiven) words.segment = segment;
  return words;
}

/// The text that a verb takes out. The session is looked at only.
Result<ByteRange> rangeOf(const fs::path& path, const PlaceWords& from, const PlaceWords& to) {
  const auto store = SessionStore::open(path, SessionAccess::kRead);
  if (!store) return store.error();
  return textBetween(*store, from, to);
}

/// Follows one piece of work to its end and hands over the event of type T that ends it.
template <typename T>
Result<T> doWork(const std::string& session, const SessionSettings& given, WorkRequest request) {
  SessionSettings settings = given;
  settings.session = session;
  RunWatcher watcher;
  const auto started = startService(settings, false, watcher);
  if (!started) return started.error();
  const auto run = started->service->work(std::move(request));
  if (!run) return run.error();
  T last;
  const Status followed = watcher.follow(*started->service, *run, [&](const Event& event) {
    if (const auto* found = std::get_if<T>(&event)) last = *found;
  });
  if (!followed) return followed.error();
  return last;
}

}  // namespace

std::vector<Option> placeOptions(PlaceSettings& places) {
  return {
      integer("to-segment", "N", &places.toSegment, -1, INT64_MAX,
              "rewind: to the end of segment N (-1: the beginning)"),
      text("to-page", "P", &places.toPage, "rewind: to the end of page P (a number, a label, or TITLE:P)"),
      integer("skip-to-segment", "M", &places.skipToSegment, 0, INT64_MAX,
              "rewind: only up to segment M, which stays with what follows"),
      text("skip-to-page", "Q", &places.skipToPage, "rewind: only up to page Q, which stays with what follows"),
      integer("as-of-segment", "N", &places.asOfSegment, 0, INT64_MAX, "fork: as if reading had ended after segment N"),
      text("as-of-page", "P", &places.asOfPage, "fork: as if reading had ended after page P"),
  };
}

Status rewindSession(const std::string& session, const PlaceSettings& places, const SessionSettings& settings,
                     bool json) {
  const auto from = wordsOf(places.toSegment, places.toPage, "to");
  if (!from) return from.error();
  const auto to = wordsOf(places.skipToSegment, places.skipToPage, "skip-to");
  if (!to) return to.error();
  if (!from->isGiven()) {
    return makeError(ErrorCode::kInvalidArgument, "rewind needs a place to go back to: --to-segment N or --to-page P");
  }
  const fs::path path = sessionPath(session);
  const auto range = rangeOf(path, *from, *to);
  if (!range) return range.error();
  const auto removed = doWork<TextRemoved>(session, settings, RemoveTextRequest{*range});
  if (!removed) return removed.error();
  if (json) {
    Json object;
    object["session"] = path.string();
    object["byte_begin"] = removed->bytes.begin;
    object["byte_end"] = removed->bytes.end;
    object["characters"] = removed->characters;
    object["documents_gone"] = removed->documentsGone;
    object["segments"] = removed->segmentsKept;
    object["segments_reread"] = removed->segmentsReread;
    object["finished"] = removed->readFinished;
    object["state_hash"] = removed->stateHash;
    return printJson(object);
  }
  std::string text = "took " + withSeparators(static_cast<std::int64_t>(removed->characters)) + " characters out of " +
                     oneLine(path.string()) + ": " + withSeparators(removed->segmentsKept) + " segments stay, state " +
                     removed->stateHash.substr(0, 16) + "\n";
  if (!removed->readFinished) text += "read on with: tidemark-cli read --session " + oneLine(path.string()) + "\n";
  return writeOutput(text);
}

Status forkSessionAsOf(const std::string& session, const std::string& fork, const PlaceSettings& places,
                       const SessionSettings& settings, bool json) {
  const auto from = wordsOf(places.asOfSegment, places.asOfPage, "as-of");
  if (!from) return from.error();
  if (!from->isGiven()) return forkSession(session, fork, json);
  const fs::path path = sessionPath(session);
  const fs::path target = sessionPath(fork);
  std::string precision;
  {
    const auto store = SessionStore::open(path, SessionAccess::kRead);
    if (!store) return store.error();
    auto found = store->precision();
    if (!found) return found.error();
    precision = std::move(found).value();
  }
  const auto range = rangeOf(path, *from, {});
  if (!range) return range.error();
  auto model = loadChosenModel(settings, precision);
  if (!model) return model.error();
  if (Status forked = forkWithout(path, target, *range, *model); !forked) return forked;
  return reportCopy("forked into", path, target, json);
}

Status pinSegment(const std::string& session, const std::string& segment, const SessionSettings& settings, bool json) {
  const auto wanted = segmentNumber(segment);
  if (!wanted) return wanted.error();
  const auto pinned = doWork<SnapshotPinned>(session, settings, PinRequest{*wanted});
  if (!pinned) return pinned.error();
  if (json) {
    Json object;
    object["session"] = sessionPath(session).string();
    object["segment"] = pinned->snapshot.segment;
    object["pinned"] = true;
    object["bytes"] = pinned->snapshot.bytes;
    object["segments_reread"] = pinned->segmentsReread;
    object["state_hash"] = pinned->snapshot.stateHash;
    return printJson(object);
  }
  return writeOutput("pinned the snapshot after segment " + withSeparators(pinned->snapshot.segment) + ", " +
                     formatBytes(pinned->snapshot.bytes) + ", " + withSeparators(pinned->segmentsReread) +
                     " segments read again\n");
}

}  // namespace tidemark::cli
