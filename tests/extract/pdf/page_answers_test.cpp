// What a drawing process that was taken over might answer.

#include "engine/extraction/page_answers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidemark {
namespace {

using ::testing::HasSubstr;

const ExpectedPicture kExpected{3, 100, 140, 1};

std::string sizesError(const std::string& line) {
  const Result<std::vector<PageSize>> sizes = parseSizesLine(line, "a.pdf");
  return sizes ? "" : sizes.error().message;
}
std::string answerError(const std::string& line) {
  const Result<RenderedPage> page = parseAnswerLine(line, kExpected, "a.pdf");
  return page ? "" : page.error().message;
}

TEST(PageAnswers, SizesAreRunLengths) {
  const auto sizes = parseSizesLine(R"({"pages":3,"sizes":[[612,792,2],[100,50.5,1]]})", "a.pdf");
  ASSERT_TRUE(sizes.ok()) << sizes.error().message;
  ASSERT_EQ(sizes->size(), 3U);
  EXPECT_EQ((*sizes)[1].height, 792);
  EXPECT_EQ((*sizes)[2].height, 50.5);
}

TEST(PageAnswers, RefusesSizesThatDoNotAgree) {
  for (const char* line :
       {R"({"pages":3,"sizes":[[612,792,2]]})", R"({"pages":3,"sizes":[[612,792,18446744073709551615]]})",
        R"({"pages":3,"sizes":[[612,792,2],[1,1,2]]})", R"({"pages":-1,"sizes":[]})",
        R"({"pages":4000000000,"sizes":[[1,1,4000000000]]})", R"({"pages":1,"sizes":[["a",1,1]]})",
        R"({"pages":1,"sizes":7})", R"([1])", "", "garbage"}) {
    EXPECT_THAT(sizesError(line), HasSubstr("a.pdf: the sizes of its pages")) << line;
  }
}

TEST(PageAnswers, PassesOnWhatAnErrorLineSays) {
  EXPECT_EQ(sizesError(R"({"error":"corrupt","message":"a.pdf is encrypted with a password"})"),
            "a.pdf is encrypted with a password");
}

TEST(PageAnswers, ReadsOutlines) {
  const auto page =
      parseAnswerLine(R"({"page":3,"width":100,"height":140,"bytes":56000,"outlines":[[[1,2,30,2,30,9.5,1,9.5]]]})",
                      kExpected, "a.pdf");
  ASSERT_TRUE(page.ok()) << page.error().message;
  EXPECT_EQ(page->pixels.size(), 14'000U);
  ASSERT_EQ(page->outlines.size(), 1U);
  ASSERT_EQ(page->outlines[0].size(), 1U);
  EXPECT_EQ(page->outlines[0][0].y[2], 9.5);
}

TEST(PageAnswers, RefusesPicturesThatWereNotAskedFor) {
  for (const char* line : {R"({"page":2,"width":100,"height":140,"bytes":56000,"outlines":[[]]})",
                           R"({"page":3,"width":101,"height":140,"bytes":56560,"outlines":[[]]})",
                           R"({"page":3,"width":100,"height":140000,"bytes":56000000,"outlines":[[]]})",
                           R"({"page":3,"width":100,"height":140,"bytes":56001,"outlines":[[]]})",
                           R"({"page":3,"width":100,"height":140,"bytes":56000,"outlines":[]})",
                           R"({"page":3,"width":100,"height":140,"bytes":56000,"outlines":[[[1,2,3]]]})",
                           R"({"page":3,"width":100,"height":140,"bytes":56000,"outlines":[[[1,2,3,4,5,1e300]]]})",
                           R"({"page":3,"width":100,"height":140,"bytes":56000})", "{}", "x"}) {
    EXPECT_THAT(answerError(line), HasSubstr("a.pdf: page 4")) << line;
  }
  EXPECT_THAT(answerError(R"({"page":3,"width":100,"height":0,"bytes":0,"outlines":[]})"),
              HasSubstr("cannot be drawn"));
}

TEST(PageAnswers, PicturesHaveLimits) {
  EXPECT_EQ(pictureHeight({612, 792}, 612), 792);
  EXPECT_EQ(pictureHeight({1, 1e5}, 800), 0);
  EXPECT_EQ(pictureHeight({0, 792}, 800), 0);
  EXPECT_EQ(pictureHeight({-1, 792}, 800), 0);
  EXPECT_EQ(pictureHeight({1e300, 792}, 800), 0);
  EXPECT_EQ(pictureHeight({612, 792}, 8), 0);
  EXPECT_EQ(pictureHeight({1e5, 1}, 100), 1);
}

}  // namespace
}  // namespace tidemark
