// read, ask and sessions as a user runs them: what they answer, and the fields that other programs rely on.

#include <algorithm>

#include "tests/cli/session_fixture.h"

namespace tidemark::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> keysOf(const nlohmann::json& object) {
  std::vector<std::string> keys;
  for (const auto& entry : object.items()) keys.push_back(entry.key());
  return keys;
}

TEST_F(SessionCommands, ReadReportsEveryField) {
  const auto json = read("s", {kTavern.string()});
  for (const char* field : {"tokens", "segments_read", "segments_resumed", "tail_tokens", "seconds",
                            "tokens_per_second", "peak_rss_bytes", "state_bytes"}) {
    EXPECT_TRUE(json[field].is_number()) << field;
  }
  EXPECT_EQ(json["document"], "tavern-night.txt");
  EXPECT_EQ(json["schedule"], "diagonal");
  EXPECT_EQ(json["backend"], "cpu");
  EXPECT_EQ(json["precision"], "f32");
  EXPECT_EQ(json["segments_resumed"], 0);
  EXPECT_GT(json["segments_read"], 10);
  EXPECT_EQ(json["tokens"], json["segments_read"].get<int>() * 128 + json["tail_tokens"].get<int>());
  EXPECT_EQ(json["state_bytes"], 6 * 192 * 129 * 4);
  EXPECT_EQ(json["state_hash"].get<std::string>().size(), 64u);
  EXPECT_GT(json["peak_rss_bytes"], 1 << 20);
  EXPECT_GT(json["tokens_per_second"], 0);
}

TEST_F(SessionCommands, AskReportsEveryFieldAndTheAnswer) {
  const auto reading = read("s", {kTavern.string()});
  const auto json = ask("s", "Where was Mary born?");
  EXPECT_EQ(json["answer"], "Geneva");
  EXPECT_FALSE(json["token_ids"].empty());
  EXPECT_EQ(json["as_of_segment"], reading["segments_read"].get<int>() - 1);
  EXPECT_EQ(json["tokens_reread"], 0);
  EXPECT_GT(json["first_token_ms"], 0);
  EXPECT_TRUE(json["evidence"].is_array());
  EXPECT_EQ(ask("s", "What is the favorite color of Charles?")["answer"], "red");
  // Asking cannot change the memory.
  EXPECT_EQ(read("s", {kTavern.string()})["state_hash"], reading["state_hash"]);
}

TEST_F(SessionCommands, EvidenceNamesThePlaceAndQuotesIt) {
  const auto reading = read("s", {kTavern.string()});
  EXPECT_EQ(reading["traces"], true);
  EXPECT_EQ(reading["trace_bytes_per_segment"], 6 * 8 * (4 + 2 * 32 + 4 + 128));
  EXPECT_TRUE(ask("s", kQuestion)["evidence"].empty());
  const auto json = ask("s", kQuestion, {"--evidence"});
  EXPECT_EQ(json["answer"], "Geneva");
  ASSERT_FALSE(json["evidence"].empty());
  const auto& best = json["evidence"][0];
  EXPECT_THAT(keysOf(best), ::testing::UnorderedElementsAre("segment", "share", "log_drop", "page", "byte_begin",
                                                            "byte_end", "quote"));
  EXPECT_EQ(best["quote"], "Mary was born in Geneva.");
  EXPECT_TRUE(best["page"].is_null());
  EXPECT_EQ(best["byte_end"].get<int>() - best["byte_begin"].get<int>(), 24);
  const ProgramRun asking = runProgram({"ask", kQuestion, "--session", path("s").string(), "--evidence"});
  EXPECT_THAT(asking.out, StartsWith("Geneva\nmemory trace ("));
  EXPECT_THAT(asking.out, HasSubstr("\"Mary was born in Geneva.\""));

  const auto plain = read("plain", {kTavern.string(), "--traces", "no"});
  EXPECT_EQ(plain["traces"], false);
  EXPECT_EQ(plain["state_hash"], reading["state_hash"]);
  EXPECT_EQ(ask("plain", kQuestion, {"--evidence"})["evidence"], json["evidence"]);  // read again for it
  expectWhole("plain");
  expectRefused(runProgram(readWords("s", {kTavern.string(), "--traces", "maybe"})), {"--traces"}, 2);
}

TEST_F(SessionCommands, ResultsGoToStdoutAndProgressToStderr) {
  const ProgramRun reading = runProgram({"read", kTavern.string(), "--session", path("s").string()});
  EXPECT_EQ(reading.status, 0);
  EXPECT_THAT(reading.out, StartsWith("read "));
  EXPECT_THAT(reading.out, Not(HasSubstr("tidemark:")));
  EXPECT_THAT(reading.err, HasSubstr("tidemark: \"tavern-night.txt\" has "));
  const ProgramRun asking = runProgram({"ask", "Where was Mary born?", "--session", path("s").string()});
  EXPECT_EQ(asking.status, 0);
  EXPECT_EQ(asking.out, "Geneva\n");
  EXPECT_TRUE(asking.hasOneLineError()) << asking.err;
  EXPECT_THAT(asking.err, HasSubstr("0 tokens read again"));
  EXPECT_THAT(runProgram(askWords("s", "Where was Mary born?")).err, IsEmpty());
}

TEST_F(SessionCommands, SessionsShowWhatIsThere) {
  const auto reading = read("s", {kTavern.string()});
  (void)ask("s", "Where was Mary born?");
  const auto list = expectDone(runProgram({"sessions", "list", path("").string(), "--json"}));
  ASSERT_EQ(list["sessions"].size(), 1u);
  EXPECT_EQ(list["sessions"][0]["segments"], reading["segments_read"]);
  EXPECT_EQ(list["sessions"][0]["questions"], 1);
  const auto shown = sessions("show", "s");
  EXPECT_EQ(shown["documents"][0]["title"], "tavern-night.txt");
  EXPECT_EQ(shown["tail_tokens"], reading["tail_tokens"]);
  EXPECT_TRUE(shown["finished"].get<bool>());
  EXPECT_EQ(shown["snapshots"].back()["state_hash"], reading["state_hash"]);
  EXPECT_EQ(shown["questions"][0]["answer"], "Geneva");
  EXPECT_EQ(shown["questions"][0]["state"], "done");
  const auto check = sessions("verify", "s");
  EXPECT_TRUE(check["problems"].empty());
  EXPECT_EQ(check["snapshots"], shown["snapshots"].size());
  EXPECT_THAT(runProgram({"sessions", "show", path("s").string()}).out, HasSubstr("Geneva"));
}

TEST_F(SessionCommands, ReadingAgainReadsNothing) {
  const auto first = read("s", {kTavern.string()});
  const auto second = read("s", {kTavern.string()});
  EXPECT_EQ(second["segments_read"], 0);
  EXPECT_EQ(second["segments_resumed"], first["segments_read"]);
  EXPECT_EQ(second["tail_tokens"], first["tail_tokens"]);
  EXPECT_EQ(second["state_hash"], first["state_hash"]);
  EXPECT_EQ(keysOf(first), keysOf(second));
}

TEST_F(SessionCommands, AppendedFilesEqualFilesReadTogether) {
  const auto more = write("more.txt", readFile(sample("harbor-notes.txt")).substr(0, 20000));
  const auto together = read("together", {kTavern.string(), more.string()});
  const auto first = read("s", {kTavern.string()});
  expectRefused(runProgram(readWords("s", {more.string()})), {"already holds", "tavern-night.txt", "--append"});
  EXPECT_EQ(read("s", {kTavern.string()})["state_hash"], first["state_hash"]);
  const auto appended = read("s", {more.string(), "--append"});
  EXPECT_EQ(appended["segments_resumed"], first["segments_read"]);
  EXPECT_EQ(appended["state_hash"], together["state_hash"]);
  EXPECT_EQ(appended["tail_tokens"], together["tail_tokens"]);
  EXPECT_EQ(together["document"].size(), 2u);
}

TEST_F(SessionCommands, AnotherOrderOfFilesIsAnotherList) {
  const auto more = write("more.txt", "John was born in Lima.");
  (void)read("s", {kTavern.string()});
  // Read in this order, the new file would come first.
  const ProgramRun run = runProgram(readWords("s", {more.string(), kTavern.string()}));
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, HasSubstr("stands before \"tavern-night.txt\", which was read already; use --append"));
  EXPECT_EQ(sessions("show", "s")["documents"].size(), 1u);
  EXPECT_EQ(read("s", {kTavern.string(), more.string(), more.string()})["segments_read"], 0);  // goes on
  EXPECT_EQ(sessions("show", "s")["documents"].size(), 2u);
}

TEST_F(SessionCommands, StateDependsOnNeitherThreadsNorSchedule) {
  const auto file = write("text.txt", readFile(kTavern).substr(0, kSanitized ? 4'000 : 15'000));
  const auto expected = read("s", {file.string()})["state_hash"];
  for (const char* schedule : {"diagonal", "sequential"}) {
    for (const char* threads : {"1", "2", "7"}) {
      const std::string session = std::string(schedule) + threads;
      const auto json = read(session, {file.string(), "--schedule", schedule, "--threads", threads});
      EXPECT_EQ(json["state_hash"], expected) << session;
      EXPECT_EQ(json["schedule"], schedule);
    }
  }
}

TEST_F(SessionCommands, SamplingIsReproducible) {
  (void)read("s", {kTavern.string()});
  const auto sampled = [&](const char* seed) {
    return ask("s", "Where was Mary born?", {"--temperature", "1", "--seed", seed, "--max-tokens", "24"})["token_ids"];
  };
  EXPECT_EQ(sampled("7"), sampled("7"));
  const auto hot = [&](const char* seed) {
    return ask("s", "Where was Mary born?", {"--temperature", "50", "--seed", seed, "--max-tokens", "24"})["token_ids"];
  };
  EXPECT_NE(hot("1"), hot("2"));
}

TEST_F(SessionCommands, AsOfSegmentAnswersFromThen) {
  const auto reading = read("s", {kTavern.string()});
  const int segments = reading["segments_read"];
  EXPECT_EQ(ask("s", "Where was Mary born?", {"--as-of-segment", std::to_string(segments - 1)})["answer"], "Geneva");
  const auto early = ask("s", "Where was Mary born?", {"--as-of-segment", "-1"});
  EXPECT_EQ(early["as_of_segment"], -1);
  EXPECT_NE(early["answer"], "Geneva");  // nothing was read by then
  const auto middle = ask("s", "Where was Mary born?", {"--as-of-segment", "3"});
  EXPECT_EQ(middle["as_of_segment"], 3);
  EXPECT_EQ(middle["tokens_reread"].get<int>() % 128, 0);  // honest about what had to be replayed
  const std::string beyond = std::to_string(segments);
  expectRefused(runProgram(askWords("s", "Who?", {"--as-of-segment", beyond})),
                {"segment " + beyond, "have been read"});
}

TEST_F(SessionCommands, AsOfPageCountsFormFeeds) {
  const std::string text = readFile(kTavern);
  const std::size_t middle = text.find('\n', text.size() / 2);
  const auto paged = write("paged.txt", text.substr(0, middle) + "\f" + text.substr(middle));
  const int segments = read("s", {paged.string()})["segments_read"];
  const int first = ask("s", "Who?", {"--as-of-page", "1"})["as_of_segment"];
  EXPECT_GT(first, segments / 3);
  EXPECT_LT(first, 2 * segments / 3);
  EXPECT_EQ(ask("s", "Who?", {"--as-of-page", "2"})["as_of_segment"], segments - 1);
  expectRefused(runProgram(askWords("s", "Who?", {"--as-of-page", "3"})), {"2 pages"});
  expectRefused(runProgram(askWords("s", "Who?", {"--as-of-page", "1", "--as-of-segment", "1"})), {"choose one"});
  (void)read("plain", {kTavern.string()});
  expectRefused(runProgram(askWords("plain", "Who?", {"--as-of-page", "1"})), {"page", "--as-of-segment"});
}

TEST_F(SessionCommands, RefusedQuestionsAreOneSentence) {
  (void)read("s", {kTavern.string()});
  std::string words;
  for (int i = 0; i < 300; ++i) words += "whale ";
  expectRefused(runProgram(askWords("s", words)), {"tokens long", "128", "shorter"});
  expectRefused(runProgram(askWords("s", "")), {"question", "empty"});
  expectRefused(runProgram(askWords("nothing", "Who?")), {"nothing.tidemark", "tidemark-cli read"});
  expectRefused(runProgram({"ask", "Who?"}), {"--session FILE is missing"}, 2);
  expectRefused(runProgram({"ask", "Who", "is", "it?", "--session", path("s").string()}), {"quotes"}, 2);
  expectRefused(runProgram({"sessions", "shwo", path("s").string()}), {"did you mean show?"}, 2);
  expectRefused(runProgram({"sessions", "show"}), {"needs a session file"}, 2);
  expectRefused(runProgram({"sessions", "list", path("no-such-folder").string()}), {"no-such-folder"});
  EXPECT_TRUE(sessions("show", "s")["questions"].empty());
}

}  // namespace
}  // namespace tidemark::testing
