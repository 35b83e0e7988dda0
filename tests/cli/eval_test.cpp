// eval as a user runs it: results, going on after kills, refusals.

#include <csignal>
#include <random>
#include <set>
#include <thread>

#include "tests/cli/session_fixture.h"

namespace tidemark::testing {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;

class Eval : public SessionCommands {
 protected:
  void SetUp() override {
    std::filesystem::create_directories(path("data/background"));
    std::filesystem::copy(std::filesystem::path(TM_SOURCE_DIR) / "tests/data/eval/tasks", path("data/tasks"));
    write("data/background/book.txt", readFile(sample("moby-dick.txt")).substr(30'000, 120'000));
  }
  [[nodiscard]] Words evalWords(const std::string& lengths, const Words& more = {}) const {
    Words words = {"eval", "--tasks", "qa1,facts", "--lengths", lengths, "--data", path("data").string()};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  [[nodiscard]] Words kept(const Words& more = {}) const {
    Words words = {"--out", path("out.jsonl").string(), "--samples", kSanitized ? "4" : "15"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  [[nodiscard]] std::vector<std::string> resultLines() const {
    std::vector<std::string> lines;
    std::ifstream file(path("out.jsonl"));
    for (std::string line; std::getline(file, line) && !file.eof();) lines.push_back(line);
    return lines;
  }
};

/// What must not depend on the machine's mood.
nlohmann::json facts(nlohmann::json json) {
  for (const char* varies : {"seconds", "peak_rss_bytes", "samples_resumed", "out"}) json.erase(varies);
  for (auto& cell : json["results"]) {
    for (const char* varies : {"read_seconds", "answer_seconds", "tokens_per_second"}) cell.erase(varies);
  }
  return json;
}

TEST_F(Eval, GivesATableAndJsonOfTheSameResults) {
  const Words samples = {"--samples", "6", "--seed", "5"};
  const ProgramRun table = runProgram(evalWords("0k,600", samples));
  ASSERT_EQ(table.status, 0) << table.err;
  EXPECT_THAT(table.out, HasSubstr("task       0k"));
  EXPECT_THAT(table.out, HasSubstr("tokens/s"));
  EXPECT_THAT(table.out, HasSubstr("24 samples in"));
  const auto json = expectDone(runProgram(evalWords("0k,600", {"--samples", "6", "--seed", "5", "--json"})));
  EXPECT_THAT(table.out, HasSubstr("texts " + json["texts_sha256"].get<std::string>().substr(0, 16)));
  ASSERT_EQ(json["results"].size(), 4u);
  std::int64_t right = 0;
  for (const auto& cell : json["results"]) {
    EXPECT_EQ(cell["samples"], 6);
    EXPECT_EQ(cell["accuracy"].get<double>(), cell["correct"].get<double>() / 6);
    EXPECT_LE(cell["interval_low"], cell["accuracy"]);
    EXPECT_GE(cell["interval_high"], cell["accuracy"]);
    const double expected = cell["length"] == "600" ? 3600 : cell["task"] == "qa1" ? 120 : 135;
    EXPECT_NEAR(cell["tokens"].get<double>(), expected, 40);
    right += cell["correct"].get<std::int64_t>();
  }
  EXPECT_GE(right, 12);  // of 24: the model was trained on such facts
  EXPECT_EQ(json["samples_resumed"], 0);
  EXPECT_EQ(json["out"], nullptr);
  EXPECT_NE(expectDone(runProgram(evalWords("0k,600", {"--samples", "6", "--json"})))["texts_sha256"],
            json["texts_sha256"]);
}

TEST_F(Eval, KillsLoseNothingThatWasDone) {
  const auto began = std::chrono::steady_clock::now();
  const auto undisturbed =
      expectDone(runProgram(evalWords("0k,600", {"--samples", kSanitized ? "4" : "15", "--json"})));
  const auto took = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - began);
  std::mt19937 random(11);
  std::uniform_int_distribution<int> early(5, std::max(10, static_cast<int>(took.count() / 4)));
  std::uniform_int_distribution<int> late(0, std::max(5, static_cast<int>(took.count() / 40)));
  std::vector<std::string> before;
  int killed = 0;
  for (int round = 0; round < 8; ++round) {
    SpawnedProgram program(evalWords("0k,600", kept()));
    if (round % 4 == 0) {
      std::this_thread::sleep_for(milliseconds(early(random)));  // while it starts, on most machines
    } else {
      while (program.isRunning() && resultLines().size() <= before.size()) std::this_thread::sleep_for(milliseconds(2));
      std::this_thread::sleep_for(milliseconds(late(random)));
    }
    program.signal(SIGKILL);
    killed += program.wait().status == 128 + SIGKILL ? 1 : 0;
    const auto now = resultLines();
    ASSERT_GE(now.size(), before.size());
    EXPECT_TRUE(std::equal(before.begin(), before.end(), now.begin())) << "round " << round;
    before = now;
  }
  EXPECT_GT(killed, 3);
  const auto last = expectDone(runProgram(evalWords("0k,600", kept({"--json"}))));
  EXPECT_EQ(facts(last), facts(undisturbed));
  EXPECT_GT(last["samples_resumed"], 0);
  const auto lines = resultLines();
  EXPECT_TRUE(std::equal(before.begin(), before.end(), lines.begin()));
  EXPECT_EQ(std::set(lines.begin(), lines.end()).size(), lines.size());  // nothing was asked twice
  EXPECT_EQ(lines.size(), 2 + undisturbed["samples"].get<std::size_t>());
  // A third start has nothing to do.
  const auto third = expectDone(runProgram(evalWords("0k,600", kept({"--json"}))));
  EXPECT_EQ(third["samples_resumed"], third["samples"]);
  EXPECT_EQ(facts(third), facts(undisturbed));
  EXPECT_EQ(resultLines(), lines);
}

TEST_F(Eval, ControlCStopsAndTheSameCommandGoesOn) {
  SpawnedProgram program(evalWords("600,20k", kept()));
  while (program.isRunning() && resultLines().size() < 4) std::this_thread::sleep_for(milliseconds(10));
  ASSERT_TRUE(program.signal(SIGINT));
  const ProgramRun run = program.wait();
  EXPECT_EQ(run.status, 3) << run.err;
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.err, HasSubstr("run the same command again to go on"));
  const auto done = resultLines().size();
  EXPECT_GE(done, 4u);
  const auto json = expectDone(runProgram(evalWords("600", kept({"--json"}))));
  EXPECT_EQ(json["samples_resumed"].get<std::size_t>(), std::min(done - 2, json["samples"].get<std::size_t>()));
}

TEST_F(Eval, OtherSettingsAreRefusedWithBothValues) {
  const Words few = {"--out", path("out.jsonl").string(), "--samples", "1"};
  ASSERT_EQ(runProgram(evalWords("0k", few)).status, 0);
  const auto lines = resultLines();
  const auto with = [&](const Words& more) {
    Words words = few;
    words.insert(words.end(), more.begin(), more.end());
    return runProgram(evalWords("0k", words));
  };
  expectRefused(with({"--seed", "9"}), {"\"seed\" \"0\"", "\"9\"", "--out"});
  expectRefused(with({"--max-tokens", "9"}), {"\"max tokens\" \"16\"", "\"9\""});
  std::filesystem::copy(path("data/tasks/facts_test.txt"), path("facts.txt"));
  write("data/tasks/facts_test.txt", "1 Mary works as a baker.\n2 What is the profession of Mary?\tbaker\t1\n");
  expectRefused(with({}), {"\"task facts\""});
  EXPECT_EQ(resultLines(), lines);
  // More of the same is no other setting.
  std::filesystem::copy(path("facts.txt"), path("data/tasks/facts_test.txt"),
                        std::filesystem::copy_options::overwrite_existing);
  const auto more = expectDone(with({"--samples", "2", "--json"}));
  EXPECT_EQ(more["samples_resumed"], 2);
  EXPECT_EQ(more["samples"], 4);
}

TEST_F(Eval, WrongUsageAndMissingDataAreOneLine) {
  const auto data = path("data").string();
  const auto usage = [&](const std::string& tasks, const std::string& lengths, const char* expected) {
    expectRefused(runProgram({"eval", "--tasks", tasks, "--lengths", lengths, "--data", data}), {expected}, 2);
  };
  usage("qa1", "4q", "'4q' is no length");
  usage("qa1", "1000,1k", "has 1k twice");
  usage("qa1,qa1", "0k", "'qa1' twice");
  usage("qa1,", "0k", "an empty item");
  usage("../qa1", "0k", "'../qa1'");
  expectRefused(runProgram({"eval", "--tasks", "qa1", "--lengths", "0k"}), {"--data DIR is missing"}, 2);
  expectRefused(runProgram({"eval", "--tasks", "qa9", "--lengths", "0k", "--data", data}), {"there is no task qa9"});
  std::filesystem::remove_all(path("data/background"));
  expectRefused(runProgram(evalWords("0k,1k")), {"there is no background text"});
  EXPECT_EQ(runProgram(evalWords("0k", {"--samples", "1"})).status, 0);
  expectRefused(runProgram(evalWords("0k", {"--out", path("no/such/folder").string()})), {"no/such/folder"});
  EXPECT_THAT(runProgram({"eval", "--help"}).out, HasSubstr("DIR/background/*.txt"));
}

TEST_F(Eval, ReportsWhereQuestionsAreFew) {
  const ProgramRun run = runProgram(evalWords("0k,24", {"--samples", "100", "--max-tokens", "1"}));
  ASSERT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("qa1 has only 60 questions\n"));
  EXPECT_THAT(run.err, HasSubstr("facts has only 0 questions whose facts fit into 24"));
}

}  // namespace
}  // namespace tidemark::testing
