// sessions rewind, fork --as-of, pin, and ask --timeline from the command line; and kills in the middle of them.

#include <csignal>
#include <random>
#include <thread>

#include "tests/cli/session_fixture.h"

namespace tidemark::testing {
namespace {

using ::testing::HasSubstr;

class SessionBranching : public SessionCommands {
 protected:
  [[nodiscard]] std::string fileBytes(const std::string& session) const {
    return readFile(path(session + ".tidemark"));
  }
};

TEST_F(SessionBranching, RewoundAndSkippedEqualsAFreshReadWithout) {
  const std::string text = readFile(kTavern);
  std::string paged;  // ten pages
  const std::size_t part = text.size() / 10;
  std::vector<std::string> pages;
  for (int i = 0; i < 10; ++i) {
    pages.push_back(text.substr(static_cast<std::size_t>(i) * part, part) + "\f");
    paged += pages.back();
  }
  write("paged.txt", paged);
  read("s", {name("paged.txt")});
  const auto rewound = done({"rewind", name("s"), "--to-page", "3", "--skip-to-page", "6"});
  EXPECT_FALSE(rewound["finished"]);
  const auto after = read("s", {});
  std::string without;
  for (const int page : {0, 1, 2, 5, 6, 7, 8, 9}) without += pages[static_cast<std::size_t>(page)];
  write("without.txt", without);
  const auto fresh = read("fresh", {name("without.txt")});
  EXPECT_EQ(after["state_hash"], fresh["state_hash"]);
  EXPECT_EQ(after["tail_tokens"], fresh["tail_tokens"]);
  EXPECT_EQ(after["segments_resumed"], rewound["segments"]);
  // Pages behind the gap are called what they were.
  EXPECT_EQ(ask("s", kQuestion, {"--as-of-page", "6"})["as_of_page"], "6");
  expectWhole("s");
  EXPECT_THAT(runProgram({"sessions", "rewind", name("s")}).err, HasSubstr("--to-segment"));
  EXPECT_THAT(runProgram({"sessions", "rewind", name("s"), "--to-segment", "-1"}).err,
              HasSubstr("nothing would be left"));
}

TEST_F(SessionBranching, AForkAsOfASegmentLeavesTheParent) {
  read("parent", {kTavern.string()});
  const std::string before = fileBytes("parent");
  const auto fork = done({"fork", name("parent"), name("child"), "--as-of-segment", "9"});
  EXPECT_EQ(fork["segments"], 10);
  const auto pinned = done({"fork", name("parent"), name("other")});
  EXPECT_EQ(done({"pin", name("other"), "9"})["state_hash"], fork["state_hash"]);
  read("child", {"--append", sample("harbor-notes.txt").string()});
  EXPECT_EQ(fileBytes("parent"), before);
}

TEST_F(SessionBranching, ATimelineHasAPointForEveryPlaceAndNamesTheChanges) {
  const std::string prose = readFile(sample("harbor-notes.txt")).substr(0, 5000);
  write("moves.txt", "Sandra went to the kitchen. " + prose + "\fSandra went to the garden. " + prose);
  read("s", {name("moves.txt")});
  const auto timeline = ask("s", "Where is Sandra?", {"--timeline", "--every", "3"});
  const auto& points = timeline["points"];
  ASSERT_GT(points.size(), 3u);
  for (const auto& point : points) {
    const auto there = ask("s", "Where is Sandra?", {"--as-of-segment", std::to_string(point["segment"].get<int>())});
    EXPECT_EQ(point["token_ids"], there["token_ids"]);
  }
  ASSERT_EQ(timeline["changes"].size(), 1u) << timeline.dump(1);
  const auto& change = timeline["changes"].front();
  EXPECT_EQ(change["from"], "kitchen");
  EXPECT_EQ(change["to"], "garden");
  EXPECT_EQ(change["page"], "2");
  EXPECT_EQ(change["segment"].get<int>(), change["after_segment"].get<int>() + 3);
  const auto shown = runProgram({"ask", "Where is Sandra?", "--session", name("s"), "--timeline", "--every", "3"});
  EXPECT_EQ(shown.status, 0) << shown.err;
  EXPECT_THAT(shown.out, HasSubstr("changes between segment " + std::to_string(change["after_segment"].get<int>())));
  EXPECT_THAT(shown.out, HasSubstr(": kitchen -> garden\n"));
  EXPECT_EQ(runProgram(askWords("s", kQuestion, {"--every", "3"})).status, 1);
}

TEST_F(SessionBranching, AMemoryWithoutItsTextIsAskedAndNotChanged) {
  read("s", {kTavern.string(), "--snapshot-seconds", "3600"});
  EXPECT_GT(done({"export", name("s"), name("memory") + ".tidemark", "--memory-only"})["segments"], 9);
  const std::string file = name("memory") + ".tidemark";
  expectRefused(runProgram({"sessions", "rewind", name("memory"), "--to-segment", "9"}),
                {file, "holds a memory without its text", "not changed"});
  expectRefused(runProgram({"sessions", "fork", name("memory"), name("child"), "--as-of-segment", "9"}),
                {file + " holds a memory without its text", "not changed"});
  // A slow machine has stored snapshots on the way, but after odd segments.
  expectRefused(runProgram({"sessions", "pin", name("memory"), "10"}), {file, "not read again for a snapshot"});
  expectRefused(runProgram({"ask", kQuestion, "--session", name("memory"), "--timeline", "--every", "9"}),
                {file, "cannot be read again"});
  for (const auto& entry : std::filesystem::directory_iterator(path("memory.tidemark").parent_path())) {
    EXPECT_EQ(entry.path().filename().string().find("child"), std::string::npos) << entry.path();
  }
  // What there is a snapshot of can be asked, forked whole and held on to.
  const auto timeline = ask("memory", kQuestion, {"--timeline"});
  const auto snapshots =
      nlohmann::json::parse(runProgram({"sessions", "show", name("memory"), "--json"}).out)["snapshots"];
  ASSERT_GE(snapshots.size(), 1u);
  EXPECT_EQ(timeline["points"].size(), snapshots.size());
  const int last = timeline["points"].back()["segment"].get<int>();
  EXPECT_EQ(done({"pin", name("memory"), std::to_string(last)})["segments_reread"], 0);
  EXPECT_EQ(done({"fork", name("memory"), name("whole")})["segments"], last + 1);
}

TEST_F(SessionBranching, KillsLeaveTheParentWholeAndNoHalfChild) {
  read("parent", {kTavern.string(), "--snapshot-seconds", "0.02"});
  const std::string before = fileBytes("parent");
  const std::string text = readFile(kTavern);
  std::mt19937 random(50);
  std::uniform_int_distribution<int> wait(1, 120);
  constexpr int kRounds = kSanitized ? 8 : 50;
  for (int round = 0; round < kRounds; ++round) {
    const std::string child = "child" + std::to_string(round);
    std::vector<Words> kinds = {{"sessions", "fork", name("parent"), name(child), "--as-of-segment", "12"},
                                {"sessions", "export", name("parent"), name(child), "--memory-only"},
                                {"sessions", "fork", name("parent"), name(child)},
                                {"sessions", "rewind", name(child), "--to-segment", "12"},
                                {"read", "--session", name(child), "--append", sample("harbor-notes.txt").string(),
                                 "--snapshot-seconds", "0.01", "--snapshot-budget", "2"}};
    const std::size_t kind = static_cast<std::size_t>(round) % kinds.size();
    if (kind >= 3) {
      EXPECT_GT(done({"fork", name("parent"), name(child)})["segments"], 0);
    }
    SpawnedProgram program(kinds[kind]);
    std::this_thread::sleep_for(std::chrono::milliseconds(wait(random)));
    program.signal(SIGKILL);
    (void)program.wait();
    EXPECT_EQ(fileBytes("parent"), before) << round;
    for (const char* suffix : {"", ".tidemark"}) {
      if (std::filesystem::is_regular_file(path(child + suffix))) expectWhole(child + suffix);
    }
  }
  expectWhole("parent");
  // What the killed forks left goes when somebody looks at the folder.
  EXPECT_EQ(runProgram({"sessions", "list", path("").string()}).status, 0);
  for (const auto& entry : std::filesystem::directory_iterator(path(""))) {
    EXPECT_EQ(entry.path().filename().string().find("-fork"), std::string::npos) << entry.path();
  }
}

}  // namespace
}  // namespace tidemark::testing
