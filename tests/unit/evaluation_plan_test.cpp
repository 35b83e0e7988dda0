#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "engine/evaluation/evaluation.h"
#include "tests/unit/temporary_folder.h"

namespace tidemark {
namespace {

using ::testing::HasSubstr;

const std::filesystem::path kEvalData = std::filesystem::path(TM_SOURCE_DIR) / "tests/data/eval";

TEST(EvaluationLengths, AreTokens) {
  const auto length = [](const char* text) {
    const auto parsed = parseEvaluationLength(text);
    return parsed ? parsed->label + "=" + std::to_string(parsed->tokens) : parsed.error().message;
  };
  EXPECT_EQ(length("0k"), "0k=0");
  EXPECT_EQ(length("0"), "0k=0");
  EXPECT_EQ(length("4k"), "4k=4000");
  EXPECT_EQ(length("1M"), "1m=1000000");
  EXPECT_EQ(length("1000k"), "1m=1000000");
  EXPECT_EQ(length("1500"), "1500=1500");
  EXPECT_EQ(length("100m"), "100m=100000000");
  for (const char* wrong : {"", "k", "4 k", "4kk", "-1", "-1k", "101m", "99999999999999999999", "1.5k", "x"}) {
    EXPECT_THAT(length(wrong), HasSubstr("is no length")) << wrong;
  }
}

class EvaluationPlanTest : public ::testing::Test {
 protected:
  void SetUp() override {
    auto data = openEvaluationData(kEvalData, std::vector<std::string>{"qa1", "facts"}, false);
    ASSERT_TRUE(data.ok()) << data.error().message;
    m_data = std::move(data).value();
    m_plan.lengths = {{0, "0k"}, {1000, "1k"}};
    m_plan.samples = 20;
  }
  [[nodiscard]] std::vector<SampleKey> keys() const {
    std::vector<SampleKey> made;
    for (const PlannedSample& sample : planSamples(m_data, m_plan)) made.push_back(sample.key());
    return made;
  }

  EvaluationData m_data;
  EvaluationPlan m_plan;
};

TEST_F(EvaluationPlanTest, EveryTaskAtEveryLengthWithTheSameQuestions) {
  const auto all = keys();
  ASSERT_EQ(all.size(), 80u);
  EXPECT_EQ(std::set(all.begin(), all.end()).size(), 80u);
  for (std::size_t i = 0; i < 20; ++i) {
    EXPECT_EQ(all[i].task, "qa1");
    EXPECT_EQ(all[i + 20].task, "facts");
    EXPECT_EQ(all[i].length, "0k");
    EXPECT_EQ(all[i + 40].length, "1k");
    EXPECT_EQ(all[i].question, all[i + 40].question);
  }
  EXPECT_EQ(keys(), all);
}

TEST_F(EvaluationPlanTest, SeedChangesTheQuestionsAndMoreSamplesKeepThem) {
  const auto all = keys();
  m_plan.seed = 1;
  EXPECT_NE(keys(), all);
  m_plan.seed = 0;
  m_plan.samples = 10;
  const auto fewer = keys();
  ASSERT_EQ(fewer.size(), 40u);
  EXPECT_TRUE(std::equal(fewer.begin(), fewer.begin() + 10, all.begin()));
  m_plan.samples = 1000;
  EXPECT_EQ(keys().size(), 240u);  // 60 questions a task
}

TEST_F(EvaluationPlanTest, StoriesThatLeaveNoRoomAreLeftOut) {
  m_plan.lengths = {{24, "24"}};
  m_plan.samples = 100;
  const auto samples = planSamples(m_data, m_plan);
  ASSERT_FALSE(samples.empty());
  for (const PlannedSample& sample : samples) EXPECT_LE(sample.question->factCount, 2u);
  const auto cells = summarize(m_data, m_plan, samples, {});
  ASSERT_EQ(cells.size(), 2u);
  EXPECT_EQ(cells[1].task, "facts");
  EXPECT_EQ(cells[1].samples, 0);
}

TEST_F(EvaluationPlanTest, SummaryCountsWhatTheLogHas) {
  const auto samples = planSamples(m_data, m_plan);
  EvaluationLog log;
  const std::string nothing = hashTexts(samples, log);
  for (std::size_t i = 0; i < 10; ++i) {
    SampleRecord record;
    record.key = samples[i].key();
    record.right = i < 7;
    record.tokens = 100;
    record.readTokens = 90;
    record.readSeconds = 0.5;
    ASSERT_TRUE(log.add(record).ok());
  }
  const auto cells = summarize(m_data, m_plan, samples, log);
  ASSERT_EQ(cells.size(), 4u);
  EXPECT_EQ(cells[0].samples, 10);
  EXPECT_EQ(cells[0].right, 7);
  EXPECT_EQ(cells[0].tokens, 1000);
  EXPECT_EQ(cells[0].readTokens, 900);
  EXPECT_EQ(cells[0].readSeconds, 5.0);
  EXPECT_NEAR(cells[0].interval.low, 0.397, 5e-4);
  EXPECT_EQ(cells[1].samples, 0);
  EXPECT_NE(hashTexts(samples, log), nothing);
}

class EvaluationDataTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::string refusal(const std::vector<std::string>& tasks, bool background = false) const {
    const auto data = openEvaluationData(m_folder.path(), tasks, background);
    return data ? "(no error)" : data.error().message;
  }
  void writeTask(const std::string& name) const {
    std::filesystem::create_directories(m_folder.path() / "tasks");
    m_folder.write("tasks/" + name, "1 Mary went home.\n2 Where is Mary?\thome\t1\n");
  }

  test::TemporaryFolder m_folder;
};

TEST_F(EvaluationDataTest, WhatIsMissingIsSaidInOneSentence) {
  EXPECT_THAT(refusal({"qa1"}), HasSubstr("there are no tasks"));
  writeTask("qa10_x_test.txt");
  EXPECT_THAT(refusal({"qa1"}), HasSubstr("there is no task qa1"));
  writeTask("qa1.txt");
  EXPECT_EQ(refusal({"qa1"}), "(no error)");
  EXPECT_THAT(refusal({"qa1"}, true), HasSubstr("there is no background text"));
  const auto nowhere = openEvaluationData(m_folder.path() / "nowhere", std::vector<std::string>{"qa1"}, false);
  EXPECT_THAT(nowhere.error().message, HasSubstr("there is no folder"));
}

TEST_F(EvaluationDataTest, OfTestAndTrainingFilesTheTestIsTaken) {
  writeTask("qa1_x_train.txt");
  writeTask("qa1_x_test.txt");
  const auto data = openEvaluationData(m_folder.path(), std::vector<std::string>{"qa1"}, false);
  ASSERT_TRUE(data.ok()) << data.error().message;
  EXPECT_EQ(data->tasks[0].file.filename(), "qa1_x_test.txt");
  writeTask("qa1_y_test.txt");
  EXPECT_THAT(refusal({"qa1"}), HasSubstr("several files"));
}

TEST_F(EvaluationDataTest, PromptsAreReadByTask) {
  writeTask("qa1.txt");
  m_folder.write("prompts.json", R"({"qa1": {"instruction": "Read.", "examples": "None.", "post_prompt": "Short."}})");
  const auto data = openEvaluationData(m_folder.path(), std::vector<std::string>{"qa1"}, false);
  ASSERT_TRUE(data.ok()) << data.error().message;
  ASSERT_TRUE(data->tasks[0].prompt.has_value());
  EXPECT_EQ(textBefore(*data->tasks[0].prompt), "Read.\nNone.\nShort.\n<context>\n");
  EXPECT_EQ(textBefore({}), "<context>\n");
  EXPECT_NE(data->promptsSha256, "none");
  m_folder.write("prompts.json", R"({"qa1": {"instructions": "Read."}})");
  EXPECT_THAT(refusal({"qa1"}), HasSubstr("unknown part \"instructions\""));
  m_folder.write("prompts.json", R"({"qa1": {"instruction": 3}})");
  EXPECT_THAT(refusal({"qa1"}), HasSubstr("is no string"));
  m_folder.write("prompts.json", "[");
  EXPECT_THAT(refusal({"qa1"}), HasSubstr("prompts.json"));
}

}  // namespace
}  // namespace tidemark
