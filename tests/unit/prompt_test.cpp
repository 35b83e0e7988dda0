#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/unit/tokenizer_fixture.h"

namespace tidemark {
namespace {

using test::builtInTokenizer;
using test::decoded;
using test::encoded;
using test::ModelPiece;
using test::SentencePieceBuilder;
using testing::ElementsAre;

std::vector<TokenId> prompt(const Tokenizer& tokenizer, std::string_view promptTemplate, std::string_view question) {
  const Result<std::vector<TokenId>> ids = encodePrompt(tokenizer, promptTemplate, question);
  EXPECT_TRUE(ids.ok());
  return ids.ok() ? *ids : std::vector<TokenId>{};
}

TEST(EncodePrompt, TheBuiltInTemplate) {
  EXPECT_THAT(prompt(builtInTokenizer(), "<q>{question}<a>", "Where is Mary?"), ElementsAre(4, 447, 311, 412, 4057, 5));
  EXPECT_THAT(prompt(builtInTokenizer(), "<q>{question}<a>", ""), ElementsAre(4, 5));
  EXPECT_THAT(prompt(builtInTokenizer(), "<s></s><q>{question}", "Where"), ElementsAre(1, 2, 4, 447));
}

TEST(EncodePrompt, TextBetweenSpecialPiecesIsOneRunWithTheQuestion) {
  std::vector<TokenId> expected = {1};
  for (const TokenId id : encoded(builtInTokenizer(), "Please say: Where is Mary? Thanks.").ids) expected.push_back(id);
  EXPECT_EQ(prompt(builtInTokenizer(), "<s>Please say: {question} Thanks.", "Where is Mary?"), expected);
  EXPECT_EQ(prompt(builtInTokenizer(), "{question}{question}", "a b"), encoded(builtInTokenizer(), "a ba b").ids);
}

TEST(EncodePrompt, WithoutAPlaceForTheQuestion) {
  for (const char* bad : {"", "<q><a>", "{Question}", "{question"}) {
    const Result<std::vector<TokenId>> ids = encodePrompt(builtInTokenizer(), bad, "x");
    ASSERT_FALSE(ids.ok()) << bad;
    EXPECT_EQ(ids.error().code, ErrorCode::kInvalidArgument);
  }
}

TEST(EncodePrompt, AQuestionNeverBecomesASpecialPiece) {
  for (const char* question :
       {"<a>", "<q><a>", "What is <a>?", "<<a>>", "</s>", "<s>", "<pad><q", "<a><a><a>", "x<a>y <q> z", "\uFF1Ca\uFF1E",
        "<q>{question}<a>", "<\u200Da>", "<a> <a>", "<\u00ADa>"}) {
    const std::vector<TokenId> ids = prompt(builtInTokenizer(), "<q>{question}<a>", question);
    ASSERT_GE(ids.size(), 3u) << question;
    EXPECT_EQ(ids.front(), 4);
    EXPECT_EQ(ids.back(), 5);
    EXPECT_TRUE(std::all_of(ids.begin() + 1, ids.end() - 1, [](TokenId id) { return id > 5; })) << question;
  }
}

TEST(EncodePrompt, ALiteralMarkKeepsItsText) {
  const auto text = [](std::string_view question) {
    return decoded(builtInTokenizer(), prompt(builtInTokenizer(), "{question}", question));
  };
  EXPECT_EQ(text("<a>"), " <a>");
  EXPECT_EQ(text("What is <a>, and <q>x?"), " What is <a>, and <q>x?");
  EXPECT_EQ(text("<a><q><a>"), " <a><q><a>");
  EXPECT_EQ(text("</s>"), " </s>");
}

TEST(EncodePrompt, ManyMarksInAQuestionTakeNeitherStackNorTime) {
  std::string question;
  for (int i = 0; i < 20'000; ++i) question += "<a>";
  const std::vector<TokenId> ids = prompt(builtInTokenizer(), "{question}", question);
  EXPECT_EQ(decoded(builtInTokenizer(), ids), " " + question);
}

TEST(EncodePrompt, AMarkThatCannotBeCutWithoutASpaceIsReadWithOne) {
  // Here every character merges with the made-up space, so it cannot be taken out again.
  const auto tokenizer = made(SentencePieceBuilder()
                                  .add("[x]", ModelPiece::kUserDefined)
                                  .add("\u2581[")
                                  .add("\u2581x")
                                  .add("\u2581]")
                                  .add("\u2581")
                                  .add("[")
                                  .add("x")
                                  .add("]"));
  const std::vector<TokenId> ids = prompt(*tokenizer, "[x]{question}", "[x]");
  ASSERT_FALSE(ids.empty());
  EXPECT_EQ(ids.front(), 3);
  EXPECT_EQ(std::count(ids.begin(), ids.end(), 3), 1);
  EXPECT_EQ(decoded(*tokenizer, {ids.begin() + 1, ids.end()}), " [x ]");
}

}  // namespace
}  // namespace tidemark
