// How files become documents of the session: what is looked at before it is read, and text in the view.

#include <QFileInfo>
#include <algorithm>
#include <utility>

#include "ui/window/document_notes.h"
#include "ui/window/session_controller.h"

namespace tidemark::ui {
namespace {

// A single file is looked at without a word unless it takes longer.
constexpr qint64 kPatienceMilliseconds = 400;
constexpr qsizetype kTitleCharacters = 40;

std::uint64_t endOf(const std::vector<DocumentRecord>& documents) {
  std::uint64_t end = 0;
  for (const DocumentRecord& each : documents) end = std::max(end, each.bytes.end);
  return end;
}

}  // namespace

void SessionController::connectLoader() {
  connect(&m_loader, &TextLoader::filesListed, this, [this](const QStringList& paths) {
    m_listed = paths;
    if (paths.size() > 1) beginChoice(false);
  });
  connect(&m_loader, &TextLoader::fileProgressed, this, &SessionController::noteProgress);
  connect(&m_loader, &TextLoader::fileChecked, this, [this](int file, const FileReport& report) {
    m_found[file] = report;
    if (m_isChoosing) Q_EMIT fileChecked(file, report);
  });
  connect(&m_loader, &TextLoader::fileRefused, this, [this](int file, const RefusedFile& refused) {
    if (m_isChoosing) Q_EMIT fileRefused(file, refused);
  });
  connect(&m_loader, &TextLoader::filesChecked, this, &SessionController::useFiles);
  connect(&m_loader, &TextLoader::fileTextStarted, this, [this](quint64 expectedBytes) {
    // What is shown now has no session yet; the open one is left.
    if (!m_facts.path.isEmpty()) m_bridge.close();
    leaveSession();
    if (std::exchange(m_isChoosing, false)) Q_EMIT choiceEnded();  // the text says more than its progress
    m_showingFiles = true;
    Q_EMIT textExpected(expectedBytes);
  });
  connect(&m_loader, &TextLoader::loadingStarted, this, [this](quint64 expectedBytes) {
    if (m_shownBytes == 0) Q_EMIT textExpected(expectedBytes);
  });
  connect(&m_loader, &TextLoader::pieceReady, this, [this](const std::shared_ptr<const TextPiece>& piece) {
    m_shownBytes += piece->bytes.size();
    Q_EMIT textReady(piece);
  });
  connect(&m_loader, &TextLoader::documentsLoaded, this,
          [this](const std::vector<DocumentRecord>& documents, const std::vector<DocumentContents>& contents) {
            m_facts.documents = documents;
            m_facts.contents = contents;
            announce();
          });
  connect(&m_loader, &TextLoader::sessionLoaded, this, [this] {
    m_loadingText = false;
    if (!m_facts.textIsLeftOut && m_shownBytes < endOf(m_facts.documents)) {
      loadMissingText();  // documents that came meanwhile
    } else {
      Q_EMIT textComplete();
    }
  });
  connect(&m_loader, &TextLoader::loadFailed, this, [this](const QString& reason) {
    m_loadingText = false;
    Q_EMIT failed(reason, false);
  });
  connect(&m_loader, &TextLoader::sourcesChecked, this, &SessionController::takeSources);
}

// --- looking at files

void SessionController::openFiles(const QStringList& paths) {
  checkFiles(paths, false);
}

void SessionController::addFiles(const QStringList& paths) {
  checkFiles(paths, !m_facts.path.isEmpty() && m_facts.model.has_value());
}

void SessionController::openPasted(const QString& text) {
  if (text.trimmed().isEmpty()) return;
  beginCheck(false);
  PastedText pasted;
  pasted.title = text.simplified().left(kTitleCharacters).trimmed().toStdString();
  pasted.text = text.toStdString();
  m_loader.loadPasted(pasted, m_choice.sessionsFolder);
}

void SessionController::checkFiles(const QStringList& paths, bool append) {
  if (paths.isEmpty()) return;
  beginCheck(append);
  m_loader.loadFiles(paths, !append, m_choice.sessionsFolder);
}

void SessionController::beginCheck(bool append) {
  endChoice();
  m_appending = append;
  m_isChecking = true;
  m_listed.clear();
  m_found.clear();
  m_checkClock.start();
}

void SessionController::beginChoice(bool startsByItself) {
  m_isChoosing = true;
  m_startsByItself = startsByItself;
  Q_EMIT choiceBegan(m_listed, m_appending, startsByItself);
  for (const auto& [file, report] : m_found) Q_EMIT fileChecked(file, report);
}

void SessionController::endChoice() {
  m_isChecking = false;
  if (std::exchange(m_isChoosing, false)) Q_EMIT choiceEnded();
}

void SessionController::noteProgress(int file, const ImportProgress& progress) {
  if (!m_isChecking) return;
  if (!m_isChoosing) {
    if (m_showingFiles || m_checkClock.elapsed() < kPatienceMilliseconds) return;
    beginChoice(true);
  }
  Q_EMIT fileProgressed(file, importPercent(progress));
}

void SessionController::cancelChoice() {
  m_loader.cancelFiles();
  endChoice();
  if (m_showingFiles && m_facts.path.isEmpty()) closeSession();
}

void SessionController::useFiles(const CheckedFiles& files) {
  if (!m_isChecking) return;
  const bool isSingle = files.texts.size() == 1 && m_listed.size() <= 1;
  const bool starts = files.pasted || (isSingle && !hasGaps(files.texts.front().document.coverage));
  const bool isNothing = files.texts.empty() && !files.pasted;
  const bool isList = m_isChoosing && !m_startsByItself && !isNothing;
  std::vector<RefusedFile> unlisted;  // the list says the others
  for (const RefusedFile& each : files.refused) {
    if (!isList || !m_listed.contains(each.path)) unlisted.push_back(each);
  }
  if (!unlisted.empty()) Q_EMIT filesRefused(unlisted);
  if (isSingle && !starts) {
    m_startsByItself = false;
    if (!m_isChoosing) beginChoice(false);
    return;
  }
  if (isList) return;  // somebody decides
  endChoice();
  if (isNothing) {  // and no list of files of which none can be read
    // A large file is shown before it is known to be good: what was shown of it goes away again.
    if (m_showingFiles && m_facts.path.isEmpty()) closeSession();
    if (!files.sessions.empty()) openSession(QString::fromStdString(files.sessions.front().string()));
    return;
  }
  ReadRequest request;
  for (const FileReport& each : files.texts) request.files.push_back(each.path);
  if (files.pasted) request.pasted.push_back(*files.pasted);
  if (m_appending) {
    request.append = true;
    startReading(std::move(request));
    return;
  }
  if (files.isShown) Q_EMIT textComplete();
  m_facts.totalBytes = files.textBytes;
  createSession(files.newSession, std::move(request));
}

void SessionController::readChosen(const std::vector<int>& files, bool force) {
  if (!m_isChoosing || files.empty()) return;
  ReadRequest request;
  request.force = force;
  request.append = m_appending;
  std::filesystem::path session;
  std::uint64_t bytes = 0;
  for (const int file : files) {
    const auto found = m_found.find(file);
    if (found == m_found.end()) return;
    if (session.empty()) session = found->second.newSession;
    bytes += found->second.document.textBytes;
    request.files.push_back(found->second.path);
  }
  m_loader.cancelFiles();
  endChoice();
  if (m_appending) {
    startReading(std::move(request));
    return;
  }
  if (m_showingFiles) {
    Q_EMIT textComplete();
  } else {
    leaveSession();
    Q_EMIT textExpected(bytes);
  }
  m_facts.totalBytes = bytes;
  createSession(session, std::move(request));
}

void SessionController::createSession(const std::filesystem::path& session, ReadRequest toRead) {
  m_toRead = std::move(toRead);
  m_created = true;
  m_facts.name = QString::fromStdString(session.stem().string());
  m_facts.path = QString::fromStdString(session.string());
  m_openedWith = m_choice.model;
  setState(ReadingState::kOpening);
  m_bridge.open({session, true, m_choice.modelDirectory, m_choice.model, m_choice.withheld});
}

// --- documents of the session

void SessionController::takeDocument(const DocumentRecord& document, const DocumentContents& contents) {
  const auto put = [](auto& list, const auto& value, auto isSame) {
    const auto found = std::find_if(list.begin(), list.end(), isSame);
    if (found == list.end()) {
      list.push_back(value);
    } else {
      *found = value;
    }
  };
  put(m_facts.documents, document, [&](const DocumentRecord& each) { return each.id == document.id; });
  put(m_facts.contents, contents, [&](const DocumentContents& each) { return each.document == document.id; });
}

/// Documents come in the order of the request. One whose path is written in another way is the first that is awaited.
void SessionController::forgetFile(const std::string& path) {
  auto& files = m_toRead.files;
  auto found = std::find(files.begin(), files.end(), std::filesystem::path(path));
  if (found == files.end()) found = files.begin();
  if (found != files.end()) {
    files.erase(found);
  } else if (!m_toRead.pasted.empty()) {
    m_toRead.pasted.erase(m_toRead.pasted.begin());
  }
}

void SessionController::documentArrived(const DocumentImported& imported) {
  m_created = false;  // the session holds something now and stays
  m_facts.importing.reset();
  const ByteRange bytes = imported.document.bytes;
  if (imported.revised) {
    // All behind it has moved: everything is taken from the session anew.
    std::erase(m_toRead.revise, imported.document.id);
    m_showingFiles = false;
    m_shownBytes = 0;
    m_loadingText = true;
    m_loader.loadSession(m_facts.path.toStdString());
    announce();
    return;
  }
  forgetFile(imported.document.sourcePath);
  takeDocument(imported.document, imported.contents);
  m_facts.totalBytes = std::max(m_facts.totalBytes, bytes.end);
  if (std::exchange(m_showingFiles, false) && m_shownBytes != bytes.end) {
    // The file changed between being shown and being read: what was read is what is to be seen.
    m_shownBytes = 0;
    m_loadingText = true;
    m_loader.loadSession(m_facts.path.toStdString());
  }
  loadMissingText();
  announce();
}

void SessionController::loadMissingText() {
  if (m_loadingText || m_showingFiles || m_shownBytes >= endOf(m_facts.documents)) return;
  m_loadingText = true;
  m_loader.loadSession(m_facts.path.toStdString(), m_shownBytes);
}

void SessionController::documentRefused(const DocumentRefused& refused) {
  m_facts.importing.reset();
  forgetFile(refused.path);
  Q_EMIT filesRefused({{QString::fromStdString(refused.path), QString::fromStdString(refused.error.message)}});
  announce();
}

void SessionController::compareSources() {
  if (m_facts.path.isEmpty()) return;
  m_sourcesWereAsked = true;
  m_loader.checkSources(m_facts.path.toStdString());
}

void SessionController::takeSources(const std::vector<SourceCheck>& sources) {
  ComparedSources compared;
  compared.wasAsked = std::exchange(m_sourcesWereAsked, false);
  for (const SourceCheck& each : sources) {
    const auto document = std::find_if(m_facts.documents.begin(), m_facts.documents.end(),
                                       [&each](const DocumentRecord& known) { return known.id == each.document; });
    if (document == m_facts.documents.end()) continue;
    if (each.state == SourceState::kChanged) compared.changed.push_back({*document, each.stamp});
    if (each.state == SourceState::kUnchanged) ++compared.unchanged;
    if (each.state == SourceState::kMissing || each.state == SourceState::kUnreadable) {
      compared.missing << QString::fromStdString(document->sourcePath);
    }
  }
  Q_EMIT sourcesCompared(compared);
}

void SessionController::revise(const std::vector<qint64>& documents) {
  ReadRequest request = m_toRead;
  request.revise.assign(documents.begin(), documents.end());
  if (m_facts.state == ReadingState::kOpening || m_facts.state == ReadingState::kUnavailable) {
    m_toRead = std::move(request);  // taken up when the model is there
  } else {
    startReading(std::move(request));
  }
}

}  // namespace tidemark::ui
