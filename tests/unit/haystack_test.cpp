#include "engine/evaluation/haystack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "engine/base/sha256.h"
#include "tests/unit/byte_tokenizer.h"
#include "tests/unit/temporary_folder.h"

namespace tidemark {
namespace {

using ::testing::HasSubstr;

const std::vector<std::string> kFacts = {"FACT-ONE.", "FACT-TWO.", "FACT-THREE."};

class HaystackTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string first;
    std::string second;
    for (int i = 0; i < 300; ++i) first += "Sentence number " + std::to_string(i) + " of the first book. Oh! ";
    for (int i = 0; i < 100; ++i) second += "The second book has line " + std::to_string(i) + ".\n";
    m_folder.write("a.txt", first);
    m_folder.write("b.txt", second);
    m_folder.write("ignored.md", "Not a book. It has sentences that must never appear.");
    auto background = Background::open(m_folder.path());
    ASSERT_TRUE(background.ok()) << background.error().message;
    m_background = std::move(background).value();
  }

  [[nodiscard]] std::unique_ptr<Haystack> make(std::int64_t tokens, std::uint64_t seed = 1,
                                               const std::string& before = "", const std::string& after = "") const {
    HaystackRequest request;
    request.facts = kFacts;
    request.tokens = tokens;
    request.seed = seed;
    request.before = before;
    request.after = after;
    auto haystack = Haystack::make(request, &m_background, m_tokenizer);
    EXPECT_TRUE(haystack.ok()) << haystack.error().message;
    return std::move(haystack).value();
  }

  static std::string textOf(const Haystack& haystack) {
    std::string text(haystack.byteCount() + 10, '?');
    const auto count = haystack.read(0, text);
    EXPECT_TRUE(count.ok());
    text.resize(*count);
    return text;
  }

  test::TemporaryFolder m_folder;
  test::ByteTokenizer m_tokenizer;
  Background m_background;
};

TEST_F(HaystackTest, FactsAloneAreJoinedBySpaces) {
  const auto haystack = make(0);
  EXPECT_EQ(textOf(*haystack), "FACT-ONE. FACT-TWO. FACT-THREE.");
  EXPECT_EQ(haystack->tokens(), 29);
  EXPECT_EQ(textOf(*make(10)), textOf(*haystack));  // fewer than the facts have
  HaystackRequest request;
  request.facts = kFacts;
  EXPECT_EQ(textOf(**Haystack::make(request, nullptr, m_tokenizer)), textOf(*haystack));
}

TEST_F(HaystackTest, SameSeedGivesTheSameTextAndAnotherOneAnother) {
  const auto haystack = make(5000, 7);
  EXPECT_EQ(textOf(*haystack), textOf(*make(5000, 7)));
  EXPECT_EQ(haystack->sha256(), make(5000, 7)->sha256());
  EXPECT_NE(haystack->sha256(), make(5000, 8)->sha256());
  const std::string text = textOf(*haystack);
  EXPECT_EQ(haystack->sha256(), sha256Hex(std::as_bytes(std::span(text))));
  EXPECT_EQ(haystack->byteCount(), text.size());
}

TEST_F(HaystackTest, HasAsManyTokensAsWantedAndNoShortSentences) {
  for (const std::int64_t tokens : {30, 100, 1000, 40'000}) {
    const auto haystack = make(tokens, 3);
    EXPECT_EQ(haystack->tokens(), tokens);
    const std::string text = textOf(*haystack);
    const auto spaces = static_cast<std::int64_t>(text.size()) - tokens;  // between sentences, not counted
    EXPECT_GT(spaces, 2);
    EXPECT_LT(spaces, 10 + tokens / 20);
    EXPECT_EQ(text.find("Oh!"), std::string::npos);  // shorter than ten tokens
    EXPECT_EQ(text.find("Not a book"), std::string::npos);
  }
}

TEST_F(HaystackTest, FactsKeepTheirOrderWholeAndAtDifferentPlaces) {
  std::size_t firstHalf = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const auto haystack = make(2000, seed);
    const std::string text = textOf(*haystack);
    std::size_t at = 0;
    for (const std::string& fact : kFacts) {
      at = text.find(fact, at);
      ASSERT_NE(at, std::string::npos) << fact << " with seed " << seed;
      firstHalf += at < text.size() / 2 ? 1 : 0;
    }
    EXPECT_TRUE(std::is_sorted(haystack->places().begin(), haystack->places().end()));
    EXPECT_EQ(text.find("FACT-ONE."), text.rfind("FACT-ONE."));
  }
  // 600 facts at uniform places: 300 expected, more than five standard deviations would be 62 off.
  EXPECT_NEAR(static_cast<double>(firstHalf), 300, 62);
}

TEST_F(HaystackTest, LongTextRepeatsTheFilesOneAfterTheOther) {
  const std::string text = textOf(*make(60'000, 5));
  std::size_t times = 0;
  for (std::size_t at = text.find(" has line 42."); at != std::string::npos; at = text.find(" has line 42.", at + 1)) {
    ++times;
  }
  EXPECT_GE(times, 3u);
  EXPECT_NE(text.find("Sentence number 299 of the first book. The second book has line 0."), std::string::npos);
}

TEST_F(HaystackTest, IsReadInPiecesOfAnySizeAndBackwards) {
  const auto haystack = make(300'000, 9, "<before>\n", "\n</after>");
  const std::string text = textOf(*haystack);
  EXPECT_TRUE(text.starts_with("<before>\n"));
  EXPECT_TRUE(text.ends_with("\n</after>"));
  const auto again = make(300'000, 9, "<before>\n", "\n</after>");
  std::string piece(1234, '?');
  for (std::uint64_t at = 0; at < text.size(); at += 1000) {  // overlapping, as a token stream reads
    const auto count = again->read(at, piece);
    ASSERT_TRUE(count.ok());
    ASSERT_EQ(piece.substr(0, *count), text.substr(at, piece.size())) << at;
  }
  for (const std::uint64_t at : {200'000u, 0u, 299'000u, 150'000u, 149'000u}) {
    const auto count = again->read(at, piece);
    ASSERT_TRUE(count.ok());
    ASSERT_EQ(piece.substr(0, *count), text.substr(at, piece.size())) << at;
  }
  EXPECT_EQ(*again->read(text.size(), piece), 0u);
}

TEST_F(HaystackTest, WhatCannotBeMadeIsSaid) {
  HaystackRequest request;
  request.facts = kFacts;
  request.tokens = 1000;
  const auto nothing = Haystack::make(request, nullptr, m_tokenizer);
  ASSERT_FALSE(nothing.ok());
  EXPECT_THAT(nothing.error().message, HasSubstr("needs background text"));

  const test::TemporaryFolder shortOnes;
  shortOnes.write("a.txt", "No. Yes. Oh!");
  const auto background = Background::open(shortOnes.path());
  ASSERT_TRUE(background.ok());
  const auto tooShort = Haystack::make(request, &*background, m_tokenizer);
  ASSERT_FALSE(tooShort.ok());
  EXPECT_THAT(tooShort.error().message, HasSubstr("no sentence of 10 tokens"));

  shortOnes.write("a.txt", " \n \n ");
  const auto blank = Background::open(shortOnes.path());
  ASSERT_TRUE(blank.ok());
  const auto empty = Haystack::make(request, &*blank, m_tokenizer);
  ASSERT_FALSE(empty.ok());
  EXPECT_THAT(empty.error().message, HasSubstr("no sentence in it"));

  request.cancelled = [] { return true; };
  const auto cancelled = Haystack::make(request, &m_background, m_tokenizer);
  ASSERT_FALSE(cancelled.ok());
  EXPECT_EQ(cancelled.error().code, ErrorCode::kCancelled);
}

TEST_F(HaystackTest, FileThatChangesIsAnErrorAndNotAnotherText) {
  const auto haystack = make(5000, 2);
  m_folder.write("a.txt", "Short now.");
  m_folder.write("b.txt", "And this one as well.");
  std::string text(haystack->byteCount(), '?');
  const auto count = haystack->read(0, text);
  if (count.ok()) {
    EXPECT_NE(haystack->sha256(), sha256Hex(std::as_bytes(std::span(text))));
  } else {
    EXPECT_THAT(count.error().message, HasSubstr("changed"));
  }
}

TEST(Background, FoldersWithoutBooksAreSaid) {
  const test::TemporaryFolder folder;
  const auto none = Background::open(folder.path());
  ASSERT_FALSE(none.ok());
  EXPECT_THAT(none.error().message, HasSubstr("has no .txt file"));
  const auto missing = Background::open(folder.path() / "missing");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
  folder.write("binary.txt", std::string_view("a\0b", 3));
  EXPECT_FALSE(Background::open(folder.path()).ok());
}

TEST(SentenceStream, EveryStartGivesWholeSentences) {
  const test::TemporaryFolder folder;
  folder.write("a.txt", "\u00C4rger is one. Two \u20AC is two.\r\nThree is three. Four.");
  folder.write("b.txt", "\xFF\xFE is no text, but five is. Six.");  // taken for UTF-16
  EXPECT_FALSE(Background::open(folder.path()).ok());
  folder.write("b.txt", "Five \xFF\xFE is. Six.");
  const auto background = Background::open(folder.path());
  ASSERT_TRUE(background.ok()) << background.error().message;
  const std::vector<std::string> all = {
      "\u00C4rger is one.", "Two \u20AC is two.", "Three is three.", "Four.", "Five \uFFFD\uFFFD is.", "Six."};
  for (std::uint64_t start = 0; start < background->bytes(); ++start) {
    SentenceStream stream(*background, start);
    const auto first = stream.next();
    ASSERT_TRUE(first.ok()) << first.error().message;
    auto at = std::find(all.begin(), all.end(), *first);
    ASSERT_NE(at, all.end()) << start << ": " << *first;
    for (int i = 0; i < 12; ++i) {
      if (++at == all.end()) at = all.begin();
      EXPECT_EQ(*stream.next(), *at) << start;
    }
  }
}

}  // namespace
}  // namespace tidemark
