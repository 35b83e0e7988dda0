#include "app/cli/page_lookup.h"

#include <vector>

#include "engine/service/document_pages.h"
#include "engine/session/session_store.h"

namespace tidemark::cli {
namespace {

/// How many segments end at or before `byte`.
Result<std::int64_t> countSegmentsBefore(const SessionStore& store, std::uint64_t byte) {
  const auto count = store.segmentCount();
  if (!count) return count.error();
  std::int64_t low = 0;  // first segment that reaches past it
  std::int64_t high = *count;
  while (low < high) {
    const std::int64_t middle = (low + high) / 2;
    const auto segment = store.segments(middle, middle + 1);
    if (!segment) return segment.error();
    if (!segment->empty() && segment->front().bytes.end <= byte) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/// The bytes of the segment or page that the words name.
Result<ByteRange> bytesOf(const SessionStore& store, const PlaceWords& words) {
  if (!words.page.empty()) {
    const auto documents = loadPages(store);
    if (!documents) return documents.error();
    const auto page = findPage(*documents, words.page);
    if (!page) return page.error();
    return (*documents)[page->document].pages.bytesOf(page->page);
  }
  if (*words.segment < 0) return ByteRange{};
  const auto segment = store.segments(*words.segment, *words.segment + 1);
  if (!segment) return segment.error();
  if (!segment->empty()) return segment->front().bytes;
  const auto count = store.segmentCount();
  if (!count) return count.error();
  return makeError(ErrorCode::kInvalidArgument,
                   "there is no segment " + std::to_string(*words.segment) + ": " +
                       (*count == 0 ? "nothing has been read yet"
                                    : "segments 0 to " + std::to_string(*count - 1) + " have been read"));
}

}  // namespace

Result<ByteRange> textBetween(const SessionStore& store, const PlaceWords& from, const PlaceWords& to) {
  const auto first = bytesOf(store, from);
  if (!first) return first.error();
  const auto documents = store.documents();
  if (!documents) return documents.error();
  ByteRange between{first->end, documents->empty() ? 0 : documents->back().bytes.end};
  if (to.isGiven()) {
    const auto last = bytesOf(store, to);
    if (!last) return last.error();
    between.end = last->begin;
  }
  if (between.begin < between.end) return between;
  return makeError(ErrorCode::kInvalidArgument,
                   std::string("there is no text between these two places") +
                       (to.isGiven() ? ": name a later one to skip to" : ": the session ends there already"));
}

Result<std::int64_t> findLastSegmentOfPage(const std::filesystem::path& session, const std::string& name) {
  const auto store = SessionStore::open(session, SessionAccess::kRead);
  if (!store) return store.error();
  const auto documents = loadPages(*store);
  if (!documents) return documents.error();
  const auto page = findPage(*documents, name);
  if (!page) return page.error();
  const auto before = countSegmentsBefore(*store, (*documents)[page->document].pages.bytesOf(page->page).end);
  if (!before) return before.error();
  return *before - 1;
}

Result<std::optional<PageOfSegment>> findPageOfSegment(const std::filesystem::path& session, std::int64_t segment) {
  const auto store = SessionStore::open(session, SessionAccess::kRead);
  if (!store) return store.error();
  const auto found = store->segments(segment, segment + 1);
  if (!found) return found.error();
  if (found->empty() || found->front().bytes.end == 0) return std::optional<PageOfSegment>();
  const auto documents = loadPages(*store);
  if (!documents) return documents.error();
  const auto page = pageAt(*documents, found->front().bytes.end - 1);
  if (!page) return std::optional<PageOfSegment>();
  const DocumentPages& document = (*documents)[page->document];
  return std::optional(PageOfSegment{document.document.title, document.pages.nameOf(page->page)});
}

}  // namespace tidemark::cli
