#include "ui/wavefront/wavefront_layout.h"

#include <gtest/gtest.h>

namespace tidemark::ui {
namespace {

WavefrontLayout makeLayout(double ratio = 1, double shear = 0) {
  WavefrontLayout layout;
  layout.setPixelRatio(ratio);
  layout.setRowLimit(27);
  layout.setArea(QRectF(50, 6, 1350, 162));
  layout.setExtent(381, 6);
  layout.setPitch(27);
  layout.setShear(shear);
  return layout;
}

TEST(WavefrontLayout, LayerZeroIsAtTheBottom) {
  const WavefrontLayout layout = makeLayout();
  EXPECT_DOUBLE_EQ(layout.rowHeight(), 27);
  EXPECT_EQ(layout.cellRect({0, 0}), QRectF(50, 6 + 5 * 27, 27, 27));
  EXPECT_EQ(layout.cellRect({2, 5}), QRectF(104, 6, 27, 27));
}

struct DetailCase {
  double pitch;
  DetailLevel detail;
};

TEST(WavefrontLayout, DetailFollowsThePitch) {
  const DetailCase cases[] = {{4, DetailLevel::kFlat},     {5.9, DetailLevel::kFlat},    {6, DetailLevel::kGaps},
                              {13, DetailLevel::kGaps},    {14, DetailLevel::kRounded},  {31, DetailLevel::kRounded},
                              {32, DetailLevel::kNumbers}, {500, DetailLevel::kNumbers}, {2.9, DetailLevel::kPyramid}};
  for (const auto& [pitch, detail] : cases) {
    WavefrontLayout layout = makeLayout();
    layout.setExtent(10000, 6);
    layout.setPitch(pitch);
    EXPECT_EQ(layout.detail(), detail) << pitch;
  }
}

struct DefaultCase {
  double height;
  std::int64_t segments;
  double row;
  double pitch;
};

TEST(WavefrontLayout, ANewViewHasSquareCellsOrFitsTheWidth) {
  const DefaultCase cases[] = {{400, 381, 28, 28},  // rows and cells stop growing at the limit
                               {132, 381, 22, 22},  // square
                               {132, 38, 22, 28},   // few segments: wider cells
                               {132, 54, 22, 25},   // all of them fit
                               {60, 38, 10, 28}};
  for (const auto& [height, segments, row, pitch] : cases) {
    WavefrontLayout layout;
    layout.setRowLimit(28);
    layout.setArea(QRectF(50, 6, 1350, height));
    layout.setExtent(segments, 6);
    layout.setDefaultPitch();
    EXPECT_DOUBLE_EQ(layout.rowHeight(), row) << height << ' ' << segments;
    EXPECT_DOUBLE_EQ(layout.pitch(), pitch) << height << ' ' << segments;
  }
}

TEST(WavefrontLayout, HitTestFindsTheCellThatWasPlaced) {
  for (const double ratio : {1.0, 1.5, 2.0}) {
    for (const double shear : {0.0, 0.37, 1.0}) {
      for (const double pitch : {4.0, 7.3, 27.0, 40.0}) {
        WavefrontLayout layout = makeLayout(ratio, shear);
        layout.setPitch(pitch);
        layout.scrollTo(33.4);
        for (int layer = 0; layer < 6; ++layer) {
          const SegmentRange range = layout.visibleSegments(layer);
          ASSERT_LT(range.first, range.end);
          for (const std::int64_t s : {range.first + 1, (range.first + range.end) / 2, range.end - 2}) {
            const CellId cell{s, layer};
            EXPECT_EQ(layout.hitTest(layout.cellRect(cell).center()), cell) << ratio << shear << pitch;
          }
        }
      }
    }
  }
}

TEST(WavefrontLayout, NothingIsHitBesideTheCells) {
  const WavefrontLayout layout = makeLayout();
  EXPECT_FALSE(layout.hitTest(QPointF(49, 20)));
  EXPECT_FALSE(layout.hitTest(QPointF(60, 5)));
  EXPECT_FALSE(layout.hitTest(QPointF(60, 169)));
  WavefrontLayout sheared = makeLayout(1, 1);
  // The first column of a sheared picture holds only layer 0.
  EXPECT_FALSE(sheared.hitTest(QPointF(60, 10)));
  EXPECT_TRUE(sheared.hitTest(QPointF(60, 160)));
}

TEST(WavefrontLayout, ShearPutsADiagonalIntoOneColumn) {
  const WavefrontLayout layout = makeLayout(1, 1);
  for (int layer = 0; layer < 6; ++layer) {
    EXPECT_DOUBLE_EQ(layout.cellRect({20 - layer, layer}).left(), layout.cellRect({20, 0}).left());
  }
  EXPECT_DOUBLE_EQ(layout.columns(), 386);
}

TEST(WavefrontLayout, ZoomKeepsWhatIsUnderThePointer) {
  WavefrontLayout layout = makeLayout();
  layout.scrollTo(100);
  for (const double factor : {1.3, 0.8, 0.7}) {
    const QPointF point(700, 100);
    const auto before = layout.hitTest(point);
    layout.zoomAt(point.x(), factor);
    const auto after = layout.hitTest(point);
    ASSERT_TRUE(before && after);
    EXPECT_LE(std::abs(before->segment - after->segment), 1);
  }
}

TEST(WavefrontLayout, TheViewStaysInsideTheDocument) {
  WavefrontLayout layout = makeLayout();
  layout.panBy(-500);
  EXPECT_DOUBLE_EQ(layout.offset(), 0);
  layout.panBy(1e9);
  EXPECT_DOUBLE_EQ(layout.offset(), 381 - 50);
  layout.setPitch(1e-9);
  EXPECT_NEAR(layout.visibleColumns(), 381, 1e-9);
  EXPECT_DOUBLE_EQ(layout.offset(), 0);
  layout.setPitch(1e9);
  EXPECT_DOUBLE_EQ(layout.pitch(), WavefrontLayout::kMaxPitch);
}

TEST(WavefrontLayout, FitShowsEverything) {
  WavefrontLayout layout = makeLayout();
  layout.scrollTo(200);
  layout.fit();
  EXPECT_EQ(layout.visibleSegments(), (SegmentRange{0, 381}));
  layout.setExtent(3, 6);
  layout.fit();
  EXPECT_DOUBLE_EQ(layout.pitch(), 27);  // few segments stay square
}

TEST(WavefrontLayout, FollowingKeepsTheFrontAtSeventyPercent) {
  WavefrontLayout layout = makeLayout();
  layout.followFront(200);
  EXPECT_NEAR(layout.cellRect({200, 0}).left(), 50 + 0.7 * 1350, 1);
  layout.followFront(3);
  EXPECT_DOUBLE_EQ(layout.offset(), 0);
  layout.followFront(381);
  EXPECT_DOUBLE_EQ(layout.offset(), 331);
}

TEST(WavefrontLayout, RevealMovesOnlyAsFarAsNeeded) {
  WavefrontLayout layout = makeLayout();
  layout.reveal({40, 0});
  EXPECT_DOUBLE_EQ(layout.offset(), 0);
  layout.reveal({60, 0});
  EXPECT_DOUBLE_EQ(layout.offset(), 11);
}

TEST(WavefrontLayout, CellsSitOnDevicePixels) {
  WavefrontLayout layout = makeLayout(1.5);
  layout.setPitch(9.1);
  layout.scrollTo(17.77);
  for (std::int64_t s = 20; s < 40; ++s) {
    const double pixels = layout.cellLeft(s, 3);
    EXPECT_NEAR(pixels, std::round(pixels), 1e-6);
  }
}

TEST(WavefrontLayout, AnEmptyDocumentHasNoCells) {
  WavefrontLayout layout;
  layout.setArea(QRectF(0, 0, 300, 100));
  EXPECT_FALSE(layout.hitTest(QPointF(5, 5)));
  layout.fit();
  EXPECT_EQ(layout.visibleSegments(), (SegmentRange{0, 0}));
}

}  // namespace
}  // namespace tidemark::ui
