#include <gtest/gtest.h>

#include <QApplication>
#include <QContextMenuEvent>
#include <QMenu>
#include <QSignalSpy>

#include "tests/ui/wavefront/wavefront_samples.h"
#include "ui/wavefront/wavefront_grid.h"
#include "ui/wavefront/wavefront_panel.h"

namespace tidemark::ui {
namespace {

TEST(WavefrontMenu, OffersToForkRewindAndPinOnceTheMemoryIsThere) {
  WavefrontSetup setup;
  setup.layers = 6;
  setup.segmentTokens = 64;
  setup.totalSegments = 381;
  WavefrontPanel panel;
  panel.resize(1200, 360);
  panel.showSession(setup);
  panel.show();
  panel.readingStarted(0, 381);
  panel.addGroups(sampleRead({ReadOrder::kDiagonal, 6, 0, 381}, 200));
  WavefrontGrid& grid = panel.grid();
  const CellId cell{grid.cellLayout().visibleSegments(0).first, 0};
  const QPoint place = grid.cellLayout().cellRect(cell).center().toPoint();
  const auto open = [&] {
    for (QMenu* each : grid.findChildren<QMenu*>()) delete each;
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, grid.mapToGlobal(place));
    QApplication::sendEvent(&grid, &event);
    return grid.findChild<QMenu*>()->actions();
  };
  QSignalSpy forks(&panel, &WavefrontPanel::forkRequested);
  QSignalSpy rewinds(&panel, &WavefrontPanel::rewindRequested);
  QSignalSpy pins(&panel, &WavefrontPanel::pinRequested);
  const QList<QAction*> before = open();
  for (int i = 1; i <= 3; ++i) EXPECT_FALSE(before.at(i)->isEnabled());
  panel.setCanChangeMemory(true);
  const QList<QAction*> actions = open();
  for (int i = 1; i <= 3; ++i) actions.at(i)->trigger();
  for (const QSignalSpy* each : {&forks, &rewinds, &pins}) {
    ASSERT_EQ(each->count(), 1);
    EXPECT_EQ(each->at(0)[0].toLongLong(), cell.segment);
  }
  for (QMenu* each : grid.findChildren<QMenu*>()) delete each;
}

}  // namespace
}  // namespace tidemark::ui
