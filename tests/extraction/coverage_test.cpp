#include "engine/extraction/coverage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidemark {
namespace {

using ::testing::HasSubstr;

ExtractedPage pageOf(const std::string& text, bool hasImage = false) {
  return {"", text, {}, hasImage};
}

TEST(CoverageCounter, CountsCharactersAndPagesWithoutText) {
  CoverageCounter counter;
  counter.add(pageOf("\u4e2d\u6587 a\n"));
  counter.add(pageOf(""));
  counter.add(pageOf(" \n\f\n", true));
  counter.add(pageOf("text", true));
  counter.add(pageOf("", true));
  const Coverage coverage = counter.finish({3, 2, {{"tables", 1}}, "UTF-8"});
  EXPECT_EQ(coverage.pages, 5);
  EXPECT_EQ(coverage.characters, 5u + 4 + 4);
  EXPECT_EQ(coverage.pagesWithoutText, (std::vector<PageRange>{{1, 2}, {4, 4}}));
  EXPECT_EQ(coverage.imagePages, 2);
  EXPECT_EQ(coverage.summary.skipped, (std::vector<SkippedPart>{{"tables", 1}}));
  EXPECT_EQ(CoverageCounter::count(coverage.pagesWithoutText), 3);
}

TEST(Coverage, MostlyImagesIsMoreThanHalf) {
  const auto mostly = [](std::int64_t pages, std::int64_t images) {
    Coverage coverage;
    coverage.pages = pages;
    coverage.imagePages = images;
    return isMostlyImages(coverage);
  };
  EXPECT_FALSE(mostly(0, 0));
  EXPECT_FALSE(mostly(1, 0));
  EXPECT_TRUE(mostly(1, 1));
  EXPECT_FALSE(mostly(2, 1));
  EXPECT_FALSE(mostly(5, 2));
  EXPECT_TRUE(mostly(5, 3));
  EXPECT_TRUE(mostly(311, 198));
}

TEST(Coverage, RangesAreCountedFromOneAndCut) {
  EXPECT_EQ(rangesText({}), "");
  EXPECT_EQ(rangesText({{2, 6}, {11, 11}, {39, 40}}), "3-7, 12, 40-41");
  EXPECT_EQ(rangesText({{0, 0}, {2, 2}, {4, 4}}, 2), "1, 3 and 1 more");
}

TEST(Coverage, OneLineSaysEverything) {
  Coverage coverage;
  coverage.pages = 3000;
  coverage.characters = 5'120'334;
  coverage.pagesWithoutText = {{16, 16}, {202, 202}};
  coverage.summary.runningLines = 2998;
  EXPECT_EQ(coverageText(coverage),
            "3,000 pages, 5,120,334 characters; 2 pages without text (17, 203); 2,998 running lines left out");
  Coverage text;
  text.characters = 1;
  text.summary = {1, 0, {{"pictures", 12}, {"comments", 1}}, "UTF-8"};
  EXPECT_EQ(coverageText(text), "1 character; 1 byte that was no UTF-8 replaced; skipped: pictures (12), comments (1)");
}

TEST(Coverage, MostlyImagesSaysWhatToDo) {
  Coverage coverage;
  coverage.pages = 311;
  coverage.imagePages = 198;
  coverage.pagesWithoutText = {{2, 199}};
  const Error error = mostlyImagesError("scan.pdf", coverage);
  EXPECT_EQ(error.code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(error.message, HasSubstr("scan.pdf: 198 of 311 pages are images without text (3-200)"));
  EXPECT_THAT(error.message, HasSubstr("--force"));
}

}  // namespace
}  // namespace tidemark
