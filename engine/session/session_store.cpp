// Creating, opening and closing a session file. The other functions of SessionStore are in session_<subject>.cpp.

#include "engine/session/session_store.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <ctime>
#include <system_error>
#include <utility>

#include "engine/session/schema.h"
#include "engine/session/session_file.h"
#include "engine/session/session_move.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

constexpr const char* kInsertModelSql = R"sql(
INSERT INTO model (id, name, config_sha256, weights_sha256, tokenizer_sha256, precision, segment_size, memory_tokens,
                   layers, memory_heads, key_width, hidden_size, identity_sha256)
VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?))sql";
constexpr const char* kSelectModelSql = R"sql(
SELECT name, config_sha256, weights_sha256, tokenizer_sha256, precision, segment_size, memory_tokens, layers,
       memory_heads, key_width, hidden_size, identity_sha256
FROM model WHERE id = 1)sql";
// A commit need not reach the disk before it returns (WAL, NORMAL): a power cut may take the last ones, never the
// consistency. Deleted snapshots are not overwritten with zeros, which would cost as much as writing them.
constexpr const char* kWriterSettings =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA journal_size_limit = 67108864; "
    "PRAGMA secure_delete = FAST";

Status insertModel(const Database& database, const ModelIdentity& model) {
  return database.run(kInsertModelSql, "create", model.name, model.configSha256, model.weightsSha256,
                      model.tokenizerSha256, model.precision, model.segmentSize, model.memoryTokens, model.layers,
                      model.memoryHeads, model.keyWidth, model.hiddenSize, identityHash(model));
}

Result<ModelIdentity> selectModel(const Database& database) {
  Result<Statement> row = database.prepare(kSelectModelSql, "read the model identity of");
  if (!row) return row.error();
  const Result<bool> found = row->step();
  if (!found) return found.error();
  const auto number = [&](int column) { return static_cast<int>(row->integer(column)); };
  ModelIdentity model{row->text(0), row->text(1), row->text(2), row->text(3), row->text(4), number(5),
                      number(6),    number(7),    number(8),    number(9),    number(10)};
  const std::string expected = *found ? row->text(11) : "no row";
  if (const std::string hash = identityHash(model); hash != expected) {
    return makeError(ErrorCode::kCorrupt, "the model identity in " + database.path().string() +
                                              " is damaged: its checksum should be " + expected + " and is " + hash +
                                              "; go back to a copy of the file");
  }
  return model;
}

void removeDatabase(const fs::path& path) {
  for (const char* suffix : {"", "-journal", "-wal", "-shm"}) {
    fs::path file = path;
    file += suffix;
    std::error_code ignored;
    fs::remove(file, ignored);
  }
}

Status writeNewSession(const fs::path& path, const ModelIdentity& model) {
  const Result<Database> database = Database::open(path, DatabaseMode::kCreate);
  if (!database) return database.error();
  if (Status made = createSchema(*database, sessionMigrations()); !made) return made;
  if (Status stored = insertModel(*database, model); !stored) return stored;
  return database->execute(kWriterSettings, "create");
}

/// Whether a writer is at work or died at it.
bool hasWal(const fs::path& path) {
  fs::path wal = path;
  wal += "-wal";
  std::error_code failure;
  return fs::file_size(wal, failure) > 0 && !failure;
}

/// A session of the newest format, or an error before anything in it was touched.
Result<Database> openForWriting(const fs::path& path) {
  const bool hadLog = hasWal(path);
  Result<Database> database = Database::open(path, DatabaseMode::kWrite);
  if (!database) return database;
  database->setCheckpointOnClose(!hadLog);  // a log that we may have to refuse stays as it is
  const Result<int> version = checkedSchemaVersion(*database, sessionMigrations());
  if (!version) return version.error();
  if (database->isReadOnly()) {
    return makeError(ErrorCode::kIo, "cannot open " + path.string() +
                                         " for writing: the file is read-only; make it writable or copy it");
  }
  if (Status newest = migrateSchema(*database, sessionMigrations()); !newest) return newest.error();
  if (Status same = checkSchema(*database, sessionMigrations()); !same) return same.error();
  if (Status set = database->execute(kWriterSettings, "open"); !set) return set.error();
  database->setCheckpointOnClose(true);
  return database;
}

Result<Database> openForReading(const fs::path& path) {
  const bool hadLog = hasWal(path);
  // A connection that could write, where the file allows it: a read-only one leaves its side files behind.
  Result<Database> database = Database::open(path, DatabaseMode::kWrite);
  if (!database) return database;
  database->setCheckpointOnClose(!hadLog);
  if (Status set = database->execute("PRAGMA query_only = ON", "open"); !set) return set.error();
  Result<int> version = checkedSchemaVersion(*database, sessionMigrations());
  if (!version && version.error().code == ErrorCode::kIo && !hasWal(path)) {
    // A folder where SQLite cannot put its side files, and none left by a writer: all there is is in the file.
    database = Database::open(path, DatabaseMode::kReadImmutable);
    if (!database) return database;
    version = checkedSchemaVersion(*database, sessionMigrations());
  }
  if (!version) return version.error();
  // An older one is not brought up to date by somebody who only looks: what it lacks reads as empty.
  const auto known = sessionMigrations().first(static_cast<std::size_t>(*version));
  if (Status same = checkSchema(*database, known); !same) return same.error();
  return database;
}

Status requireFile(const fs::path& path) {
  std::error_code failure;
  const fs::file_status status = fs::status(path, failure);
  if (!fs::exists(status)) {
    return makeError(ErrorCode::kNotFound, "there is no session " + path.string() +
                                               ": check the name, or read a document into a new session");
  }
  if (!fs::is_regular_file(status)) {
    return makeError(ErrorCode::kInvalidArgument, path.string() + " is not a file: choose a session file");
  }
  if (fs::file_size(path, failure) == 0) {
    return makeError(ErrorCode::kCorrupt, path.string() + " is empty, not a Tidemark session: choose another file");
  }
  return {};
}

}  // namespace

void syncFolderOf(const std::filesystem::path& file) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

std::string utcNow() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return std::string(text.data(), length);
}

Status SessionFile::requireWritable() const {
  if (access == SessionAccess::kWrite) return {};
  return invalid("the session was opened for reading only");
}

Error SessionFile::corrupt(const std::string& what, const std::string& expected, const std::string& found) const {
  return makeError(ErrorCode::kCorrupt, what + " in " + path.string() + " is damaged: its checksum should be " +
                                            expected + " and is " + found + "; go back to a copy of the file");
}

Error SessionFile::invalid(const std::string& why) const {
  return makeError(ErrorCode::kInvalidArgument, path.string() + ": " + why + "; nothing was changed");
}

Result<SessionStore> SessionStore::create(const std::filesystem::path& path, const ModelIdentity& model) {
  Result<SessionLock> lock = SessionLock::acquire(path);
  if (!lock) return lock.error();
  std::error_code failure;
  if (fs::exists(fs::symlink_status(path, failure))) {
    return makeError(ErrorCode::kInvalidArgument,
                     "cannot create " + path.string() + ": it exists; open it, or choose another name");
  }
  // Under another name until it is complete: an interrupted creation leaves no half session.
  fs::path unfinished = path;
  unfinished += "-new";
  removeDatabase(unfinished);
  if (Status written = writeNewSession(unfinished, model); !written) {
    removeDatabase(unfinished);
    return written.error();
  }
  fs::rename(unfinished, path, failure);
  if (failure) {
    removeDatabase(unfinished);
    return makeError(ErrorCode::kIo, "cannot create " + path.string() + ": " + failure.message());
  }
  syncFolderOf(path);
  Result<Database> database = openForWriting(path);
  if (!database) return database.error();
  const int version = sessionMigrations().back().version;
  return SessionStore(std::make_unique<Impl>(Impl{{path,
                                                   SessionAccess::kWrite,
                                                   std::move(*lock),
                                                   std::move(*database),
                                                   model,
                                                   identityHash(model),
                                                   version,
                                                   {},
                                                   {}}}));
}

Result<SessionStore> SessionStore::open(const std::filesystem::path& path, SessionAccess access) {
  if (Status file = requireFile(path); !file) return file.error();
  std::optional<SessionLock> lock;
  if (access == SessionAccess::kWrite) {
    Result<SessionLock> acquired = SessionLock::acquire(path);
    if (!acquired) return acquired.error();
    lock = std::move(*acquired);
  }
  Result<Database> database = access == SessionAccess::kWrite ? openForWriting(path) : openForReading(path);
  if (!database) return database.error();
  Result<ModelIdentity> model = selectModel(*database);
  if (!model) return model.error();
  const std::string identity = identityHash(*model);
  const Result<int> version = checkedSchemaVersion(*database, sessionMigrations());
  if (!version) return version.error();
  auto impl = std::make_unique<Impl>(
      Impl{{path, access, std::move(lock), std::move(*database), std::move(*model), identity, *version, {}, {}}});
  if (access == SessionAccess::kWrite) {
    if (Status dropped = dropLeftovers(*impl); !dropped) return dropped.error();
    if (Status cancelled = cancelRunningQuestions(*impl); !cancelled) return cancelled.error();
    if (Status cancelled = cancelRunningTimelines(*impl); !cancelled) return cancelled.error();
  }
  return SessionStore(std::move(impl));
}

SessionStore::SessionStore(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
SessionStore::SessionStore(SessionStore&&) noexcept = default;
SessionStore& SessionStore::operator=(SessionStore&&) noexcept = default;
SessionStore::~SessionStore() = default;

const std::filesystem::path& SessionStore::path() const {
  return m_impl->path;
}
std::uint64_t SessionStore::byteCount() const {
  return sessionBytes(m_impl->path);
}
const ModelIdentity& SessionStore::model() const {
  return m_impl->model;
}

Status SessionStore::requireModel(const ModelIdentity& model) const {
  struct Field {
    const char* name;
    std::string ours;
    std::string theirs;
  };
  const ModelIdentity& mine = m_impl->model;
  const auto number = [](const char* name, int ours, int theirs) {
    return Field{name, std::to_string(ours), std::to_string(theirs)};
  };
  const Field fields[] = {
      {"config SHA-256", mine.configSha256, model.configSha256},
      {"weights SHA-256", mine.weightsSha256, model.weightsSha256},
      {"tokenizer SHA-256", mine.tokenizerSha256, model.tokenizerSha256},
      number("segment size", mine.segmentSize, model.segmentSize),
      number("memory tokens", mine.memoryTokens, model.memoryTokens),
      number("layers", mine.layers, model.layers),
      number("memory heads", mine.memoryHeads, model.memoryHeads),
      number("key width", mine.keyWidth, model.keyWidth),
      number("hidden size", mine.hiddenSize, model.hiddenSize),
  };
  for (const Field& field : fields) {
    if (field.ours == field.theirs) continue;
    return makeError(ErrorCode::kMismatch, m_impl->path.string() + " belongs to model '" + mine.name + "' with " +
                                               field.name + " " + field.ours + ", not to '" + model.name + "' with " +
                                               field.theirs +
                                               ": use the model it was read with, or read into a new session");
  }
  return {};
}

}  // namespace tidemark
