#include "engine/service/bookmark_job.h"

namespace tidemark {

Result<std::int64_t> BookmarkJob::apply() {
  SessionStore& store = m_state->store;
  if (const auto* add = std::get_if<AddBookmark>(&m_request)) return store.addBookmark(add->bookmark);
  if (const auto* update = std::get_if<UpdateBookmark>(&m_request)) {
    if (Status updated = store.updateBookmark(update->bookmark); !updated) return updated.error();
    return update->bookmark.id;
  }
  const std::int64_t id = std::get<RemoveBookmark>(m_request).id;
  if (Status removed = store.removeBookmark(id); !removed) return removed.error();
  return id;
}

Result<JobStep> BookmarkJob::step() {
  const Result<std::int64_t> id = apply();
  if (!id) return id.error();
  auto bookmarks = m_state->store.bookmarks();
  if (!bookmarks) return bookmarks.error();
  m_state->send(BookmarksChanged{m_run, *id, std::move(*bookmarks)});
  return JobStep::kDone;
}

}  // namespace tidemark
