#include "ui/pages/page_layout.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tidemark::ui {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

PageLayout layoutOf(const std::vector<QSizeF>& pages, QSizeF viewport, PageZoom zoom = {}) {
  PageLayout layout;
  layout.setPages(pages);
  layout.setViewport(viewport);
  layout.setZoom(zoom);
  return layout;
}

struct FitCase {
  const char* name;
  QSizeF page;  // points
  QSizeF viewport;
  PageZoom zoom;
  QSizeF shown;  // pixels
};

class PageLayoutFit : public ::testing::TestWithParam<FitCase> {};

TEST_P(PageLayoutFit, APageHasThisSize) {
  const FitCase& each = GetParam();
  const PageLayout layout = layoutOf({each.page}, each.viewport, each.zoom);
  EXPECT_NEAR(layout.pageRect(0).width(), each.shown.width(), 1);
  EXPECT_NEAR(layout.pageRect(0).height(), each.shown.height(), 1.5);
  EXPECT_GE(layout.contentSize().width(), each.viewport.width());
}

INSTANTIATE_TEST_SUITE_P(
    Cases, PageLayoutFit,
    ::testing::Values(FitCase{"Width", {300, 400}, {432, 300}, {PageFit::kWidth, 1}, {400, 533.3}},
                      FitCase{"Page", {300, 400}, {432, 432}, {PageFit::kPage, 1}, {300, 400}},
                      FitCase{"LandscapeInAPage", {800, 400}, {432, 632}, {PageFit::kPage, 1}, {400, 200}},
                      FitCase{"OnPaper", {72, 144}, {432, 300}, {PageFit::kScale, 1}, {96, 192}},
                      FitCase{"Twice", {72, 144}, {432, 300}, {PageFit::kScale, 2}, {192, 384}},
                      FitCase{"TooLarge", {72, 144}, {432, 300}, {PageFit::kScale, 1000}, {576, 1152}},
                      FitCase{"NoSizeIsA4", {0, 0}, {627, 300}, {PageFit::kWidth, 1}, {595, 842}},
                      FitCase{"NotANumberIsA4", {kNan, 100}, {627, 300}, {PageFit::kWidth, 1}, {595, 842}},
                      FitCase{"ATowerEndsAtTheMostPixels", {10, 14400}, {432, 300}, {PageFit::kWidth, 1}, {5.7, 8192}},
                      FitCase{"NoRoomAtAll", {100, 100}, {0, 0}, {PageFit::kWidth, 1}, {32, 32}}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(PageLayout, PagesLieBelowEachOtherAndAreFoundByHeight) {
  const PageLayout layout = layoutOf({{72, 72}, {144, 72}, {72, 144}}, {500, 100}, {PageFit::kScale, 1});
  EXPECT_EQ(layout.pageRect(0), QRectF(202, 16, 96, 96));
  EXPECT_EQ(layout.pageRect(1), QRectF(154, 124, 192, 96));
  EXPECT_EQ(layout.pageRect(2), QRectF(202, 232, 96, 192));
  EXPECT_EQ(layout.contentSize(), QSizeF(500, 440));
  EXPECT_EQ(layout.pageAt(-5), 0);
  EXPECT_EQ(layout.pageAt(111), 0);
  EXPECT_EQ(layout.pageAt(113), 1);  // in the gap: the one that comes
  EXPECT_EQ(layout.pageAt(1e9), 2);
  EXPECT_EQ(layout.visible(0, 100), std::pair(0, 1));
  EXPECT_EQ(layout.visible(100, 100), std::pair(0, 2));
  EXPECT_EQ(layout.visible(0, 1e6), std::pair(0, 3));
}

TEST(PageLayout, APlaceStaysWhereItIsOnThePageAtEveryZoom) {
  PageLayout layout = layoutOf(std::vector<QSizeF>(300, QSizeF(595, 842)), {700, 900});
  for (const PageZoom zoom :
       {PageZoom{PageFit::kWidth, 1}, PageZoom{PageFit::kPage, 1}, PageZoom{PageFit::kScale, 3}}) {
    layout.setZoom(zoom);
    for (const PagePlace place : {PagePlace{0, 0}, PagePlace{17, 0.25}, PagePlace{299, 1}}) {
      const PagePlace back = layout.placeAt(layout.yOf(place) - (place.fraction == 1 ? 0.5 : 0));
      EXPECT_EQ(back.page, place.page);
      EXPECT_NEAR(back.fraction, place.fraction, 0.001);
    }
  }
  EXPECT_EQ(layout.yOf({1000, 0}), layout.yOf({299, 0}));
}

TEST(PageLayout, ADocumentWithoutPagesIsAsLargeAsTheView) {
  const PageLayout layout = layoutOf({}, {300, 200});
  EXPECT_EQ(layout.contentSize(), QSizeF(300, 200));
  EXPECT_EQ(layout.visible(0, 200), std::pair(0, 0));
  EXPECT_EQ(layout.placeAt(50), PagePlace{});
  EXPECT_EQ(layout.yOf({3, 0.5}), 0);
}

TEST(PageLayout, ZoomStepsGoUpAndDownFromAnyFit) {
  PageLayout layout = layoutOf({{595, 842}}, {827, 600});  // fits at about 100 %
  EXPECT_NEAR(layout.scaleOf(0), 1.0, 0.01);
  EXPECT_EQ(layout.nextScale(0, 1), 1.1);
  EXPECT_EQ(layout.nextScale(0, -1), 0.9);
  layout.setZoom({PageFit::kScale, 6});
  EXPECT_EQ(layout.nextScale(0, 1), 6);
  layout.setZoom({PageFit::kScale, 0.1});
  EXPECT_EQ(layout.nextScale(0, -1), 0.1);
}

}  // namespace
}  // namespace tidemark::ui
