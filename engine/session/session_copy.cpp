// Copies of a session file: all of it, or its beginning.

#include <array>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "engine/session/schema.h"
#include "engine/session/session_file.h"
#include "engine/session/session_lock.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCopying = "copy the beginning of";
constexpr const char* kTablesSql =
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";

/// What of a table belongs to the first so many segments; all of the tables that are not named here.
struct Beginning {
  std::string_view table;
  const char* rows;
};
constexpr std::array kBeginnings = {
    Beginning{"segments", " WHERE idx < ?"},
    Beginning{"cell_metrics", " WHERE segment < ?"},
    Beginning{"snapshots", " WHERE segment < ?"},
    Beginning{"snapshot_layers", " WHERE snapshot IN (SELECT id FROM snapshots WHERE segment < ?)"},
    Beginning{"traces", " WHERE segment < ?"},
    Beginning{"timeline_points", " WHERE segment < ?"},
    Beginning{"tail", " WHERE segments_before <= ?"},
};

Result<std::vector<std::string>> tablesOf(const Database& database) {
  Result<Statement> rows = database.prepare(kTablesSql, kCopying);
  if (!rows) return rows.error();
  std::vector<std::string> tables;
  while (true) {
    const Result<bool> row = rows->step();
    if (!row) return row.error();
    if (!*row) return tables;
    tables.push_back(rows->text(0));
  }
}

/// Row by row from one connection to the other: attaching would need a second one to a file that may be read-only.
Status copyTable(const Database& from, const Database& to, const std::string& table, std::int64_t segments) {
  // A name out of our own schema: checkSchema has compared the file with it.
  std::string which;
  for (const Beginning& each : kBeginnings) {
    if (each.table == table) which = each.rows;
  }
  Result<Statement> rows = from.prepare("SELECT * FROM " + table + which, kCopying);
  if (!rows) return rows.error();
  if (!which.empty()) rows->bind(segments);
  std::string places = "?";
  for (int column = 1; column < rows->columnCount(); ++column) places += ", ?";
  Result<Statement> insert = to.prepare("INSERT INTO " + table + " VALUES (" + places + ")", kCopying);
  if (!insert) return insert.error();
  while (true) {
    const Result<bool> row = rows->step();
    if (!row) return row.error();
    if (!*row) return {};
    if (Status stored = insert->bindRow(*rows).run(); !stored) return stored;
  }
}

Status writeBeginning(const SessionFile& from, const fs::path& path, std::int64_t segments) {
  const Result<Database> to = Database::open(path, DatabaseMode::kCreate);
  if (!to) return to.error();
  const auto known = sessionMigrations().first(static_cast<std::size_t>(from.schemaVersion));
  if (Status made = createSchema(*to, known); !made) return made;
  // One view of a file that somebody may be writing to.
  Result<Transaction> reading = Transaction::begin(from.database, Transaction::Kind::kRead, kCopying);
  if (!reading) return reading.error();
  Result<Transaction> writing = Transaction::begin(*to, Transaction::Kind::kWrite, kCopying);
  if (!writing) return writing.error();
  if (Status later = to->execute("PRAGMA defer_foreign_keys = ON", kCopying); !later) return later;
  const auto tables = tablesOf(*to);
  if (!tables) return tables.error();
  for (const std::string& table : *tables) {
    if (Status copied = copyTable(from.database, *to, table, segments); !copied) return copied;
  }
  if (Status committed = writing->commit(); !committed) return committed;
  return migrateCopy(*to, sessionMigrations());
}

/// Has `write` make a file, which appears at `target` complete or not at all.
template <typename Write>
Status copyInto(const fs::path& from, const fs::path& target, const Write& write) {
  const Result<SessionLock> lock = SessionLock::acquire(target);
  if (!lock) return lock.error();
  std::error_code failure;
  if (fs::exists(fs::symlink_status(target, failure))) {
    return makeError(ErrorCode::kInvalidArgument,
                     "cannot copy " + from.string() + ": " + target.string() + " exists already; choose another name");
  }
  if (Status copied = write(); !copied) return copied;
  syncFolderOf(target);
  return {};
}

}  // namespace

Status SessionStore::copyTo(const fs::path& target) const {
  return copyInto(m_impl->path, target, [&] { return m_impl->database.backupTo(target); });
}

Status SessionStore::copyBeginningTo(const fs::path& target, std::int64_t segments) const {
  return copyInto(m_impl->path, target, [&]() -> Status {
    const fs::path unfinished = target.string() + "-new";
    std::error_code failure;
    fs::remove(unfinished, failure);
    Status written = writeBeginning(*m_impl, unfinished, segments);
    if (written) {
      fs::rename(unfinished, target, failure);
      if (failure) written = makeError(ErrorCode::kIo, "cannot write " + target.string() + ": " + failure.message());
    }
    if (!written) {
      for (const char* ending : {"", "-journal"}) fs::remove(unfinished.string() + ending, failure);
    }
    return written;
  });
}

}  // namespace tidemark
