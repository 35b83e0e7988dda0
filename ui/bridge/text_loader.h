#pragma once
// Text for the document view, prepared off the GUI thread: from files that are about to be read, or from a session.
// Files that are checked, text that is loaded and sources that are compared each have a worker and know nothing of each
// other; a newer request of the same kind replaces the running one, whose results are dropped.

#include <QObject>
#include <QStringList>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/types.h"
#include "engine/extraction/document_import.h"
#include "engine/service/requests.h"
#include "engine/service/source_check.h"
#include "engine/session/session_records.h"
#include "ui/bridge/background_worker.h"
#include "ui/document/document_text.h"

namespace tidemark::ui {

/// A file that cannot be read as text, and the sentence that says why.
struct RefusedFile {
  QString path;
  QString reason;
};

/// A file that can be read, and what it holds.
struct FileReport {
  std::filesystem::path path;
  ImportedDocument document;
  std::filesystem::path newSession;  // a free name in the sessions folder, after this file
};

/// What became of a list of files and folders.
struct CheckedFiles {
  std::vector<FileReport> texts;                // in the given order; folders stand for the documents in them
  std::optional<PastedText> pasted;             // instead of files
  std::vector<std::filesystem::path> sessions;  // session files among them
  std::vector<RefusedFile> refused;
  std::uint64_t textBytes = 0;       // of all texts, cleaned
  std::filesystem::path newSession;  // a free name in the sessions folder, after the first text
  bool isShown = false;              // the text was handed on by pieceReady
};

class TextLoader final : public QObject {
  Q_OBJECT

 public:
  explicit TextLoader(QObject* parent = nullptr);
  ~TextLoader() override;

  /// Checks every file from front to back: they are listed, by filesListed, and told one by one. The text of a single
  /// one without gaps is handed on by pieceReady if `show`. Ends with filesChecked, which also names session files in
  /// `sessionsFolder` (made if it is not there).
  void loadFiles(const QStringList& paths, bool show, const std::filesystem::path& sessionsFolder);
  /// Hands on text without a file, as it will be read. Ends with filesChecked.
  void loadPasted(const PastedText& text, const std::filesystem::path& sessionsFolder);
  /// Loads the text of a session from this byte on: documentsLoaded, pieces, and sessionLoaded or loadFailed.
  void loadSession(const std::filesystem::path& session, std::uint64_t from = 0);
  /// Compares the files that a session's documents came from with what they were; ends with sourcesChecked, or in
  /// silence if the session cannot be read.
  void checkSources(const std::filesystem::path& session);
  /// Drops what is under way of a kind, or everything.
  void cancelFiles();
  void cancelSession();
  void cancel();

 Q_SIGNALS:
  /// The files, by their paths; what follows about one names its place in this list.
  void filesListed(const QStringList& paths);
  void fileProgressed(int file, const tidemark::ImportProgress& progress);
  void fileChecked(int file, const tidemark::ui::FileReport& report);
  void fileRefused(int file, const tidemark::ui::RefusedFile& refused);
  void filesChecked(const tidemark::ui::CheckedFiles& files);
  /// Pieces of a file, or of a session from its beginning, follow; `expectedBytes` may be a guess from a file's size.
  void fileTextStarted(quint64 expectedBytes);
  void loadingStarted(quint64 expectedBytes);
  void pieceReady(const std::shared_ptr<const tidemark::ui::TextPiece>& piece);
  void documentsLoaded(const std::vector<tidemark::DocumentRecord>& documents,
                       const std::vector<tidemark::DocumentContents>& contents);
  void sessionLoaded();
  void loadFailed(const QString& reason);
  void sourcesChecked(const std::vector<tidemark::SourceCheck>& sources);

 private:
  struct Request;
  using RequestPointer = std::shared_ptr<Request>;
  static void drop(RequestPointer& request);
  static RequestPointer replace(RequestPointer& current);
  void post(const RequestPointer& request, std::function<void()> action);

  RequestPointer m_files;
  RequestPointer m_session;
  RequestPointer m_sources;
  BackgroundWorker m_fileWorker;
  BackgroundWorker m_sessionWorker;
  BackgroundWorker m_sourceWorker;
};

}  // namespace tidemark::ui
