#include "engine/session/sqlite.h"

#include <limits>

#include "tests/session/session_fixture.h"

namespace tidemark {
namespace {

using testing::Test;

class SqliteTest : public Test {
 protected:
  void SetUp() override {
    Result<Database> database = Database::open(m_folder / "a.db", DatabaseMode::kCreate);
    ASSERT_TRUE(database.ok());
    m_database.emplace(std::move(*database));
    ASSERT_TRUE(m_database->execute("CREATE TABLE t (a INTEGER PRIMARY KEY, b ANY) STRICT", "prepare").ok());
  }
  [[nodiscard]] std::int64_t rows() const { return *m_database->integer("SELECT count(*) FROM t", "count"); }
  [[nodiscard]] Status insert(std::int64_t a) const {
    return m_database->run("INSERT INTO t VALUES (?, 0)", "fill", a);
  }
  [[nodiscard]] Result<Transaction> begin() const {
    return Transaction::begin(*m_database, Transaction::Kind::kWrite, "fill");
  }

  TemporaryFolder m_folder;
  std::optional<Database> m_database;
};

TEST_F(SqliteTest, TransactionRollsBackUnlessCommitted) {
  {
    Result<Transaction> transaction = begin();
    ASSERT_TRUE(transaction.ok());
    ASSERT_TRUE(insert(1).ok());
    EXPECT_EQ(rows(), 1);
  }
  EXPECT_EQ(rows(), 0);
  {
    Result<Transaction> transaction = begin();
    ASSERT_TRUE(transaction.ok());
    ASSERT_TRUE(insert(1).ok());
    ASSERT_TRUE(transaction->commit().ok());
  }
  EXPECT_EQ(rows(), 1);
}

TEST_F(SqliteTest, FinishedOrMovedFromTransactionTouchesNothing) {
  Result<Transaction> first = begin();
  ASSERT_TRUE(first.ok());
  ASSERT_TRUE(insert(1).ok());
  ASSERT_TRUE(first->commit().ok());
  {
    Result<Transaction> second = begin();
    ASSERT_TRUE(second.ok());
    ASSERT_TRUE(insert(2).ok());
    first->rollback();  // must not end the second one
    EXPECT_TRUE(first->commit().ok());
    std::optional<Transaction> moved(std::move(*second));
    second->rollback();  // NOLINT(bugprone-use-after-move): what is tested
    EXPECT_EQ(rows(), 2);
    ASSERT_TRUE(moved->commit().ok());
  }
  EXPECT_EQ(rows(), 2);
}

TEST_F(SqliteTest, AssignedTransactionRollsBackTheOldOne) {
  Result<Transaction> transaction = begin();
  ASSERT_TRUE(transaction.ok());
  ASSERT_TRUE(insert(1).ok());
  transaction->rollback();
  Result<Transaction> other = begin();
  ASSERT_TRUE(other.ok());
  ASSERT_TRUE(insert(2).ok());
  *transaction = std::move(*other);
  EXPECT_EQ(rows(), 1);
  transaction->rollback();
  EXPECT_EQ(rows(), 0);
}

TEST_F(SqliteTest, ValuesComeBackAsTheyWent) {
  const std::string textWithZero("a\0b", 3);
  const std::vector<std::byte> bytes = {std::byte{0}, std::byte{255}};
  Result<Statement> row = m_database->prepare("SELECT ?, ?, ?, ?, ?, ?, ?", "echo");
  ASSERT_TRUE(row.ok());
  row->bind(INT64_MIN, UINT64_MAX, 0.1, std::numeric_limits<double>::quiet_NaN(), textWithZero,
            std::span<const std::byte>(bytes), std::span<const std::byte>());
  const Result<bool> found = row->step();
  ASSERT_TRUE(found.ok() && *found);
  EXPECT_EQ(row->integer(0), INT64_MIN);
  EXPECT_EQ(row->unsignedInteger(1), UINT64_MAX);
  EXPECT_EQ(row->real(2), 0.1);
  EXPECT_TRUE(row->isNull(3));
  EXPECT_EQ(row->text(4), textWithZero);
  EXPECT_EQ(std::vector<std::byte>(row->blob(5).begin(), row->blob(5).end()), bytes);
  EXPECT_FALSE(row->isNull(6));
  EXPECT_TRUE(row->blob(6).empty());
}

TEST_F(SqliteTest, TooManyParametersAreAnError) {
  const Status status = m_database->run("INSERT INTO t VALUES (?, 0)", "fill", 1, 2);
  EXPECT_FALSE(status.ok());
  EXPECT_EQ(rows(), 0);
}

TEST_F(SqliteTest, BlobReadsAnyPartAndRefusesTheRest) {
  std::string bytes = sampleText(100000);
  ASSERT_TRUE(m_database->run("INSERT INTO t VALUES (1, ?)", "fill", std::as_bytes(std::span(bytes))).ok());
  const Result<Blob> blob = Blob::open(*m_database, "t", "b", 1, "read");
  ASSERT_TRUE(blob.ok());
  ASSERT_EQ(blob->size(), bytes.size());
  std::string part(5000, ' ');
  ASSERT_TRUE(blob->read(95000, std::as_writable_bytes(std::span(part))).ok());
  EXPECT_EQ(part, bytes.substr(95000));
  EXPECT_EQ(blob->read(95001, std::as_writable_bytes(std::span(part))).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(blob->read(SIZE_MAX, std::as_writable_bytes(std::span(part))).error().code, ErrorCode::kInvalidArgument);
  EXPECT_FALSE(Blob::open(*m_database, "t", "b", 2, "read").ok());
}

TEST_F(SqliteTest, ErrorSaysWhatWhereWhyAndWhatToDo) {
  ASSERT_TRUE(insert(1).ok());
  const Status status = insert(1);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kInvalidArgument);
  EXPECT_NE(status.error().message.find("cannot fill " + (m_folder / "a.db").string()), std::string::npos);
  EXPECT_NE(status.error().message.find("UNIQUE constraint failed: t.a"), std::string::npos);
  EXPECT_NE(status.error().message.find("nothing was stored"), std::string::npos);
}

TEST_F(SqliteTest, MissingFolderAndForeignFileAreNamed) {
  const Result<Database> missing = Database::open(m_folder / "no" / "a.db", DatabaseMode::kCreate);
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, ErrorCode::kIo);
  EXPECT_NE(missing.error().message.find("No such file or directory"), std::string::npos) << missing.error().message;

  writeFile(m_folder / "text", sampleText(5000));
  const Result<Database> text = Database::open(m_folder / "text", DatabaseMode::kRead);
  ASSERT_TRUE(text.ok());  // SQLite looks at a file when it is first read
  const Result<std::int64_t> version = text->integer("PRAGMA user_version", "open");
  ASSERT_FALSE(version.ok());
  EXPECT_EQ(version.error().code, ErrorCode::kCorrupt);
  EXPECT_NE(version.error().message.find("not a Tidemark session"), std::string::npos);
}

TEST_F(SqliteTest, ReadOnlyConnectionCannotWrite) {
  const Result<Database> reader = Database::open(m_folder / "a.db", DatabaseMode::kRead);
  ASSERT_TRUE(reader.ok());
  EXPECT_TRUE(reader->isReadOnly());
  EXPECT_FALSE(m_database->isReadOnly());
  EXPECT_EQ(reader->run("INSERT INTO t VALUES (1, 0)", "fill").error().code, ErrorCode::kIo);
}

TEST_F(SqliteTest, OddNamesAreFileNames) {
  for (const char* name : {":memory:", "file:x?mode=memory", "50%#1?.db"}) {
    const std::filesystem::path path = m_folder / name;
    {
      const Result<Database> database = Database::open(path, DatabaseMode::kCreate);
      ASSERT_TRUE(database.ok()) << name;
      ASSERT_TRUE(database->execute("CREATE TABLE odd (a)", "create").ok()) << name;
    }
    EXPECT_TRUE(std::filesystem::exists(path)) << name;
    const Result<Database> again = Database::open(path, DatabaseMode::kReadImmutable);
    ASSERT_TRUE(again.ok()) << name;
    EXPECT_EQ(*again->integer("SELECT count(*) FROM odd", "count"), 0) << name;
  }
}

TEST_F(SqliteTest, NothingInASchemaRuns) {
  ASSERT_TRUE(m_database
                  ->execute("CREATE TABLE log (a); CREATE TRIGGER spy AFTER INSERT ON t BEGIN INSERT INTO log "
                            "VALUES (1); END; CREATE VIEW v AS SELECT 1 AS a",
                            "prepare")
                  .ok());
  ASSERT_TRUE(insert(1).ok());
  EXPECT_EQ(*m_database->integer("SELECT count(*) FROM log", "count"), 0);
  EXPECT_FALSE(m_database->integer("SELECT a FROM v", "look").ok());
}

TEST_F(SqliteTest, BackupIsACopyAndReplacesAnOlderOne) {
  ASSERT_TRUE(insert(1).ok());
  writeFile(m_folder / "copy", "an older backup");
  ASSERT_TRUE(m_database->backupTo(m_folder / "copy").ok());
  const Result<Database> copy = Database::open(m_folder / "copy", DatabaseMode::kRead);
  ASSERT_TRUE(copy.ok());
  EXPECT_EQ(*copy->integer("SELECT count(*) FROM t", "count"), 1);
  EXPECT_FALSE(m_database->backupTo(m_folder / "no" / "copy").ok());
}

}  // namespace
}  // namespace tidemark
