#include "engine/session/schema.h"

#include "tests/session/session_fixture.h"

namespace tidemark {
namespace {

constexpr const char* kFirst = R"sql(
CREATE TABLE parents (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
CREATE TABLE children (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parents (id) ON DELETE CASCADE) STRICT;
)sql";
// Rebuilds a table that others refer to: with foreign keys on, dropping it would delete them too.
constexpr const char* kSecond = R"sql(
CREATE TABLE parents_new (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER NOT NULL) STRICT;
INSERT INTO parents_new SELECT id, name, 7 FROM parents;
DROP TABLE parents;
ALTER TABLE parents_new RENAME TO parents;
)sql";
constexpr const char* kThird = "ALTER TABLE children ADD COLUMN note TEXT";
constexpr Migration kThree[] = {{1, kFirst}, {2, kSecond}, {3, kThird}};
constexpr Migration kThirdFails[] = {{1, kFirst}, {2, kSecond}, {3, "INSERT INTO nowhere VALUES (1)"}};
constexpr Migration kOrphans[] = {{1, kFirst}, {2, "DELETE FROM parents"}};

std::span<const Migration> firstOf(int count) {
  return std::span(kThree).first(count);
}

class SchemaTest : public testing::Test {
 protected:
  /// A file of version 1 with two families.
  [[nodiscard]] Database oldFile() const {
    Result<Database> database = Database::open(m_path, DatabaseMode::kCreate);
    EXPECT_TRUE(createSchema(*database, firstOf(1)).ok());
    EXPECT_TRUE(database
                    ->execute("INSERT INTO parents VALUES (1, 'Ahab'), (2, 'Ishmael'); "
                              "INSERT INTO children VALUES (10, 1), (20, 2), (21, 2)",
                              "fill")
                    .ok());
    return std::move(*database);
  }
  [[nodiscard]] static std::int64_t number(const Database& database, const char* sql) {
    const Result<std::int64_t> value = database.integer(sql, "count");
    return value ? *value : -1;
  }

  TemporaryFolder m_folder;
  std::filesystem::path m_path = m_folder / "old.tidemark";
};

TEST_F(SchemaTest, NewSessionIsRecognisable) {
  {
    const Result<Database> database = Database::open(m_path, DatabaseMode::kCreate);
    ASSERT_TRUE(database.ok());
    ASSERT_TRUE(createSchema(*database, sessionMigrations()).ok());
    EXPECT_TRUE(checkSchema(*database, sessionMigrations()).ok());
    EXPECT_EQ(number(*database, "PRAGMA page_size"), 32768);
    EXPECT_EQ(number(*database, "PRAGMA foreign_keys"), 1);
    EXPECT_EQ(number(*database,
                     "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND "
                     "strict = 0 AND name NOT LIKE 'sqlite_%'"),
              0);
  }
  EXPECT_EQ(fileBytes(m_path).substr(68, 4), "Tide");
}

TEST_F(SchemaTest, OlderFileIsMigratedAfterABackup) {
  const Database database = oldFile();
  ASSERT_TRUE(migrateSchema(database, kThree).ok());
  EXPECT_EQ(*checkedSchemaVersion(database, kThree), 3);
  EXPECT_TRUE(checkSchema(database, kThree).ok());
  EXPECT_EQ(number(database, "SELECT sum(age) FROM parents"), 14);
  EXPECT_EQ(number(database, "SELECT count(*) FROM children"), 3);
  EXPECT_EQ(number(database, "PRAGMA foreign_keys"), 1);

  const Result<Database> backup = Database::open(m_folder / "old.tidemark.v1.bak", DatabaseMode::kRead);
  ASSERT_TRUE(backup.ok());
  EXPECT_EQ(*checkedSchemaVersion(*backup, firstOf(1)), 1);
  EXPECT_TRUE(checkSchema(*backup, firstOf(1)).ok());
  EXPECT_EQ(number(*backup, "SELECT count(*) FROM children"), 3);
}

TEST_F(SchemaTest, CurrentFileIsLeftAlone) {
  const Database database = oldFile();
  ASSERT_TRUE(migrateSchema(database, firstOf(1)).ok());
  EXPECT_FALSE(std::filesystem::exists(m_folder / "old.tidemark.v1.bak"));
}

TEST_F(SchemaTest, FailingMigrationChangesNothing) {
  const Database database = oldFile();
  ASSERT_FALSE(migrateSchema(database, kThirdFails).ok());
  EXPECT_EQ(*checkedSchemaVersion(database, kThree), 1);
  EXPECT_TRUE(checkSchema(database, firstOf(1)).ok());
  EXPECT_EQ(number(database, "SELECT count(*) FROM children"), 3);
  EXPECT_EQ(number(database, "PRAGMA foreign_keys"), 1);
  ASSERT_TRUE(migrateSchema(database, kThree).ok());  // and can be tried again
}

TEST_F(SchemaTest, MigrationThatBreaksReferencesIsRolledBack) {
  const Database database = oldFile();
  const Status status = migrateSchema(database, kOrphans);
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kCorrupt);
  EXPECT_NE(status.error().message.find("children"), std::string::npos);
  EXPECT_EQ(number(database, "SELECT count(*) FROM parents"), 2);
}

TEST_F(SchemaTest, NewerFileIsRefusedWithBothVersions) {
  const Database database = oldFile();
  ASSERT_TRUE(migrateSchema(database, kThree).ok());
  const Status status = migrateSchema(database, firstOf(2));
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kUnsupported);
  EXPECT_NE(status.error().message.find("format 3"), std::string::npos);
  EXPECT_NE(status.error().message.find("up to 2"), std::string::npos);
  EXPECT_FALSE(std::filesystem::exists(m_folder / "old.tidemark.v3.bak"));
}

TEST_F(SchemaTest, ForeignDatabasesAndImpossibleVersionsAreRefused) {
  const Result<Database> database = Database::open(m_path, DatabaseMode::kCreate);
  ASSERT_TRUE(database->execute("CREATE TABLE recipes (a)", "create").ok());
  EXPECT_EQ(checkedSchemaVersion(*database, kThree).error().code, ErrorCode::kCorrupt);
  ASSERT_TRUE(database->execute("PRAGMA application_id = 0x54696465", "create").ok());
  EXPECT_EQ(checkedSchemaVersion(*database, kThree).error().code, ErrorCode::kCorrupt);  // version 0
  ASSERT_TRUE(database->execute("PRAGMA user_version = -1", "create").ok());
  EXPECT_EQ(migrateSchema(*database, kThree).error().code, ErrorCode::kCorrupt);
}

TEST_F(SchemaTest, EveryChangeOfTheSchemaIsNoticed) {
  for (const char* change : {"DROP TABLE children", "ALTER TABLE parents ADD COLUMN spy TEXT", "CREATE TABLE extra (a)",
                             "CREATE INDEX slow ON parents (name)", "CREATE VIEW v AS SELECT 1",
                             "CREATE TRIGGER t AFTER INSERT ON parents BEGIN DELETE FROM children; END"}) {
    std::filesystem::remove(m_path);
    const Database database = oldFile();
    ASSERT_TRUE(checkSchema(database, firstOf(1)).ok());
    ASSERT_TRUE(database.execute(change, "change").ok()) << change;
    const Status status = checkSchema(database, firstOf(1));
    ASSERT_FALSE(status.ok()) << change;
    EXPECT_EQ(status.error().code, ErrorCode::kCorrupt);
  }
}

}  // namespace
}  // namespace tidemark
