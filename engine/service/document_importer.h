#pragma once
// Files and pasted texts become documents of the session, one after the other, a little at a time, while what has come
// is being read already. Engine thread.

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <stop_token>

#include "engine/base/run_clock.h"
#include "engine/base/sha256.h"
#include "engine/document/utf8_cleaner.h"
#include "engine/extraction/document_import.h"
#include "engine/service/engine_state.h"
#include "engine/service/import_list.h"

namespace tidemark {

class DocumentImporter final : private DocumentSink {
 public:
  DocumentImporter(EngineState& state, RunId run, ImportList list, bool force, std::stop_token stop);
  /// Drops a document that was not finished.
  ~DocumentImporter() override;

  enum class Step {
    kNothing,   // nothing has come in the time given
    kText,      // text has come, or a file was opened
    kImported,  // the document is complete: document()
    kRefused,   // its file could not be read: what had come of it is gone
    kDone,      // all files have been looked at
  };
  /// Goes on for about as long as a MiB takes, waiting up to `wait` if there is nothing. Errors: those of the session
  /// (not of a file), kCancelled.
  [[nodiscard]] Result<Step> pump(std::chrono::milliseconds wait);

  [[nodiscard]] bool isDone() const { return !m_current && m_tasks.empty(); }
  /// Whether documents are still to be replaced by other editions: nothing can be read before.
  [[nodiscard]] bool isRevising() const;
  /// Text of the document that is being imported, once it is a good time to begin reading it. It goes on behind the
  /// end.
  [[nodiscard]] std::optional<ByteRange> readableText() const;
  /// The one that was imported last.
  [[nodiscard]] const DocumentRecord& document() const { return m_document; }
  /// Its headings, session-wide.
  [[nodiscard]] const std::vector<HeadingRecord>& headings() const { return m_headings; }

  [[nodiscard]] std::size_t refusedCount() const { return m_refused; }
  [[nodiscard]] std::size_t fileCount() const { return m_files; }
  /// One file was asked for, and nothing else is to be done: what is wrong with it is wrong with the run.
  [[nodiscard]] bool isSingle() const { return m_isSingle; }
  /// Why the first one was refused.
  [[nodiscard]] const std::optional<Error>& firstRefusal() const { return m_firstRefusal; }

 private:
  struct Current {
    ImportTask task;
    std::optional<DocumentImport> import;  // nothing for pasted text
    std::size_t pastedAt = 0;
    Utf8Cleaner cleaner;        // of pasted text
    std::int64_t document = 0;  // in the session; 0: no text has come
    DocumentContents contents;  // places count from the document's beginning
    std::string title;
  };

  [[nodiscard]] Status head(const DocumentHead& head) override;
  [[nodiscard]] Status beginPage(std::uint64_t offset, const std::string& label) override;
  [[nodiscard]] Status heading(std::uint64_t offset, int level, const std::string& title) override;
  [[nodiscard]] Status text(std::string_view piece) override;

  [[nodiscard]] Result<Step> begin(ImportTask task);
  [[nodiscard]] Result<DocumentImport::Step> pumpCurrent(std::chrono::milliseconds wait);
  [[nodiscard]] Result<DocumentImport::Step> pumpPasted();
  [[nodiscard]] Result<Step> finish();
  [[nodiscard]] Result<Step> refuse(const Error& error);
  [[nodiscard]] Status dropUnfinished();
  void sendProgress(bool always);

  EngineState& m_state;
  RunId m_run;
  std::deque<ImportTask> m_tasks;
  std::vector<KnownDocument> m_known;  // complete ones
  std::size_t m_files;
  bool m_isSingle;
  bool m_force;
  std::stop_token m_stop;
  RunClock m_clock;
  double m_lastProgress = 0;
  std::optional<Current> m_current;
  std::optional<Error> m_sessionError;  // what the store said while a file was giving text
  DocumentRecord m_document;
  std::vector<HeadingRecord> m_headings;
  std::size_t m_refused = 0;
  std::optional<Error> m_firstRefusal;
};

}  // namespace tidemark
