#pragma once
// Bookmarks of the open session as people change them: each change is a step that can be undone, in the session it was
// made in. GUI thread.
//
// Undo survives text that goes out of the session: places that a step remembers move as the bookmarks themselves do
// (placeWithout), so undoing afterwards leaves the bookmarks that undoing before would have left.

#include <QObject>
#include <QUndoStack>
#include <optional>
#include <vector>

#include "ui/sessions/undo_commands.h"
#include "ui/window/session_controller.h"

namespace tidemark::ui {

class BookmarkController final : public QObject {
  Q_OBJECT

 public:
  BookmarkController(SessionController& session, QUndoStack& undoStack, QObject* parent = nullptr);

  void add(quint64 byte, const QString& label);
  void remove(qint64 id);
  void rename(qint64 id, const QString& label);

 private:
  enum class Change { kAdd, kUpdate, kRemove };
  struct RemovedText {
    QString session;
    ByteRange bytes;
  };

  /// For a step that is done or undone later, when text may have gone out of the session since it was made.
  [[nodiscard]] ChangeBookmark later(Change change);
  [[nodiscard]] std::optional<BookmarkRecord> find(qint64 id) const;
  [[nodiscard]] quint64 placeNow(quint64 byte, const QString& session, std::size_t removedBefore) const;

  SessionController& m_session;
  QUndoStack& m_undoStack;
  std::vector<RemovedText> m_removed;  // since the program began
};

}  // namespace tidemark::ui
