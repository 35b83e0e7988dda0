#include "extract/layout/document_layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/extract/layout/raw_page.h"

namespace tidemark::testing {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> textsOf(const std::vector<RawPageBuilder>& pages) {
  DocumentLayout layout;
  std::vector<std::string> texts;
  for (const RawPageBuilder& page : pages) {
    for (std::string& text : layout.push(page.page())) texts.push_back(std::move(text));
  }
  for (std::string& text : layout.finish()) texts.push_back(std::move(text));
  return texts;
}

constexpr const char16_t* kFirst = u"The gulf is deep today, and by night it is said to be deeper still, by the";
constexpr const char16_t* kSecond = u"people who live by its edge and who go out in boats by night, for they";
constexpr const char16_t* kThird = u"should know, by long habit.";

TEST(DocumentLayout, JoinsLinesAndPartsParagraphs) {
  RawPageBuilder page;
  page.line(50, 60, u"High Tides", 16);
  page.line(50, 100, kFirst).line(50, 112, kSecond).line(50, 124, kThird);
  page.line(62, 136, kFirst).line(50, 148, kSecond).line(50, 160, kThird);  // indented
  page.line(50, 190, kFirst).line(50, 202, kSecond);                        // apart
  const std::string paragraph =
      "The gulf is deep today, and by night it is said to be deeper still, by the people who live by its edge and who "
      "go "
      "out in boats by night, for they";
  EXPECT_THAT(textsOf({page}), ElementsAre("High Tides\n\n" + paragraph + " should know, by long habit.\n\n" +
                                           paragraph + " should know, by long habit.\n\n" + paragraph + "\n\n"));
}

TEST(DocumentLayout, JoinsLinesOfLettersThatStandEachByItself) {
  RawPageBuilder page;
  page.letters(50, 100, u"The tide comes in at nine—later in the summer—and the boats, black and low, are out");
  page.letters(50, 112, u"at the bank in the half dark—nobody knows since when—so that no one can tell how it");
  page.letters(50, 124, u"came to be called that.");
  EXPECT_THAT(textsOf({page}),
              ElementsAre("The tide comes in at nine—later in the summer—and the boats, black and low, are out at the "
                          "bank in the half dark—nobody knows since when—so that no one can tell how it came to be "
                          "called that.\n\n"));
  for (const TextLine& line : linesOfPage(page.page()).lines) EXPECT_NEAR(line.size, 10, 2) << line.text;
}

TEST(DocumentLayout, KeepsLineEndsThatAreMeant) {
  RawPageBuilder page;
  page.line(50, 100, kFirst).line(50, 112, kSecond).line(50, 124, kThird);
  page.line(50, 150, u"if (high) {").line(50, 162, u"  ebb(gulf);").line(50, 174, u"} // why");
  page.line(50, 200, kFirst).line(50, 212, u"• by day").line(50, 224, u"• by night");
  const std::string text = textsOf({page}).front();
  EXPECT_THAT(text, ::testing::HasSubstr("\n\nif (high) {\nebb(gulf);\n} // why\n\n"));
  EXPECT_THAT(text, ::testing::HasSubstr("by day\n• by night\n\n"));
}

TEST(DocumentLayout, LetsParagraphsAndWordsGoOnOverThePage) {
  RawPageBuilder first;
  first.line(50, 100, kFirst)
      .line(50, 112, u"people who live by its edge and who go out in boats by night, the govern-");
  RawPageBuilder second;
  second.line(50, 100, u"ment says, although it is said to be high and deep by night, and by day")
      .line(50, 112, kSecond);
  RawPageBuilder third;
  third.line(50, 100, u"should know, by long habit.").line(50, 112, u"A new paragraph, by any measure.");
  const std::vector<std::string> texts = textsOf({first, second, third});
  ASSERT_EQ(texts.size(), 3U);
  EXPECT_TRUE(texts[0].ends_with("the govern")) << texts[0];
  EXPECT_TRUE(texts[1].starts_with("ment says")) << texts[1];
  EXPECT_TRUE(texts[1].ends_with("for they ")) << texts[1];
  EXPECT_TRUE(texts[2].ends_with("by any measure.\n\n"));
}

TEST(DocumentLayout, PutsFootnotesWhereTheirMarkIs) {
  RawPageBuilder page;
  page.line(50, 100, kFirst)
      .line(50, 112, u"people who live by its edge\u2020 and who go out in boats by night, for they")
      .line(50, 124, kThird);
  page.line(50, 150, kFirst).line(50, 162, kSecond).line(50, 174, kThird);
  page.line(50, 700, u"\u2020 Boats of high build, by the way.", 7.5);
  const std::string text = textsOf({page}).front();
  const std::size_t note = text.find("† Boats of high build, by the way.\n\n");
  ASSERT_NE(note, std::string::npos) << text;
  EXPECT_LT(text.find("by long habit."), note);
  EXPECT_GT(text.rfind("The gulf is deep"), note);
}

TEST(DocumentLayout, LeavesFootnotesAtTheFootWhereItIsNotCertain) {
  RawPageBuilder page;
  page.line(50, 100, kFirst).line(50, 112, kSecond).line(50, 124, kThird);
  page.line(50, 700, u"7 Boats of high build, by the way.", 7.5);
  EXPECT_TRUE(textsOf({page}).front().ends_with("by long habit.\n\n7 Boats of high build, by the way.\n\n"));
}

TEST(DocumentLayout, HandsPagesOutWhileItTakesThem) {
  DocumentLayout layout;
  std::size_t texts = 0;
  for (int number = 0; number < 20; ++number) {
    RawPageBuilder page;
    page.line(50, 100, kFirst).line(50, 790, u"by page " + std::u16string(1, static_cast<char16_t>(u'a' + number)));
    texts += layout.push(page.page()).size();
    EXPECT_GE(texts + kRunningLineReach + 2, static_cast<std::size_t>(number + 1));
  }
  EXPECT_EQ(texts + layout.finish().size(), 20U);
}

TEST(DocumentLayout, GivesATextForEveryPageEvenWithoutBoxes) {
  RawPage words;
  words.text =
      u"Only words, no places at all, in a line that is long enough to be\r\nwrapped by hand.\r\nShort\r\nlines";
  DocumentLayout layout;
  EXPECT_TRUE(layout.push(words).empty());
  EXPECT_TRUE(layout.push({}).empty());
  EXPECT_THAT(layout.finish(),
              ElementsAre("Only words, no places at all, in a line that is long enough to be wrapped by "
                          "hand.\nShort\nlines\n\n",
                          ""));
}

}  // namespace
}  // namespace tidemark::testing
