#include "extract/layout/reading_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/extract/layout/raw_page.h"

namespace tidemark::testing {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> orderOf(const RawPageBuilder& builder) {
  std::vector<std::string> texts;
  for (const TextLine& line : inReadingOrder(linesOfPage(builder.page()).lines)) texts.push_back(line.text);
  return texts;
}

TEST(ReadingOrder, PutsInterleavedColumnsOneAfterTheOtherBetweenWideLines) {
  RawPageBuilder builder;
  builder.line(50, 80,
               u"A title that goes across both of the columns of this page, from the left edge to the right by far");
  std::vector<std::string> left;
  std::vector<std::string> right;
  for (int line = 0; line < 6; ++line) {
    const std::u16string number(1, static_cast<char16_t>(u'1' + line));
    builder.line(50, 100 + 12 * line, number + u" left of the page, by and by, goes long")
        .more(320, 100 + 12 * line, number + u" right of the page, by and by, goes long");
    left.push_back(std::string(1, static_cast<char>('1' + line)) + " left of the page, by and by, goes long");
    right.push_back(std::string(1, static_cast<char>('1' + line)) + " right of the page, by and by, goes long");
  }
  const std::vector<std::string> order = orderOf(builder);
  ASSERT_EQ(order.size(), 13U);
  EXPECT_EQ(std::vector<std::string>(order.begin() + 1, order.begin() + 7), left);
  EXPECT_EQ(std::vector<std::string>(order.begin() + 7, order.end()), right);
}

TEST(ReadingOrder, LeavesColumnsOfTheFileAndTablesAlone) {
  RawPageBuilder builder;
  for (int line = 0; line < 8; ++line)
    builder.line(50, 100 + 12 * line, u"by 7").more(200, 100 + 12 * line, u"high").more(330, 100 + 12 * line, u"big");
  const std::vector<std::string> order = orderOf(builder);
  ASSERT_EQ(order.size(), 8U);
  EXPECT_EQ(order[3], "by 7 high big");
}

TEST(ReadingOrder, MakesOneRowOfCellsThatTheFileHasAsLines) {
  RawPageBuilder builder;
  builder.line(50, 100, u"Gulf by night").line(200, 100, u"high").line(50, 112, u"Hugh").line(200, 112, u"by day");
  EXPECT_THAT(orderOf(builder), ElementsAre("Gulf by night high", "Hugh by day"));
}

}  // namespace
}  // namespace tidemark::testing
