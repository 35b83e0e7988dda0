#pragma once
// SQLite in RAII: a database, its statements, transactions and blobs. Not thread-safe: one thread owns a connection and
// everything made from it. Every error says what was being done, to which file, SQLite's own words and what to do;
// `doing` is that first part and ends in a preposition ("store a snapshot in"); it must be a string literal.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/result.h"

struct sqlite3_blob;
struct sqlite3_stmt;

namespace tidemark {

struct SqliteConnection;  // sqlite_connection.h: the only place, with the .cpp files, that knows sqlite3.h

class Statement {
 public:
  Statement(std::shared_ptr<const SqliteConnection> connection, sqlite3_stmt* handle, const char* doing);
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&& other) noexcept;
  ~Statement();

  /// Starts over with these parameters, in the order of the question marks. Blobs are not copied: they must live until
  /// the last step. A parameter that cannot be bound is reported by step().
  template <typename... Values>
  Statement& bind(const Values&... values) {
    rewind();
    (bindNext(values), ...);
    return *this;
  }

  /// Starts over with the columns of another statement's current row as parameters; they are copied.
  Statement& bindRow(const Statement& row);

  /// True: a row is there to be read. False: no more rows.
  [[nodiscard]] Result<bool> step();
  /// Steps to the end and forgets the rows.
  [[nodiscard]] Status run();

  [[nodiscard]] int columnCount() const;
  // Columns of the current row, from 0. A value of another type reads as 0 or empty.
  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::uint64_t unsignedInteger(int column) const { return static_cast<std::uint64_t>(integer(column)); }
  [[nodiscard]] double real(int column) const;
  [[nodiscard]] bool isNull(int column) const;
  [[nodiscard]] std::string text(int column) const;
  /// Valid until the next step.
  [[nodiscard]] std::span<const std::byte> blob(int column) const;

 private:
  void rewind();
  void bindNext(std::int64_t value);
  void bindNext(int value) { bindNext(std::int64_t{value}); }
  void bindNext(std::uint64_t value) { bindNext(static_cast<std::int64_t>(value)); }
  /// Not-a-number becomes NULL, SQLite having no such value.
  void bindNext(double value);
  void bindNext(std::string_view value);
  void bindNext(const std::string& value) { bindNext(std::string_view(value)); }
  void bindNext(const char* value) { bindNext(std::string_view(value)); }
  void bindNext(std::span<const std::byte> value);
  void noteBound(int code);

  std::shared_ptr<const SqliteConnection> m_connection;
  sqlite3_stmt* m_handle;
  const char* m_doing;
  int m_bound = 0;
  int m_bindError = 0;
};

enum class DatabaseMode {
  kRead,
  kReadImmutable,  // takes no locks and looks at no WAL: only for a file that nobody can be writing
  kWrite,
  kCreate,
};

class Database {
 public:
  [[nodiscard]] static Result<Database> open(const std::filesystem::path& path, DatabaseMode mode);
  [[nodiscard]] static Result<Database> openInMemory();

  [[nodiscard]] const std::filesystem::path& path() const;
  [[nodiscard]] bool isReadOnly() const;

  /// One or more statements without parameters or results.
  [[nodiscard]] Status execute(const std::string& sql, const char* doing) const;
  [[nodiscard]] Result<Statement> prepare(std::string_view sql, const char* doing) const;
  /// One statement without results.
  template <typename... Values>
  [[nodiscard]] Status run(std::string_view sql, const char* doing, const Values&... values) const {
    Result<Statement> statement = prepare(sql, doing);
    if (!statement) return statement.error();
    return statement->bind(values...).run();
  }
  /// First column of the first row; 0 without a row.
  template <typename... Values>
  [[nodiscard]] Result<std::int64_t> integer(std::string_view sql, const char* doing, const Values&... values) const {
    Result<Statement> statement = prepare(sql, doing);
    if (!statement) return statement.error();
    const Result<bool> row = statement->bind(values...).step();
    if (!row) return row.error();
    return *row ? statement->integer(0) : 0;
  }
  [[nodiscard]] std::int64_t lastInsertId() const;
  /// Rows that the last statement changed.
  [[nodiscard]] std::int64_t changes() const;
  /// Bytes of the file that SQLite sees: no honest row is longer.
  [[nodiscard]] Result<std::uint64_t> sizeInBytes() const;

  /// Whether closing the last connection moves the WAL into the file; off while a file is only looked at.
  void setCheckpointOnClose(bool on) const;
  /// A consistent copy at `target`, which appears complete or not at all and replaces what was there.
  [[nodiscard]] Status backupTo(const std::filesystem::path& target) const;

 private:
  friend class Transaction;
  friend class Blob;
  explicit Database(std::shared_ptr<const SqliteConnection> connection) : m_connection(std::move(connection)) {}
  [[nodiscard]] static Result<Database> openName(const std::string& name, int flags, const std::filesystem::path& path);

  std::shared_ptr<const SqliteConnection> m_connection;
};

/// Rolls back when destroyed without commit(). Committed, rolled back or moved-from it does nothing more.
class Transaction {
 public:
  enum class Kind { kRead, kWrite };
  [[nodiscard]] static Result<Transaction> begin(const Database& database, Kind kind, const char* doing);
  Transaction(Transaction&& other) noexcept = default;
  Transaction& operator=(Transaction&& other) noexcept;
  ~Transaction() { rollback(); }

  /// After an error the transaction is still open: destroying it rolls back.
  [[nodiscard]] Status commit();
  void rollback() noexcept;

 private:
  Transaction(std::shared_ptr<const SqliteConnection> connection, const char* doing)
      : m_connection(std::move(connection)), m_doing(doing) {}

  std::shared_ptr<const SqliteConnection> m_connection;  // null: finished or moved from
  const char* m_doing;
};

/// A blob of one row, read piece by piece without copying it through SQLite's memory.
class Blob {
 public:
  [[nodiscard]] static Result<Blob> open(const Database& database, const char* table, const char* column,
                                         std::int64_t rowId, const char* doing);
  Blob(Blob&& other) noexcept;
  Blob& operator=(Blob&& other) noexcept;
  ~Blob();

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] Status read(std::size_t offset, std::span<std::byte> out) const;

 private:
  Blob(std::shared_ptr<const SqliteConnection> connection, sqlite3_blob* handle, const char* doing)
      : m_connection(std::move(connection)), m_handle(handle), m_doing(doing) {}

  std::shared_ptr<const SqliteConnection> m_connection;
  sqlite3_blob* m_handle;
  const char* m_doing;
};

}  // namespace tidemark
