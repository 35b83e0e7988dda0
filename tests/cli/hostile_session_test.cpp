// Session files that are none, damaged, somebody else's or in the wrong place: one sentence each, and nothing is
// touched.

#include <sqlite3.h>

#include <algorithm>

#include "tests/cli/session_fixture.h"

namespace tidemark::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

void runSql(const fs::path& session, const std::string& sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(session.c_str(), &database), SQLITE_OK);
  char* problem = nullptr;
  EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, &problem), SQLITE_OK) << problem;
  sqlite3_free(problem);
  sqlite3_close(database);
}

class HostileSession : public SessionCommands {
 protected:
  /// A session with a document, an answer and nothing open.
  [[nodiscard]] fs::path makeSession() const {
    (void)read("s", {kTavern.string()});
    (void)ask("s", kQuestion);
    return path("s.tidemark");
  }
  /// Every command refuses the file with one line that names it, and leaves its bytes alone.
  void expectEveryCommandRefuses(const fs::path& session, Words parts) const {
    parts.push_back(session.filename().string());
    const std::string before = readFile(session);
    expectRefused(runProgram({"read", kTavern.string(), "--session", session.string()}), parts);
    expectRefused(runProgram({"ask", kQuestion, "--session", session.string()}), parts);
    expectRefused(runProgram({"sessions", "show", session.string()}), parts);
    expectRefused(runProgram({"sessions", "verify", session.string()}), parts);
    EXPECT_EQ(readFile(session), before);
    const auto list = expectDone(runProgram({"sessions", "list", path("").string(), "--json"}));
    EXPECT_EQ(list["sessions"].size(), 1u);  // named, with its problem
  }
  /// A copy of the built-in model.
  [[nodiscard]] fs::path copyModel() const {
    fs::copy(fs::path(TM_SOURCE_DIR) / "resources/models/mini", path("model"), fs::copy_options::recursive);
    return path("model");
  }
  void expectOtherModelRefused(const fs::path& model, const Words& parts) const {
    const Words option = {"--model", model.string()};
    expectRefused(runProgram(askWords("s", kQuestion, option)), parts);
    expectRefused(runProgram(readWords("s", {kTavern.string(), "--model", model.string()})), parts);
    expectWhole("s");
    EXPECT_EQ(ask("s", kQuestion)["answer"], "Geneva");
  }
};

TEST_F(HostileSession, TextFile) {
  expectEveryCommandRefuses(write("text.tidemark", std::string(5000, 'x')), {"not a Tidemark session"});
}

TEST_F(HostileSession, EmptyFile) {
  expectEveryCommandRefuses(write("empty.tidemark", ""), {"empty"});
}

TEST_F(HostileSession, AnotherDatabase) {
  runSql(path("other.tidemark"), "CREATE TABLE t(x); INSERT INTO t VALUES (1)");
  expectEveryCommandRefuses(path("other.tidemark"), {"not a Tidemark session"});
}

TEST_F(HostileSession, Directory) {
  fs::create_directory(path("folder.tidemark"));
  expectRefused(runProgram(askWords("folder", kQuestion)), {"folder.tidemark", "not a file"});
  expectRefused(runProgram(readWords("folder", {kTavern.string()})), {"folder.tidemark", "not a file"});
}

TEST_F(HostileSession, NameOfAFolder) {
  for (const std::string& name : {path("").string(), path(".").string(), path("..").string()}) {
    expectRefused(runProgram({"read", kTavern.string(), "--session", name}), {"names a folder", "book.tidemark"});
    expectRefused(runProgram({"ask", kQuestion, "--session", name}), {"names a folder"});
  }
}

TEST_F(HostileSession, NewerSchema) {
  const auto session = makeSession();
  runSql(session, "PRAGMA user_version = 9999");
  expectEveryCommandRefuses(session, {"9999", "newer"});
}

TEST_F(HostileSession, Truncated) {
  const auto session = makeSession();
  fs::resize_file(session, fs::file_size(session) / 2);
  const ProgramRun check = runProgram({"sessions", "verify", session.string()});
  expectRefused(check, {"s.tidemark", "damaged"});
  for (const ProgramRun& run : {runProgram(askWords("s", kQuestion)), runProgram(readWords("s", {kTavern.string()}))}) {
    EXPECT_NE(run.status, 0);
    EXPECT_THAT(run.err, HasSubstr("s.tidemark"));
    EXPECT_TRUE(run.hasOneLineError()) << run.err;
  }
}

TEST_F(HostileSession, FlippedByteInASnapshot) {
  const auto session = makeSession();
  // The payload is by far the largest thing in the file, so that its middle is somewhere in one.
  std::string bytes = readFile(session);
  ASSERT_GT(bytes.size(), 900'000u);
  bytes[bytes.size() - 300'000] ^= 0x10;
  writeFile(session, bytes);
  const ProgramRun check = runProgram({"sessions", "verify", session.string()});
  expectRefused(check, {"s.tidemark", "damaged", "checksum"});
  for (const ProgramRun& run : {runProgram(askWords("s", kQuestion)), runProgram(readWords("s", {kTavern.string()}))}) {
    expectRefused(run, {"s.tidemark", "damaged", "checksum"});
  }
  // What is not damaged can still be looked at.
  EXPECT_EQ(sessions("show", "s")["questions"][0]["answer"], "Geneva");
}

TEST_F(HostileSession, OneChangedWeightIsAnotherModel) {
  (void)makeSession();
  const auto model = copyModel();
  std::string weights = readFile(model / "model.safetensors");
  weights[weights.size() - 1000] ^= 1;
  writeFile(model / "model.safetensors", weights);
  expectOtherModelRefused(model, {"s.tidemark", "weights"});
}

TEST_F(HostileSession, OneChangedConfigValueIsAnotherModel) {
  (void)makeSession();
  const auto model = copyModel();
  std::string config = readFile(model / "config.json");
  const std::string from = "\"rope_theta\": 10000.0";
  config.replace(config.find(from), from.size(), "\"rope_theta\": 20000.0");
  writeFile(model / "config.json", config);
  expectOtherModelRefused(model, {"s.tidemark", "config"});
}

TEST_F(HostileSession, AModelInAnotherFolderIsTheSameModel) {
  (void)makeSession();
  EXPECT_EQ(ask("s", kQuestion, {"--model", copyModel().string() + "/"})["answer"], "Geneva");
}

TEST_F(HostileSession, FolderThatCannotBeWrittenTo) {
  (void)makeSession();
  SpawnOptions options;
  options.unprivileged = true;
  fs::permissions(path(""), fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read |
                                fs::perms::others_exec | fs::perms::group_read | fs::perms::group_exec);
  const ProgramRun show = runLimited({"sessions", "show", path("s").string()}, options);
  const ProgramRun asking = runLimited(askWords("s", kQuestion), options);
  const ProgramRun reading = runLimited(readWords("new", {kTavern.string()}), options);
  fs::permissions(path(""), fs::perms::owner_all);
  if (show.status == 126 || show.status == 127) GTEST_SKIP() << "the program cannot be run without privileges here";
  EXPECT_EQ(show.status, 0) << show.err;  // looking needs no right to write
  EXPECT_THAT(show.out, HasSubstr("Geneva"));
  expectRefused(asking, {"s.tidemark", "writ"});
  expectRefused(reading, {"new.tidemark", "writ"});
  EXPECT_EQ(ask("s", kQuestion)["answer"], "Geneva");
}

TEST_F(HostileSession, FolderThatDoesNotExist) {
  expectRefused(runProgram({"read", kTavern.string(), "--session", path("no/where").string()}),
                {"where.tidemark", "folder"});
}

}  // namespace
}  // namespace tidemark::testing
