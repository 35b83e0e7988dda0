#include "ui/sessions/undo_commands.h"

#include <QCoreApplication>

namespace tidemark::ui {
namespace {

struct UndoWords {
  Q_DECLARE_TR_FUNCTIONS(tidemark::ui::UndoCommands)
};

using Start = std::function<void(bool forward, AsyncStep::Ended ended)>;

/// The path changes with every step, and the next step needs the last one.
PathDone keepPath(const std::shared_ptr<QString>& path, AsyncStep::Ended ended) {
  return [path, ended = std::move(ended)](std::optional<QString> now) {
    if (now) *path = *now;
    ended(now.has_value());
  };
}

BookmarkDone keepId(const std::shared_ptr<BookmarkRecord>& bookmark, AsyncStep::Ended ended) {
  return [bookmark, ended = std::move(ended)](std::optional<qint64> id) {
    if (id) bookmark->id = *id;
    ended(id.has_value());
  };
}

Start renaming(const QString& path, const QString& oldName, const QString& newName, RenameSession rename) {
  return [now = std::make_shared<QString>(path), oldName, newName, rename = std::move(rename)](bool forward,
                                                                                               AsyncStep::Ended ended) {
    rename(*now, forward ? newName : oldName, keepPath(now, std::move(ended)));
  };
}

Start trashing(const QString& path, MoveSession trash, MoveSession restore) {
  return
      [now = std::make_shared<QString>(path), trash = std::move(trash), restore = std::move(restore)](
          bool forward, AsyncStep::Ended ended) { (forward ? trash : restore)(*now, keepPath(now, std::move(ended))); };
}

Start changing(const BookmarkRecord& bookmark, ChangeBookmark forwards, ChangeBookmark backwards) {
  return [now = std::make_shared<BookmarkRecord>(bookmark), forwards = std::move(forwards),
          backwards = std::move(backwards)](bool forward, AsyncStep::Ended ended) {
    (forward ? forwards : backwards)(*now, keepId(now, std::move(ended)));
  };
}

Start relabelling(const BookmarkRecord& before, const QString& label, ChangeBookmark update) {
  BookmarkRecord after = before;
  after.label = label.toStdString();
  return [before, after, update = std::move(update)](bool forward, AsyncStep::Ended ended) {
    update(forward ? after : before, [ended = std::move(ended)](std::optional<qint64> id) { ended(id.has_value()); });
  };
}

}  // namespace

void AsyncStep::want(bool done) {
  m_wanted = done;
  if (!m_isRunning) advance();
}

void AsyncStep::advance() {
  if (m_failed || m_wanted == m_isDone) return;
  m_isRunning = true;
  const bool forward = m_wanted;
  m_start(forward, [self = shared_from_this(), forward](bool ok) {
    self->m_isRunning = false;
    if (ok) {
      self->m_isDone = forward;
    } else {
      self->m_failed = true;
    }
    self->advance();
  });
}

AsyncUndoCommand::AsyncUndoCommand(const QString& text, Start start)
    : QUndoCommand(text), m_step(std::make_shared<AsyncStep>(std::move(start))) {}

void AsyncUndoCommand::want(bool done) {
  if (m_step->failed()) {
    setObsolete(true);
    return;
  }
  m_step->want(done);
}

void AsyncUndoCommand::redo() {
  want(true);
}
void AsyncUndoCommand::undo() {
  want(false);
}

RenameSessionCommand::RenameSessionCommand(const QString& path, const QString& oldName, const QString& newName,
                                           RenameSession rename)
    : AsyncUndoCommand(UndoWords::tr("rename “%1” to “%2”").arg(oldName, newName),
                       renaming(path, oldName, newName, std::move(rename))) {}

TrashSessionCommand::TrashSessionCommand(const QString& path, const QString& name, MoveSession trash,
                                         MoveSession restore)
    : AsyncUndoCommand(UndoWords::tr("move “%1” to the trash").arg(name),
                       trashing(path, std::move(trash), std::move(restore))) {}

AddBookmarkCommand::AddBookmarkCommand(const BookmarkRecord& bookmark, ChangeBookmark add, ChangeBookmark remove)
    : AsyncUndoCommand(UndoWords::tr("add a bookmark"), changing(bookmark, std::move(add), std::move(remove))) {}

RemoveBookmarkCommand::RemoveBookmarkCommand(const BookmarkRecord& bookmark, ChangeBookmark add, ChangeBookmark remove)
    : AsyncUndoCommand(UndoWords::tr("remove a bookmark"), changing(bookmark, std::move(remove), std::move(add))) {}

RenameBookmarkCommand::RenameBookmarkCommand(const BookmarkRecord& before, const QString& label, ChangeBookmark update)
    : AsyncUndoCommand(UndoWords::tr("rename a bookmark"), relabelling(before, label, std::move(update))) {}

}  // namespace tidemark::ui
