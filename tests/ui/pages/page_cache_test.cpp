#include "ui/pages/page_cache.h"

#include <gtest/gtest.h>

namespace tidemark::ui {
namespace {

PagePicture pictureOf(int page, int side = 10) {
  PagePicture picture;
  picture.request.page = page;
  picture.request.width = side;
  picture.image = QImage(side, side, QImage::Format_RGB32);
  picture.image.fill(Qt::white);
  return picture;
}

TEST(PageCache, KeepsAtMostSoManyBytesAndLosesWhatWasUsedLongestAgo) {
  PageCache cache(1200);  // three pictures of 400 bytes
  for (const int page : {1, 2, 3}) cache.insert(pictureOf(page));
  EXPECT_EQ(cache.bytes(), 1200u);
  ASSERT_NE(cache.find(1), nullptr);  // used again
  cache.insert(pictureOf(4));
  EXPECT_EQ(cache.find(2), nullptr);
  EXPECT_NE(cache.find(1), nullptr);
  EXPECT_NE(cache.find(3), nullptr);
  EXPECT_EQ(cache.bytes(), 1200u);
}

TEST(PageCache, APageHasOnePictureAndOneThatIsTooLargeIsKeptAlone) {
  PageCache cache(1200);
  cache.insert(pictureOf(1));
  cache.insert(pictureOf(1, 12));
  EXPECT_EQ(cache.bytes(), 576u);
  EXPECT_EQ(cache.find(1)->request.width, 12);
  cache.insert(pictureOf(2, 100));
  EXPECT_EQ(cache.find(1), nullptr);
  EXPECT_NE(cache.find(2), nullptr);
  cache.clear();
  EXPECT_EQ(cache.bytes(), 0u);
  EXPECT_EQ(cache.find(2), nullptr);
}

TEST(PageColors, PaperAndInkTakeThePlacesOfWhiteAndBlack) {
  QImage image(3, 1, QImage::Format_RGB32);
  image.setPixel(0, 0, 0xffffffff);
  image.setPixel(1, 0, 0xff000000);
  image.setPixel(2, 0, 0xff808080);
  recolor(image, {0xff101010, 0xffe0e0e0});
  EXPECT_EQ(image.pixel(0, 0), 0xff101010u);
  EXPECT_EQ(image.pixel(1, 0), 0xffe0e0e0u);
  EXPECT_EQ(qRed(image.pixel(2, 0)), 0xe0 + (0x10 - 0xe0) * 0x80 / 255);
}

}  // namespace
}  // namespace tidemark::ui
