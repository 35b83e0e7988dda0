#include "engine/session/schema.h"

#include <array>
#include <filesystem>
#include <map>
#include <string>

namespace tidemark {
namespace {

// Every row that matters has a checksum, which begins with the identity of the model (session_checksum.h); large values
// come last in their rows, so that the columns before them are read without them.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE model (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  config_sha256 TEXT NOT NULL,
  weights_sha256 TEXT NOT NULL,
  tokenizer_sha256 TEXT NOT NULL,
  precision TEXT NOT NULL,
  segment_size INTEGER NOT NULL,
  memory_tokens INTEGER NOT NULL,
  layers INTEGER NOT NULL,
  memory_heads INTEGER NOT NULL,
  key_width INTEGER NOT NULL,
  hidden_size INTEGER NOT NULL,
  identity_sha256 TEXT NOT NULL
) STRICT;

CREATE TABLE documents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT NOT NULL,
  source_path TEXT NOT NULL,
  source_sha256 TEXT NOT NULL,
  byte_begin INTEGER NOT NULL CHECK (byte_begin >= 0),
  byte_end INTEGER NOT NULL CHECK (byte_end >= byte_begin),
  characters INTEGER NOT NULL,
  replaced_bytes INTEGER NOT NULL,
  imported_at TEXT NOT NULL,
  finished INTEGER NOT NULL CHECK (finished IN (0, 1)),
  checksum TEXT NOT NULL
) STRICT;

CREATE TABLE document_text (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  byte_begin INTEGER NOT NULL UNIQUE CHECK (byte_begin >= 0),
  byte_count INTEGER NOT NULL CHECK (byte_count > 0),
  checksum TEXT NOT NULL,
  text BLOB NOT NULL
) STRICT;
CREATE INDEX document_text_by_document ON document_text (document);

CREATE TABLE pages (
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  page INTEGER NOT NULL CHECK (page >= 0),
  byte_begin INTEGER NOT NULL CHECK (byte_begin >= 0),
  PRIMARY KEY (document, page)
) STRICT, WITHOUT ROWID;

CREATE TABLE segments (
  idx INTEGER PRIMARY KEY CHECK (idx >= 0),
  byte_begin INTEGER NOT NULL CHECK (byte_begin >= 0),
  byte_end INTEGER NOT NULL CHECK (byte_end >= byte_begin),
  checksum TEXT NOT NULL,
  tokens BLOB NOT NULL
) STRICT;

CREATE TABLE cell_metrics (
  segment INTEGER NOT NULL CHECK (segment >= 0),
  layer INTEGER NOT NULL CHECK (layer >= 0),
  novelty REAL,
  write_strength REAL,
  relative_change REAL,
  PRIMARY KEY (segment, layer)
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshots (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  segment INTEGER NOT NULL UNIQUE REFERENCES segments (idx) ON DELETE CASCADE,
  next_chunk_byte INTEGER NOT NULL,
  next_tokens_consumed INTEGER NOT NULL,
  state_hash TEXT NOT NULL,
  reason INTEGER NOT NULL CHECK (reason BETWEEN 0 AND 3),
  pinned INTEGER NOT NULL CHECK (pinned IN (0, 1)),
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  created_at TEXT NOT NULL,
  checksum TEXT NOT NULL
) STRICT;

CREATE TABLE snapshot_layers (
  id INTEGER PRIMARY KEY,
  snapshot INTEGER NOT NULL REFERENCES snapshots (id) ON DELETE CASCADE,
  layer INTEGER NOT NULL CHECK (layer >= 0),
  written INTEGER NOT NULL CHECK (written IN (0, 1)),
  checksum TEXT NOT NULL,
  payload BLOB NOT NULL,
  UNIQUE (snapshot, layer)
) STRICT;

CREATE TABLE tail (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  segments_before INTEGER NOT NULL CHECK (segments_before >= 0),
  next_chunk_byte INTEGER NOT NULL,
  next_tokens_consumed INTEGER NOT NULL,
  checksum TEXT NOT NULL,
  tokens BLOB NOT NULL,
  ranges BLOB NOT NULL
) STRICT;

CREATE TABLE questions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  question TEXT NOT NULL,
  as_of_segment INTEGER NOT NULL CHECK (as_of_segment >= -1),
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
  answer TEXT NOT NULL,
  tokens BLOB NOT NULL,
  tokens_reread INTEGER NOT NULL,
  first_token_ms REAL NOT NULL,
  asked_at TEXT NOT NULL,
  checksum TEXT NOT NULL
) STRICT;

CREATE TABLE evidence (
  question INTEGER NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
  rank INTEGER NOT NULL CHECK (rank >= 0),
  segment INTEGER NOT NULL CHECK (segment >= 0),
  share REAL,
  byte_begin INTEGER NOT NULL CHECK (byte_begin >= 0),
  byte_end INTEGER NOT NULL CHECK (byte_end >= byte_begin),
  quote TEXT NOT NULL,
  PRIMARY KEY (question, rank)
) STRICT, WITHOUT ROWID;

CREATE TABLE bookmarks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  byte_begin INTEGER NOT NULL CHECK (byte_begin >= 0),
  label TEXT NOT NULL,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  schedule TEXT NOT NULL,
  backend TEXT NOT NULL,
  first_segment INTEGER NOT NULL CHECK (first_segment >= 0),
  segments INTEGER NOT NULL CHECK (segments >= 0),
  tokens INTEGER NOT NULL CHECK (tokens >= 0),
  seconds REAL NOT NULL
) STRICT;
)sql";

// Where documents come from, what their pages are called and how they are divided. Places count from the beginning of
// the document, so they stay when the documents before it change.
constexpr const char* kVersion2 = R"sql(
ALTER TABLE pages ADD COLUMN label TEXT NOT NULL DEFAULT '';

CREATE TABLE headings (
  document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  byte_begin INTEGER NOT NULL CHECK (byte_begin >= 0),
  level INTEGER NOT NULL CHECK (level >= 1),
  title TEXT NOT NULL,
  PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE document_sources (
  document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
  format TEXT NOT NULL,
  extraction_version INTEGER NOT NULL,
  author TEXT NOT NULL,
  modified INTEGER NOT NULL,
  bytes INTEGER NOT NULL CHECK (bytes >= 0),
  checksum TEXT NOT NULL,
  coverage TEXT NOT NULL
) STRICT;
)sql";

// What is said once of a whole session.
constexpr const char* kVersion3 = R"sql(
CREATE TABLE properties (
  name TEXT PRIMARY KEY,
  checksum TEXT NOT NULL,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// What segments wrote to memory, for taking answers apart. Nothing wrote evidence before.
constexpr const char* kVersion4 = R"sql(
CREATE TABLE traces (
  segment INTEGER PRIMARY KEY REFERENCES segments (idx) ON DELETE CASCADE,
  checksum TEXT NOT NULL,
  payload BLOB NOT NULL
) STRICT;

ALTER TABLE evidence ADD COLUMN log_drop REAL NOT NULL DEFAULT 0;
ALTER TABLE evidence ADD COLUMN page INTEGER NOT NULL DEFAULT 0;
ALTER TABLE evidence ADD COLUMN checksum TEXT NOT NULL DEFAULT '';
)sql";

// One question, asked of the memory as it was at many places.
constexpr const char* kVersion5 = R"sql(
CREATE TABLE timelines (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  question TEXT NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 3),
  asked_at TEXT NOT NULL,
  checksum TEXT NOT NULL
) STRICT;

CREATE TABLE timeline_points (
  timeline INTEGER NOT NULL REFERENCES timelines (id) ON DELETE CASCADE,
  segment INTEGER NOT NULL CHECK (segment >= 0),
  answer TEXT NOT NULL,
  log_probability REAL NOT NULL,
  checksum TEXT NOT NULL,
  tokens BLOB NOT NULL,
  PRIMARY KEY (timeline, segment)
) STRICT, WITHOUT ROWID;
)sql";

// Why an answer has no evidence. Checksums of questions without a reason are those of the formats before.
constexpr const char* kVersion6 = "ALTER TABLE questions ADD COLUMN no_evidence TEXT NOT NULL DEFAULT ''";

constexpr std::array<Migration, 6> kMigrations = {Migration{1, kVersion1}, Migration{2, kVersion2},
                                                  Migration{3, kVersion3}, Migration{4, kVersion4},
                                                  Migration{5, kVersion5}, Migration{6, kVersion6}};

constexpr const char* kObjectsSql = "SELECT name, type || ' ' || tbl_name || ' ' || ifnull(sql, '') FROM sqlite_schema";

Status runMigrations(const Database& database, int from, std::span<const Migration> migrations, const char* doing) {
  int version = from;
  for (const Migration& migration : migrations) {
    if (migration.version <= from) continue;
    if (Status done = database.execute(migration.sql, doing); !done) return done;
    version = migration.version;
  }
  // PRAGMA takes no parameters; both are integers of our own.
  return database.execute("PRAGMA application_id = " + std::to_string(kSessionApplicationId) +
                              "; PRAGMA user_version = " + std::to_string(version),
                          doing);
}

Status refuseBrokenReferences(const Database& database, const char* doing) {
  Result<Statement> check = database.prepare("PRAGMA foreign_key_check", doing);
  if (!check) return check.error();
  const Result<bool> row = check->step();
  if (!row) return row.error();
  if (!*row) return {};
  return makeError(ErrorCode::kCorrupt, "cannot " + std::string(doing) + " " + database.path().string() +
                                            ": a row of table " + check->text(0) + " refers to one of " +
                                            check->text(2) + " that does not exist; nothing was changed");
}

Status migrateInOneTransaction(const Database& database, int from, std::span<const Migration> migrations) {
  constexpr const char* kDoing = "bring to this version's format the session";
  Result<Transaction> transaction = Transaction::begin(database, Transaction::Kind::kWrite, kDoing);
  if (!transaction) return transaction.error();
  if (Status done = runMigrations(database, from, migrations, kDoing); !done) return done;
  if (Status whole = refuseBrokenReferences(database, kDoing); !whole) return whole;
  return transaction->commit();
}

Result<std::map<std::string, std::string>> objectsOf(const Database& database) {
  Result<Statement> rows = database.prepare(kObjectsSql, "read the table list of");
  if (!rows) return rows.error();
  std::map<std::string, std::string> objects;
  while (true) {
    const Result<bool> row = rows->step();
    if (!row) return row.error();
    if (!*row) return objects;
    objects[rows->text(0)] = rows->text(1);
  }
}

}  // namespace

std::span<const Migration> sessionMigrations() {
  return kMigrations;
}

Status createSchema(const Database& database, std::span<const Migration> migrations) {
  constexpr const char* kDoing = "create";
  // 32 KiB pages: large payloads are read and written 1.5 to 2.4 times as fast as with 4 KiB.
  if (Status set = database.execute("PRAGMA page_size = 32768; PRAGMA auto_vacuum = NONE", kDoing); !set) return set;
  Result<Transaction> transaction = Transaction::begin(database, Transaction::Kind::kWrite, kDoing);
  if (!transaction) return transaction.error();
  if (Status done = runMigrations(database, 0, migrations, kDoing); !done) return done;
  return transaction->commit();
}

Result<int> checkedSchemaVersion(const Database& database, std::span<const Migration> migrations) {
  const Result<std::int64_t> id = database.integer("PRAGMA application_id", "open");
  if (!id) return id.error();
  if (*id != kSessionApplicationId) {
    return makeError(ErrorCode::kCorrupt, database.path().string() +
                                              " is an SQLite database but not a Tidemark session: choose another file");
  }
  const Result<std::int64_t> version = database.integer("PRAGMA user_version", "open");
  if (!version) return version.error();
  const int newest = migrations.back().version;
  if (*version > newest) {
    return makeError(ErrorCode::kUnsupported, database.path().string() + " has session format " +
                                                  std::to_string(*version) + ", this Tidemark knows formats up to " +
                                                  std::to_string(newest) +
                                                  ": open it with a newer Tidemark (nothing in the file was changed)");
  }
  if (*version < migrations.front().version) {
    return makeError(ErrorCode::kCorrupt, database.path().string() + " has session format " + std::to_string(*version) +
                                              ", which never existed: the file is damaged, go back to a copy of it");
  }
  return static_cast<int>(*version);
}

Status migrateSchema(const Database& database, std::span<const Migration> migrations) {
  const Result<int> version = checkedSchemaVersion(database, migrations);
  if (!version) return version.error();
  if (*version == migrations.back().version) return {};
  std::filesystem::path backup = database.path();
  backup += ".v" + std::to_string(*version) + ".bak";
  if (Status copied = database.backupTo(backup); !copied) {
    return copied.error().withContext("the session is of an older format and was left as it is");
  }
  return migrateCopy(database, migrations);
}

Status migrateCopy(const Database& database, std::span<const Migration> migrations) {
  const Result<int> version = checkedSchemaVersion(database, migrations);
  if (!version) return version.error();
  if (*version == migrations.back().version) return {};
  // Rebuilding a table drops the old one, which must not take the rows that refer to it along. Inside a transaction
  // this switch does nothing.
  constexpr const char* kDoing = "migrate";
  if (Status off = database.execute("PRAGMA foreign_keys = OFF", kDoing); !off) return off;
  Status migrated = migrateInOneTransaction(database, *version, migrations);
  if (Status on = database.execute("PRAGMA foreign_keys = ON", kDoing); migrated.ok() && !on) return on;
  return migrated;
}

Status checkSchema(const Database& database, std::span<const Migration> migrations) {
  const Result<Database> model = Database::openInMemory();
  if (!model) return model.error();
  if (Status made = createSchema(*model, migrations); !made) return made;
  const auto expected = objectsOf(*model);
  if (!expected) return expected.error();
  const auto found = objectsOf(database);
  if (!found) return found.error();

  const auto damaged = [&](const std::string& what) {
    return makeError(ErrorCode::kCorrupt, database.path().string() + " is not a session as Tidemark makes them: " +
                                              what + "; the file is damaged or was edited, go back to a copy of it");
  };
  for (const auto& [name, definition] : *expected) {
    const auto other = found->find(name);
    if (other == found->end()) return damaged("'" + name + "' is missing");
    if (other->second != definition) return damaged("'" + name + "' is defined differently");
  }
  for (const auto& [name, definition] : *found) {
    if (!expected->contains(name)) return damaged("'" + name + "' does not belong there");
  }
  return {};
}

}  // namespace tidemark
