#include "ui/bridge/text_loader.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <system_error>
#include <utility>

#include "engine/session/session_library.h"
#include "engine/session/session_store.h"
#include "ui/bridge/text_loader_files.h"

namespace tidemark::ui {
namespace {

namespace fs = std::filesystem;

}  // namespace

/// One request; a newer one sets `replaced`, and from then on nothing of this one arrives.
struct TextLoader::Request {
  std::atomic<bool> replaced{false};
  std::stop_source stop;
};

TextLoader::TextLoader(QObject* parent) : QObject(parent) {}

TextLoader::~TextLoader() {
  cancel();
}

void TextLoader::drop(RequestPointer& request) {
  if (!request) return;
  request->replaced = true;
  request->stop.request_stop();
  request.reset();
}

TextLoader::RequestPointer TextLoader::replace(RequestPointer& current) {
  drop(current);
  current = std::make_shared<Request>();
  return current;
}

void TextLoader::cancelFiles() {
  drop(m_files);
}
void TextLoader::cancelSession() {
  drop(m_session);
  drop(m_sources);
}
void TextLoader::cancel() {
  cancelFiles();
  cancelSession();
}

void TextLoader::post(const RequestPointer& request, std::function<void()> action) {
  QMetaObject::invokeMethod(
      this,
      [request, action = std::move(action)] {
        if (!request->replaced) action();
      },
      Qt::QueuedConnection);
}

void TextLoader::loadFiles(const QStringList& paths, bool show, const fs::path& sessionsFolder) {
  const RequestPointer request = replace(m_files);
  const auto job = [this, request, paths, show, sessionsFolder](const std::stop_token&) {
    FileCheckEvents events;
    events.isReplaced = [request] { return request->replaced.load(); };
    events.listed = [&](QStringList names) { post(request, [this, names] { Q_EMIT filesListed(names); }); };
    events.progressed = [&](int file, ImportProgress progress) {
      post(request, [this, file, progress] { Q_EMIT fileProgressed(file, progress); });
    };
    events.checked = [&](int file, FileReport report) {
      post(request, [this, file, report = std::move(report)] { Q_EMIT fileChecked(file, report); });
    };
    events.refused = [&](int file, RefusedFile refused) {
      post(request, [this, file, refused = std::move(refused)] { Q_EMIT fileRefused(file, refused); });
    };
    events.showing = [&](std::uint64_t bytes) { post(request, [this, bytes] { Q_EMIT fileTextStarted(bytes); }); };
    events.piece = [&](std::shared_ptr<const TextPiece> piece) {
      post(request, [this, piece = std::move(piece)] { Q_EMIT pieceReady(piece); });
    };
    auto checked = checkFiles(paths, show, sessionsFolder, events, request->stop.get_token());
    if (!checked) return false;
    post(request, [this, checked = std::move(*checked)] { Q_EMIT filesChecked(checked); });
    return true;
  };
  m_fileWorker.run(this, job, [](bool) {});
}

void TextLoader::loadPasted(const PastedText& text, const fs::path& sessionsFolder) {
  const RequestPointer request = replace(m_files);
  const auto job = [this, request, text, sessionsFolder](const std::stop_token&) {
    CheckedFiles checked;
    const auto cleaned = cleanPasted(text.text);
    if (!cleaned) {
      checked.refused.push_back({QString::fromStdString(text.title), QString::fromStdString(cleaned.error().message)});
    } else {
      post(request, [this, bytes = cleaned->size()] { Q_EMIT fileTextStarted(bytes); });
      TextPieceBuilder builder([&](std::shared_ptr<const TextPiece> piece) {
        post(request, [this, piece = std::move(piece)] { Q_EMIT pieceReady(piece); });
      });
      builder.feed(*cleaned);
      builder.finish();
      checked.pasted = text;
      checked.textBytes = cleaned->size();
      checked.isShown = true;
      std::error_code failed;
      fs::create_directories(sessionsFolder, failed);
      checked.newSession = freeSessionPath(sessionsFolder, text.title);
    }
    post(request, [this, checked = std::move(checked)] { Q_EMIT filesChecked(checked); });
    return true;
  };
  m_fileWorker.run(this, job, [](bool) {});
}

void TextLoader::loadSession(const fs::path& session, std::uint64_t from) {
  const RequestPointer request = replace(m_session);
  const auto job = [this, request, session, from](const std::stop_token&) {
    const auto fail = [&](const Error& error) {
      post(request, [this, reason = QString::fromStdString(error.message)] { Q_EMIT loadFailed(reason); });
      return false;
    };
    const auto store = SessionStore::open(session, SessionAccess::kRead);
    if (!store) return fail(store.error());
    auto documents = store->documents();
    if (!documents) return fail(documents.error());
    auto contents = store->contents();
    if (!contents) return fail(contents.error());
    std::map<std::int64_t, const DocumentContents*> contentsOf;
    for (const DocumentContents& each : *contents) contentsOf[each.document] = &each;
    std::uint64_t expected = 0;
    for (const DocumentRecord& document : *documents) expected = std::max(expected, document.bytes.end);
    post(request,
         [this, documents = *documents, contents = *contents] { Q_EMIT documentsLoaded(documents, contents); });
    const auto textIsLeftOut = store->textIsLeftOut();
    if (!textIsLeftOut) return fail(textIsLeftOut.error());
    if (*textIsLeftOut) {
      post(request, [this] { Q_EMIT sessionLoaded(); });
      return true;
    }
    if (from == 0) post(request, [this, expected] { Q_EMIT loadingStarted(expected); });
    std::vector<char> block(std::size_t{1} << 20);
    for (const DocumentRecord& document : *documents) {
      if (document.bytes.end <= from) continue;
      const std::uint64_t begin = std::max(document.bytes.begin, from);
      const bool startsDocument = begin == document.bytes.begin;
      TextPieceBuilder builder(
          [&](std::shared_ptr<const TextPiece> piece) {
            post(request, [this, piece = std::move(piece)] { Q_EMIT pieceReady(piece); });
          },
          TextPieceBuilder::kPieceBytes, begin, startsDocument);
      // All of them with the first piece: whoever goes on behind it has them already.
      if (const auto known = contentsOf.find(document.id); known != contentsOf.end() && startsDocument) {
        for (const PageRecord& page : known->second->pages) builder.addPage(page.byte, page.label);
        for (const HeadingRecord& each : known->second->headings) builder.addHeading(each.byte, each.level, each.title);
      }
      for (std::uint64_t offset = begin; offset < document.bytes.end;) {
        if (request->replaced) return false;
        const auto wanted = std::min<std::uint64_t>(block.size(), document.bytes.end - offset);
        const auto count = store->readText(offset, std::span(block).first(static_cast<std::size_t>(wanted)));
        if (!count) return fail(count.error());
        if (*count == 0) break;
        builder.feed({block.data(), *count});
        offset += *count;
      }
      builder.finish();
    }
    post(request, [this] { Q_EMIT sessionLoaded(); });
    return true;
  };
  m_sessionWorker.run(this, job, [](bool) {});
}

void TextLoader::checkSources(const fs::path& session) {
  const RequestPointer request = replace(m_sources);
  const auto job = [this, request, session](const std::stop_token&) {
    const auto store = SessionStore::open(session, SessionAccess::kRead);
    if (!store) return false;
    auto sources = tidemark::checkSources(*store, request->stop.get_token());
    if (!sources) return false;
    post(request, [this, sources = std::move(*sources)] { Q_EMIT sourcesChecked(sources); });
    return true;
  };
  m_sourceWorker.run(this, job, [](bool) {});
}

}  // namespace tidemark::ui
