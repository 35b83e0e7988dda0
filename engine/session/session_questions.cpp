// Questions and their answers.

#include <cmath>

#include "engine/session/session_file.h"

namespace tidemark {
namespace {

constexpr const char* kSelectSql =
    "SELECT id, question, as_of_segment, state, answer, tokens, tokens_reread, first_token_ms, asked_at, checksum, ";
constexpr const char* kInsertQuestionSql = R"sql(
INSERT INTO questions (question, as_of_segment, state, answer, tokens, tokens_reread, first_token_ms, asked_at, checksum)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ''))sql";
constexpr const char* kUpdateQuestionSql = R"sql(
UPDATE questions SET state = ?, answer = ?, tokens = ?, tokens_reread = ?, first_token_ms = ?, no_evidence = ?,
                     checksum = ?
WHERE id = ?)sql";

// The quote of a segment that is read again may be the same, the segment is not.
constexpr const char* kForgottenSql = "FROM evidence WHERE byte_end > ? OR segment >= ?";
constexpr const char* kWhyForgotten = "the text was changed where it came from; ask again";

constexpr const char* kStoringQuestion = "store a question in";
constexpr const char* kReadingQuestions = "read the questions of";
constexpr const char* kForgetting = "forget the evidence of answers in";

Result<Statement> selectQuestions(const SessionFile& file, const std::string& which, const char* doing) {
  const char* reason = file.schemaVersion < kReasonsVersion ? "''" : "no_evidence";
  return file.database.prepare(kSelectSql + std::string(reason) + " FROM questions " + which, doing);
}

std::string questionChecksum(const SessionFile& file, const QuestionRecord& question) {
  RowHash hash = file.rowHash("question");
  hash.add(question.id)
      .add(question.question)
      .add(question.asOfSegment)
      .add(std::int64_t{static_cast<int>(question.state)})
      .add(question.answer)
      .add(std::as_bytes(std::span(question.tokens)))
      .add(question.tokensReread)
      .add(std::as_bytes(std::span(&question.firstTokenMs, 1)))
      .add(question.askedAt);
  if (!question.noEvidence.empty()) hash.add(question.noEvidence);
  return hash.digest();
}

Result<QuestionRecord> questionAt(const SessionFile& file, const Statement& row) {
  QuestionRecord question;
  question.id = row.integer(0);
  question.question = row.text(1);
  question.asOfSegment = row.integer(2);
  const std::int64_t state = row.integer(3);
  question.state = static_cast<QuestionState>(state);
  question.answer = row.text(4);
  auto tokens = valuesOf<TokenId>(row.blob(5));
  if (tokens) question.tokens = std::move(*tokens);
  question.tokensReread = row.integer(6);
  question.firstTokenMs = row.real(7);
  question.askedAt = row.text(8);
  question.noEvidence = row.text(10);
  const std::string checksum = questionChecksum(file, question);
  const bool isState = state >= 0 && state <= static_cast<int>(QuestionState::kFailed);
  if (checksum != row.text(9) || !isState || !tokens) {
    return file.corrupt("question number " + std::to_string(question.id), row.text(9), checksum);
  }
  return question;
}

Result<std::vector<QuestionRecord>> questionsOf(const SessionFile& file, Statement& rows) {
  std::vector<QuestionRecord> questions;
  while (true) {
    const Result<bool> row = rows.step();
    if (!row) return row.error();
    if (!*row) return questions;
    Result<QuestionRecord> question = questionAt(file, rows);
    if (!question) return question.error();
    auto evidence = loadEvidenceRows(file, question->id);
    if (!evidence) return evidence.error();
    question->evidence = std::move(*evidence);
    questions.push_back(std::move(*question));
  }
}

Status update(const SessionFile& file, const QuestionRecord& question) {
  return file.database.run(kUpdateQuestionSql, kStoringQuestion, static_cast<int>(question.state), question.answer,
                           std::as_bytes(std::span(question.tokens)), question.tokensReread, question.firstTokenMs,
                           question.noEvidence, questionChecksum(file, question), question.id);
}

/// SQLite has no NaN, and a checksum must be of what is read back.
double finiteOrZero(double value) {
  return std::isfinite(value) ? value : 0.0;
}

}  // namespace

Status cancelRunningQuestions(const SessionFile& file) {
  std::vector<QuestionRecord> running;
  {
    Result<Statement> rows = selectQuestions(file, "WHERE state = ? ORDER BY id", "open");
    if (!rows) return rows.error();
    rows->bind(static_cast<int>(QuestionState::kRunning));
    Result<std::vector<QuestionRecord>> found = questionsOf(file, *rows);
    if (!found) return found.error();
    running = std::move(*found);
  }
  for (QuestionRecord& question : running) {
    question.state = QuestionState::kCancelled;
    if (Status updated = update(file, question); !updated) return updated;
  }
  return {};
}

Status forgetEvidence(const SessionFile& file, std::int64_t keptSegments, std::uint64_t changedByte) {
  std::vector<QuestionRecord> touched;
  {
    Result<Statement> rows = selectQuestions(
        file, "WHERE id IN (SELECT question " + std::string(kForgottenSql) + ") ORDER BY id", kForgetting);
    if (!rows) return rows.error();
    rows->bind(changedByte, keptSegments);
    Result<std::vector<QuestionRecord>> found = questionsOf(file, *rows);
    if (!found) return found.error();
    touched = std::move(*found);
  }
  const std::string forget = "DELETE " + std::string(kForgottenSql);
  if (Status gone = file.database.run(forget.c_str(), kForgetting, changedByte, keptSegments); !gone) return gone;
  for (QuestionRecord& question : touched) {
    const auto left = loadEvidenceRows(file, question.id);
    if (!left) return left.error();
    if (!left->empty()) continue;
    question.noEvidence = kWhyForgotten;
    if (Status updated = update(file, question); !updated) return updated;
  }
  return {};
}

Result<std::int64_t> SessionStore::beginQuestion(const QuestionRecord& question) {
  const SessionFile& file = *m_impl;
  if (Status writable = file.requireWritable(); !writable) return writable.error();
  Result<Transaction> transaction = Transaction::begin(file.database, Transaction::Kind::kWrite, kStoringQuestion);
  if (!transaction) return transaction.error();
  QuestionRecord stored = question;
  if (stored.askedAt.empty()) stored.askedAt = utcNow();
  stored.firstTokenMs = finiteOrZero(stored.firstTokenMs);
  if (Status inserted =
          file.database.run(kInsertQuestionSql, kStoringQuestion, stored.question, stored.asOfSegment,
                            static_cast<int>(stored.state), stored.answer, std::as_bytes(std::span(stored.tokens)),
                            stored.tokensReread, stored.firstTokenMs, stored.askedAt);
      !inserted) {
    return inserted.error();
  }
  // The number of the question is part of its checksum, and known only now.
  stored.id = file.database.lastInsertId();
  if (Status updated = update(file, stored); !updated) return updated.error();
  if (Status committed = transaction->commit(); !committed) return committed.error();
  return stored.id;
}

Status SessionStore::updateQuestion(const QuestionRecord& question) {
  const SessionFile& file = *m_impl;
  if (Status writable = file.requireWritable(); !writable) return writable;
  Result<Transaction> transaction = Transaction::begin(file.database, Transaction::Kind::kWrite, kStoringQuestion);
  if (!transaction) return transaction.error();
  std::vector<QuestionRecord> found;
  {
    Result<Statement> row = selectQuestions(file, "WHERE id = ?", kStoringQuestion);
    if (!row) return row.error();
    row->bind(question.id);
    Result<std::vector<QuestionRecord>> questions = questionsOf(file, *row);
    if (!questions) return questions.error();
    found = std::move(*questions);
  }
  if (found.empty()) {
    return makeError(ErrorCode::kNotFound,
                     file.path.string() + " has no question number " + std::to_string(question.id));
  }
  // What was asked, of which memory and when, stays.
  QuestionRecord& stored = found.front();
  stored.state = question.state;
  stored.answer = question.answer;
  stored.tokens = question.tokens;
  stored.tokensReread = question.tokensReread;
  stored.firstTokenMs = finiteOrZero(question.firstTokenMs);
  stored.noEvidence = question.noEvidence;
  if (Status updated = update(file, stored); !updated) return updated;
  if (stored.evidence != question.evidence) {
    if (Status kept = storeEvidenceRows(file, stored.id, question.evidence); !kept) return kept;
  }
  return transaction->commit();
}

Result<std::int64_t> SessionStore::questionCount() const {
  return m_impl->database.integer("SELECT count(*) FROM questions", kReadingQuestions);
}

Result<std::vector<QuestionRecord>> SessionStore::questions() const {
  Result<Statement> rows = selectQuestions(*m_impl, "ORDER BY id", kReadingQuestions);
  if (!rows) return rows.error();
  return questionsOf(*m_impl, *rows);
}

}  // namespace tidemark
