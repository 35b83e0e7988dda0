// sessions recall: what it says, and that it leaves nothing behind.

#include <csignal>
#include <set>
#include <thread>

#include "tests/cli/session_fixture.h"

namespace tidemark::testing {
namespace {

using ::testing::HasSubstr;

class SessionsRecall : public SessionCommands {
 protected:
  [[nodiscard]] Words recallWords(const Words& more = {}) const {
    Words words = {"sessions", "recall", path("s").string()};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  [[nodiscard]] std::set<std::string> filesInFolder() const {
    std::set<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(path("."))) names.insert(entry.path().filename());
    return names;
  }
};

TEST_F(SessionsRecall, CountsWhatIsRecalledAndChangesNothing) {
  read("s", {kTavern.string()});
  const std::string before = readFile(path("s.tidemark"));
  const auto files = filesInFolder();
  const auto found = expectDone(runProgram(recallWords({"--facts", "12", "--json"})));
  EXPECT_EQ(found["facts"], 12);
  EXPECT_EQ(found["readings"], 2);
  ASSERT_EQ(found["answers"].size(), 12u);
  int recalled = 0;
  int asked = 0;
  for (const auto& bucket : found["buckets"]) {
    recalled += bucket["recalled"].get<int>();
    asked += bucket["asked"].get<int>();
    EXPECT_LE(bucket["nearest"], bucket["farthest"]);
  }
  EXPECT_EQ(asked, 12);
  EXPECT_EQ(recalled, found["recalled"]);
  EXPECT_GT(recalled, found["right_by_luck"]);
  // The same facts give the same answers.
  EXPECT_EQ(expectDone(runProgram(recallWords({"--facts", "12", "--json"})))["answers"], found["answers"]);
  EXPECT_NE(expectDone(runProgram(recallWords({"--facts", "12", "--seed", "1", "--json"})))["answers"][0]["fact"],
            found["answers"][0]["fact"]);
  const ProgramRun table = runProgram(recallWords({"--facts", "12"}));
  EXPECT_THAT(table.err, HasSubstr("the text 2 times, with 12 facts in all"));
  EXPECT_THAT(table.out, HasSubstr("segments from end"));
  EXPECT_THAT(table.out, HasSubstr(std::to_string(recalled) + " of 12"));
  EXPECT_EQ(readFile(path("s.tidemark")), before);
  EXPECT_EQ(filesInFolder(), files);
}

TEST_F(SessionsRecall, ControlCLeavesNothing) {
  read("s", {writeCopies("book.txt", "harbor-notes.txt", 2).string()});
  const std::string before = readFile(path("s.tidemark"));
  const auto files = filesInFolder();
  SpawnedProgram program(recallWords({"--facts", "200", "--per-reading", "2"}));
  while (program.isRunning() && program.errors().find("into a memory of its own") == std::string::npos) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ASSERT_TRUE(program.signal(SIGINT));
  const ProgramRun run = program.wait();
  EXPECT_EQ(run.status, 3) << run.err;
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.err, HasSubstr("nothing of it was kept"));
  EXPECT_EQ(readFile(path("s.tidemark")), before);
  EXPECT_EQ(filesInFolder(), files);
}

TEST_F(SessionsRecall, SaysWhatCannotBeMeasured) {
  read("s", {kTavern.string()});
  expectRefused(runProgram(recallWords({"--facts", "900"})), {"900 facts", "at most one in each segment"});
  EXPECT_EQ(runProgram(recallWords({"--facts", "0"})).status, 2);
  ASSERT_EQ(runProgram({"sessions", "export", path("s").string(), path("m").string(), "--memory-only"}).status, 0);
  expectRefused(runProgram({"sessions", "recall", path("m").string()}), {"without its text"});
  expectRefused(runProgram({"sessions", "recall", path("none").string()}), {"none.tidemark"});
}

}  // namespace
}  // namespace tidemark::testing
