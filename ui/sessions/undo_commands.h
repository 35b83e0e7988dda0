#pragma once
// Undo and redo of what happens to session files and bookmarks. The work is done elsewhere and later: a command starts
// it through a callback and hears how it ended. Undone while it is still being done, it is undone after that; a command
// whose work fails does nothing from then on, and leaves the stack when it would be undone or redone next. GUI thread.

#include <QUndoCommand>
#include <functional>
#include <memory>
#include <optional>

#include "engine/session/session_records.h"

namespace tidemark::ui {

/// Nothing: it failed, and whoever failed has said so.
using PathDone = std::function<void(std::optional<QString> path)>;
using BookmarkDone = std::function<void(std::optional<qint64> id)>;

/// `done` is told the path under the new name.
using RenameSession = std::function<void(const QString& path, const QString& newName, PathDone done)>;
/// `done` is told where it is now: in the trash, or restored.
using MoveSession = std::function<void(const QString& path, PathDone done)>;
using ChangeBookmark = std::function<void(const BookmarkRecord& bookmark, BookmarkDone done)>;

/// Something that is done or undone, one step at a time, and that may be asked for either meanwhile. Every step must
/// call its callback once.
class AsyncStep : public std::enable_shared_from_this<AsyncStep> {
 public:
  using Ended = std::function<void(bool ok)>;
  explicit AsyncStep(std::function<void(bool forward, Ended ended)> start) : m_start(std::move(start)) {}

  void want(bool done);
  [[nodiscard]] bool failed() const { return m_failed; }

 private:
  void advance();

  std::function<void(bool, Ended)> m_start;
  bool m_isDone = false;
  bool m_wanted = false;
  bool m_isRunning = false;
  bool m_failed = false;
};

class AsyncUndoCommand : public QUndoCommand {
 public:
  void redo() override;
  void undo() override;

 protected:
  AsyncUndoCommand(const QString& text, std::function<void(bool forward, AsyncStep::Ended ended)> start);

 private:
  void want(bool done);

  std::shared_ptr<AsyncStep> m_step;  // outlives the command while a step runs
};

class RenameSessionCommand final : public AsyncUndoCommand {
 public:
  RenameSessionCommand(const QString& path, const QString& oldName, const QString& newName, RenameSession rename);
};

class TrashSessionCommand final : public AsyncUndoCommand {
 public:
  TrashSessionCommand(const QString& path, const QString& name, MoveSession trash, MoveSession restore);
};

/// Redone it comes back under the number it had.
class AddBookmarkCommand final : public AsyncUndoCommand {
 public:
  AddBookmarkCommand(const BookmarkRecord& bookmark, ChangeBookmark add, ChangeBookmark remove);
};

class RemoveBookmarkCommand final : public AsyncUndoCommand {
 public:
  RemoveBookmarkCommand(const BookmarkRecord& bookmark, ChangeBookmark add, ChangeBookmark remove);
};

class RenameBookmarkCommand final : public AsyncUndoCommand {
 public:
  RenameBookmarkCommand(const BookmarkRecord& before, const QString& label, ChangeBookmark update);
};

}  // namespace tidemark::ui
