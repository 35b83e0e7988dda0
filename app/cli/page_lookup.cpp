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

}  // namespace

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
