#include "ui/wavefront/wavefront_panel.h"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QElapsedTimer>
#include <QHash>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QWheelEvent>
#include <cmath>

#include "tests/ui/wavefront/wavefront_samples.h"
#include "ui/theme/theme.h"
#include "ui/wavefront/cell_text.h"
#include "ui/wavefront/wavefront_grid.h"
#include "ui/wavefront/wavefront_ribbon.h"

namespace tidemark::ui {
namespace {

class Panel : public testing::Test {
 protected:
  Panel() {
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    applyAppearance(*qApp, {ThemeChoice::kDark, 100, {}}, false);
    WavefrontSetup setup;
    setup.layers = 6;
    setup.segmentTokens = 64;
    setup.totalSegments = 381;
    setup.stateBytes = 590000;
    setup.kvBytesPerToken = 4000;
    setup.snapshots = {20, 60};
    m_panel.resize(1200, 360);
    m_panel.showSession(setup);
    m_panel.show();
    m_panel.activateWindow();
    (void)QTest::qWaitForWindowActive(&m_panel);
    m_panel.grid().setFocus();
  }
  void read(std::int64_t groups) {
    m_panel.readingStarted(0, 381);
    m_panel.addGroups(sampleRead({ReadOrder::kDiagonal, 6, 0, 381}, groups));
  }
  void key(Qt::Key key) { QTest::keyClick(&m_panel.grid(), key); }
  QPoint pixelOf(const CellId& cell) { return m_panel.grid().cellLayout().cellRect(cell).center().toPoint(); }

  WavefrontPanel m_panel;
};

TEST_F(Panel, TheFrontIsFollowedUntilTheHandMovesTheView) {
  read(200);
  WavefrontGrid& grid = m_panel.grid();
  const auto front = [&] {
    return (grid.cellLayout().cellRect({200, 0}).left() - grid.cellLayout().area().left()) /
           grid.cellLayout().area().width();
  };
  EXPECT_TRUE(grid.isFollowing());
  EXPECT_NEAR(front(), 0.7, 0.02);
  const QPoint from = pixelOf({190, 3});
  QTest::mousePress(&grid, Qt::LeftButton, {}, from);
  QTest::mouseMove(&grid, from + QPoint(60, 0));
  QMouseEvent move(QEvent::MouseMove, from + QPoint(60, 0), grid.mapToGlobal(from + QPoint(60, 0)), Qt::NoButton,
                   Qt::LeftButton, {});
  QApplication::sendEvent(&grid, &move);
  QTest::mouseRelease(&grid, Qt::LeftButton, {}, from + QPoint(60, 0));
  EXPECT_FALSE(grid.isFollowing());
  auto* pill = grid.findChild<QPushButton*>();
  ASSERT_TRUE(pill != nullptr && pill->isVisible());
  const double offset = grid.cellLayout().offset();
  m_panel.addGroups(std::vector{sampleGroup(groupAt({ReadOrder::kDiagonal, 6, 0, 381}, 200), 200)});
  EXPECT_DOUBLE_EQ(grid.cellLayout().offset(), offset);
  pill->click();
  EXPECT_TRUE(grid.isFollowing());
  EXPECT_FALSE(pill->isVisible());
}

TEST_F(Panel, KeysMoveTheSelection) {
  read(200);
  WavefrontGrid& grid = m_panel.grid();
  key(Qt::Key_Right);
  ASSERT_TRUE(grid.selection());
  const CellId start = *grid.selection();
  key(Qt::Key_D);
  key(Qt::Key_Right);
  key(Qt::Key_W);
  key(Qt::Key_Up);
  key(Qt::Key_S);
  key(Qt::Key_A);
  EXPECT_EQ(*grid.selection(), (CellId{start.segment + 1, 1}));
  for (int i = 0; i < 9; ++i) key(Qt::Key_Down);
  EXPECT_EQ(grid.selection()->layer, 0);
  key(Qt::Key_BracketLeft);
  EXPECT_EQ(grid.selection()->segment, 60);
  key(Qt::Key_BracketLeft);
  EXPECT_EQ(grid.selection()->segment, 20);
  key(Qt::Key_BracketRight);
  EXPECT_EQ(grid.selection()->segment, 60);
  QSignalSpy activated(&m_panel, &WavefrontPanel::segmentActivated);
  key(Qt::Key_Return);
  ASSERT_EQ(activated.count(), 1);
  EXPECT_EQ(activated[0][0].toLongLong(), 60);
  key(Qt::Key_Escape);
  EXPECT_FALSE(grid.selection());
}

TEST_F(Panel, KeysMoveTheView) {
  read(200);
  WavefrontGrid& grid = m_panel.grid();
  key(Qt::Key_0);
  EXPECT_EQ(grid.cellLayout().visibleSegments(), (SegmentRange{0, 381}));
  const double small = grid.cellLayout().pitch();
  key(Qt::Key_Plus);
  EXPECT_GT(grid.cellLayout().pitch(), small);
  key(Qt::Key_Minus);
  EXPECT_NEAR(grid.cellLayout().pitch(), small, 1e-6);
  key(Qt::Key_Right);
  key(Qt::Key_F);
  EXPECT_GE(grid.cellLayout().pitch(), 28);
  key(Qt::Key_Home);
  EXPECT_DOUBLE_EQ(grid.cellLayout().offset(), 0);
  EXPECT_FALSE(grid.isFollowing());
  key(Qt::Key_End);
  EXPECT_EQ(grid.cellLayout().visibleSegments().end, 381);
  key(Qt::Key_L);
  EXPECT_TRUE(grid.isFollowing());
}

TEST_F(Panel, DigitsChooseTheMetric) {
  read(20);
  key(Qt::Key_1);
  EXPECT_EQ(m_panel.state().metric(), HeatMetric::kAge);
  key(Qt::Key_3);
  EXPECT_EQ(m_panel.state().metric(), HeatMetric::kWriteStrength);
  key(Qt::Key_5);  // no evidence: stays
  EXPECT_EQ(m_panel.state().metric(), HeatMetric::kWriteStrength);
  const auto combos = m_panel.findChildren<QComboBox*>();
  ASSERT_FALSE(combos.isEmpty());
  EXPECT_EQ(combos[0]->count(), 4);
  m_panel.setEvidence({{3, 0.64F}});
  EXPECT_EQ(combos[0]->count(), 5);
  key(Qt::Key_5);
  EXPECT_FLOAT_EQ(m_panel.state().heat(3, 0), 0.8F);
  EXPECT_FLOAT_EQ(m_panel.state().heat(4, 0), 0);
  m_panel.setEvidence({});
  EXPECT_EQ(m_panel.state().metric(), HeatMetric::kChange);
}

TEST_F(Panel, PointingShowsACellAndClickingActivatesIt) {
  read(200);
  m_panel.setPassage([](qint64 segment) { return QStringLiteral("passage %1").arg(segment); });
  QSignalSpy hovered(&m_panel, &WavefrontPanel::segmentHovered);
  QSignalSpy activated(&m_panel, &WavefrontPanel::segmentActivated);
  const CellId cell{190, 2};
  QTest::mouseMove(&m_panel.grid(), pixelOf(cell));
  QTest::mouseClick(&m_panel.grid(), Qt::LeftButton, {}, pixelOf(cell));
  EXPECT_EQ(m_panel.grid().hoveredCell(), cell);
  ASSERT_EQ(activated.count(), 1);
  EXPECT_EQ(activated[0][0].toLongLong(), 190);
  ASSERT_GE(hovered.count(), 1);
  EXPECT_EQ(hovered.last()[0].toLongLong(), 190);
  QSignalSpy message(&m_panel, &WavefrontPanel::messageRaised);
  m_panel.grid().copyNumbers();
  EXPECT_EQ(message.count(), 1);
  const QString copied = QApplication::clipboard()->text();
  EXPECT_TRUE(copied.startsWith(QStringLiteral("segment 190 · layer 2 · step 192\npassage 190\nnovelty 0.52")))
      << copied.toStdString();
  EXPECT_TRUE(copied.endsWith(QStringLiteral("10.0 ms"))) << copied.toStdString();
  QEvent leave(QEvent::Leave);
  QApplication::sendEvent(&m_panel.grid(), &leave);
  EXPECT_EQ(hovered.last()[0].toLongLong(), -1);
}

TEST_F(Panel, TheWheelZoomsAtThePointerAndPansWithShift) {
  read(200);
  WavefrontGrid& grid = m_panel.grid();
  grid.setFollowing(false);
  const QPointF point(600, 60);
  const auto before = grid.cellLayout().hitTest(point);
  QWheelEvent zoom(point, grid.mapToGlobal(point), {}, QPoint(0, -240), Qt::NoButton, {}, Qt::NoScrollPhase, false);
  QApplication::sendEvent(&grid, &zoom);
  const auto after = grid.cellLayout().hitTest(point);
  ASSERT_TRUE(before && after);
  EXPECT_LE(std::abs(before->segment - after->segment), 1);
  const double offset = grid.cellLayout().offset();
  QWheelEvent pan(point, grid.mapToGlobal(point), {}, QPoint(0, 120), Qt::NoButton, Qt::ShiftModifier,
                  Qt::NoScrollPhase, false);
  QApplication::sendEvent(&grid, &pan);
  EXPECT_LT(grid.cellLayout().offset(), offset);
}

TEST_F(Panel, TheRibbonMovesTheWindow) {
  read(-1);
  WavefrontRibbon& ribbon = m_panel.ribbon();
  QSignalSpy activated(&m_panel, &WavefrontPanel::segmentActivated);
  const QPoint point(static_cast<int>(ribbon.xOf(100)) + 1, static_cast<int>(ribbon.strip().center().y()));
  QTest::mouseClick(&ribbon, Qt::LeftButton, {}, point);
  EXPECT_TRUE(m_panel.grid().cellLayout().visibleSegments().contains(100));
  EXPECT_FALSE(m_panel.grid().isFollowing());
  ASSERT_EQ(activated.count(), 1);
  EXPECT_EQ(activated[0][0].toLongLong(), 100);
  EXPECT_NEAR(ribbon.frame().center().x(), ribbon.xOf(100), 8);
}

TEST_F(Panel, AFinishedReadIsPlayedAgain) {
  read(-1);
  key(Qt::Key_Space);
  EXPECT_FALSE(m_panel.state().isReplay());  // it still counts as being read
  m_panel.readingStopped();
  EXPECT_TRUE(m_panel.state().running().isEmpty());
  key(Qt::Key_Space);
  EXPECT_TRUE(m_panel.state().isReplay());
  EXPECT_TRUE(m_panel.playback().isPlaying());
  EXPECT_EQ(m_panel.playback().timeline().kind(), TimelineKind::kRecorded);
  EXPECT_LT(m_panel.state().finishedSegments(), 381);
  EXPECT_FALSE(m_panel.state().running().isEmpty());
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_panel.state().finishedSegments() > 3; }, 5000));
  key(Qt::Key_Space);
  EXPECT_FALSE(m_panel.playback().isPlaying());
  m_panel.readingStarted(381, 400);
  EXPECT_FALSE(m_panel.state().isReplay());
}

TEST_F(Panel, ASessionWithNumbersOnlyIsReplayedFromTheSchedule) {
  WavefrontSetup setup;
  setup.layers = 3;
  setup.totalSegments = 40;
  setup.restoredSegments = 40;
  m_panel.showSession(setup);
  EXPECT_EQ(m_panel.state().cellState(39, 2), CellState::kRestored);
  key(Qt::Key_Space);
  EXPECT_EQ(m_panel.playback().timeline().kind(), TimelineKind::kUntimed);
  EXPECT_EQ(m_panel.playback().timeline().groups(), 42);
}

TEST_F(Panel, ShearJumpsWithReducedMotionAndMovesWithout) {
  read(200);
  m_panel.setReducedMotion(true);
  key(Qt::Key_H);
  EXPECT_DOUBLE_EQ(m_panel.grid().cellLayout().shear(), 1);
  m_panel.setReducedMotion(false);
  key(Qt::Key_H);
  EXPECT_GT(m_panel.grid().cellLayout().shear(), 0);
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_panel.grid().cellLayout().shear() == 0.0; }, 3000));
}

TEST_F(Panel, ManyGroupsAreOneRepaint) {
  m_panel.readingStarted(0, 381);
  QTest::qWait(30);
  class PaintCounter : public QObject {
   public:
    bool eventFilter(QObject* /*watched*/, QEvent* event) override {
      if (event->type() == QEvent::Paint) ++paints;
      return false;
    }
    int paints = 0;
  } counter;
  m_panel.grid().installEventFilter(&counter);
  m_panel.addGroups(sampleRead({ReadOrder::kDiagonal, 6, 0, 381}));
  EXPECT_EQ(counter.paints, 0);
  EXPECT_TRUE(QTest::qWaitFor([&] { return counter.paints > 0; }, 2000));
  EXPECT_LE(counter.paints, 2);
}

TEST_F(Panel, AFastReadRepaintsTheViewsOnlyNowAndThen) {
  class PaintCounter : public QObject {
   public:
    bool eventFilter(QObject* watched, QEvent* event) override {
      if (event->type() == QEvent::Paint) ++paints[watched->objectName()];
      return false;
    }
    QHash<QString, int> paints;
  } counter;
  for (QWidget* widget : m_panel.findChildren<QWidget*>()) widget->installEventFilter(&counter);
  m_panel.installEventFilter(&counter);
  m_panel.readingStarted(0, 381);
  QTest::qWait(300);
  counter.paints.clear();
  const ReadBounds bounds{ReadOrder::kDiagonal, 6, 0, 381};
  QElapsedTimer clock;
  clock.start();
  std::int64_t group = 0;
  while (clock.elapsed() < 1000) {
    std::vector<GroupFinished> batch;
    for (int i = 0; i < 3; ++i, ++group) batch.push_back(sampleGroup(groupAt(bounds, group), group, 0.001));
    m_panel.addGroups(batch);
    QTest::qWait(8);
  }
  const double seconds = static_cast<double>(clock.elapsed()) / 1000;
  EXPECT_LE(counter.paints[QStringLiteral("wavefrontGrid")], static_cast<int>(31 * seconds) + 2);
  EXPECT_GE(counter.paints[QStringLiteral("wavefrontGrid")], 5);
  EXPECT_LE(counter.paints[QStringLiteral("wavefrontRibbon")], static_cast<int>(10 * seconds) + 2);
  EXPECT_GE(counter.paints[QStringLiteral("wavefrontRibbon")], 3);
  EXPECT_LE(counter.paints[QStringLiteral("wavefrontMeters")], static_cast<int>(4 * seconds) + 2);
  // The figures may make the row of captions wider once; nothing else moves.
  EXPECT_LE(counter.paints[QStringLiteral("wavefrontTransport")], 2);
  EXPECT_LE(counter.paints[QStringLiteral("wavefrontPanel")], 4);
}

TEST_F(Panel, ALongSessionComesInSlices) {
  WavefrontSetup setup;
  setup.layers = 16;
  setup.totalSegments = 20000;
  setup.restoredSegments = 20000;
  for (std::int64_t s = 0; s < 20000; ++s) {
    for (int l = 0; l < 16; ++l) setup.metrics.push_back({s, l, 0.5F, 0.5F, 0.01F});
  }
  m_panel.showSession(std::move(setup));
  EXPECT_FALSE(std::isnan(m_panel.state().heat(0, 0)));
  EXPECT_TRUE(QTest::qWaitFor([&] { return !std::isnan(m_panel.state().heat(19999, 15)); }, 5000));
  EXPECT_NEAR(m_panel.state().heat(19999, 15), 0.5, 1e-3);
  // Another session that is shown meanwhile does not get the rest of the first.
  WavefrontSetup again;
  again.layers = 16;
  again.totalSegments = 20000;
  again.restoredSegments = 20000;
  again.metrics.assign(320000, {19999, 15, 0.5F, 0.5F, 0.01F});
  m_panel.showSession(again);
  m_panel.showSession({16, 64, 20000, 0, 0, {}, 20000, {}});
  QTest::qWait(50);
  EXPECT_TRUE(std::isnan(m_panel.state().heat(19999, 15)));
}

TEST_F(Panel, TheFirstTouchOfTheScrubBarShowsThatMoment) {
  read(-1);
  m_panel.readingStopped();
  auto* bar = m_panel.findChild<QWidget*>(QStringLiteral("wavefrontTransport"));
  ASSERT_NE(bar, nullptr);
  auto* scrub = bar->findChild<QSlider*>();
  ASSERT_TRUE(scrub != nullptr && scrub->isEnabled());
  EXPECT_EQ(scrub->value(), scrub->maximum());
  scrub->setValue(scrub->maximum() / 4);
  ASSERT_TRUE(m_panel.state().isReplay());
  const double duration = m_panel.playback().timeline().duration();
  EXPECT_NEAR(m_panel.playback().position(), duration / 4, duration * 0.01);
  EXPECT_NEAR(static_cast<double>(m_panel.state().finishedSegments()), 381 / 4.0, 8);
  EXPECT_NEAR(scrub->value(), scrub->maximum() / 4, 2);
  EXPECT_FALSE(m_panel.playback().isPlaying());
}

TEST_F(Panel, EveryTenthOfTheReadIsSaidOnce) {
  m_panel.readingStarted(0, 381);
  const auto groups = sampleRead({ReadOrder::kDiagonal, 6, 0, 381});
  const QString start = m_panel.grid().accessibleDescription();
  m_panel.addGroups(std::span(groups).first(130));
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_panel.grid().accessibleDescription() != start; }, 2000));
  const QString thirty = m_panel.grid().accessibleDescription();
  EXPECT_TRUE(thirty.startsWith(QStringLiteral("Reading: 32 percent"))) << thirty.toStdString();
  m_panel.addGroups(std::span(groups).subspan(130, 10));
  QTest::qWait(300);
  EXPECT_EQ(m_panel.grid().accessibleDescription(), thirty);
  QAccessibleInterface* grid = QAccessible::queryAccessibleInterface(&m_panel.grid());
  ASSERT_NE(grid->valueInterface(), nullptr);
  EXPECT_EQ(grid->valueInterface()->currentValue().toInt(), 35);
  EXPECT_EQ(grid->valueInterface()->maximumValue().toInt(), 100);
  m_panel.addGroups(std::span(groups).subspan(140));
  m_panel.readingStopped();
  EXPECT_EQ(grid->valueInterface()->currentValue().toInt(), 100);
  EXPECT_NE(m_panel.grid().accessibleDescription(), thirty);
}

TEST_F(Panel, FewSegmentsFillTheRowAndCellsUseTheHeight) {
  const auto& layout = m_panel.grid().cellLayout();
  EXPECT_GT(layout.rowHeight(), 18);
  EXPECT_LE(layout.rowHeight(), 30);
  EXPECT_DOUBLE_EQ(layout.pitch(), layout.rowHeight());
  m_panel.showSession({6, 64, 38, 0, 0, {}, 38, {}});
  EXPECT_GE(layout.pitch(), 28);
}

TEST_F(Panel, ComboBoxesAreAsWideAsWhatTheyShow) {
  auto* metric = m_panel.findChildren<QComboBox*>().value(0);
  ASSERT_NE(metric, nullptr);
  const int wide = metric->sizeHint().width();
  key(Qt::Key_1);
  EXPECT_EQ(metric->currentText(), QStringLiteral("age"));
  EXPECT_LT(metric->sizeHint().width(), wide - 40);
}

TEST_F(Panel, TheGridIsATableForScreenReaders) {
  read(150);
  QAccessibleInterface* grid = QAccessible::queryAccessibleInterface(&m_panel.grid());
  ASSERT_NE(grid, nullptr);
  EXPECT_EQ(grid->role(), QAccessible::Table);
  EXPECT_EQ(grid->text(QAccessible::Description),
            QStringLiteral("Reading: 38 percent, segment 145 of 381, 6 layer(s)"));
  QAccessibleTableInterface* table = grid->tableInterface();
  ASSERT_NE(table, nullptr);
  EXPECT_EQ(table->rowCount(), 6);
  EXPECT_EQ(table->columnCount(), 381);
  EXPECT_EQ(table->rowDescription(0), QStringLiteral("layer 5"));
  QAccessibleInterface* cell = table->cellAt(5, 10);  // the lowest row is layer 0
  ASSERT_NE(cell, nullptr);
  EXPECT_EQ(cell, table->cellAt(5, 10));
  EXPECT_EQ(cell->text(QAccessible::Name),
            QStringLiteral("Segment 10, layer 0: done, novelty 0.70, write strength 0.50, change of memory 0.10."));
  EXPECT_EQ(table->cellAt(5, 150)->text(QAccessible::Name), QStringLiteral("Segment 150, layer 0: running now."));
  EXPECT_EQ(table->cellAt(6, 0), nullptr);
  EXPECT_EQ(grid->indexOfChild(cell), 5 * 381 + 10);
  EXPECT_EQ(grid->child(5 * 381 + 10), cell);
  EXPECT_EQ(cell->parent(), grid);
  m_panel.grid().select({10, 0});
  EXPECT_TRUE(cell->tableCellInterface()->isSelected());
  EXPECT_EQ(table->selectedCellCount(), 1);
  EXPECT_EQ(grid->focusChild(), cell);
}

TEST_F(Panel, EveryWidgetThatTakesTheFocusHasANameAndADescription) {
  for (const QWidget* widget : m_panel.findChildren<QWidget*>()) {
    if (widget->focusPolicy() == Qt::NoFocus || widget->objectName().startsWith(QStringLiteral("qt_"))) continue;
    if (widget->parentWidget() != nullptr && widget->parentWidget()->inherits("QComboBox")) continue;
    if (widget->window() != &m_panel) continue;
    EXPECT_FALSE(widget->accessibleName().isEmpty()) << widget->metaObject()->className();
    EXPECT_FALSE(widget->accessibleDescription().isEmpty()) << widget->metaObject()->className();
  }
}

TEST_F(Panel, CommandsHaveTextsAndShortcutsOfTheirOwn) {
  QStringList names;
  QStringList seen;
  for (const QAction* action : m_panel.commandActions()) {
    EXPECT_FALSE(action->text().isEmpty());
    EXPECT_TRUE(action->objectName().startsWith(QStringLiteral("wavefront")));
    names << action->objectName();
    EXPECT_EQ(action->shortcutContext(), Qt::WidgetWithChildrenShortcut);
    for (const QKeySequence& keys : action->shortcuts()) {
      EXPECT_FALSE(seen.contains(keys.toString())) << keys.toString().toStdString();
      seen << keys.toString();
    }
  }
  EXPECT_GE(seen.size(), 16);
  EXPECT_EQ(names.removeDuplicates(), 0);
  for (const char* name : {"wavefrontPlay", "wavefrontFit", "wavefrontFollow"}) {
    EXPECT_TRUE(names.contains(QLatin1String(name))) << name;
  }
}

TEST_F(Panel, AnEmptyPanelDoesNothingWrong) {
  m_panel.clear();
  for (const Qt::Key k : {Qt::Key_Right, Qt::Key_0, Qt::Key_F, Qt::Key_Space, Qt::Key_L, Qt::Key_BracketLeft,
                          Qt::Key_End, Qt::Key_Return, Qt::Key_H}) {
    key(k);
  }
  m_panel.addGroups(sampleRead({ReadOrder::kDiagonal, 6, 0, 10}));
  m_panel.grab();
  EXPECT_FALSE(m_panel.grid().selection());
  EXPECT_EQ(spokenSummary(m_panel.state()), QStringLiteral("Nothing has been read."));
}

}  // namespace
}  // namespace tidemark::ui
