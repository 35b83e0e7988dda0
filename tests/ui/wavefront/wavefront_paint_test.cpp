// Painted pictures, at 100 % and 200 %: colours at known places instead of stored images, so that fonts do not matter.

#include <gtest/gtest.h>

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QTemporaryDir>
#include <QXmlStreamReader>

#include "tests/ui/wavefront/wavefront_samples.h"
#include "ui/theme/heat_map.h"
#include "ui/wavefront/cell_raster.h"
#include "ui/wavefront/wavefront_grid.h"
#include "ui/wavefront/wavefront_panel.h"
#include "ui/wavefront/wavefront_ribbon.h"

namespace tidemark::ui {
namespace {

constexpr int kLayers = 6;
constexpr std::int64_t kSegments = 60;

class PaintedGrid : public testing::TestWithParam<double> {
 protected:
  PaintedGrid() {
    applyAppearance(*qApp, {ThemeChoice::kDark, 100, {}}, false);
    m_state.setMetric(HeatMetric::kNovelty);
    m_state.reset(kLayers, 64, kSegments, 4);
    m_state.restoreMetrics(std::vector<CellMetricsRecord>{{2, 3, 0.8F, 0.5F, 0.1F}});
    m_state.startReading(4, kSegments);
    m_state.addGroups(sampleRead({ReadOrder::kDiagonal, kLayers, 4, kSegments}, 20));
    m_view.state = &m_state;
    m_view.layout = &m_layout;
    m_view.colors = themeColors(true);
    m_view.font = QApplication::font();
    m_view.width = 1700;
    m_layout.setPixelRatio(GetParam());
    m_layout.setArea(QRectF(60, 6, 1620, 162));
    m_layout.setExtent(kSegments, kLayers);
    m_layout.setPitch(27);
  }

  QImage paint() {
    QImage image(QSize(1700, 200) * GetParam(), QImage::Format_RGB32);
    image.setDevicePixelRatio(GetParam());
    image.fill(m_view.colors.panel);
    QPainter painter(&image);
    m_painter.paint(painter, m_view);
    return image;
  }
  QRgb at(const QImage& image, const QPointF& point) const {
    return image.pixel((point * GetParam()).toPoint()) | 0xff000000U;
  }
  QRgb centerOf(const QImage& image, const CellId& cell) const { return at(image, cellBody(m_layout, cell).center()); }

  WavefrontState m_state;
  WavefrontLayout m_layout;
  SceneView m_view;
  ScenePainter m_painter;
};

TEST_P(PaintedGrid, CellsHaveTheColourOfTheirNumber) {
  for (const double pitch : {8.0, 18.0, 27.0}) {
    m_layout.setPitch(pitch);
    const QImage image = paint();
    for (const CellId cell : {CellId{5, 0}, CellId{10, 3}, CellId{16, 5}, CellId{23, 0}}) {
      EXPECT_EQ(centerOf(image, cell), heatColor(m_state.heat(cell.segment, cell.layer)))
          << cell.segment << ' ' << cell.layer << ' ' << pitch;
      const float novelty = sampleNovelty(cell.segment, cell.layer);
      EXPECT_NEAR(m_state.heat(cell.segment, cell.layer), heatOf(HeatMetric::kNovelty, novelty), 1e-3);
    }
  }
}

TEST_P(PaintedGrid, TheRunningDiagonalIsAccentAndNothingElseIs) {
  const QImage image = paint();
  for (std::int64_t s = 0; s < kSegments; ++s) {
    for (int l = 0; l < kLayers; ++l) {
      EXPECT_EQ(centerOf(image, {s, l}) == m_view.colors.accent.rgb(), s + l == 24) << s << ' ' << l;
    }
  }
  m_state.setPaused(true);
  EXPECT_NE(centerOf(paint(), {24, 0}), m_view.colors.accent.rgb());
}

TEST_P(PaintedGrid, WhatHasNotComeIsAHairlineAndTheNextGroupIsOutlined) {
  const QImage image = paint();
  const QRectF pending = cellBody(m_layout, {40, 2});
  EXPECT_EQ(at(image, pending.center()), m_view.colors.panel.rgb());
  EXPECT_EQ(at(image, QPointF(pending.center().x(), pending.top() + 0.4)), m_view.colors.line.rgb());
  const QRectF next = cellBody(m_layout, {25, 0});
  EXPECT_EQ(at(image, next.center()), m_view.colors.panel.rgb());
  const QColor edge(at(image, QPointF(next.center().x(), next.top() + 0.4)));
  EXPECT_GT(edge.blue(), QColor(m_view.colors.line).blue() + 40);
}

TEST_P(PaintedGrid, TheFrontOfAReplayIsAsBrightAsOfARead) {
  m_state.stopReading();
  const PlaybackTimeline timeline = PlaybackTimeline::recorded(m_state.data());
  m_state.showReplay(timeline, 9);
  for (const double pitch : {5.0, 8.0, 18.0, 27.0}) {
    m_layout.setPitch(pitch);
    const QImage image = paint();
    for (int l = 0; l < kLayers; ++l) {
      EXPECT_EQ(centerOf(image, {13 - l, l}), m_view.colors.accent.rgb()) << l << ' ' << pitch;
    }
    EXPECT_EQ(centerOf(image, {12, 0}), heatColor(m_state.heat(12, 0)));
  }
}

TEST_P(PaintedGrid, AChangeOfTheCellsIsSeenAlthoughTheirImageIsKept) {
  const QImage before = paint();
  EXPECT_EQ(paint(), before);
  m_view.selection = CellId{10, 2};
  EXPECT_NE(paint(), before);
  m_view.selection.reset();
  EXPECT_EQ(paint(), before);
  m_state.setMetric(HeatMetric::kAge);
  EXPECT_EQ(centerOf(paint(), {10, 3}), heatColor(m_state.heat(10, 3)));
  m_state.addGroups(std::vector{sampleGroup(groupAt({ReadOrder::kDiagonal, kLayers, 4, kSegments}, 20), 20)});
  EXPECT_EQ(centerOf(paint(), {25, 0}), m_view.colors.accent.rgb());
}

TEST_P(PaintedGrid, RestoredCellsAreHatched) {
  const QImage image = paint();
  const QRectF body = cellBody(m_layout, {2, 3}).adjusted(4, 4, -4, -4);
  const QRgb plain = heatColor(m_state.heat(2, 3));
  const QRgb hatch = hatchColor(plain, m_view.colors.panel.rgb());
  int plainPixels = 0;
  int hatchPixels = 0;
  for (double x = body.left(); x < body.right(); ++x) {
    const QRgb pixel = at(image, QPointF(x, body.center().y()));
    plainPixels += pixel == plain ? 1 : 0;
    hatchPixels += pixel == hatch ? 1 : 0;
  }
  EXPECT_GE(hatchPixels, 2);
  EXPECT_GT(plainPixels, hatchPixels);
}

TEST_P(PaintedGrid, FarAwayOneColourStandsForManySegments) {
  m_state.reset(2, 64, 8192, 0);
  m_state.startReading(0, 8192);
  m_state.addGroups(sampleRead({ReadOrder::kDiagonal, 2, 0, 8192}));
  m_layout.setExtent(8192, 2);
  m_layout.setArea(QRectF(60, 6, 1024 / GetParam(), 100));
  m_layout.fit();
  const QImage image = paint();
  for (const int x : {100, 500, 900}) {
    EXPECT_EQ(image.pixel(static_cast<int>(60 * GetParam()) + x, static_cast<int>(12 * GetParam())) | 0xff000000U,
              heatColor(m_state.columnHeat(3, x, 1)));
  }
}

TEST_P(PaintedGrid, ShearMovesCellsWithTheirColours) {
  m_layout.setShear(1);
  const QImage image = paint();
  EXPECT_EQ(centerOf(image, {10, 3}), heatColor(m_state.heat(10, 3)));
  EXPECT_EQ(centerOf(image, {20, 4}), m_view.colors.accent.rgb());
  EXPECT_EQ(at(image, QPointF(m_layout.area().left() + 3, m_layout.rowTop(5) + 10)), m_view.colors.panel.rgb());
}

TEST_P(PaintedGrid, NumbersAndHoverDoNotHideTheCell) {
  m_layout.setArea(QRectF(60, 6, 1620, 186));
  m_layout.setRowLimit(40);
  m_layout.setPitch(40);
  const QImage plain = paint();
  EXPECT_EQ(m_layout.detail(), DetailLevel::kNumbers);
  const QRectF body = cellBody(m_layout, {10, 0});
  EXPECT_EQ(at(plain, body.topLeft() + QPointF(6, 5)), heatColor(m_state.heat(10, 0)));
  m_view.hover = CellId{10, 2};
  EXPECT_NE(paint(), plain);
}

INSTANTIATE_TEST_SUITE_P(Scales, PaintedGrid, testing::Values(1.0, 2.0));

class Export : public testing::Test {
 protected:
  Export() {
    applyAppearance(*qApp, {ThemeChoice::kLight, 100, {}}, false);
    m_panel.resize(1000, 360);
    m_panel.setExportCaption(QStringLiteral("mini · harbor-notes <1> · CPU"));
  }
  void show(std::int64_t segments, int layers) {
    WavefrontSetup setup;
    setup.layers = layers;
    setup.segmentTokens = 64;
    setup.totalSegments = segments;
    m_panel.showSession(setup);
    m_panel.readingStarted(0, segments);
    m_panel.addGroups(sampleRead({ReadOrder::kDiagonal, layers, 0, segments}));
    m_panel.show();
    QApplication::sendPostedEvents();
  }

  QTemporaryDir m_directory;
  WavefrontPanel m_panel;
};

TEST_F(Export, PngHasTheSizeOfItsScale) {
  show(40, 6);
  QSize first;
  for (const int scale : {1, 2, 4}) {
    const QString path = m_directory.filePath(QStringLiteral("a%1.png").arg(scale));
    ASSERT_EQ(m_panel.exportPng(path, scale), QString());
    const QImage image(path);
    if (scale == 1) first = image.size();
    EXPECT_EQ(image.size(), first * scale);
    EXPECT_GE(image.width(), 1000);
    EXPECT_EQ(image.text(QStringLiteral("Description")), QStringLiteral("mini · harbor-notes <1> · CPU"));
  }
}

int countElements(const QString& path, const QString& name, bool& wellFormed) {
  QFile file(path);
  EXPECT_TRUE(file.open(QIODevice::ReadOnly));
  QXmlStreamReader reader(&file);
  int count = 0;
  while (!reader.atEnd()) {
    if (reader.readNext() == QXmlStreamReader::StartElement && reader.name() == name) ++count;
  }
  wellFormed = !reader.hasError();
  return count;
}

TEST_F(Export, SvgHasShapesOrOneImage) {
  m_panel.setMetric(HeatMetric::kNovelty);
  show(20, 6);
  const QString path = m_directory.filePath(QStringLiteral("a.svg"));
  ASSERT_EQ(m_panel.exportSvg(path), QString());
  bool wellFormed = false;
  EXPECT_GE(countElements(path, QStringLiteral("path"), wellFormed), 20 * 6);
  EXPECT_TRUE(wellFormed);
  EXPECT_EQ(countElements(path, QStringLiteral("image"), wellFormed), 0);

  show(30000, 6);
  m_panel.grid().fit();
  ASSERT_EQ(m_panel.exportSvg(path), QString());
  EXPECT_GE(countElements(path, QStringLiteral("image"), wellFormed), 1);
  EXPECT_TRUE(wellFormed);
}

TEST_F(Export, SvgMergesNeighboursOfOneColour) {
  const QString path = m_directory.filePath(QStringLiteral("a.svg"));
  bool wellFormed = false;
  const auto paths = [&](HeatMetric metric) {
    m_panel.setMetric(metric);
    EXPECT_EQ(m_panel.exportSvg(path), QString());
    return countElements(path, QStringLiteral("path"), wellFormed) +
           countElements(path, QStringLiteral("rect"), wellFormed);
  };
  show(30, 6);
  const int different = paths(HeatMetric::kNovelty);
  const int same = paths(HeatMetric::kChange);  // 0.1 everywhere: a shape a row, in the grid and in the ribbon
  EXPECT_GT(different, 2 * 30 * 6);
  EXPECT_LT(same, different - 300);
}

TEST_F(Export, PicturesShowTheRibbon) {
  show(40, 6);
  const QString path = m_directory.filePath(QStringLiteral("a.png"));
  ASSERT_EQ(m_panel.exportPng(path, 1), QString());
  const QImage image(path);
  const QRgb heat = heatColor(m_panel.state().heat(3, 0));
  // Above the grid: a strip of the colour of the cells, as long as the grid.
  int longest = 0;
  for (int y = 0; y < 80; ++y) {
    int count = 0;
    for (int x = 0; x < image.width(); ++x) count += (image.pixel(x, y) | 0xff000000U) == heat ? 1 : 0;
    longest = std::max(longest, count);
  }
  EXPECT_GT(longest, 800);
}

TEST_F(Export, AFileThatCannotBeWrittenIsSaid) {
  show(10, 2);
  const QString path = m_directory.filePath(QStringLiteral("missing/a.png"));
  EXPECT_TRUE(m_panel.exportPng(path, 1).contains(QStringLiteral("missing/a.png")));
  EXPECT_FALSE(m_panel.exportSvg(path).isEmpty());
}

TEST_F(Export, AReplayedMomentIsExportedAsItIsShown) {
  show(20, 3);
  m_panel.readingStopped();
  const QString path = m_directory.filePath(QStringLiteral("b.png"));
  ASSERT_EQ(m_panel.exportPng(path, 1), QString());
  const QImage whole(path);
  for (QAction* action : m_panel.commandActions()) {
    if (action->shortcut() == QKeySequence(Qt::Key_Space)) action->trigger();
  }
  ASSERT_TRUE(m_panel.state().isReplay());
  ASSERT_EQ(m_panel.exportPng(path, 1), QString());
  EXPECT_NE(QImage(path), whole);
}

}  // namespace
}  // namespace tidemark::ui
