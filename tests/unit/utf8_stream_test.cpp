#include "engine/tokenizer/utf8_stream.h"

#include <gtest/gtest.h>

#include <string>

#include "engine/tokenizer/utf8.h"

namespace tidemark {
namespace {

std::string streamed(std::string_view a, std::string_view b, std::string_view c) {
  Utf8Stream stream;
  std::string text = stream.push(a);
  text += stream.push(b);
  text += stream.push(c);
  return text += stream.finish();
}

TEST(Utf8Stream, EverySplitGivesTheSameText) {
  const std::string text = "a\u00e9\u4e2d\U0001F600\u00e9!";
  for (std::size_t i = 0; i <= text.size(); ++i) {
    for (std::size_t j = i; j <= text.size(); ++j) {
      EXPECT_EQ(streamed(text.substr(0, i), text.substr(i, j - i), text.substr(j)), text) << i << " " << j;
    }
  }
}

TEST(Utf8Stream, HoldsBackAnUnfinishedCharacterOnly) {
  Utf8Stream stream;
  EXPECT_EQ(stream.push("x\xF0\x9F"), "x");
  EXPECT_EQ(stream.push("\x98"), "");
  EXPECT_EQ(stream.push("\x80y"), "\U0001F600y");
  EXPECT_EQ(stream.finish(), "");
}

TEST(Utf8Stream, BytesThatCannotBecomeACharacterAreReplacedAtOnce) {
  Utf8Stream stream;
  EXPECT_EQ(stream.push("\xF0\x9Fz"), "\uFFFDz");
  EXPECT_EQ(stream.push("\xFF"), "\uFFFD");
  EXPECT_EQ(stream.push("\xE4\xB8"), "");
  EXPECT_EQ(stream.finish(), "\uFFFD");
  EXPECT_EQ(stream.finish(), "") << "an ended stream has nothing left";
}

struct SequenceCase {
  std::string_view bytes;
  Utf8Kind kind;
  std::size_t length;
};

TEST(ReadUtf8, FollowsTheTableOfWellFormedSequences) {
  const SequenceCase cases[] = {
      {"\x7F", Utf8Kind::kCharacter, 1},
      {"\xC2\x80", Utf8Kind::kCharacter, 2},
      {"\xE0\xA0\x80", Utf8Kind::kCharacter, 3},
      {"\xED\x9F\xBF", Utf8Kind::kCharacter, 3},
      {"\xEE\x80\x80", Utf8Kind::kCharacter, 3},
      {"\xF0\x90\x80\x80", Utf8Kind::kCharacter, 4},
      {"\xF4\x8F\xBF\xBF", Utf8Kind::kCharacter, 4},
      {"\x80", Utf8Kind::kIllFormed, 1},              // continuation without a lead
      {"\xC0\xAF", Utf8Kind::kIllFormed, 1},          // overlong
      {"\xC1\xBF", Utf8Kind::kIllFormed, 1},          // overlong
      {"\xE0\x9F\xBF", Utf8Kind::kIllFormed, 1},      // overlong
      {"\xF0\x8F\xBF\xBF", Utf8Kind::kIllFormed, 1},  // overlong
      {"\xED\xA0\x80", Utf8Kind::kIllFormed, 1},      // surrogate
      {"\xF4\x90\x80\x80", Utf8Kind::kIllFormed, 1},  // above U+10FFFF
      {"\xF5\x80\x80\x80", Utf8Kind::kIllFormed, 1},
      {"\xE4\xB8z", Utf8Kind::kIllFormed, 2},
      {"\xF0\x9F\x98z", Utf8Kind::kIllFormed, 3},
      {"\xC3", Utf8Kind::kIncomplete, 1},
      {"\xE4\xB8", Utf8Kind::kIncomplete, 2},
      {"\xF0\x9F\x98", Utf8Kind::kIncomplete, 3},
  };
  for (const SequenceCase& c : cases) {
    const Utf8Sequence sequence = readUtf8(c.bytes);
    EXPECT_EQ(sequence.kind, c.kind) << testing::PrintToString(c.bytes);
    EXPECT_EQ(sequence.length, c.length) << testing::PrintToString(c.bytes);
  }
  EXPECT_EQ(readUtf8("\xF0\x9F\x98\x80").codePoint, char32_t{0x1F600});
}

TEST(Utf8, BoundariesAndTheCodePointInFront) {
  const std::string text = "a\u4e2db";
  EXPECT_EQ(characterBoundary(text, 1), 1u);
  EXPECT_EQ(characterBoundary(text, 2), 1u);
  EXPECT_EQ(characterBoundary(text, 3), 1u);
  EXPECT_EQ(characterBoundary(text, 4), 4u);
  EXPECT_EQ(characterBoundary(text, 99), text.size());
  EXPECT_EQ(codePointBefore(text, 1), U'a');
  EXPECT_EQ(codePointBefore(text, 4), char32_t{0x4E2D});
  EXPECT_EQ(codePointBefore(text, 3), char32_t{0xFFFD}) << "inside a character";
  EXPECT_EQ(characterBoundary("\x80\x80\x80\x80\x80", 4), 4u) << "bytes that are no UTF-8 have no boundaries";
}

}  // namespace
}  // namespace tidemark
