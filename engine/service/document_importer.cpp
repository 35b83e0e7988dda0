#include "engine/service/document_importer.h"

#include <algorithm>
#include <utility>

#include "engine/service/coverage_record.h"
#include "engine/service/document_revision.h"

namespace tidemark {
namespace {

constexpr double kProgressSeconds = 0.1;
constexpr std::size_t kPastedBytes = 16 * 1024;  // cleaning makes at most three bytes of one

/// What a finished import came to, whatever it came from.
struct Finished {
  Coverage coverage;
  std::string sourceSha256;
};

/// It was refused before, or is new: the order in which the documents were read cannot be changed any more.
Error outOfPlace(const ImportTask& task) {
  return makeError(ErrorCode::kInvalidArgument, task.name() + " stands before \"" + task.before +
                                                    "\", which was read already; use --append to add it behind the "
                                                    "documents that are there");
}

}  // namespace

DocumentImporter::DocumentImporter(EngineState& state, RunId run, ImportList list, bool force, std::stop_token stop)
    : m_state(state),
      m_run(run),
      m_tasks(std::make_move_iterator(list.tasks.begin()), std::make_move_iterator(list.tasks.end())),
      m_known(std::move(list.known)),
      m_files(list.files),
      m_isSingle(m_files == 1 && m_tasks.size() == 1),
      m_force(force),
      m_stop(std::move(stop)) {}

DocumentImporter::~DocumentImporter() {
  // Whatever ended the run is what is reported; an unfinished document is dropped at the next opening anyway.
  (void)dropUnfinished();
}

bool DocumentImporter::isRevising() const {
  // They come first.
  if (m_current) return m_current->task.replaces != 0;
  return !m_tasks.empty() && m_tasks.front().replaces != 0;
}

std::optional<ByteRange> DocumentImporter::readableText() const {
  if (!m_current || m_current->document == 0) return std::nullopt;
  if (m_current->task.replaces != 0 || !m_current->task.before.empty()) return std::nullopt;
  if (m_current->import && !m_current->import->looksReadable()) return std::nullopt;
  const ByteRange bytes = m_state.store.pendingText();
  return bytes.end > bytes.begin ? std::optional(bytes) : std::nullopt;
}

Result<DocumentImporter::Step> DocumentImporter::pump(std::chrono::milliseconds wait) {
  if (!m_current) {
    if (m_tasks.empty()) return Step::kDone;
    ImportTask task = std::move(m_tasks.front());
    m_tasks.pop_front();
    return begin(std::move(task));
  }
  const std::uint64_t before = m_state.store.pendingText().end;
  const auto step = pumpCurrent(wait);
  if (m_sessionError) return *m_sessionError;
  if (!step) return step.error().code == ErrorCode::kCancelled ? step.error() : refuse(step.error());
  sendProgress(*step == DocumentImport::Step::kDone);
  if (*step == DocumentImport::Step::kDone) {
    return m_current->task.before.empty() ? finish() : refuse(outOfPlace(m_current->task));
  }
  return m_state.store.pendingText().end != before ? Step::kText : Step::kNothing;
}

Result<DocumentImporter::Step> DocumentImporter::begin(ImportTask task) {
  // A list may name a file twice, or two files with the same bytes.
  if (task.replaces == 0) {
    const auto same = findSame(m_known, task, m_stop);
    if (!same) return same.error();
    if (same->has_value()) return Step::kText;
  }
  m_current = Current{};
  m_current->task = std::move(task);
  const ImportTask& current = m_current->task;
  if (current.pasted) {
    m_current->title = current.pasted->title;
    m_current->contents.source.format = formatName(DocumentFormat::kPlainText);
    sendProgress(true);
    return Step::kText;
  }
  m_current->title = current.file.filename().string();
  ImportOptions options;
  options.force = m_force;
  auto opened = DocumentImport::open(current.file, *this, options);
  if (!opened) return refuse(opened.error());
  m_current->import.emplace(std::move(*opened));
  sendProgress(true);
  return Step::kText;
}

Result<DocumentImport::Step> DocumentImporter::pumpCurrent(std::chrono::milliseconds wait) {
  return m_current->import ? m_current->import->pump(wait) : pumpPasted();
}

Result<DocumentImport::Step> DocumentImporter::pumpPasted() {
  const std::string& all = m_current->task.pasted->text;
  constexpr std::size_t kPiecesAtOnce = 64;
  const auto refused = [this](const Error& error) {
    return error.withContext("the pasted text \"" + m_current->title + "\" cannot be read");
  };
  std::string clean;
  for (std::size_t i = 0; i < kPiecesAtOnce; ++i) {
    const auto piece = std::string_view(all).substr(m_current->pastedAt, kPastedBytes);
    m_current->pastedAt += piece.size();
    clean.clear();
    if (Status pushed = m_current->cleaner.push(piece, clean); !pushed) return refused(pushed.error());
    const bool atEnd = m_current->pastedAt == all.size();
    if (atEnd) {
      if (Status ended = m_current->cleaner.finish(clean); !ended) return refused(ended.error());
    }
    if (!clean.empty()) {
      if (Status taken = text(clean); !taken) return taken.error();
    }
    if (!atEnd) continue;
    if (m_current->document != 0) return DocumentImport::Step::kDone;
    return refused(makeError(ErrorCode::kInvalidArgument, "it is empty; paste some text"));
  }
  return DocumentImport::Step::kMore;
}

Status DocumentImporter::head(const DocumentHead& head) {
  m_current->contents.source.format = formatName(head.format);
  m_current->contents.source.author = head.author;
  return {};
}

Status DocumentImporter::beginPage(std::uint64_t offset, const std::string& label) {
  m_current->contents.pages.push_back({offset, label});
  return {};
}

Status DocumentImporter::heading(std::uint64_t offset, int level, const std::string& title) {
  m_current->contents.headings.push_back({offset, level, title});
  return {};
}

Status DocumentImporter::text(std::string_view piece) {
  Status stored;
  if (m_current->document == 0) {
    const auto id = m_state.store.beginDocument(m_current->title, m_current->task.file.string());
    if (!id) {
      stored = id.error();
    } else {
      m_current->document = *id;
    }
  }
  if (stored) stored = m_state.store.appendText(m_current->document, piece);
  if (!stored) m_sessionError = stored.error();
  return stored;
}

Result<DocumentImporter::Step> DocumentImporter::finish() {
  Current& current = *m_current;
  DocumentSource& source = current.contents.source;
  Finished finished;
  if (current.import) {
    const ImportedDocument& result = current.import->result();
    finished = {result.coverage, result.sourceSha256};
    source.modified = result.sourceModified;
    source.bytes = result.sourceBytes;
  } else {
    finished.coverage.characters = current.cleaner.characters();
    finished.coverage.summary.replacedBytes = current.cleaner.replacedBytes();
    finished.sourceSha256 = sha256Hex(std::as_bytes(std::span(current.task.pasted->text)));
    source.bytes = current.task.pasted->text.size();
  }
  source.extractionVersion = kExtractionVersion;
  source.coverageJson = toCoverageRecord(finished.coverage);

  DocumentImported event;
  event.run = m_run;
  const FinishedDocument document{current.document, finished.sourceSha256, finished.coverage.characters,
                                  finished.coverage.summary.replacedBytes, current.contents};
  if (current.task.replaces == 0) {
    auto stored = m_state.store.finishDocument(document.id, document.sourceSha256, document.characters,
                                               document.replacedBytes, document.contents);
    if (!stored) return stored.error();
    event.document = std::move(*stored);
  } else {
    auto revision = reviseDocument(m_state, current.task.replaces, document);
    if (!revision) return revision.error();
    event.document = std::move(revision->document);
    event.revised = true;
    event.firstChangedByte = revision->firstChangedByte;
  }
  event.contents = std::move(current.contents);
  event.contents.document = event.document.id;
  for (PageRecord& page : event.contents.pages) page.byte += event.document.bytes.begin;
  for (HeadingRecord& heading : event.contents.headings) heading.byte += event.document.bytes.begin;
  event.coverage = std::move(finished.coverage);
  m_document = event.document;
  m_headings = event.contents.headings;
  std::erase_if(m_known, [&](const KnownDocument& each) { return each.record.id == current.task.replaces; });
  m_known.push_back({event.document, event.contents.source});
  m_current.reset();
  m_state.send(event);
  return Step::kImported;
}

Result<DocumentImporter::Step> DocumentImporter::refuse(const Error& error) {
  const std::string path = m_current->task.name();
  if (Status dropped = dropUnfinished(); !dropped) return dropped.error();
  ++m_refused;
  if (!m_firstRefusal) m_firstRefusal = error;
  // A single file ends the run with this sentence, which need not be said twice.
  if (!m_isSingle) m_state.send(DocumentRefused{m_run, path, error});
  return Step::kRefused;
}

Status DocumentImporter::dropUnfinished() {
  if (!m_current) return {};
  const std::int64_t document = m_current->document;
  m_current.reset();  // ends the process that extracts
  return document == 0 ? Status() : m_state.store.dropDocument(document);
}

void DocumentImporter::sendProgress(bool always) {
  const double now = m_clock.seconds();
  if (!always && now - m_lastProgress < kProgressSeconds) return;
  m_lastProgress = now;
  DocumentProgress event;
  event.run = m_run;
  event.path = m_current->task.name();
  event.file = m_current->task.number;
  event.files = m_files;
  if (m_current->import) {
    event.progress = m_current->import->progress();
  } else {
    event.progress.sourceBytes = m_current->pastedAt;
    event.progress.sourceBytesTotal = m_current->task.pasted->text.size();
    event.progress.textBytes = m_current->cleaner.textBytes();
  }
  m_state.send(event);
}

}  // namespace tidemark
