// Everything in a session that can be checked, checked.

#include <utility>

#include "engine/session/session_file.h"

namespace tidemark {
namespace {

constexpr const char* kIntegritySql = "PRAGMA integrity_check";
constexpr const char* kForeignKeysSql = "PRAGMA foreign_key_check";
constexpr const char* kPieceIdsSql = R"sql(
SELECT piece.id, piece.document FROM document_text AS piece JOIN documents ON documents.id = piece.document
WHERE documents.finished = 1 ORDER BY piece.byte_begin)sql";
constexpr const char* kStrayMetricsSql = "SELECT count(*) FROM cell_metrics WHERE layer >= ?";
constexpr const char* kVerifying = "verify";
constexpr std::size_t kMostProblems = 100;

class Verifier {
 public:
  Verifier(const SessionFile& file, const SessionStore& store) : m_file(file), m_store(store) {}

  [[nodiscard]] Result<SessionCheck> run() {
    for (const auto part :
         {&Verifier::checkDatabase, &Verifier::checkDocuments, &Verifier::checkSegments, &Verifier::checkSnapshots,
          &Verifier::checkTraces, &Verifier::checkTail, &Verifier::checkQuestions}) {
      if (Status checked = take((this->*part)()); !checked) return checked.error();
    }
    const Result<std::uint64_t> bytes = m_file.database.sizeInBytes();
    if (!bytes) return bytes.error();
    m_check.bytes = *bytes;
    return std::move(m_check);
  }

 private:
  /// Damage is a finding and the check goes on; anything else (disk, another program) ends it.
  [[nodiscard]] Status take(Status status) {
    if (status.ok() || (status.error().code != ErrorCode::kCorrupt && status.error().code != ErrorCode::kNotFound)) {
      return status;
    }
    note(status.error().message);
    return {};
  }

  void note(const std::string& problem) {
    if (m_check.problems.size() < kMostProblems) m_check.problems.push_back(problem);
  }

  [[nodiscard]] Status checkDatabase() {
    Result<Statement> rows = m_file.database.prepare(kIntegritySql, kVerifying);
    if (!rows) return rows.error();
    for (Result<bool> row = rows->step();; row = rows->step()) {
      if (!row) return row.error();
      if (!*row) break;
      if (const std::string finding = rows->text(0); finding != "ok") note("SQLite: " + finding);
    }
    rows = m_file.database.prepare(kForeignKeysSql, kVerifying);
    if (!rows) return rows.error();
    for (Result<bool> row = rows->step();; row = rows->step()) {
      if (!row) return row.error();
      if (!*row) return {};
      note("a row of table " + rows->text(0) + " refers to a row of " + rows->text(2) + " that does not exist");
    }
  }

  [[nodiscard]] Status checkDocuments() {
    const auto documents = loadDocuments(m_file);
    if (!documents) return documents.error();
    std::uint64_t end = 0;
    for (const DocumentRecord& document : *documents) {
      if (document.bytes.begin != end) {
        note("document number " + std::to_string(document.id) + " begins at byte " +
             std::to_string(document.bytes.begin) + ", the text before it ends at " + std::to_string(end));
      }
      end = document.bytes.end;
    }
    m_textEnd = end;
    for (const DocumentRecord& document : *documents) {
      const Result<DocumentContents> contents = loadContents(m_file, document);
      if (contents) continue;
      if (Status taken = take(contents.error()); !taken) return taken;
    }
    const Result<std::string> text = loadProperty(m_file, kTextProperty);
    if (!text) return text.error();
    return *text == kLeftOut ? Status() : checkText();
  }

  [[nodiscard]] Status checkText() {
    Result<Statement> rows = m_file.database.prepare(kPieceIdsSql, kVerifying);
    if (!rows) return rows.error();
    std::uint64_t end = 0;
    for (Result<bool> row = rows->step();; row = rows->step()) {
      if (!row) return row.error();
      if (!*row) break;
      const Result<CachedText> piece = loadTextPiece(m_file, rows->integer(0));
      if (!piece) {
        if (Status taken = take(piece.error()); !taken) return taken;
        continue;
      }
      if (piece->begin != end) {
        note("the text has a gap: a piece begins at byte " + std::to_string(piece->begin) +
             ", the one before it ends at " + std::to_string(end));
      }
      end = piece->begin + piece->text.size();
    }
    if (end != m_textEnd) {
      note("the text ends at byte " + std::to_string(end) + ", the documents at " + std::to_string(m_textEnd));
    }
    return {};
  }

  [[nodiscard]] Status checkSegments() {
    const Result<std::int64_t> count = m_store.segmentCount();
    if (!count) return count.error();
    m_segments = *count;
    const Result<std::int64_t> rows = m_file.database.integer("SELECT count(*) FROM segments", kVerifying);
    if (!rows) return rows.error();
    if (*rows != m_segments) {
      note("there are " + std::to_string(*rows) + " segments and the last one is number " +
           std::to_string(m_segments - 1));
    }
    constexpr std::int64_t kAtOnce = 256;
    std::uint64_t begin = 0;
    for (std::int64_t first = 0; first < m_segments && *rows == m_segments; first += kAtOnce) {
      const auto some = m_store.segments(first, first + kAtOnce);
      if (!some) return some.error();
      for (const SegmentRecord& segment : *some) {
        if (segment.bytes.begin < begin || segment.bytes.end > m_textEnd) {
          note("segment " + std::to_string(segment.index) + " covers bytes " + std::to_string(segment.bytes.begin) +
               " to " + std::to_string(segment.bytes.end) + ", which are not in order or beyond the text (" +
               std::to_string(m_textEnd) + " bytes)");
        }
        begin = segment.bytes.begin;
      }
    }
    const Result<std::int64_t> stray = m_file.database.integer(kStrayMetricsSql, kVerifying, m_file.model.layers);
    if (!stray) return stray.error();
    if (*stray != 0) note(std::to_string(*stray) + " metrics are of layers that the model does not have");
    return {};
  }

  [[nodiscard]] Status checkSnapshots() {
    const auto snapshots = m_store.snapshots();
    if (!snapshots) return snapshots.error();
    for (const SnapshotInfo& info : *snapshots) {
      const Result<SnapshotRecord> snapshot = loadSnapshotRows(m_file, info.id);
      if (!snapshot) {
        if (Status taken = take(snapshot.error()); !taken) return taken;
        continue;
      }
      ++m_check.snapshots;
      if (snapshot->layers.size() != static_cast<std::size_t>(m_file.model.layers)) {
        note("the snapshot after segment " + std::to_string(info.segment) + " has " +
             std::to_string(snapshot->layers.size()) + " layers, the model " + std::to_string(m_file.model.layers));
      }
    }
    return {};
  }

  [[nodiscard]] Status checkTraces() {
    constexpr std::int64_t kAtOnce = 64;
    for (std::int64_t first = 0; first < m_segments; first += kAtOnce) {
      if (const auto some = m_store.traces(first, first + kAtOnce); !some) {
        if (Status taken = take(some.error()); !taken) return taken;
      }
    }
    return {};
  }

  [[nodiscard]] Status checkTail() {
    const auto tail = loadTailRow(m_file);
    if (!tail) return tail.error();
    if (!tail->has_value()) return {};
    if ((*tail)->segmentsBefore != m_segments) {
      note("the tail follows " + std::to_string((*tail)->segmentsBefore) + " segments, there are " +
           std::to_string(m_segments));
    }
    for (const ByteRange& range : (*tail)->tokens.bytes) {
      if (range.end > m_textEnd || range.begin > range.end) {
        note("the tail goes beyond the text (" + std::to_string(m_textEnd) + " bytes)");
        break;
      }
    }
    return {};
  }

  [[nodiscard]] Status checkQuestions() {
    const auto questions = m_store.questions();
    if (!questions) return questions.error();
    const auto timelines = m_store.timelines();
    if (!timelines) return timelines.error();
    return {};
  }

  const SessionFile& m_file;
  const SessionStore& m_store;
  SessionCheck m_check;
  std::uint64_t m_textEnd = 0;
  std::int64_t m_segments = 0;
};

}  // namespace

Result<SessionCheck> SessionStore::verify() const {
  // One view of the file, while a writer beside us may go on.
  Result<Transaction> transaction = Transaction::begin(m_impl->database, Transaction::Kind::kRead, kVerifying);
  if (!transaction) return transaction.error();
  return Verifier(*m_impl, *this).run();
}

}  // namespace tidemark
