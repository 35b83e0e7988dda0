// Where the charts put what they show, at one and two times the type, and what they say of it.

#include <gtest/gtest.h>

#include <QAccessible>
#include <QApplication>
#include <QImage>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/memory/memory_samples.h"
#include "ui/memory/layer_chart.h"
#include "ui/memory/recall_chart.h"
#include "ui/memory/segment_chart.h"
#include "ui/theme/heat_map.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

class ChartsAtScale : public ::testing::TestWithParam<int> {
 protected:
  ChartsAtScale() { applyAppearance(*qApp, {ThemeChoice::kDark, GetParam(), {}}, true); }
  ~ChartsAtScale() override { applyAppearance(*qApp, {ThemeChoice::kDark, 100, {}}, true); }
  static void show(ChartView& chart, const QSize& size) {
    chart.resize(size);
    chart.show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(&chart));
  }
  static QImage paint(ChartView& chart) {
    QImage image(chart.size(), QImage::Format_RGB32);
    chart.render(&image);
    return image;
  }
};

TEST_P(ChartsAtScale, BarsOfLayersAreSharesOfTheScaleAndStayInTheirRows) {
  LayerChart chart;
  chart.setLayers(sampleDiff().layers);
  show(chart, {500, 600});
  ASSERT_EQ(chart.itemCount(), 6);
  const double full = chart.barRect(4).width() * 2;  // 5 % of a scale that ends at 10 %
  for (int layer = 0; layer < 6; ++layer) {
    EXPECT_NEAR(chart.barRect(layer).width(), full * (layer + 1) / 10, 0.01);
    EXPECT_TRUE(chart.itemRect(layer).contains(chart.barRect(layer)));
    if (layer == 0) continue;
    EXPECT_EQ(chart.itemRect(layer).top(), chart.itemRect(layer - 1).bottom());
  }
  EXPECT_LT(chart.barRect(5).left() + full, 500);
  const QImage image = paint(chart);
  EXPECT_EQ(image.pixelColor(chart.barRect(5).center().toPoint()), themeColors(true).accent);
  EXPECT_NE(image.pixelColor(chart.barRect(0).center().toPoint() + QPoint(static_cast<int>(full / 2), 0)),
            themeColors(true).accent);
}

TEST_P(ChartsAtScale, SegmentsAreCellsBelowEachOtherAndWhatIsMissingIsGround) {
  SegmentChart chart;
  chart.setSegments(sampleDiff().segments);
  show(chart, {900, 400});
  for (int strip = 1; strip < SegmentChart::kStrips; ++strip) {
    EXPECT_GE(chart.strip(strip).top(), chart.strip(strip - 1).bottom());
    EXPECT_EQ(chart.strip(strip).left(), chart.strip(0).left());
  }
  EXPECT_LE(chart.strip(0).right(), 900);
  for (int item = 0; item < chart.itemCount(); ++item) EXPECT_EQ(chart.itemAt(chart.itemRect(item).center()), item);
  EXPECT_FALSE(chart.itemAt({5, 5}));
  const QImage image = paint(chart);
  const auto at = [&](int item, int strip) {
    return image.pixelColor(QPointF(chart.itemRect(item).center().x(), chart.strip(strip).center().y()).toPoint());
  };
  EXPECT_EQ(at(0, 1), QColor::fromRgb(heatColor(1)));  // novelty 1 of the second
  EXPECT_EQ(at(0, 0), QColor::fromRgb(heatColor(heatPlace(0.01F))));
  EXPECT_EQ(at(29, 1), themeColors(true).raised);  // only the first has it
}

TEST_P(ChartsAtScale, RecallIsHeightAndLuckStandsBesideIt) {
  RecallChart chart;
  chart.setBuckets(sampleRecall().buckets);
  show(chart, {800, 500});
  ASSERT_EQ(chart.itemCount(), 4);
  EXPECT_DOUBLE_EQ(chart.recalledBar(0).height(), chart.plot().height());
  EXPECT_DOUBLE_EQ(chart.recalledBar(3).height(), 0);
  EXPECT_DOUBLE_EQ(chart.luckBar(0).height(), chart.plot().height() / 2);
  for (int item = 0; item < 4; ++item) {
    EXPECT_FALSE(chart.recalledBar(item).intersects(chart.luckBar(item)));
    EXPECT_TRUE(chart.itemRect(item).contains(chart.noveltyCell(item)));
    EXPECT_GE(chart.noveltyCell(item).top(), chart.plot().bottom());
    EXPECT_LE(chart.noveltyCell(item).bottom(), 500);
  }
  const QImage image = paint(chart);
  EXPECT_EQ(image.pixelColor(chart.recalledBar(0).center().toPoint()), themeColors(true).accent);
  const QColor cell = image.pixelColor((chart.noveltyCell(3).topLeft() + QPointF(2, 2)).toPoint());
  EXPECT_EQ(cell, QColor::fromRgb(heatColor(heatPlace(0.01F))));
}

INSTANTIATE_TEST_SUITE_P(FontPercent, ChartsAtScale, ::testing::Values(100, 200));

TEST(Charts, MoreSegmentsThanPixelsAreMeans) {
  std::vector<SegmentDifference> segments;
  for (std::int64_t i = 0; i < 50'000; ++i) segments.push_back({i, SegmentWrite{0.5, 0.5, 0.5}, std::nullopt});
  SegmentChart chart;
  chart.resize(600, 200);
  chart.setSegments(std::move(segments));
  QImage image(chart.size(), QImage::Format_RGB32);
  chart.render(&image);
  EXPECT_EQ(image.pixelColor(chart.strip(0).center().toPoint()), QColor::fromRgb(heatColor(heatPlace(0.5F))));
  const auto item = chart.itemAt({chart.itemRect(25'000).left(), chart.strip(0).center().y()});
  ASSERT_TRUE(item);
  EXPECT_NEAR(*item, 25'000, 1);
}

TEST(Charts, KeysGoThroughTheItemsAndEnterActivates) {
  SegmentChart chart;
  chart.setSegments(sampleDiff().segments);
  chart.resize(600, 200);
  chart.show();
  chart.activateWindow();
  ASSERT_TRUE(QTest::qWaitForWindowActive(&chart));
  chart.setFocus(Qt::TabFocusReason);
  EXPECT_EQ(chart.current(), 0);
  QTest::keyClick(&chart, Qt::Key_Right);
  EXPECT_EQ(chart.current(), 1);
  QTest::keyClick(&chart, Qt::Key_End);
  EXPECT_EQ(chart.current(), 29);
  QTest::keyClick(&chart, Qt::Key_Right);
  EXPECT_EQ(chart.current(), 29);
  const QSignalSpy activated(&chart, &ChartView::itemActivated);
  QTest::keyClick(&chart, Qt::Key_Return);
  ASSERT_EQ(activated.size(), 1);
  EXPECT_EQ(activated[0][0].toInt(), 29);
  QTest::mouseClick(chart.viewport(), Qt::LeftButton, {}, chart.itemRect(3).center().toPoint());
  EXPECT_EQ(chart.current(), 3);
  EXPECT_EQ(activated.size(), 2);
  chart.setSegments({});
  EXPECT_FALSE(chart.current());
}

TEST(Charts, ScreenReadersHearEveryItem) {
  QAccessible::setActive(true);
  RecallChart chart;
  chart.setBuckets(sampleRecall().buckets);
  chart.resize(800, 300);
  chart.show();
  QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&chart);
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->role(), QAccessible::List);
  EXPECT_EQ(list->text(QAccessible::Name), QStringLiteral("Recall by distance"));
  ASSERT_EQ(list->childCount(), 4);
  QAccessibleInterface* first = list->child(0);
  EXPECT_EQ(first->text(QAccessible::Name),
            QStringLiteral("0–9 segments before the end: 2 of 2 facts recalled, 1 right by luck; novelty 0.01"));
  EXPECT_EQ(list->childAt(first->rect().center().x(), first->rect().center().y()), first);
  first->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
  EXPECT_TRUE(first->state().selected);
  EXPECT_FALSE(list->child(1)->state().selected);
  chart.setBuckets({});
  EXPECT_FALSE(first->isValid());
  QAccessible::setActive(false);
}

TEST(Charts, SegmentsSayWhoReadThem) {
  SegmentChart chart;
  chart.setSegments(sampleDiff().segments);
  chart.setPlaceName([](qint64 segment) { return QStringLiteral("p. %1").arg(segment / 10 + 1); });
  EXPECT_EQ(chart.describe(0),
            QStringLiteral("p. 2 (segment 10): first novelty 0.01, write strength 0.1; second novelty "
                           "1, write strength 0.2"));
  EXPECT_EQ(chart.describe(29), QStringLiteral("p. 4 (segment 39): only in the first memory: novelty 0.039, write "
                                               "strength 0.1"));
  EXPECT_TRUE(chart.describe(30).isEmpty());
}

TEST(Charts, ScalesEndAtRoundShares) {
  EXPECT_EQ(endOfScale(0), 0.01);
  EXPECT_EQ(endOfScale(0.011), 0.02);
  EXPECT_EQ(endOfScale(1), 1);
  EXPECT_EQ(endOfScale(1.01), 2);
}

}  // namespace
}  // namespace tidemark::ui
