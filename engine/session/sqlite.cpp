#include "engine/session/sqlite.h"

#include <cmath>
#include <system_error>
#include <utility>

#include "engine/session/sqlite_connection.h"

namespace tidemark {
namespace {

constexpr int kBusyTimeoutMs = 5000;

/// A session file may come from anybody: nothing in its schema may run, and its cells are checked as they are read.
void distrust(sqlite3* handle) {
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  sqlite3_exec(handle, "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY", nullptr, nullptr, nullptr);
}

/// file:///path?immutable=1 with the characters escaped that would end the path.
std::string immutableUri(const std::filesystem::path& absolute) {
  std::string uri = "file://";
  for (const char c : absolute.string()) {
    if (c == '%' || c == '?' || c == '#') {
      constexpr const char* kDigits = "0123456789ABCDEF";
      uri += '%';
      uri += kDigits[(static_cast<unsigned char>(c) >> 4) & 15];
      uri += kDigits[static_cast<unsigned char>(c) & 15];
    } else {
      uri += c;
    }
  }
  return uri + "?immutable=1";
}

}  // namespace

// --- Statement -------------------------------------------------------------------------------------------------------

Statement::Statement(std::shared_ptr<const SqliteConnection> connection, sqlite3_stmt* handle, const char* doing)
    : m_connection(std::move(connection)), m_handle(handle), m_doing(doing) {}

Statement::Statement(Statement&& other) noexcept
    : m_connection(std::move(other.m_connection)),
      m_handle(std::exchange(other.m_handle, nullptr)),
      m_doing(other.m_doing),
      m_bound(other.m_bound),
      m_bindError(other.m_bindError) {}

Statement& Statement::operator=(Statement&& other) noexcept {
  if (this == &other) return *this;
  sqlite3_finalize(m_handle);
  m_connection = std::move(other.m_connection);
  m_handle = std::exchange(other.m_handle, nullptr);
  m_doing = other.m_doing;
  m_bound = other.m_bound;
  m_bindError = other.m_bindError;
  return *this;
}

Statement::~Statement() {
  sqlite3_finalize(m_handle);
}

void Statement::rewind() {
  sqlite3_reset(m_handle);
  sqlite3_clear_bindings(m_handle);
  m_bound = 0;
  m_bindError = SQLITE_OK;
}

Statement& Statement::bindRow(const Statement& row) {
  rewind();
  for (int column = 0; column < row.columnCount(); ++column) {
    noteBound(sqlite3_bind_value(m_handle, ++m_bound, sqlite3_column_value(row.m_handle, column)));
  }
  return *this;
}

int Statement::columnCount() const {
  return sqlite3_column_count(m_handle);
}

void Statement::noteBound(int code) {
  if (m_bindError == SQLITE_OK) m_bindError = code;
}

void Statement::bindNext(std::int64_t value) {
  noteBound(sqlite3_bind_int64(m_handle, ++m_bound, value));
}

void Statement::bindNext(double value) {
  const int index = ++m_bound;
  noteBound(std::isnan(value) ? sqlite3_bind_null(m_handle, index) : sqlite3_bind_double(m_handle, index, value));
}

void Statement::bindNext(std::string_view value) {
  // An empty view may have no address, which SQLite would take for NULL.
  const char* bytes = value.empty() ? "" : value.data();
  noteBound(sqlite3_bind_text64(m_handle, ++m_bound, bytes, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bindNext(std::span<const std::byte> value) {
  const int index = ++m_bound;
  noteBound(value.empty() ? sqlite3_bind_zeroblob(m_handle, index, 0)
                          : sqlite3_bind_blob64(m_handle, index, value.data(), value.size(), SQLITE_STATIC));
}

Result<bool> Statement::step() {
  if (m_bindError != SQLITE_OK) return m_connection->error(m_bindError, m_doing);
  const int code = sqlite3_step(m_handle);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  Error error = m_connection->error(code, m_doing);
  sqlite3_reset(m_handle);
  return error;
}

Status Statement::run() {
  while (true) {
    const Result<bool> row = step();
    if (!row) return row.error();
    if (!*row) break;
  }
  sqlite3_reset(m_handle);
  return {};
}

std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(m_handle, column);
}
double Statement::real(int column) const {
  return sqlite3_column_double(m_handle, column);
}
bool Statement::isNull(int column) const {
  return sqlite3_column_type(m_handle, column) == SQLITE_NULL;
}

std::string Statement::text(int column) const {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_column_text(m_handle, column));
  if (bytes == nullptr) return {};
  return std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_handle, column)));
}

std::span<const std::byte> Statement::blob(int column) const {
  const auto* bytes = static_cast<const std::byte*>(sqlite3_column_blob(m_handle, column));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(m_handle, column))};
}

// --- Database --------------------------------------------------------------------------------------------------------

Result<Database> Database::openName(const std::string& name, int flags, const std::filesystem::path& path) {
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  auto connection = std::make_shared<const SqliteConnection>(handle, path);  // closes the handle in any case
  if (code != SQLITE_OK) return connection->error(code, "open");
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  distrust(handle);
  return Database(std::move(connection));
}

Result<Database> Database::open(const std::filesystem::path& path, DatabaseMode mode) {
  // An absolute name can be neither ":memory:" nor a URI.
  std::error_code failure;
  const std::filesystem::path absolute = std::filesystem::absolute(path, failure);
  if (failure) return makeError(ErrorCode::kIo, "cannot open " + path.string() + ": " + failure.message());
  switch (mode) {
    case DatabaseMode::kRead:
      return openName(absolute.string(), SQLITE_OPEN_READONLY, path);
    case DatabaseMode::kReadImmutable:
      return openName(immutableUri(absolute), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, path);
    case DatabaseMode::kWrite:
      return openName(absolute.string(), SQLITE_OPEN_READWRITE, path);
    case DatabaseMode::kCreate:
      return openName(absolute.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, path);
  }
  return makeError(ErrorCode::kInternal, "unknown way to open a database");
}

Result<Database> Database::openInMemory() {
  return openName(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, "memory");
}

const std::filesystem::path& Database::path() const {
  return m_connection->path;
}
bool Database::isReadOnly() const {
  return sqlite3_db_readonly(m_connection->handle, "main") == 1;
}
std::int64_t Database::lastInsertId() const {
  return sqlite3_last_insert_rowid(m_connection->handle);
}
std::int64_t Database::changes() const {
  return sqlite3_changes64(m_connection->handle);
}

Status Database::execute(const std::string& sql, const char* doing) const {
  const int code = sqlite3_exec(m_connection->handle, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return m_connection->error(code, doing);
  return {};
}

Result<Statement> Database::prepare(std::string_view sql, const char* doing) const {
  sqlite3_stmt* handle = nullptr;
  const int code = sqlite3_prepare_v2(m_connection->handle, sql.data(), static_cast<int>(sql.size()), &handle, nullptr);
  if (code != SQLITE_OK) return m_connection->error(code, doing);
  return Statement(m_connection, handle, doing);
}

Result<std::uint64_t> Database::sizeInBytes() const {
  const Result<std::int64_t> pages = integer("PRAGMA page_count", "measure");
  if (!pages) return pages.error();
  const Result<std::int64_t> pageSize = integer("PRAGMA page_size", "measure");
  if (!pageSize) return pageSize.error();
  return static_cast<std::uint64_t>(*pages) * static_cast<std::uint64_t>(*pageSize);
}

void Database::setCheckpointOnClose(bool on) const {
  sqlite3_db_config(m_connection->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, on ? 0 : 1, nullptr);
}

Status Database::backupTo(const std::filesystem::path& target) const {
  std::filesystem::path unfinished = target;
  unfinished += "-new";
  std::error_code failure;
  std::filesystem::remove(unfinished, failure);
  {
    Result<Database> copy = open(unfinished, DatabaseMode::kCreate);
    if (!copy) return copy.error();
    sqlite3* to = copy->m_connection->handle;
    sqlite3_backup* backup = sqlite3_backup_init(to, "main", m_connection->handle, "main");
    if (backup == nullptr) return copy->m_connection->error(sqlite3_extended_errcode(to), "write the backup");
    // A file that somebody has locked is not a failure to sqlite3_backup_finish, only to the step.
    const int stepped = sqlite3_backup_step(backup, -1);
    const int finished = sqlite3_backup_finish(backup);
    if (stepped != SQLITE_DONE || finished != SQLITE_OK) {
      Error error = copy->m_connection->error(finished != SQLITE_OK ? finished : stepped, "write the backup");
      std::filesystem::remove(unfinished, failure);
      return error;
    }
  }
  std::filesystem::rename(unfinished, target, failure);
  if (failure) {
    return makeError(ErrorCode::kIo, "cannot write the backup " + target.string() + ": " + failure.message() +
                                         "; check that its folder is writable");
  }
  return {};
}

// --- Transaction -----------------------------------------------------------------------------------------------------

Result<Transaction> Transaction::begin(const Database& database, Kind kind, const char* doing) {
  // IMMEDIATE takes the write lock now: a transaction that began to write cannot find out later that it may not.
  if (Status begun = database.execute(kind == Kind::kWrite ? "BEGIN IMMEDIATE" : "BEGIN", doing); !begun) {
    return begun.error();
  }
  return Transaction(database.m_connection, doing);
}

Transaction& Transaction::operator=(Transaction&& other) noexcept {
  if (this == &other) return *this;
  rollback();
  m_connection = std::move(other.m_connection);
  m_doing = other.m_doing;
  return *this;
}

Status Transaction::commit() {
  if (m_connection == nullptr) return {};
  const int code = sqlite3_exec(m_connection->handle, "COMMIT", nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return m_connection->error(code, m_doing);
  m_connection.reset();
  return {};
}

void Transaction::rollback() noexcept {
  if (m_connection == nullptr) return;
  // Some errors (disk full, out of memory) have rolled back already.
  if (sqlite3_get_autocommit(m_connection->handle) == 0) {
    sqlite3_exec(m_connection->handle, "ROLLBACK", nullptr, nullptr, nullptr);
  }
  m_connection.reset();
}

// --- Blob ------------------------------------------------------------------------------------------------------------

Result<Blob> Blob::open(const Database& database, const char* table, const char* column, std::int64_t rowId,
                        const char* doing) {
  sqlite3_blob* handle = nullptr;
  const auto& connection = database.m_connection;
  const int code = sqlite3_blob_open(connection->handle, "main", table, column, rowId, 0, &handle);
  if (code != SQLITE_OK) return connection->error(code, doing);
  return Blob(connection, handle, doing);
}

Blob::Blob(Blob&& other) noexcept
    : m_connection(std::move(other.m_connection)),
      m_handle(std::exchange(other.m_handle, nullptr)),
      m_doing(other.m_doing) {}

Blob& Blob::operator=(Blob&& other) noexcept {
  if (this == &other) return *this;
  sqlite3_blob_close(m_handle);
  m_connection = std::move(other.m_connection);
  m_handle = std::exchange(other.m_handle, nullptr);
  m_doing = other.m_doing;
  return *this;
}

Blob::~Blob() {
  sqlite3_blob_close(m_handle);
}

std::size_t Blob::size() const {
  return static_cast<std::size_t>(sqlite3_blob_bytes(m_handle));
}

Status Blob::read(std::size_t offset, std::span<std::byte> out) const {
  if (offset > size() || out.size() > size() - offset) {
    return makeError(ErrorCode::kInvalidArgument, std::string("cannot ") + m_doing + " " + m_connection->path.string() +
                                                      ": bytes " + std::to_string(offset) + " to " +
                                                      std::to_string(offset + out.size()) + " of a value that has " +
                                                      std::to_string(size()));
  }
  const int code = sqlite3_blob_read(m_handle, out.data(), static_cast<int>(out.size()), static_cast<int>(offset));
  if (code != SQLITE_OK) return m_connection->error(code, m_doing);
  return {};
}

}  // namespace tidemark
