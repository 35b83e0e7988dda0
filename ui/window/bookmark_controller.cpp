#include "ui/window/bookmark_controller.h"

#include <utility>

#include "engine/session/session_store.h"

namespace tidemark::ui {

BookmarkController::BookmarkController(SessionController& session, QUndoStack& undoStack, QObject* parent)
    : QObject(parent), m_session(session), m_undoStack(undoStack) {
  connect(&session, &SessionController::textRemoved, this, [this](const TextRemoved& removed) {
    m_removed.push_back({m_session.facts().path, removed.bytes});
  });
}

void BookmarkController::add(quint64 byte, const QString& label) {
  BookmarkRecord bookmark;
  bookmark.byte = byte;
  bookmark.label = label.toStdString();
  m_undoStack.push(new AddBookmarkCommand(bookmark, later(Change::kAdd), later(Change::kRemove)));
}

void BookmarkController::remove(qint64 id) {
  if (const auto bookmark = find(id)) {
    m_undoStack.push(new RemoveBookmarkCommand(*bookmark, later(Change::kAdd), later(Change::kRemove)));
  }
}

void BookmarkController::rename(qint64 id, const QString& label) {
  if (const auto bookmark = find(id)) {
    m_undoStack.push(new RenameBookmarkCommand(*bookmark, label, later(Change::kUpdate)));
  }
}

ChangeBookmark BookmarkController::later(Change change) {
  return [this, change, session = m_session.facts().path, removedBefore = m_removed.size()](
             const BookmarkRecord& bookmark, BookmarkDone done) {
    if (m_session.facts().path != session) return done(std::nullopt);
    if (change == Change::kRemove) return m_session.changeBookmark(RemoveBookmark{bookmark.id}, std::move(done));
    BookmarkRecord now = bookmark;
    now.byte = placeNow(bookmark.byte, session, removedBefore);
    if (change == Change::kAdd) return m_session.changeBookmark(AddBookmark{now}, std::move(done));
    // A new label moves nothing: another edition of the document may have come in the meantime, too.
    if (const auto stored = find(bookmark.id)) now.byte = stored->byte;
    m_session.changeBookmark(UpdateBookmark{now}, std::move(done));
  };
}

std::optional<BookmarkRecord> BookmarkController::find(qint64 id) const {
  for (const BookmarkRecord& each : m_session.bookmarks()) {
    if (each.id == id) return each;
  }
  return std::nullopt;
}

quint64 BookmarkController::placeNow(quint64 byte, const QString& session, std::size_t removedBefore) const {
  for (std::size_t i = removedBefore; i < m_removed.size(); ++i) {
    if (m_removed[i].session == session) byte = placeWithout(byte, m_removed[i].bytes);
  }
  return byte;
}

}  // namespace tidemark::ui
