#include "ui/shell/drop_target.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QDropEvent>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QMainWindow>
#include <QMimeData>
#include <QSignalSpy>
#include <QTest>
#include <QUrl>
#include <QWindow>

namespace tidemark::ui {
namespace {

bool sendEnter(QObject* target, QMimeData* data, QPoint at = {300, 300}) {
  QDragEnterEvent event(at, Qt::CopyAction | Qt::MoveAction, data, Qt::LeftButton, Qt::NoModifier);
  event.ignore();
  QCoreApplication::sendEvent(target, &event);
  return event.isAccepted();
}

bool sendDrop(QObject* target, QMimeData* data, QPoint at = {300, 300}) {
  QDropEvent event(at, Qt::CopyAction | Qt::MoveAction, data, Qt::LeftButton, Qt::NoModifier);
  event.ignore();
  QCoreApplication::sendEvent(target, &event);
  EXPECT_NE(event.dropAction(), Qt::MoveAction);
  return event.isAccepted();
}

class DropTargetTest : public testing::Test {
 protected:
  DropTargetTest()
      : target(&window), files(&target, &DropTarget::filesDropped), texts(&target, &DropTarget::textDropped) {
    field = new QLineEdit(&window);
    field->setGeometry(0, 0, 200, 40);
    window.resize(600, 400);
    window.show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(&window));
  }

  /// Qt keeps the widget under the last drag, and the next drop would go to one that is gone.
  ~DropTargetTest() override {
    QDragLeaveEvent leave;
    QCoreApplication::sendEvent(window.windowHandle(), &leave);
  }

  QMainWindow window;
  QLineEdit* field;
  DropTarget target;
  QSignalSpy files;
  QSignalSpy texts;
  QMimeData data;
};

TEST_F(DropTargetTest, FilesAndFoldersComeOnceInOrderAndTheOverlayShows) {
  data.setUrls({QUrl::fromLocalFile(QStringLiteral("/a b.txt")), QUrl::fromLocalFile(QStringLiteral("/folder/")),
                QUrl(QStringLiteral("https://example.org/x")), QUrl::fromLocalFile(QStringLiteral("/a b.txt"))});
  EXPECT_TRUE(sendEnter(window.windowHandle(), &data));
  EXPECT_TRUE(target.isOverlayVisible());
  EXPECT_TRUE(sendDrop(window.windowHandle(), &data));
  EXPECT_FALSE(target.isOverlayVisible());
  EXPECT_EQ(files.count(), 0);  // after the event
  ASSERT_TRUE(files.wait(1000));
  EXPECT_EQ(files[0][0].toStringList(), (QStringList{QStringLiteral("/a b.txt"), QStringLiteral("/folder/")}));
}

TEST_F(DropTargetTest, AThousandFilesAtOnceAreFine) {
  QList<QUrl> urls;
  for (int i = 0; i < 1000; ++i) urls += QUrl::fromLocalFile(QStringLiteral("/books/%1.txt").arg(i));
  data.setUrls(urls);
  QElapsedTimer clock;
  clock.start();
  EXPECT_TRUE(sendEnter(window.windowHandle(), &data));
  EXPECT_TRUE(sendDrop(window.windowHandle(), &data));
  EXPECT_LT(clock.elapsed(), 250);
  ASSERT_TRUE(files.wait(1000));
  EXPECT_EQ(files[0][0].toStringList().size(), 1000);
}

TEST_F(DropTargetTest, LinksToOtherMachinesAreNotTaken) {
  data.setUrls({QUrl(QStringLiteral("https://example.org/x"))});
  data.setText(QStringLiteral("https://example.org/x"));
  EXPECT_FALSE(sendEnter(window.windowHandle(), &data));
  EXPECT_FALSE(sendDrop(window.windowHandle(), &data));
  EXPECT_FALSE(target.isOverlayVisible());
}

TEST_F(DropTargetTest, TextIsTakenButNotFromAFieldThatWantsIt) {
  data.setText(QStringLiteral("Call me Ishmael."));
  EXPECT_TRUE(sendEnter(window.windowHandle(), &data));
  EXPECT_TRUE(sendDrop(window.windowHandle(), &data));
  ASSERT_TRUE(texts.wait(1000));
  EXPECT_EQ(texts[0][0].toString(), QStringLiteral("Call me Ishmael."));
  sendEnter(window.windowHandle(), &data, {50, 20});
  EXPECT_FALSE(target.isOverlayVisible());
  QTest::qWait(10);
  EXPECT_EQ(texts.count(), 1);
}

TEST_F(DropTargetTest, NothingAndDisabledTakeNothing) {
  EXPECT_FALSE(sendEnter(window.windowHandle(), &data));
  data.setText(QStringLiteral("   "));
  EXPECT_FALSE(sendDrop(window.windowHandle(), &data));
  data.setUrls({QUrl::fromLocalFile(QStringLiteral("/a"))});
  target.setEnabled(false);
  EXPECT_FALSE(sendEnter(window.windowHandle(), &data));
}

TEST_F(DropTargetTest, LeavingHidesTheOverlayAndResizingFitsIt) {
  data.setUrls({QUrl::fromLocalFile(QStringLiteral("/a"))});
  sendEnter(window.windowHandle(), &data);
  window.resize(700, 500);
  QTest::qWait(10);
  EXPECT_TRUE(target.isOverlayVisible());
  QDragLeaveEvent leave;
  QCoreApplication::sendEvent(window.windowHandle(), &leave);
  EXPECT_FALSE(target.isOverlayVisible());
}

}  // namespace
}  // namespace tidemark::ui
