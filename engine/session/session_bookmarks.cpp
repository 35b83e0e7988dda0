// Bookmarks: places in the text that somebody marked. They carry no checksum: nothing is computed from them.

#include "engine/session/session_file.h"

namespace tidemark {
namespace {

constexpr const char* kSelectBookmarksSql =
    "SELECT id, byte_begin, label, created_at FROM bookmarks ORDER BY byte_begin, id";
constexpr const char* kInsertBookmarkSql =
    "INSERT INTO bookmarks (id, byte_begin, label, created_at) VALUES (nullif(?, 0), ?, ?, ?)";
constexpr const char* kUpdateBookmarkSql = "UPDATE bookmarks SET byte_begin = ?, label = ? WHERE id = ?";
constexpr const char* kTextEndSql = "SELECT ifnull(max(byte_end), 0) FROM documents WHERE finished = 1";
constexpr const char* kCountIdSql = "SELECT count(*) FROM bookmarks WHERE id = ?";

constexpr const char* kStoringBookmark = "store a bookmark in";
constexpr const char* kReadingBookmarks = "read the bookmarks of";

Error noSuchBookmark(const SessionFile& file, std::int64_t id) {
  return makeError(ErrorCode::kNotFound, file.path.string() + " has no bookmark number " + std::to_string(id) +
                                             ": it was removed; nothing was changed");
}

Status check(const SessionFile& file, const BookmarkRecord& bookmark) {
  if (Status writable = file.requireWritable(); !writable) return writable;
  if (bookmark.label.size() > SessionStore::kLongestLabelBytes) {
    return file.invalid("a bookmark's label may have " + std::to_string(SessionStore::kLongestLabelBytes) +
                        " bytes, this one has " + std::to_string(bookmark.label.size()) + ": shorten it");
  }
  const Result<std::int64_t> end = file.database.integer(kTextEndSql, kStoringBookmark);
  if (!end) return end.error();
  if (bookmark.byte > static_cast<std::uint64_t>(*end)) {
    return file.invalid("a bookmark at byte " + std::to_string(bookmark.byte) + " lies behind the text, which has " +
                        std::to_string(*end) + " bytes");
  }
  return {};
}

}  // namespace

Result<std::vector<BookmarkRecord>> SessionStore::bookmarks() const {
  Result<Statement> rows = m_impl->database.prepare(kSelectBookmarksSql, kReadingBookmarks);
  if (!rows) return rows.error();
  std::vector<BookmarkRecord> bookmarks;
  while (true) {
    const Result<bool> row = rows->step();
    if (!row) return row.error();
    if (!*row) return bookmarks;
    bookmarks.push_back({rows->integer(0), rows->unsignedInteger(1), rows->text(2), rows->text(3)});
  }
}

Result<std::int64_t> SessionStore::addBookmark(const BookmarkRecord& bookmark) {
  const SessionFile& file = *m_impl;
  if (Status good = check(file, bookmark); !good) return good.error();
  if (bookmark.id < 0) return file.invalid("a bookmark cannot have the number " + std::to_string(bookmark.id));
  const Result<std::int64_t> taken = file.database.integer(kCountIdSql, kStoringBookmark, bookmark.id);
  if (!taken) return taken.error();
  if (*taken != 0) return file.invalid("there is a bookmark number " + std::to_string(bookmark.id) + " already");
  if (Status stored = file.database.run(kInsertBookmarkSql, kStoringBookmark, bookmark.id, bookmark.byte,
                                        bookmark.label, bookmark.createdAt.empty() ? utcNow() : bookmark.createdAt);
      !stored) {
    return stored.error();
  }
  return file.database.lastInsertId();
}

Status SessionStore::updateBookmark(const BookmarkRecord& bookmark) {
  const SessionFile& file = *m_impl;
  if (Status good = check(file, bookmark); !good) return good;
  if (Status stored =
          file.database.run(kUpdateBookmarkSql, kStoringBookmark, bookmark.byte, bookmark.label, bookmark.id);
      !stored) {
    return stored;
  }
  if (file.database.changes() == 0) return noSuchBookmark(file, bookmark.id);
  return {};
}

Status SessionStore::removeBookmark(std::int64_t id) {
  const SessionFile& file = *m_impl;
  if (Status writable = file.requireWritable(); !writable) return writable;
  if (Status removed = file.database.run("DELETE FROM bookmarks WHERE id = ?", "remove a bookmark from", id);
      !removed) {
    return removed;
  }
  if (file.database.changes() == 0) return noSuchBookmark(file, id);
  return {};
}

}  // namespace tidemark
