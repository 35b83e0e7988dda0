#include "app/cli/page_lookup.h"

#include <vector>

#include "engine/session/session_store.h"

namespace tidemark::cli {
namespace {

struct PageEnd {
  std::uint64_t byte = 0;  // where the asked page ends
  std::int64_t pages = 1;  // that the document has
};

Result<PageEnd> findPageEnd(const SessionStore& store, const DocumentRecord& document, std::int64_t page) {
  PageEnd end;
  end.byte = document.bytes.end;
  std::vector<char> buffer(1 << 16);
  for (std::uint64_t at = document.bytes.begin; at < document.bytes.end;) {
    const auto count = store.readText(at, buffer);
    if (!count) return count.error();
    if (*count == 0) break;
    for (std::size_t i = 0; i < *count; ++i) {
      if (buffer[i] != '\f') continue;
      if (end.pages == page) end.byte = at + i;
      ++end.pages;
    }
    at += *count;
  }
  return end;
}

}  // namespace

Result<std::int64_t> findLastSegmentOfPage(const std::filesystem::path& session, std::int64_t page) {
  const auto store = SessionStore::open(session, SessionAccess::kRead);
  if (!store) return store.error();
  const auto documents = store->documents();
  if (!documents) return documents.error();
  if (documents->size() != 1) {
    return makeError(ErrorCode::kInvalidArgument,
                     session.string() + " holds " + std::to_string(documents->size()) +
                         " documents, so a page number says too little; use --as-of-segment");
  }
  const auto end = findPageEnd(*store, documents->front(), page);
  if (!end) return end.error();
  if (end->pages == 1) {
    return makeError(ErrorCode::kInvalidArgument,
                     "\"" + documents->front().title + "\" has no page marks (form feeds); use --as-of-segment");
  }
  if (page > end->pages) {
    return makeError(ErrorCode::kInvalidArgument, "\"" + documents->front().title + "\" has " +
                                                      std::to_string(end->pages) + " pages, not " +
                                                      std::to_string(page));
  }
  const auto count = store->segmentCount();
  if (!count) return count.error();
  std::int64_t low = 0;  // first segment that reaches past the page
  std::int64_t high = *count;
  while (low < high) {
    const std::int64_t middle = (low + high) / 2;
    const auto segment = store->segments(middle, middle + 1);
    if (!segment) return segment.error();
    if (!segment->empty() && segment->front().bytes.end <= end->byte) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

}  // namespace tidemark::cli
