#include "extract/layout/quote_location.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidemark {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// The raw text of each part.
std::vector<std::u16string> parts(std::u16string_view page, std::string_view quote) {
  std::vector<std::u16string> result;
  for (const QuotePart& part : locateQuote(page, quote)) result.emplace_back(page.substr(part.begin, part.length));
  return result;
}

TEST(QuoteLocation, DoesNotMindLineEndsHyphensAndLigatures) {
  EXPECT_THAT(parts(u"The ofﬁce of\r\nthe govern\uFFFEment is so\u00ADft.", "office of the government is soft"),
              ElementsAre(u"ofﬁce of\r\nthe govern\uFFFEment is so\u00ADft"));
  EXPECT_THAT(parts(u"a well-\r\nknown man", "well-known man"), ElementsAre(u"well-\r\nknown man"));
  EXPECT_THAT(parts(u"the na\u00A8\u0131ve man", "naïve"), ElementsAre(u"na\u00A8\u0131ve"));
  EXPECT_THAT(parts(u"tide \U0001F30A high", "🌊 high"), ElementsAre(u"\U0001F30A high"));
}

TEST(QuoteLocation, FindsThePartThatIsOnThePage) {
  const char* quote = "when the ferry stopped, nobody went there any more but the birds of the sea";
  EXPECT_THAT(parts(u"THE LIGHT 7\r\nnobody went there any more but\r\nthe birds of the sea. Later", quote),
              ElementsAre(u"nobody went there any more but\r\nthe birds of the sea"));
  EXPECT_THAT(parts(u"It was in June, when the ferry stopped,\r\n7", quote), ElementsAre(u"when the ferry stopped,"));
}

TEST(QuoteLocation, FindsPiecesThatStandInAnotherOrder) {
  EXPECT_THAT(parts(u"and ended in the right one after it. The sentence began in the left column ",
                    "The sentence began in the left column and ended in the right one after it."),
              ElementsAre(u"The sentence began in the left column", u"and ended in the right one after it."));
}

TEST(QuoteLocation, FindsNothingWhereNothingIs) {
  EXPECT_THAT(parts(u"The gulf is deep today, by night.", "Something else, that is nowhere on it"), IsEmpty());
  EXPECT_THAT(parts(u"The gulf", ""), IsEmpty());
  EXPECT_THAT(parts(u"The gulf", " \n - "), IsEmpty());
  EXPECT_THAT(parts(u"", "The gulf"), IsEmpty());
  EXPECT_THAT(parts(u"The gulf", "The gulf is"), IsEmpty());
  EXPECT_THAT(parts(u"The gulf", "\xFF\xFE"), IsEmpty());
}

TEST(HeadingLocation, PrefersALineOfItsOwn) {
  const std::string text = "see Tides below\n\nTides of all seas\n\n3.2 Tides\n\nmore on Tides";
  EXPECT_EQ(locateHeading(text, "Tides", 0), text.find("3.2"));
  EXPECT_EQ(locateHeading(text, "tides nowhere", 4), 4U);
  EXPECT_EQ(locateHeading(text, "Tides", text.rfind("more")), text.rfind("Tides"));
  EXPECT_EQ(locateHeading("", "Tides", 0), 0U);
}

}  // namespace
}  // namespace tidemark
