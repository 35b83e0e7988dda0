#include "engine/document/chunk_cut.h"

#include <gtest/gtest.h>

#include <string>

namespace tidemark {
namespace {

constexpr ChunkLimits kLimits{8, 16};

struct CutCase {
  const char* what;
  std::string text;
  std::size_t end;
};

TEST(FindChunkEnd, Table) {
  const CutCase cases[] = {
      {"short text is one chunk", "one two", 7},
      {"at the first single space from 8 on", "one two three four five six", 13},
      {"not inside white space", "one twooo  three four five six", 16},
      {"a space before a line break is not alone", "one twooo \nthree four five", 16},
      {"other white space if there is no single space", "abcdefghij\nabcdefghijklmnop", 10},
      {"white space is cut at its beginning", "abcdefghij \n abcdefghijklmnop", 10},
      {"wide space", "abcdefghij\u3000abcdefghijklmnop", 10},
      {"at the longest if there is none at all", "abcdefghijklmnopqrstuvwxyz", 16},
      {"at a character boundary", "\u4e2d\u4e2d\u4e2d\u4e2d\u4e2d\u4e2d\u4e2d\u4e2d\u4e2d", 15},
      {"a line break after a mark stays in front", "abcdefgh.\nabcdefghijklmnop", 10},
      {"unless more white space follows", "abcdefgh.\n\nabcdefghijklmnop", 9},
      {"after a letter it does not", "abcdefghi\nabcdefghijklmnop", 9},
      {"the end of a word is better than a mark's", "abcdefgh.\r\nab\tcdefghijklmnop", 13},
      {"before the last wide comma", "\u4e2d\u4e2d\u4e2d\uff0c\u4e2d\u3002\u4e2d\u4e2d\u4e2d\u4e2d", 15},
      {"a space at the longest place", "abcdefghijklmnop qrstuvwxyz", 16},
      {"and one behind it is too late", "abcdefghijklmnopq rstuvwxyz", 16},
      {"up to the longest the end of the text is taken", "abcdefghijklmnop", 16},
      {"the word mark counts as white space", "abcdefghij \u2581x", 16 - 1},
      {"only white space", std::string(40, ' '), 16},
      {"only continuation bytes", std::string(40, '\x80'), 16},
  };
  for (const CutCase& c : cases) EXPECT_EQ(findChunkEnd(c.text, true, kLimits), c.end) << c.what;
}

TEST(FindChunkEnd, MoreTextNeverChangesTheEnd) {
  const std::string text =
      "abcdefgh ijkl mno \u4e2d\u4e2d\u4e2d \n\n xyz\U0001F600\U0001F600\U0001F600 abcdefghijklmnopqrstuvwxyz";
  for (std::size_t begin = 0; begin < text.size(); ++begin) {
    const std::string rest = text.substr(begin);
    const std::optional<std::size_t> whole = findChunkEnd(rest, true, kLimits);
    ASSERT_TRUE(whole.has_value());
    EXPECT_GT(*whole, 0u);
    for (std::size_t size = 0; size < rest.size(); ++size) {
      const std::optional<std::size_t> early = findChunkEnd(rest.substr(0, size), false, kLimits);
      EXPECT_EQ(early.value_or(*whole), *whole) << begin << " " << size;
      EXPECT_TRUE(early.has_value() || size < kLimits.longest + kCutLookahead) << begin << " " << size;
    }
  }
}

TEST(IsLoneSpace, NeedsAVisibleCharacterOnBothSides) {
  EXPECT_TRUE(isLoneSpace("a b", 1));
  EXPECT_TRUE(isLoneSpace("\u4e2d \u4e2d", 3));
  EXPECT_TRUE(isLoneSpace(" b", 0));
  EXPECT_FALSE(isLoneSpace("a  b", 1));
  EXPECT_FALSE(isLoneSpace("a  b", 2));
  EXPECT_FALSE(isLoneSpace("a \u200Bb", 1));
  EXPECT_FALSE(isLoneSpace("a\u00A0 b", 3));
  EXPECT_FALSE(isLoneSpace("a ", 1));
  EXPECT_FALSE(isLoneSpace("a \xE4\xB8", 1)) << "cut off";
  EXPECT_FALSE(isLoneSpace("ab", 1));
}

}  // namespace
}  // namespace tidemark
