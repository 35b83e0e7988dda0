#include "ui/window/library_controller.h"

#include <chrono>
#include <utility>

#include "engine/session/session_leftovers.h"
#include "ui/sessions/undo_commands.h"

namespace tidemark::ui {
namespace {

QString toText(const std::string& text) {
  return QString::fromStdString(text);
}
QString toText(const std::filesystem::path& path) {
  return QString::fromStdString(path.string());
}

}  // namespace

LibraryController::LibraryController(QUndoStack& undoStack, Hooks hooks, QObject* parent)
    : QObject(parent), m_undoStack(undoStack), m_hooks(std::move(hooks)) {}

void LibraryController::setFolder(const std::filesystem::path& folder) {
  if (folder == m_folder) return;
  m_folder = folder;
  refresh();
}

void LibraryController::refresh() {
  if (m_refreshing) {
    m_refreshAgain = true;
    return;
  }
  m_refreshing = true;
  struct Listing {
    Result<std::vector<SessionSummary>> sessions;
    Result<std::vector<TrashedSession>> trash;
  };
  m_worker.run(
      this,
      [folder = m_folder](const std::stop_token& stop) {
        removeLeftovers(folder);
        return Listing{listSessions(folder, stop), listTrash(folder)};
      },
      [this](const Listing& listing) {
        m_refreshing = false;
        if (listing.sessions) {
          m_sessions = *listing.sessions;
          Q_EMIT listed(m_sessions);
        } else {
          Q_EMIT failed(toText(listing.sessions.error().message));
        }
        if (listing.trash) Q_EMIT trashListed(*listing.trash);
        if (std::exchange(m_refreshAgain, false)) refresh();
      });
}

/// Runs `action` when nobody here has the session open.
void LibraryController::withSessionFree(const QString& path, std::function<void(bool wasOpen)> action) {
  if (!m_hooks.isOpen(path)) {
    action(false);
    return;
  }
  m_hooks.release([action = std::move(action)] { action(true); });
}

void LibraryController::rename(const QString& path, const QString& newName) {
  const QString oldName = toText(std::filesystem::path(path.toStdString()).stem());
  if (newName == oldName) return;
  m_undoStack.push(new RenameSessionCommand(
      path, oldName, newName,
      [this](const QString& from, const QString& to, PathDone done) { renameNow(from, to, std::move(done)); }));
}

void LibraryController::renameNow(const QString& path, const QString& newName, PathDone done) {
  withSessionFree(path, [this, path, newName, done = std::move(done)](bool wasOpen) {
    m_worker.run(
        this,
        [path, newName](const std::stop_token&) { return renameSession(path.toStdString(), newName.toStdString()); },
        [this, path, wasOpen, done](const Result<std::filesystem::path>& renamed) {
          done(renamed ? std::optional(toText(*renamed)) : std::nullopt);
          if (renamed) {
            m_hooks.moved(path, toText(*renamed));
          } else {
            Q_EMIT failed(toText(renamed.error().message));
          }
          if (wasOpen) m_hooks.reopen(renamed ? toText(*renamed) : path);
          refresh();
        });
  });
}

void LibraryController::duplicate(const QString& path) {
  m_worker.run(
      this,
      [path](const std::stop_token&) {
        const std::filesystem::path source = path.toStdString();
        const std::filesystem::path target = freeSessionPath(source.parent_path(), source.stem().string());
        return duplicateSession(source, target.stem().string());
      },
      [this](const Result<std::filesystem::path>& copy) {
        if (copy) {
          Q_EMIT informed(tr("The copy is called “%1”.").arg(toText(copy->stem())));
        } else {
          Q_EMIT failed(toText(copy.error().message));
        }
        refresh();
      });
}

void LibraryController::moveToTrash(const QString& path) {
  m_undoStack.push(new TrashSessionCommand(
      path, toText(std::filesystem::path(path.toStdString()).stem()),
      [this](const QString& from, PathDone done) { trashNow(from, std::move(done)); },
      [this](const QString& trashed, PathDone done) { restoreNow(trashed, std::move(done)); }));
}

void LibraryController::trashNow(const QString& path, PathDone done) {
  withSessionFree(path, [this, path, done = std::move(done)](bool wasOpen) {
    m_worker.run(
        this, [path](const std::stop_token&) { return trashSession(path.toStdString()); },
        [this, path, done, wasOpen](const Result<std::filesystem::path>& trashed) {
          done(trashed ? std::optional(toText(*trashed)) : std::nullopt);
          if (!trashed) {
            Q_EMIT failed(toText(trashed.error().message));
            if (wasOpen) m_hooks.reopen(path);
          }
          refresh();
        });
  });
}

void LibraryController::restore(const QString& trashed) {
  restoreNow(trashed, [](const std::optional<QString>&) {});
}

void LibraryController::restoreNow(const QString& trashed, PathDone done) {
  m_worker.run(
      this, [trashed](const std::stop_token&) { return restoreSession(trashed.toStdString()); },
      [this, done = std::move(done)](const Result<std::filesystem::path>& restored) {
        done(restored ? std::optional(toText(*restored)) : std::nullopt);
        if (!restored) Q_EMIT failed(toText(restored.error().message));
        refresh();
      });
}

void LibraryController::emptyTrash() {
  m_worker.run(
      this,
      [folder = m_folder](const std::stop_token&) { return tidemark::emptyTrash(folder, std::chrono::seconds(0)); },
      [this](const Result<int>& removed) {
        if (!removed) Q_EMIT failed(toText(removed.error().message));
        refresh();
      });
}

void LibraryController::verify(const QString& path) {
  m_worker.run(
      this, [path](const std::stop_token&) { return verifySession(path.toStdString()); },
      [this, path](const Result<SessionCheck>& check) {
        const QString name = toText(std::filesystem::path(path.toStdString()).stem());
        if (!check) {
          Q_EMIT failed(toText(check.error().message));
        } else if (check->problems.empty()) {
          Q_EMIT informed(tr("“%1” is intact: %Ln snapshot(s) agree with their checksums.", nullptr,
                             static_cast<int>(check->snapshots))
                              .arg(name));
        } else {
          Q_EMIT failed(tr("“%1” is damaged: %2. Duplicate what can still be read, or restore a backup.")
                            .arg(name, toText(check->problems.front())));
        }
      });
}

}  // namespace tidemark::ui
