// In which arithmetic the memory of a session came about. What is read in another one than the session was made with is
// a row of `runs`, whose `backend` names it: such a session is rare, and the others need no row.

#include <string>

#include "engine/session/session_file.h"

namespace tidemark {
namespace {

constexpr const char* kSelectRunsSql = "SELECT backend, first_segment FROM runs ORDER BY id";
constexpr const char* kInsertRunSql = R"sql(
INSERT INTO runs (started_at, schedule, backend, first_segment, segments, tokens, seconds)
VALUES (?, '', ?, ?, 0, 0, 0))sql";
constexpr const char* kDeleteRunsSql = "DELETE FROM runs WHERE first_segment >= ?";

constexpr const char* kMixed = "mixed";

}  // namespace

Result<std::string> loadPrecision(const SessionFile& file) {
  Result<Statement> rows = file.database.prepare(kSelectRunsSql, "read the precision of");
  if (!rows) return rows.error();
  std::string precision = file.model.precision;
  while (true) {
    const Result<bool> row = rows->step();
    if (!row) return row.error();
    if (!*row) return precision;
    const bool replacesAll = rows->integer(1) == 0;
    if (replacesAll) {
      precision = rows->text(0);
    } else if (rows->text(0) != precision) {
      precision = kMixed;
    }
  }
}

Status storePrecision(const SessionFile& file, const std::string& precision, std::int64_t firstSegment) {
  constexpr const char* kDoing = "store the precision of a read in";
  if (Status deleted = file.database.run(kDeleteRunsSql, kDoing, firstSegment); !deleted) return deleted;
  if (precision.empty()) return {};
  const Result<std::string> before = loadPrecision(file);
  if (!before) return before.error();
  if (*before == precision || (*before == kMixed && firstSegment > 0)) return {};
  return file.database.run(kInsertRunSql, kDoing, utcNow(), precision, firstSegment);
}

Result<std::string> SessionStore::precision() const {
  return loadPrecision(*m_impl);
}

}  // namespace tidemark
