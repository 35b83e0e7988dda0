#include "engine/session/session_overview.h"

#include <algorithm>

namespace tidemark {

Result<SessionSize> measureSession(const SessionStore& store) {
  SessionSize size;
  const auto documents = store.documents();
  if (!documents) return documents.error();
  if (!documents->empty()) size.textBytes = documents->back().bytes.end;
  const auto segments = store.segmentCount();
  if (!segments) return segments.error();
  size.segments = *segments;
  if (size.segments > 0) {
    const auto last = store.segments(size.segments - 1, size.segments);
    if (!last) return last.error();
    if (!last->empty()) size.readBytes = last->back().bytes.end;
  }
  const auto tail = store.loadTail(size.segments);
  if (!tail) return tail.error();
  if (tail->has_value()) {
    size.tailTokens = static_cast<std::int64_t>((*tail)->tokens.ids.size());
    size.readBytes = std::max(size.readBytes, (*tail)->next.chunkByte);
  }
  size.readBytes = std::min(size.readBytes, size.textBytes);
  // A document that was added after the last read makes the session unfinished again.
  size.finished = size.tailTokens.has_value() && size.textBytes > 0 && size.readBytes == size.textBytes;
  return size;
}

Result<SessionOverview> gatherOverview(const SessionStore& store) {
  SessionOverview overview;
  overview.path = store.path();
  overview.model = store.model();
  auto precision = store.precision();
  if (!precision) return precision.error();
  overview.model.precision = std::move(*precision);
  auto size = measureSession(store);
  if (!size) return size.error();
  overview.size = *size;
  auto documents = store.documents();
  if (!documents) return documents.error();
  overview.documents = std::move(*documents);
  auto snapshots = store.snapshots();
  if (!snapshots) return snapshots.error();
  overview.snapshots = std::move(*snapshots);
  auto questions = store.questions();
  if (!questions) return questions.error();
  overview.questions = std::move(*questions);
  auto timelines = store.timelines();
  if (!timelines) return timelines.error();
  overview.timelines = std::move(*timelines);
  const auto textIsLeftOut = store.textIsLeftOut();
  if (!textIsLeftOut) return textIsLeftOut.error();
  overview.textIsLeftOut = *textIsLeftOut;
  auto bookmarks = store.bookmarks();
  if (!bookmarks) return bookmarks.error();
  overview.bookmarks = std::move(*bookmarks);
  if (!overview.snapshots.empty()) {
    overview.stateBytes = overview.snapshots.back().bytes;
    overview.stateHash = overview.snapshots.back().stateHash;
  }
  return overview;
}

}  // namespace tidemark
