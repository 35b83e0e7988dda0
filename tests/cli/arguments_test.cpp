// The option tables: values, ranges, abbreviations, and one sentence for everything that is wrong.

#include "app/cli/arguments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidemark::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Settings {
  bool json = false;
  std::string name = "default";
  std::filesystem::path file;
  int threads = 7;
  std::int64_t tokens = 0;
  double temperature = 0.5;
  std::string schedule = "diagonal";
  std::vector<std::string> words;

  [[nodiscard]] CommandSyntax syntax() {
    CommandSyntax syntax;
    syntax.name = "test";
    syntax.summary = "Tests.";
    syntax.positionals = {"WORD...", "some words", &words, 0, 3};
    syntax.options = {
        flag("json", &json, "as JSON"),
        text("name", "NAME", &name, "a name"),
        text("file", "FILE", &file, "a file"),
        integer("threads", "N", &threads, 1, 16, "threads"),
        integer("tokens", "N", &tokens, -5, 1'000'000'000'000, "tokens"),
        number("temperature", "X", &temperature, 0, 2, "heat"),
        choice("schedule", {"diagonal", "sequential"}, &schedule, "order"),
    };
    return syntax;
  }

  Result<ParseOutcome> parse(std::vector<std::string> words_) {
    words_.insert(words_.begin(), "test");
    std::vector<char*> pointers;
    for (std::string& word : words_) pointers.push_back(word.data());
    return parseArguments(syntax(), pointers);
  }
};

std::string errorOf(const std::vector<std::string>& words) {
  Settings settings;
  const auto parsed = settings.parse(words);
  if (parsed) return "(no error)";
  EXPECT_EQ(parsed.error().code, ErrorCode::kInvalidArgument);
  return parsed.error().message;
}

TEST(Arguments, KeepDefaults) {
  Settings s;
  ASSERT_TRUE(s.parse({}).ok());
  EXPECT_EQ(s.name, "default");
  EXPECT_EQ(s.threads, 7);
  EXPECT_FALSE(s.json);
  EXPECT_TRUE(s.words.empty());
}

TEST(Arguments, FillTargetsOfEveryKind) {
  Settings s;
  const auto parsed = s.parse({"one", "--json", "--name", "x y", "--file=/tmp/f", "two", "--threads", "16", "--tokens",
                               "-5", "--temperature", "1.25", "--schedule", "sequential", "--", "--json"});
  ASSERT_TRUE(parsed.ok()) << parsed.error().message;
  EXPECT_TRUE(s.json);
  EXPECT_EQ(s.name, "x y");
  EXPECT_EQ(s.file, "/tmp/f");
  EXPECT_EQ(s.threads, 16);
  EXPECT_EQ(s.tokens, -5);
  EXPECT_EQ(s.temperature, 1.25);
  EXPECT_EQ(s.schedule, "sequential");
  EXPECT_THAT(s.words, ElementsAre("one", "two", "--json"));
}

TEST(Arguments, ParseTwiceInOneProcess) {
  Settings first;
  ASSERT_TRUE(first.parse({"a", "--json"}).ok());
  Settings second;
  ASSERT_TRUE(second.parse({"--threads", "2", "b"}).ok());
  EXPECT_EQ(second.threads, 2);
  EXPECT_THAT(second.words, ElementsAre("b"));
}

TEST(Arguments, TakeAbbreviationsThatAreClear) {
  Settings s;
  ASSERT_TRUE(s.parse({"--sched", "sequential"}).ok());
  EXPECT_EQ(s.schedule, "sequential");
  EXPECT_THAT(errorOf({"--t", "3"}), HasSubstr("--threads or --tokens or --temperature"));
}

TEST(Arguments, SayWhatIsWrongInOneSentence) {
  EXPECT_THAT(errorOf({"--thread5", "3"}), HasSubstr("unknown option --thread5; did you mean --threads?"));
  EXPECT_THAT(errorOf({"--xyzzy"}), ::testing::StrEq("unknown option --xyzzy"));
  EXPECT_THAT(errorOf({"-x"}), HasSubstr("unknown option -x"));
  EXPECT_THAT(errorOf({"--json=yes"}), HasSubstr("--json takes no value"));
  EXPECT_THAT(errorOf({"--threads"}), HasSubstr("--threads needs a value: N"));
  EXPECT_THAT(errorOf({"--name", "--json"}), HasSubstr("--name needs a value"));
  EXPECT_THAT(errorOf({"--name", ""}), HasSubstr("it is empty"));
  EXPECT_THAT(errorOf({"a", "b", "c", "d"}), HasSubstr("unexpected argument 'd'"));
  EXPECT_THAT(errorOf({"--schedule", "zigzag"}), HasSubstr("it can be diagonal, sequential"));
}

TEST(Arguments, CheckRanges) {
  for (const char* value : {"0", "17", "-1", "2x", "x", "1.5", "99999999999999999999", " 3"}) {
    EXPECT_THAT(errorOf({"--threads", value}), HasSubstr("a whole number from 1 to 16")) << value;
  }
  for (const char* value : {"-0.1", "2.5", "nan", "inf", "1e"}) {
    EXPECT_THAT(errorOf({"--temperature", value}), HasSubstr("a number from 0 to 2")) << value;
  }
}

TEST(Arguments, RequireWhatIsRequired) {
  std::string out;
  std::vector<std::string> words;
  CommandSyntax syntax;
  syntax.name = "test";
  syntax.positionals = {"QUESTION", "what to ask", &words, 1, 1};
  syntax.options = {required(text("out", "FILE", &out, "where to"))};
  char command[] = "test";
  char option[] = "--out=x";
  const std::vector<char*> nothing = {command};
  const std::vector<char*> onlyOut = {command, option};
  EXPECT_THAT(parseArguments(syntax, nothing).error().message, HasSubstr("--out FILE is missing"));
  EXPECT_THAT(parseArguments(syntax, onlyOut).error().message, HasSubstr("QUESTION is missing: what to ask"));
}

TEST(Arguments, HelpComesBeforeEverythingElse) {
  Settings s;
  const auto parsed = s.parse({"a", "b", "c", "d", "--help"});
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(*parsed, ParseOutcome::kHelp);
  const std::string help = helpText(s.syntax());
  EXPECT_THAT(help, HasSubstr("Usage: tidemark-cli test [WORD...] [OPTIONS]"));
  EXPECT_THAT(help, HasSubstr("--schedule diagonal|sequential"));
  EXPECT_THAT(help, HasSubstr("-h, --help"));
}

}  // namespace
}  // namespace tidemark::cli
