// sessions fork, pin, export and import: other sessions with the same memory, and the same answers from them.

#include <filesystem>

#include "tests/cli/session_fixture.h"

namespace tidemark::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class SessionCopies : public SessionCommands {};

TEST_F(SessionCopies, AForkGoesItsOwnWay) {
  const auto before = read("parent", {kTavern.string()});
  const auto fork = done({"fork", name("parent"), name("child")});
  EXPECT_EQ(fork["state_hash"], before["state_hash"]);
  const auto more = read("child", {"--append", sample("harbor-notes.txt").string()});
  EXPECT_NE(more["state_hash"], before["state_hash"]);
  // The parent does not know of it.
  EXPECT_EQ(read("parent", {kTavern.string()})["state_hash"], before["state_hash"]);
  // Both are what a fresh read leaves.
  EXPECT_EQ(read("both", {kTavern.string(), sample("harbor-notes.txt").string()})["state_hash"], more["state_hash"]);
  EXPECT_EQ(runProgram({"sessions", "fork", name("parent"), name("child")}).status, 1);
}

TEST_F(SessionCopies, AMemoryWithoutTextGivesTheSameAnswers) {
  read("s", {kTavern.string()});
  const ProgramRun out = runProgram({"sessions", "export", name("s"), name("memory"), "--memory-only"});
  ASSERT_EQ(out.status, 0) << out.err;
  EXPECT_THAT(out.err, HasSubstr("give it to nobody"));
  const auto imported = done({"import", name("memory"), name("elsewhere")});
  EXPECT_GT(imported["segments"], 10);
  for (const char* question : {"Where was Mary born?", "What is the favorite color of Charles?", "Where is Daniel?"}) {
    const auto there = ask("elsewhere", question);
    EXPECT_EQ(there["token_ids"], ask("s", question)["token_ids"]) << question;
    EXPECT_EQ(there["tokens_reread"], 0);
  }
  const auto asked = ask("elsewhere", kQuestion, {"--evidence"});
  EXPECT_THAT(asked["no_evidence"].get<std::string>(), HasSubstr("without the text"));
  EXPECT_EQ(sessions("show", "elsewhere")["questions"].back()["no_evidence"], asked["no_evidence"]);
  const ProgramRun earlier =
      runProgram({"ask", "Where is Daniel?", "--session", name("elsewhere"), "--as-of-segment", "2"});
  EXPECT_EQ(earlier.status, 1);
  EXPECT_THAT(earlier.err, HasSubstr("without its text"));
  const ProgramRun on = runProgram({"read", kTavern.string(), "--session", name("elsewhere")});
  EXPECT_EQ(on.status, 1);
  EXPECT_THAT(on.err, HasSubstr("not read on"));
  EXPECT_EQ(runProgram({"sessions", "verify", name("elsewhere")}).status, 0);
}

TEST_F(SessionCopies, PinnedSnapshotsStay) {
  read("s", {kTavern.string(), "--snapshot-seconds", "0.01"});
  const auto pinned = done({"pin", name("s"), "7"});
  EXPECT_LE(pinned["segment"], 7);
  read("s", {"--append", sample("harbor-notes.txt").string(), "--snapshot-seconds", "0.01", "--snapshot-budget", "1"});
  const auto shown = done({"show", name("s")});
  std::vector<std::int64_t> kept;
  for (const auto& snapshot : shown["snapshots"]) {
    if (snapshot["pinned"].get<bool>()) kept.push_back(snapshot["segment"]);
  }
  EXPECT_EQ(kept, std::vector<std::int64_t>{pinned["segment"]});
  EXPECT_FALSE(done({"pin", name("s"), "7", "--unpin"})["pinned"]);
}

TEST_F(SessionCopies, WrongUseIsSaid) {
  read("s", {kTavern.string()});
  EXPECT_EQ(runProgram({"sessions", "fork", name("s")}).status, 2);
  EXPECT_THAT(runProgram({"sessions", "pin", name("s"), "soon"}).err, HasSubstr("no segment"));
  EXPECT_THAT(runProgram({"sessions", "export", name("s"), name("t"), "--drop-tail"}).err, HasSubstr("--memory-only"));
  EXPECT_THAT(runProgram({"sessions", "forg", name("s"), name("t")}).err, HasSubstr("did you mean fork"));
  EXPECT_THAT(runProgram({"sessions", "import", kTavern.string(), name("t")}).err, Not(IsEmpty()));
  EXPECT_FALSE(std::filesystem::exists(path("t.tidemark")));
}

}  // namespace
}  // namespace tidemark::testing
