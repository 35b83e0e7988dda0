#include "engine/tokenizer/tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "engine/base/sha256.h"
#include "engine/document/utf8_cleaner.h"
#include "tests/unit/tokenizer_fixture.h"

namespace tidemark {
namespace {

using test::builtInTokenizer;
using test::checkRanges;
using test::decoded;
using test::encoded;
using test::ModelPiece;
using test::SentencePieceBuilder;
using testing::ElementsAre;

std::vector<std::string> surfaces(std::string_view text) {
  std::vector<std::string> result;
  for (const ByteRange& range : encoded(builtInTokenizer(), text).bytes) {
    result.emplace_back(text.substr(range.begin, range.end - range.begin));
  }
  return result;
}

TEST(BuiltInTokenizer, IsWhatTheModelWasTrainedWith) {
  const Tokenizer& tokenizer = builtInTokenizer();
  EXPECT_EQ(tokenizer.vocabularySize(), 4096);
  EXPECT_TRUE(tokenizer.addsSpace());
  EXPECT_THAT(encoded(tokenizer, "Where is Mary?").ids, ElementsAre(447, 311, 412, 4057));
  const std::string file = test::readWhole(test::modelFolder() / "tokenizer.model");
  EXPECT_EQ(tokenizer.sha256(), sha256Hex(std::as_bytes(std::span(file))));
}

TEST(BuiltInTokenizer, SpecialPieces) {
  const Tokenizer& tokenizer = builtInTokenizer();
  EXPECT_THAT(tokenizer.specialPieces(), ElementsAre("<pad>", "</s>", "<s>", "<q>", "<a>"));
  EXPECT_EQ(tokenizer.findSpecial("<s>"), 1);
  EXPECT_EQ(tokenizer.findSpecial("</s>"), 2);
  EXPECT_EQ(tokenizer.findSpecial("<q>"), 4);
  EXPECT_EQ(tokenizer.findSpecial("<a>"), 5);
  EXPECT_EQ(tokenizer.findSpecial("the"), std::nullopt);
  EXPECT_EQ(tokenizer.findSpecial("<unk>"), std::nullopt);
  EXPECT_EQ(tokenizer.findSpecial(""), std::nullopt);
}

TEST(BuiltInTokenizer, BytesOfEveryKindOfPiece) {
  const Tokenizer& tokenizer = builtInTokenizer();
  EXPECT_EQ(tokenizer.bytes(0), " \u2047 ");  // <unk>
  EXPECT_EQ(tokenizer.bytes(2), "");          // </s>
  EXPECT_EQ(tokenizer.bytes(4), "<q>");
  EXPECT_EQ(tokenizer.bytes(6), std::string(1, '\0'));
  EXPECT_EQ(tokenizer.bytes(6 + 0x0A), "\n");
  EXPECT_EQ(tokenizer.bytes(6 + 0xFF), "\xFF");
  EXPECT_EQ(tokenizer.bytes(264), " the");
  EXPECT_EQ(tokenizer.bytes(4027), " ");
  EXPECT_EQ(tokenizer.bytes(-1), "");
  EXPECT_EQ(tokenizer.bytes(4096), "");
}

TEST(BuiltInTokenizer, RangesOfTheHardCases) {
  EXPECT_THAT(surfaces("Where is Mary?"), ElementsAre("Where", " is", " Mary", "?"));
  EXPECT_THAT(surfaces(" a  b   c "), ElementsAre(" a", "  b", "   c ")) << "collapsed and trimmed white space";
  EXPECT_THAT(surfaces("a \n b"), ElementsAre("a", " \n b"));
  EXPECT_THAT(surfaces("a\x01"
                       "b\x7F"),
              ElementsAre("a\x01"
                          "b\x7F"))
      << "removed control characters";
  EXPECT_THAT(surfaces("\u3000 x"), ElementsAre("\u3000 ", "x")) << "the made-up space has what was trimmed";
  EXPECT_THAT(surfaces("x"), ElementsAre("", "x")) << "or nothing";
  EXPECT_THAT(surfaces("\uFF21\uFF22"), ElementsAre("\uFF21", "\uFF22")) << "full width";
  EXPECT_THAT(surfaces("\uFB01sh"), ElementsAre("\uFB01", "\uFB01sh")) << "a ligature cut in two";
  EXPECT_THAT(surfaces("\u338F"), ElementsAre("\u338F", "\u338F")) << "one character that became kg";
  EXPECT_THAT(surfaces("\U0001F600"), ElementsAre("", "\U0001F600", "\U0001F600", "\U0001F600", "\U0001F600"));
  EXPECT_THAT(surfaces("e\u0301t"), ElementsAre("", "e\u0301", "e\u0301", "t")) << "a composed character";
  EXPECT_THAT(surfaces("a\xFF"), ElementsAre("a", "\xFF", "\xFF", "\xFF")) << "invalid bytes count as U+FFFD";
  EXPECT_THAT(surfaces(""), ElementsAre());
  EXPECT_THAT(surfaces(" \n\t "), ElementsAre());
}

TEST(BuiltInTokenizer, RangesCountFromTheOffsetAndAreAppended) {
  TokenRun run = encoded(builtInTokenizer(), "Where is", 1'000'000'000'000);
  ASSERT_TRUE(builtInTokenizer().encode(" Mary?", 1'000'000'000'008, run).ok());
  EXPECT_THAT(run.ids, ElementsAre(447, 311, 412, 4057));
  EXPECT_EQ(run.bytes[2], (ByteRange{1'000'000'000'008, 1'000'000'000'013}));
  checkRanges(run, "Where is Mary?", 1'000'000'000'000);
}

TEST(BuiltInTokenizer, RandomTextsKeepThePromisesOfRanges) {
  const std::vector<std::string> parts = {
      "the ",         "Mary",         " ",
      "  ",           "\n",           "\t",
      "\u4e2d\u6587", "\U0001F600",   "e\u0301",
      "\u00e9",       "\uFB01",       "\u338F",
      "\u2581",       "\u200B",       "\u00A0",
      "<q>",          "</s>",         "\uFDFA",
      "\x01",         "\xED\xA0\x80", "\xF0\x9F",
      "\xC0",         "12",           "?!",
      "\u00B4",       "\u1100\u1161", "\U0001F468\u200D\U0001F469",
  };
  std::mt19937 random(7);
  for (int round = 0; round < 4000; ++round) {
    std::string bytes;
    for (std::size_t i = 0, n = random() % 12; i < n; ++i) bytes += parts[random() % parts.size()];
    Utf8Cleaner cleaner;
    std::string text;
    ASSERT_TRUE(cleaner.push(bytes, text).ok());
    ASSERT_TRUE(cleaner.finish(text).ok());
    for (const std::string& input : {text, bytes}) {
      const TokenRun run = encoded(builtInTokenizer(), input, 5);
      checkRanges(run, input, 5);
      for (const TokenId id : run.ids) EXPECT_TRUE(id >= 4 && id < 4096) << id;
    }
  }
}

TEST(BuiltInTokenizer, OrdinaryTextComesBackFromItsTokens) {
  const std::string text = "Mary went to the kitchen, at 12:30; \u201Cno\u201D, said \u00c9mile \U0001F600.";
  EXPECT_EQ(decoded(builtInTokenizer(), encoded(builtInTokenizer(), text).ids), " " + text);
}

TEST(MadeTokenizer, UnknownCharactersWithoutByteFallback) {
  const auto tokenizer = made(SentencePieceBuilder().add("\u2581").add("a").add("\u2581a"));
  const TokenRun run = encoded(*tokenizer, "a\u4e2d\u6587 a");
  EXPECT_EQ(run.ids, (std::vector<TokenId>{5, 0, 5}));
  EXPECT_EQ(run.bytes, (std::vector<ByteRange>{{0, 1}, {1, 7}, {7, 9}}));
  EXPECT_EQ(decoded(*tokenizer, run.ids), " a \u2047  a");
}

TEST(MadeTokenizer, WithoutAMadeUpSpace) {
  const auto tokenizer = made(SentencePieceBuilder().add("\u2581").add("a").add("\u2581a").withoutPrefix());
  EXPECT_FALSE(tokenizer->addsSpace());
  EXPECT_EQ(encoded(*tokenizer, "a a").ids, (std::vector<TokenId>{4, 5}));
  EXPECT_EQ(encoded(*tokenizer, "  a").bytes, (std::vector<ByteRange>{{0, 1}, {1, 3}}));
}

TEST(MadeTokenizer, SingleCharactersAndWhiteSpaceAreNotSpecial) {
  const auto tokenizer = made(SentencePieceBuilder()
                                  .add("7", ModelPiece::kUserDefined)
                                  .add("\n\n", ModelPiece::kUserDefined)
                                  .add("\u2581\u2581", ModelPiece::kUserDefined)
                                  .add("[INST]", ModelPiece::kUserDefined)
                                  .add("\u2581")
                                  .addAllBytes());
  EXPECT_THAT(tokenizer->specialPieces(), ElementsAre("[INST]", "</s>", "<s>"));
  EXPECT_EQ(tokenizer->findSpecial("7"), std::nullopt);
  EXPECT_EQ(tokenizer->findSpecial("[INST]"), 6);
  EXPECT_EQ(tokenizer->bytes(5), "  ");
}

}  // namespace
}  // namespace tidemark
