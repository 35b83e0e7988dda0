// A full disk, closed and broken streams, and memory that stays constant however long the document is.

#include "tests/cli/session_fixture.h"

namespace tidemark::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class MachineLimits : public SessionCommands {};

TEST_F(MachineLimits, FullDiskEndsTheReadAndKeepsWhatIsStored) {
  const auto file = write("book.txt", readFile(sample("moby-dick.txt")).substr(0, kSanitized ? 30'000 : 100'000));
  const auto whole = read("whole", {file.string()});
  for (const std::uint64_t kibibytes : {1, 700, 2500}) {
    const std::string session = "s" + std::to_string(kibibytes);
    SpawnOptions options;
    options.largestFile = kibibytes * 1024;
    const ProgramRun run = runLimited(readWords(session, {file.string(), "--snapshot-seconds", "0.05"}), options);
    EXPECT_EQ(run.status, 1) << run.err;
    EXPECT_THAT(run.err, HasSubstr(session + ".tidemark"));
    EXPECT_THAT(run.err, HasSubstr("free space and limits on the size of files"));
    if (fs::exists(path(session + ".tidemark"))) expectWhole(session);
    // With room again it goes on and ends where it should.
    EXPECT_EQ(read(session, {file.string()})["state_hash"], whole["state_hash"]);
  }
}

TEST_F(MachineLimits, FullDiskWhileAskingKeepsEarlierAnswers) {
  const auto reading = read("s", {kTavern.string()});
  (void)ask("s", kQuestion);
  SpawnOptions options;
  options.largestFile = 1024;
  const ProgramRun run = runLimited(askWords("s", kQuestion), options);
  EXPECT_EQ(run.status, 1);
  EXPECT_TRUE(run.hasOneLineError()) << run.err;
  EXPECT_THAT(run.err, HasSubstr("s.tidemark"));
  expectWhole("s");
  EXPECT_EQ(sessions("show", "s")["questions"][0]["answer"], "Geneva");
  EXPECT_EQ(read("s", {kTavern.string()})["state_hash"], reading["state_hash"]);
}

TEST_F(MachineLimits, LostOutputIsAFailureButNotALostSession) {
  const auto whole = read("whole", {kTavern.string()});
  SpawnOptions closed;
  closed.closeOutput = true;
  SpawnOptions broken;
  broken.brokenOutput = true;
  int number = 0;
  for (const SpawnOptions& options : {closed, broken}) {
    const std::string session = "s" + std::to_string(++number);
    const ProgramRun run = runLimited(readWords(session, {kTavern.string()}), options);
    EXPECT_EQ(run.status, 1);
    EXPECT_THAT(run.err, HasSubstr("standard output"));
    expectWhole(session);
    EXPECT_FALSE(fs::exists(path(session + ".tidemark-lock")));
    const auto again = read(session, {kTavern.string()});
    EXPECT_EQ(again["segments_read"], 0);
    EXPECT_EQ(again["state_hash"], whole["state_hash"]);
    const ProgramRun asking = runLimited({"ask", kQuestion, "--session", path(session).string()}, options);
    EXPECT_EQ(asking.status, 1);
    EXPECT_TRUE(asking.hasOneLineError()) << asking.err;
    EXPECT_EQ(sessions("show", session)["questions"][0]["answer"], "Geneva");  // kept all the same
  }
}

TEST_F(MachineLimits, LostProgressIsNoFailure) {
  SpawnOptions closed;
  closed.closeErrors = true;
  SpawnOptions broken;
  broken.brokenErrors = true;
  int number = 0;
  for (const SpawnOptions& options : {closed, broken}) {
    const std::string session = "s" + std::to_string(++number);
    const ProgramRun run = runLimited(readWords(session, {kTavern.string()}), options);
    EXPECT_EQ(run.status, 0);
    EXPECT_EQ(run.json()["segments_resumed"], 0);
    expectWhole(session);
    EXPECT_EQ(runLimited({"ask", kQuestion, "--session", path(session).string()}, options).out, "Geneva\n");
  }
}

TEST_F(MachineLimits, AllStreamsClosed) {
  SpawnOptions options;
  options.closeOutput = true;
  options.closeErrors = true;
  EXPECT_EQ(runLimited(readWords("s", {kTavern.string()}), options).status, 1);
  expectWhole("s");
  EXPECT_EQ(ask("s", kQuestion)["answer"], "Geneva");
}

TEST_F(MachineLimits, MemoryDoesNotGrowWithTheDocument) {
  if (kSanitized) GTEST_SKIP() << "memory is the sanitizer's here";
  const auto small = write("small.txt", readFile(sample("moby-dick.txt")).substr(0, 60'000));
  const auto few = read("few", {small.string()});
  const auto many = read("many", {sample("moby-dick.txt").string()});
  EXPECT_GT(few["tokens"], 15'000);
  EXPECT_GT(many["tokens"], 350'000);
  constexpr std::int64_t kMost = 150 << 20;
  EXPECT_LT(many["peak_rss_bytes"].get<std::int64_t>() - few["peak_rss_bytes"].get<std::int64_t>(), kMost);
  EXPECT_EQ(many["state_bytes"], few["state_bytes"]);
}

}  // namespace
}  // namespace tidemark::testing
