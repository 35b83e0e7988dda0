// A read that is stopped, politely or not, is gone on with and ends where an undisturbed one ends.

#include <csignal>
#include <random>
#include <thread>

#include "tests/cli/session_fixture.h"

namespace tidemark::testing {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;
using ::testing::HasSubstr;

constexpr int kKills = 15;

double secondsSince(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

class Interruption : public SessionCommands {
 protected:
  /// Reads with many snapshots, so that every interruption leaves something.
  [[nodiscard]] Words reading(const std::string& session, const std::filesystem::path& file) const {
    return readWords(session, {file.string(), "--snapshot-seconds", "0.05"});
  }
  /// Enough for a few seconds of reading.
  [[nodiscard]] std::filesystem::path writeBook() const {
    return write("book.txt", readFile(sample("moby-dick.txt")).substr(0, kSanitized ? 100'000 : 300'000));
  }
  /// Waits until the session has a snapshot to resume from.
  void waitForSnapshot(SpawnedProgram& program, const std::string& session) const {
    while (program.isRunning() && resumable(session) == 0) std::this_thread::sleep_for(milliseconds(20));
  }
  /// Segments that the next read will not read again.
  [[nodiscard]] std::int64_t resumable(const std::string& session) const {
    const ProgramRun run = runProgram({"sessions", "show", path(session).string() + ".tidemark", "--json"});
    if (run.status != 0) return 0;
    const auto json = run.json();
    return json["snapshots"].empty() ? 0 : json["snapshots"].back()["segment"].get<std::int64_t>() + 1;
  }
  void stopPolitely(int number) const;
};

void Interruption::stopPolitely(int number) const {
  const auto file = writeCopies("book.txt", "moby-dick.txt", 2);
  SpawnedProgram program(reading("s", file));
  waitForSnapshot(program, "s");
  ASSERT_TRUE(program.signal(number));
  const auto start = Clock::now();
  const ProgramRun run = program.wait();
  EXPECT_LT(secondsSince(start), kSanitized ? 10.0 : 1.0);
  EXPECT_EQ(run.status, 3) << run.err;
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.err, HasSubstr("run the same command again to go on"));
  expectWhole("s");
  EXPECT_GT(resumable("s"), 0);
  EXPECT_FALSE(std::filesystem::exists(path("s.tidemark-lock")));
}

TEST_F(Interruption, ControlCLeavesAResumableSession) {
  stopPolitely(SIGINT);
}

TEST_F(Interruption, TerminationLeavesAResumableSession) {
  stopPolitely(SIGTERM);
}

TEST_F(Interruption, ResumedReadEndsLikeAnUndisturbedOne) {
  const auto file = writeBook();
  SpawnedProgram program(reading("s", file));
  waitForSnapshot(program, "s");
  program.signal(SIGINT);
  ASSERT_EQ(program.wait().status, 3);
  const std::int64_t resumed = resumable("s");
  const auto second = expectDone(runProgram(reading("s", file)));
  const auto whole = read("whole", {file.string()});
  EXPECT_EQ(second["state_hash"], whole["state_hash"]);
  EXPECT_EQ(second["tail_tokens"], whole["tail_tokens"]);
  EXPECT_EQ(second["segments_resumed"], resumed);
  EXPECT_EQ(second["segments_read"].get<std::int64_t>() + resumed, whole["segments_read"]);
}

TEST_F(Interruption, KillsNeverDamageOrLoseWhatWasStored) {
  const auto file = writeBook();
  const auto whole = read("whole", {file.string()});
  std::mt19937 random(20240607);
  // Early ones hit the loading and the import, late ones the reading.
  std::uniform_int_distribution<int> wait(5, 250);
  std::int64_t before = 0;
  int killed = 0;
  for (int round = 0; round < kKills; ++round) {
    SpawnedProgram program(reading("s", file));
    std::this_thread::sleep_for(milliseconds(wait(random)));
    program.signal(SIGKILL);
    killed += program.wait().status == 128 + SIGKILL ? 1 : 0;
    if (!std::filesystem::exists(path("s.tidemark"))) continue;  // killed before there was one
    expectWhole("s");
    const std::int64_t now = resumable("s");
    EXPECT_GE(now, before) << "round " << round;
    before = now;
  }
  EXPECT_GT(killed, kKills / 2);
  const auto last = expectDone(runProgram(reading("s", file)));
  EXPECT_EQ(last["state_hash"], whole["state_hash"]);
  EXPECT_EQ(last["tail_tokens"], whole["tail_tokens"]);
  EXPECT_GE(last["segments_resumed"], before);
  expectWhole("s");
}

TEST_F(Interruption, AnswersThatWereShownSurviveKills) {
  const auto reading = read("s", {kTavern.string()});
  std::mt19937 random(7);
  std::uniform_int_distribution<int> wait(1, 60);
  std::size_t shown = 0;
  for (int round = 0; round < 12; ++round) {
    SpawnedProgram program({"ask", kQuestion, "--session", path("s").string()});
    std::this_thread::sleep_for(milliseconds(wait(random)));
    program.signal(SIGKILL);
    const ProgramRun run = program.wait();
    if (run.out.ends_with("\n")) ++shown;
    expectWhole("s");
  }
  // Asking again is a writer: it settles what the killed ones left.
  EXPECT_EQ(ask("s", kQuestion)["answer"], "Geneva");
  std::size_t done = 0;
  const auto contents = sessions("show", "s");
  for (const auto& question : contents["questions"]) {
    EXPECT_THAT(question["state"].get<std::string>(), ::testing::AnyOf("done", "cancelled"));
    if (question["state"] == "done") {
      ++done;
      EXPECT_EQ(question["answer"], "Geneva");
    }
  }
  EXPECT_GE(done, shown + 1);
  EXPECT_EQ(read("s", {kTavern.string()})["state_hash"], reading["state_hash"]);
}

TEST_F(Interruption, SecondWriterIsToldWhoHasTheSession) {
  SpawnedProgram first(reading("s", sample("moby-dick.txt")));
  waitForSnapshot(first, "s");
  const ProgramRun second = runProgram(askWords("s", kQuestion));
  if (!first.isRunning()) GTEST_SKIP() << "the first one was over too soon";
  expectRefused(second, {"s.tidemark", "in use", "process " + std::to_string(first.id())});
  expectWhole("s");  // readers may look beside a writer
  first.signal(SIGINT);
  EXPECT_EQ(first.wait().status, 3);
}

}  // namespace
}  // namespace tidemark::testing
