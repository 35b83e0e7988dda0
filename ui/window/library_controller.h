#pragma once
// The folder of sessions as the window works with it: listing, renaming, duplicating, the trash. All of it happens on a
// worker thread; what can be undone is on the undo stack. A session that is open is closed first and opened again where
// it went. GUI thread.

#include <QObject>
#include <QString>
#include <QUndoStack>
#include <filesystem>
#include <functional>
#include <vector>

#include "engine/session/session_library.h"
#include "ui/bridge/background_worker.h"
#include "ui/sessions/undo_commands.h"

namespace tidemark::ui {

class LibraryController final : public QObject {
  Q_OBJECT

 public:
  /// `release(path, then)` must free a session that may be open and call `then`; `reopen(path)` opens it again.
  struct Hooks {
    std::function<bool(const QString& path)> isOpen;
    std::function<void(std::function<void()> then)> release;
    std::function<void(const QString& path)> reopen;
    std::function<void(const QString& from, const QString& to)> moved;  // what is remembered of it goes along
  };

  LibraryController(QUndoStack& undoStack, Hooks hooks, QObject* parent = nullptr);

  void setFolder(const std::filesystem::path& folder);
  [[nodiscard]] const std::filesystem::path& folder() const { return m_folder; }
  [[nodiscard]] const std::vector<SessionSummary>& sessions() const { return m_sessions; }

  /// Reads the folder again; listed() follows. Requests while one is under way become one.
  void refresh();
  void rename(const QString& path, const QString& newName);
  void duplicate(const QString& path);
  void moveToTrash(const QString& path);
  void verify(const QString& path);
  /// Removes for good what the trash holds.
  void emptyTrash();
  /// Brings back what the trash holds under `trashed`.
  void restore(const QString& trashed);

 Q_SIGNALS:
  void listed(const std::vector<tidemark::SessionSummary>& sessions);
  void trashListed(const std::vector<tidemark::TrashedSession>& sessions);
  /// Something worth a sentence went well.
  void informed(const QString& sentence);
  void failed(const QString& sentence);

 private:
  void renameNow(const QString& path, const QString& newName, PathDone done);
  void trashNow(const QString& path, PathDone done);
  void restoreNow(const QString& trashed, PathDone done);
  void withSessionFree(const QString& path, std::function<void(bool wasOpen)> action);

  QUndoStack& m_undoStack;
  Hooks m_hooks;
  std::filesystem::path m_folder;
  std::vector<SessionSummary> m_sessions;
  bool m_refreshing = false;
  bool m_refreshAgain = false;
  BackgroundWorker m_worker;
};

}  // namespace tidemark::ui
