// sessions diff: two sessions, two places of one, and what cannot be compared.

#include <sqlite3.h>

#include "tests/cli/session_fixture.h"

namespace tidemark::testing {
namespace {

using ::testing::HasSubstr;

class SessionsDiff : public SessionCommands {
 protected:
  [[nodiscard]] std::string name(const std::string& session) const { return path(session).string(); }
  [[nodiscard]] ProgramRun diff(const Words& more) const {
    Words words = {"sessions", "diff"};
    words.insert(words.end(), more.begin(), more.end());
    return runProgram(words);
  }
  [[nodiscard]] nlohmann::json diffJson(Words more) const {
    more.emplace_back("--json");
    return expectDone(diff(more));
  }
  /// The tavern text about another city.
  [[nodiscard]] std::filesystem::path otherTavern() const {
    std::string text = readFile(kTavern);
    text.replace(text.find("Mary was born in Geneva"), 23, "Mary was born in Lisbon");
    return write("other.txt", text);
  }
};

TEST_F(SessionsDiff, OfASessionWithItselfIsNothing) {
  read("a", {kTavern.string()});
  const auto same = diffJson({name("a"), name("a")});
  EXPECT_TRUE(same["same_state"].get<bool>());
  EXPECT_TRUE(same["first_different_segment"].is_null());
  EXPECT_TRUE(same["segments"].empty());
  ASSERT_FALSE(same["layers"].empty());
  for (const auto& layer : same["layers"]) {
    EXPECT_EQ(layer["dw"], 0.0);
    EXPECT_EQ(layer["dz"], 0.0);
    EXPECT_GT(layer["w_first"], 0.0);
  }
  EXPECT_THAT(diff({name("a"), name("a")}).out, HasSubstr("the same, bit for bit"));
}

TEST_F(SessionsDiff, SaysWhatDiffersAndWhichAnswers) {
  const auto first = read("a", {kTavern.string()});
  const auto second = read("b", {otherTavern().string()});
  ask("a", kQuestion);
  ask("a", "What is the favorite color of Charles?");
  const auto found = diffJson({name("a"), name("b"), "--questions"});
  EXPECT_FALSE(found["same_state"].get<bool>());
  EXPECT_EQ(found["first"]["state_hash"], first["state_hash"]);
  EXPECT_EQ(found["second"]["state_hash"], second["state_hash"]);
  EXPECT_EQ(found["reading_compared_by"], "tokens");
  EXPECT_EQ(found["segments"].front()["segment"], found["first_different_segment"]);
  for (const auto& layer : found["layers"]) EXPECT_GT(layer["dw_relative"], 0.0);
  ASSERT_EQ(found["questions"].size(), 2u);
  EXPECT_TRUE(found["questions"][0]["differs"].get<bool>());
  EXPECT_EQ(found["questions"][0]["first"], "Geneva");
  EXPECT_EQ(found["questions"][0]["second_token_ids"], ask("b", kQuestion)["token_ids"]);
  const ProgramRun table = diff({name("a"), name("b"), "--questions"});
  EXPECT_EQ(table.status, 0) << table.err;
  EXPECT_THAT(table.out, HasSubstr("* Where was Mary born?"));
  EXPECT_THAT(table.out, HasSubstr("the first segment that differs is"));
}

TEST_F(SessionsDiff, OfTwoPlacesOfOneSession) {
  read("a", {kTavern.string()});
  const auto found = diffJson({name("a"), "--at", "segment:5", "--and", "segment:9"});
  EXPECT_EQ(found["first"]["segment"], 5);
  EXPECT_EQ(found["second"]["segment"], 9);
  EXPECT_EQ(found["first_different_segment"], 6);
  EXPECT_EQ(found["segments"].size(), 4u);
  EXPECT_TRUE(diffJson({name("a"), "--at", "end", "--and", "end"})["same_state"].get<bool>());
  // Memory as of a place is the memory of a fork as of that place.
  const ProgramRun forked = runProgram({"sessions", "fork", name("a"), name("fork"), "--as-of-segment", "5"});
  ASSERT_EQ(forked.status, 0) << forked.err;
  EXPECT_TRUE(diffJson({name("a"), name("fork"), "--at", "segment:5"})["same_state"].get<bool>());
}

TEST_F(SessionsDiff, PlacesMayBePages) {
  std::string text = readFile(kTavern);
  text.insert(text.find(". ", text.size() / 2) + 1, "\f");
  read("a", {write("pages.txt", text).string()});
  const auto found = diffJson({name("a"), "--at", "page:1", "--and", "page:pages.txt:2"});
  const auto asked = ask("a", kQuestion, {"--as-of-page", "1"});
  EXPECT_EQ(found["first"]["segment"], asked["as_of_segment"]);
  EXPECT_GT(found["second"]["segment"], found["first"]["segment"]);
  expectRefused(diff({name("a"), "--at", "page:3"}), {"3"});
}

TEST_F(SessionsDiff, WrongUseIsSaid) {
  read("a", {kTavern.string()});
  expectRefused(diff({name("a")}), {"something to compare with"});
  expectRefused(diff({name("a"), "--at", "5"}), {"'5' names no place", "segment:12"});
  expectRefused(diff({name("a"), "--at", "segment:x"}), {"names no place"});
  expectRefused(diff({name("a"), "--at", "segment:99999"}), {"segment 99999"});
  expectRefused(diff({name("a"), "--at", "page:3"}), {"page"});
  expectRefused(diff({name("a"), name("missing")}), {"missing.tidemark"});
  expectRefused(diff({name("a"), kTavern.string()}), {"tavern-night.txt"});
  EXPECT_EQ(diff({}).status, 2);
}

TEST_F(SessionsDiff, ANewerFormatIsRefused) {
  read("a", {kTavern.string()});
  std::filesystem::copy_file(path("a.tidemark"), path("b.tidemark"));
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(path("b.tidemark").c_str(), &database), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(database, "PRAGMA user_version = 99", nullptr, nullptr, nullptr), SQLITE_OK);
  sqlite3_close(database);
  expectRefused(diff({name("a"), name("b")}), {"newer"});
  expectRefused(diff({name("b"), name("a")}), {"newer"});
}

TEST_F(SessionsDiff, MemoriesWithoutTextAreComparedAtTheirSnapshots) {
  read("a", {kTavern.string()});
  ASSERT_EQ(runProgram({"sessions", "pin", name("a"), "7"}).status, 0);
  ASSERT_EQ(runProgram({"sessions", "export", name("a"), name("m"), "--memory-only"}).status, 0);
  const auto found = diffJson({name("m"), "--at", "segment:7"});
  EXPECT_EQ(found["first_different_segment"], 8);
  EXPECT_TRUE(diffJson({name("a"), name("m")})["same_state"].get<bool>());
  expectRefused(diff({name("m"), "--at", "segment:9"}), {"without its text", "after segment 7"});
}

}  // namespace
}  // namespace tidemark::testing
