#include "engine/document/sentence_splitter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

#include "engine/tokenizer/utf8.h"
#include "tests/unit/temporary_folder.h"

namespace tidemark {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Pushes `step` bytes at a time.
std::vector<std::string> split(const std::string& text, std::size_t step = 1'000'000) {
  SentenceSplitter splitter;
  std::vector<std::string> sentences;
  for (std::size_t at = 0; at < text.size(); at += step) {
    splitter.push(std::string_view(text).substr(at, step));
    while (auto sentence = splitter.next()) sentences.push_back(*sentence);
    EXPECT_FALSE(splitter.isOver());
  }
  splitter.finish();
  while (auto sentence = splitter.next()) sentences.push_back(*sentence);
  EXPECT_TRUE(splitter.isOver());
  return sentences;
}

TEST(SentenceSplitter, EndsAtMarksBeforeWhiteSpace) {
  EXPECT_THAT(split("Call me Ishmael. Some years\nago! Why? 3.14 is pi."),
              ElementsAre("Call me Ishmael.", "Some years\nago!", "Why?", "3.14 is pi."));
  EXPECT_THAT(split("He said \"Go.\" She went (home.) \u201CGood!\u201D So."),
              ElementsAre("He said \"Go.\"", "She went (home.)", "\u201CGood!\u201D", "So."));
  EXPECT_THAT(split("Mr. Starbuck met J. Coffin and Dr. Who. Then e.g. nothing. \"What?\" said he."),
              ElementsAre("Mr. Starbuck met J. Coffin and Dr. Who.", "Then e.g. nothing.", "\"What?\" said he."));
  EXPECT_THAT(split("  A title\n \nThe text begins"), ElementsAre("A title", "The text begins"));
  EXPECT_THAT(split("one line\nand the next"), ElementsAre("one line\nand the next"));
  EXPECT_THAT(split(" \n \t"), IsEmpty());
  EXPECT_THAT(split(""), IsEmpty());
}

TEST(SentenceSplitter, DoesNotDependOnThePieces) {
  const auto file = std::filesystem::path(TM_SOURCE_DIR) / "resources" / "samples" / "tavern-night.txt";
  std::string text = test::readWhole(file) + "  Strange.\"')]\u201D" + std::string(80, ')') + " x" +
                     std::string(50, ' ') + "Y.\n" + std::string(60, '\t') + "\nEnd.";
  const auto whole = split(text);
  EXPECT_GT(whole.size(), 100u);
  for (const std::size_t step : {1u, 7u, 31u, 32u, 33u, 4096u}) EXPECT_EQ(split(text, step), whole) << step;
}

TEST(SentenceSplitter, TextWithoutAnEndIsCut) {
  std::string words;
  while (words.size() < 10'000) words += "word ";
  for (const std::string& sentence : split(words, 100)) {
    EXPECT_LE(sentence.size(), SentenceSplitter::kLongestSentenceBytes);
    EXPECT_TRUE(sentence.ends_with("word"));
  }
  std::string letters;
  while (letters.size() < 10'000) letters += "\u20AC";
  std::string joined;
  for (const std::string& sentence : split(letters)) {
    EXPECT_LE(sentence.size(), SentenceSplitter::kLongestSentenceBytes);
    EXPECT_EQ(readUtf8(sentence).kind, Utf8Kind::kCharacter);
    joined += sentence;
  }
  EXPECT_EQ(joined, letters);
}

}  // namespace
}  // namespace tidemark
