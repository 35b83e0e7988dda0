#include "engine/evaluation/answer_match.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/evaluation/accuracy.h"

namespace tidemark {
namespace {

using ::testing::ElementsAre;

BabiTask taskWithAnswers(const std::vector<std::string>& answers) {
  BabiTask task;
  task.stories.emplace_back();
  for (const std::string& answer : answers) task.stories[0].questions.push_back({"Where?", answer, 1, {}});
  return task;
}

TEST(TaskLabels, AreThoseOfTheBenchmarkAndOfTheFile) {
  EXPECT_THAT(taskLabels("qa1", {}), ElementsAre("bathroom", "bedroom", "garden", "hallway", "kitchen", "office"));
  EXPECT_THAT(taskLabels("qa10", taskWithAnswers({"Yes"})), ElementsAre("maybe", "no", "yes"));
  EXPECT_THAT(taskLabels("qa8", taskWithAnswers({"apple,milk"})), ElementsAre("apple", "football", "milk", "nothing"));
  EXPECT_THAT(taskLabels("facts", taskWithAnswers({"Vienna", "baker", "Vienna"})), ElementsAre("baker", "vienna"));
  EXPECT_EQ(taskLabels("qa19", taskWithAnswers({"n,w"})).size(), 12u);
  EXPECT_THAT(taskLabels("odd", taskWithAnswers({",,,,"})), ElementsAre(",,,,"));
}

TEST(RightAnswer, IsTheTargetAloneAmongTheLabelsOfTheFirstSentence) {
  const LabelSet labels = taskLabels("qa1", {});
  const auto right = [&](const char* answer, const char* question = "Where is Mary?") {
    return isRightAnswer("kitchen", answer, question, labels);
  };
  EXPECT_TRUE(right("kitchen"));
  EXPECT_TRUE(right("The most recent location of Mary is KITCHEN."));
  EXPECT_TRUE(right("kitchen. Where is John? office"));
  EXPECT_TRUE(right("kitchen<context> garden"));
  EXPECT_TRUE(right("kitchen <example>office"));
  EXPECT_FALSE(right("kitchen or office"));
  EXPECT_FALSE(right("office"));
  EXPECT_FALSE(right(""));
  EXPECT_FALSE(right(". kitchen"));
  // What the question mentions is never the answer.
  EXPECT_TRUE(right("Before the garden it was the kitchen", "Where was the apple before the garden?"));
  EXPECT_FALSE(right("kitchen", "Who was in the kitchen?"));
}

TEST(RightAnswer, OfSeveralLabelsNeedsExactlyThese) {
  const LabelSet labels = taskLabels("qa8", {});
  const auto right = [&](const char* answer) {
    return isRightAnswer("apple,milk", answer, "What is Daniel carrying?", labels);
  };
  EXPECT_TRUE(right("apple,milk"));
  EXPECT_TRUE(right("The milk and the apple"));
  EXPECT_FALSE(right("apple"));
  EXPECT_FALSE(right("apple, football, milk"));
}

TEST(RightAnswer, DirectionsArePairs) {
  const LabelSet labels = taskLabels("qa19", {});
  EXPECT_TRUE(isRightAnswer("n,w", "n,w", "How do you go from the kitchen to the office?", labels));
  EXPECT_FALSE(isRightAnswer("n,w", "w,n", "How do you go from the kitchen to the office?", labels));
}

TEST(RightAnswer, NoneDoesNotMentionOne) {
  const LabelSet labels = taskLabels("qa7", {});
  const char* question = "How many objects is Mary carrying?";
  EXPECT_TRUE(isRightAnswer("none", "none", question, labels));
  EXPECT_FALSE(isRightAnswer("one", "none", question, labels));
  EXPECT_FALSE(isRightAnswer("none", "none, or one", question, labels));
  EXPECT_TRUE(isRightAnswer("one", "one", question, labels));
}

TEST(Wilson, KnownValues) {
  // Newcombe 1998, table 1: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  EXPECT_NEAR(wilsonInterval(81, 263).low, 0.2553, 5e-5);
  EXPECT_NEAR(wilsonInterval(81, 263).high, 0.3662, 5e-5);
  EXPECT_NEAR(wilsonInterval(15, 148).low, 0.0624, 5e-5);
  EXPECT_NEAR(wilsonInterval(15, 148).high, 0.1605, 5e-5);
  EXPECT_NEAR(wilsonInterval(0, 20).low, 0.0, 1e-12);
  EXPECT_NEAR(wilsonInterval(0, 20).high, 0.1611, 5e-5);
  EXPECT_NEAR(wilsonInterval(1, 29).low, 0.0061, 5e-5);
  EXPECT_NEAR(wilsonInterval(1, 29).high, 0.1718, 5e-5);
  EXPECT_EQ(wilsonInterval(0, 0).low, 0.0);
  EXPECT_EQ(wilsonInterval(0, 0).high, 1.0);
  EXPECT_EQ(wilsonInterval(7, 7).high, 1.0);
}

}  // namespace
}  // namespace tidemark
