#include "extract/layout/text_lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/tokenizer/utf8.h"
#include "extract/layout/raw_characters.h"
#include "extract/layout/word_memory.h"
#include "tests/extract/layout/raw_page.h"

namespace tidemark::testing {
namespace {

using ::testing::SizeIs;

std::string text(std::u16string_view raw) {
  std::string result;
  for (const RawCharacter& character : readCharacters(raw).characters) appendUtf8(character.code, result);
  return result;
}

TEST(RawCharacters, AreMadeReadable) {
  EXPECT_EQ(text(u"ﬁle eﬀect oﬃce"), "file effect office");
  EXPECT_EQ(text(u"na\u00A8\u0131ve f\u00A8ur caf\u00B4e"), "naïve für café");
  EXPECT_EQ(text(u"`a quote'"), "`a quote'");
  EXPECT_EQ(text(u"a\u00A0b\u2009c\td"), "a b c d");
  EXPECT_EQ(text(u"one\r\ntwo\rthree\nfour"), "one\ntwo\nthree\nfour");
  EXPECT_EQ(text(u"\uF0B7 item \U0001F30A"), "• item 🌊");
}

TEST(RawCharacters, CountsWhatMeansNothing) {
  const std::u16string raw{u'a', 0xD800, u'b', 0xE123, 0xDC00, 0x0001, 0x0000};
  const RawCharacters read = readCharacters(raw);
  EXPECT_EQ(read.meaningless, 3U);
  EXPECT_EQ(text(raw), "ab");
}

TEST(TextLines, FindTheirBoxes) {
  RawPageBuilder builder;
  builder.line(50, 100, u"A heading by high type", 20)
      .line(50, 130, u"The gulf is")
      .more(120, 130, u"deep today")
      .line(50, 142, u"and by night.");
  const std::vector<TextLine> lines = linesOfPage(builder.page()).lines;
  ASSERT_THAT(lines, SizeIs(3));
  EXPECT_EQ(lines[1].text, "The gulf is deep today");
  EXPECT_NEAR(lines[0].size, 20, 0.1);
  EXPECT_NEAR(lines[1].size, 10, 0.1);
  EXPECT_NEAR(lines[1].baseline, 130, 0.1);
  EXPECT_NEAR(lines[2].box.x, 50, 0.1);
}

TEST(TextLines, FindTheirBoxesWhenTheLibraryPutTwoRowsIntoOneLine) {
  RawPageBuilder builder;
  builder.line(50, 100, u"The gulf is deep today")
      .line(300, 60, u"Key by")
      .more(50, 220, u"Figure 7 shows the gulf by night.")
      .line(50, 232, u"It is quite deep today.");
  const std::vector<TextLine> lines = linesOfPage(builder.page()).lines;
  ASSERT_THAT(lines, SizeIs(4));
  EXPECT_EQ(lines[1].text, "Key by");
  EXPECT_NEAR(lines[2].box.y, 220 - 7.2, 0.1);
}

TEST(TextLines, EndInDividedWords) {
  RawPage page;
  page.text = u"the govern\uFFFEment is by the keep-\r\ner and 3 -\r\nby soft\u00AD\r\nware and so\u00ADcalled";
  const std::vector<TextLine> lines = linesOfPage(page).lines;
  ASSERT_THAT(lines, SizeIs(5));
  EXPECT_TRUE(lines[0].divided);
  EXPECT_EQ(lines[0].text, "the govern");
  EXPECT_TRUE(lines[1].divided);
  EXPECT_EQ(lines[1].text, "ment is by the keep");
  EXPECT_FALSE(lines[2].divided);
  EXPECT_EQ(lines[2].text, "er and 3 -");
  EXPECT_TRUE(lines[3].divided);
  EXPECT_EQ(lines[4].text, "ware and socalled");
  EXPECT_FALSE(lines[4].placed());
}

TEST(TextLines, AreCutWhereGapsAre) {
  RawPageBuilder builder;
  builder.line(50, 100, u"Gulf of Finland").more(200, 100, u"38").more(300, 100, u"July 1901");
  const std::vector<TextLine> lines = linesOfPage(builder.page()).lines;
  ASSERT_THAT(lines, SizeIs(1));
  ASSERT_THAT(lines[0].cells, SizeIs(3));
  EXPECT_EQ(lines[0].cellText(0), "Gulf of Finland");
  EXPECT_EQ(lines[0].cellText(1), "38");
  EXPECT_EQ(lines[0].cellText(2), "July 1901");
}

TEST(TextLines, SurviveBoxesThatMakeNoSense) {
  RawPageBuilder builder;
  builder.line(50, 100, u"The gulf").line(50, 112, u"is deep");
  RawPage page = builder.page();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  page.boxes.push_back({nan, 1, 1, 1});
  page.boxes.push_back({1e300, 1, 1e300, 1});
  page.boxes.push_back({1, 1, -5, 1});
  const std::vector<TextLine> lines = linesOfPage(page).lines;
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_NEAR(lines[1].baseline, 112, 0.1);
}

TEST(WordMemory, DecidesAboutHyphens) {
  WordMemory words;
  EXPECT_FALSE(words.keepsHyphen("the govern", "ment is"));
  EXPECT_TRUE(words.keepsHyphen("the Anglo", "Saxon kings"));
  words.add("a well-known man; the TraceMonkey engine", false, false);
  EXPECT_TRUE(words.keepsHyphen("the well", "known steps"));
  EXPECT_FALSE(words.keepsHyphen("the Trace", "Monkey engine"));
  words.add("known by half", true, true);
  EXPECT_FALSE(words.keepsHyphen("un", "known by"));
}

}  // namespace
}  // namespace tidemark::testing
