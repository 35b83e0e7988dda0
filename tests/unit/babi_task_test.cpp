#include "engine/evaluation/babi_task.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/unit/temporary_folder.h"

namespace tidemark {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kTwoStories =
    "1 Mary went to the kitchen.\n"
    "2 John went to the garden.\n"
    "3 Where is Mary? \tkitchen\t1\n"
    "4 Mary took the lamp.\n"
    "5 Where is the lamp?\tkitchen\t1 4\n"
    "1 Nina moved to the office.\n"
    "2 Where is Nina?\toffice\n";

std::string refusal(std::string_view bytes) {
  const auto task = parseBabiTask(bytes, "qa1.txt");
  return task ? "(no error)" : task.error().message;
}

TEST(BabiTask, StoriesStartAtOneAndQuestionsKnowTheFactsBeforeThem) {
  const auto task = parseBabiTask(kTwoStories, "qa1.txt");
  ASSERT_TRUE(task.ok()) << task.error().message;
  ASSERT_EQ(task->stories.size(), 2u);
  EXPECT_EQ(task->questionCount(), 3u);
  const BabiStory& first = task->stories[0];
  EXPECT_THAT(first.facts, ElementsAre("Mary went to the kitchen.", "John went to the garden.", "Mary took the lamp."));
  ASSERT_EQ(first.questions.size(), 2u);
  EXPECT_EQ(first.questions[0].text, "Where is Mary?");
  EXPECT_EQ(first.questions[0].answer, "kitchen");
  EXPECT_EQ(first.questions[0].factCount, 2u);
  EXPECT_THAT(first.questions[0].supporting, ElementsAre(1));
  EXPECT_EQ(first.questions[1].factCount, 3u);
  EXPECT_THAT(first.questions[1].supporting, ElementsAre(1, 4));
  EXPECT_THAT(task->stories[1].questions[0].supporting, IsEmpty());
  const auto places = questionPlaces(*task);
  ASSERT_EQ(places.size(), 3u);
  EXPECT_EQ(places[2].story, 1u);
  EXPECT_EQ(places[2].question, 0u);
}

TEST(BabiTask, LineEndsMarksAndBlankLinesDoNotMatter) {
  std::string windows = "\xEF\xBB\xBF";
  for (const char* c = kTwoStories; *c != '\0'; ++c) windows += *c == '\n' ? std::string("\r\n") : std::string(1, *c);
  const auto task = parseBabiTask(windows + "\r\n  \r\n", "qa1.txt");
  ASSERT_TRUE(task.ok()) << task.error().message;
  EXPECT_EQ(task->questionCount(), 3u);
  EXPECT_EQ(task->stories[1].questions[0].answer, "office");
}

TEST(BabiTask, WhatDoesNotFollowTheFormatIsRefusedWithItsLine) {
  EXPECT_THAT(refusal(""), HasSubstr("has no question"));
  EXPECT_THAT(refusal("1 Mary went home.\n"), HasSubstr("has no question"));
  EXPECT_THAT(refusal("Mary went home.\n"), HasSubstr("line 1 does not begin with a number"));
  EXPECT_THAT(refusal("1Mary\n"), HasSubstr("line 1 does not begin with a number"));
  EXPECT_THAT(refusal("2 Mary went home.\n"), HasSubstr("line 1 is numbered 2 and should be 1"));
  EXPECT_THAT(refusal("1 A b.\n3 C d.\n"), HasSubstr("line 2 is numbered 3 and should be 2, or 1 for a new story"));
  EXPECT_THAT(refusal("99999999999 A\n"), HasSubstr("line 1 does not begin with a number"));
  EXPECT_THAT(refusal("0 A\n"), HasSubstr("line 1 does not begin with a number"));
  EXPECT_THAT(refusal("1 Where?\thome\t\n"), HasSubstr("line 1 asks before there is a fact"));
  EXPECT_THAT(refusal("1 A b.\n2 \thome\n"), HasSubstr("line 2 has an answer without a question"));
  EXPECT_THAT(refusal("1 A b.\n2 Where?\t\t1\n"), HasSubstr("line 2 has a question without an answer"));
  EXPECT_THAT(refusal("1 A b.\n2 Where?\thome\tx\n"), HasSubstr("line 2 should end with the numbers"));
  EXPECT_THAT(refusal("1 A b.\n2 Where?\thome\t2\n"), HasSubstr("names line 2 of its story as support"));
  EXPECT_THAT(refusal("1 \n"), HasSubstr("line 1 has a number and nothing else"));
  EXPECT_THAT(refusal(std::string_view("1 A\0b\n", 6)), HasSubstr("qa1.txt"));
}

TEST(BabiTask, EveryBeginningOfAFileIsATaskOrRefused) {
  const std::string_view whole = kTwoStories;
  std::size_t accepted = 0;
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    const auto task = parseBabiTask(whole.substr(0, size), "qa1.txt");
    if (task) {
      ++accepted;
    } else {
      EXPECT_FALSE(task.error().message.empty());
    }
  }
  EXPECT_GT(accepted, 0u);
  EXPECT_LT(accepted, whole.size());
}

/// Seeds of the fuzzer: what begins with "valid" is a task, all others are refused.
TEST(BabiTask, FuzzCorpus) {
  int files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(TM_SOURCE_DIR) / "tests/fuzz/corpus/babi_file")) {
    const std::string name = entry.path().filename().string();
    const std::string message = refusal(test::readWhole(entry.path()));
    EXPECT_EQ(message == "(no error)", name.starts_with("valid")) << name << ": " << message;
    ++files;
  }
  EXPECT_GE(files, 6);
}

}  // namespace
}  // namespace tidemark
