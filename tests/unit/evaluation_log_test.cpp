#include "engine/evaluation/evaluation_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/temporary_folder.h"

namespace tidemark {
namespace {

using ::testing::HasSubstr;

const EvaluationSettings kSettings = {{"seed", "0"}, {"task qa1", "aaa"}};

SampleRecord record(std::uint64_t question, const std::string& answer = "kitchen") {
  SampleRecord made;
  made.key = {"qa1", "4k", question};
  made.question = "Where is \"Mary\"?";
  made.target = "kitchen";
  made.answer = answer;
  made.right = answer == "kitchen";
  made.tokens = 4000;
  made.readTokens = 3990;
  made.textSha256 = "abc";
  made.readSeconds = 0.5;
  made.answerSeconds = 0.25;
  return made;
}

class EvaluationLogTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path path() const { return m_folder.path() / "results.jsonl"; }
  [[nodiscard]] EvaluationLog open(const EvaluationSettings& settings = kSettings) const {
    auto log = EvaluationLog::open(path(), settings);
    EXPECT_TRUE(log.ok()) << log.error().message;
    return std::move(log).value();
  }
  [[nodiscard]] std::string refusal(const EvaluationSettings& settings = kSettings) const {
    const auto log = EvaluationLog::open(path(), settings);
    return log ? "(no error)" : log.error().message;
  }
  void writeThree() const {
    EvaluationLog log = open();
    for (std::uint64_t i = 0; i < 3; ++i)
      ASSERT_TRUE(log.add(record(i, i == 1 ? "the \n\xFF office" : "kitchen")).ok());
  }

  test::TemporaryFolder m_folder;
};

TEST_F(EvaluationLogTest, KeepsWhatWasAdded) {
  writeThree();
  const EvaluationLog log = open();
  EXPECT_EQ(log.size(), 3u);
  const SampleRecord* found = log.find({"qa1", "4k", 2});
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->question, "Where is \"Mary\"?");
  EXPECT_TRUE(found->right);
  EXPECT_EQ(found->tokens, 4000);
  EXPECT_EQ(found->readTokens, 3990);
  EXPECT_EQ(found->readSeconds, 0.5);
  EXPECT_EQ(found->answerSeconds, 0.25);
  EXPECT_EQ(found->textSha256, "abc");
  EXPECT_FALSE(log.find({"qa1", "4k", 1})->right);
  EXPECT_EQ(log.find({"qa1", "8k", 2}), nullptr);
  EXPECT_EQ(log.find({"qa2", "4k", 2}), nullptr);
}

TEST_F(EvaluationLogTest, OtherSettingsAreRefusedWithBothValues) {
  writeThree();
  const std::string before = test::readWhole(path());
  EXPECT_THAT(refusal({{"seed", "7"}, {"task qa1", "aaa"}}),
              AllOf(HasSubstr("\"seed\""), HasSubstr("\"0\""), HasSubstr("\"7\""), HasSubstr("--out")));
  EXPECT_EQ(test::readWhole(path()), before);
  // More settings are more that can be told apart later.
  EXPECT_EQ(open({{"seed", "0"}, {"task qa2", "bbb"}}).size(), 3u);
  EXPECT_THAT(refusal({{"task qa2", "ccc"}}), HasSubstr("\"bbb\""));
  EXPECT_THAT(refusal({{"task qa1", "ccc"}}), HasSubstr("\"aaa\""));
}

TEST_F(EvaluationLogTest, CutAnywhereItHasTheWholeLinesAndGoesOn) {
  writeThree();
  const std::string whole = test::readWhole(path());
  const auto lines = [](std::string_view text) { return std::count(text.begin(), text.end(), '\n'); };
  // Each is put on disk twice, so not all of them.
  for (std::size_t size = 0; size <= whole.size(); size += size < 30 || size + 30 > whole.size() ? 1 : 11) {
    m_folder.write("results.jsonl", whole.substr(0, size));
    {
      EvaluationLog log = open();
      const auto expected = std::max<std::int64_t>(0, lines(std::string_view(whole).substr(0, size)) - 2);
      ASSERT_EQ(static_cast<std::int64_t>(log.size()), expected) << size;
      ASSERT_TRUE(log.add(record(99)).ok());
    }
    const EvaluationLog again = open();
    ASSERT_NE(again.find({"qa1", "4k", 99}), nullptr) << size;
  }
}

TEST_F(EvaluationLogTest, OtherFilesAreLeftAlone) {
  for (const char* text :
       {"Dear diary", "Dear diary\nmore\n", "{}\n", "[]", "{\"tidemark_eval\": \"x\"}\n", "{\"tidemark_eval\": 2}\n"}) {
    m_folder.write("results.jsonl", text);
    EXPECT_NE(refusal(), "(no error)") << text;
    EXPECT_EQ(test::readWhole(path()), text);
  }
  EXPECT_THAT(refusal(), HasSubstr("version 2"));
  std::filesystem::remove(path());
  std::filesystem::create_directory(path());
  EXPECT_THAT(refusal(), HasSubstr("results.jsonl"));
}

TEST_F(EvaluationLogTest, DamagedLinesAreNamed) {
  const std::string first = "{\"tidemark_eval\": 1}\n";
  for (const char* line :
       {"nonsense", "[1]", "{\"task\":\"qa1\"}", "{\"settings\": 3}", "{\"settings\": {\"seed\": 3}}",
        "{\"task\":\"qa1\",\"length\":\"4k\",\"question_index\":-1}"}) {
    m_folder.write("results.jsonl", first + "{\"settings\": {}}\n" + line + "\n");
    EXPECT_THAT(refusal(), HasSubstr("line 3")) << line;
  }
}

TEST_F(EvaluationLogTest, IsForOneWriter) {
  const EvaluationLog log = open();
  EXPECT_THAT(refusal(), HasSubstr("another evaluation"));
}

TEST_F(EvaluationLogTest, WithoutAFileIsKeptInMemory) {
  EvaluationLog log;
  ASSERT_TRUE(log.add(record(5)).ok());
  EXPECT_NE(log.find({"qa1", "4k", 5}), nullptr);
}

}  // namespace
}  // namespace tidemark
