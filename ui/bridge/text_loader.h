#pragma once
// Text for the document view, prepared off the GUI thread: from files that are about to be read, or from a session.
// Pieces arrive in order while the rest is still being loaded; a newer request replaces the running one, whose pieces
// are dropped.

#include <QObject>
#include <QStringList>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/types.h"
#include "ui/bridge/background_worker.h"
#include "ui/document/document_text.h"

namespace tidemark::ui {

/// A file that cannot be read as text, and the sentence that says why.
struct RefusedFile {
  QString path;
  QString reason;
};

/// What became of a list of files and folders.
struct CheckedFiles {
  std::vector<std::filesystem::path> texts;     // in the given order; folders stand for the texts in them
  std::vector<std::filesystem::path> sessions;  // session files among them
  std::vector<RefusedFile> refused;
  std::uint64_t textBytes = 0;       // of all texts, cleaned
  std::filesystem::path newSession;  // a free name in the sessions folder, after the first text
};

class TextLoader final : public QObject {
  Q_OBJECT

 public:
  explicit TextLoader(QObject* parent = nullptr);
  ~TextLoader() override;

  /// Checks every file from front to back; with `show` its text is handed on by pieceReady. Ends with filesChecked,
  /// which also names a session file for them in `sessionsFolder` (made if it is not there).
  void loadFiles(const QStringList& paths, bool show, const std::filesystem::path& sessionsFolder);
  /// Loads these bytes of a session's text, in the documents' order. Ends with sessionLoaded or loadFailed.
  void loadSession(const std::filesystem::path& session, std::vector<ByteRange> documents);
  /// Drops what is under way.
  void cancel();

 Q_SIGNALS:
  /// Pieces follow; `expectedBytes` is a guess from the files' sizes.
  void loadingStarted(quint64 expectedBytes);
  void pieceReady(const std::shared_ptr<const tidemark::ui::TextPiece>& piece);
  void filesChecked(const tidemark::ui::CheckedFiles& files);
  void sessionLoaded();
  void loadFailed(const QString& reason);

 private:
  struct Request;
  std::shared_ptr<Request> begin();
  void post(const std::shared_ptr<Request>& request, std::function<void()> action);

  std::shared_ptr<Request> m_current;
  BackgroundWorker m_worker;
};

}  // namespace tidemark::ui
