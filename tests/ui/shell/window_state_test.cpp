#include "ui/shell/window_state.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

namespace tidemark::ui {
namespace {

class WindowStateTest : public testing::Test {
 protected:
  [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("state/window.ini")); }
  QTemporaryDir m_folder;
};

TEST_F(WindowStateTest, EverythingComesBack) {
  const QByteArray geometry("\0\1\2 geometry,;=", 14);
  {
    WindowStateStore store(path());
    store.setWindow(geometry, QByteArray("docks"));
    store.setOpenSession(QStringLiteral("/s/Größe, 1.tidemark"));
    store.setTopByte(QStringLiteral("/s/a.tidemark"), 5000000000LL);
    store.setDraft(QStringLiteral("/s/a.tidemark"), QStringLiteral("Where, exactly,\nis \"Mary\"?"));
    store.setTopByte(QStringLiteral("/s/b.tidemark"), 7);
    store.setZoomPercent(140);
    store.setPages(false, true, QByteArray("split\0state", 11));
    store.addRecentFile(QStringLiteral("/x/one.txt"));
    store.addRecentFile(QStringLiteral("/x/two.txt"));
    store.setRecentCommands({QStringLiteral("edit.find")});
    EXPECT_TRUE(store.flush());
    EXPECT_EQ(loadWindowState(path()), store.state());
  }
  const WindowStateStore store(path());
  EXPECT_EQ(store.state().geometry, geometry);
  EXPECT_EQ(store.sessionView(QStringLiteral("/s/a.tidemark")).topByte, 5000000000LL);
  EXPECT_EQ(store.sessionView(QStringLiteral("/s/a.tidemark")).draft, QStringLiteral("Where, exactly,\nis \"Mary\"?"));
  EXPECT_EQ(store.state().recentFiles, (QStringList{QStringLiteral("/x/two.txt"), QStringLiteral("/x/one.txt")}));
  EXPECT_EQ(store.state().zoomPercent, 140);
  EXPECT_FALSE(store.state().pagesShown);
  EXPECT_TRUE(store.state().darkPages);
  EXPECT_EQ(store.state().pagesSplit, QByteArray("split\0state", 11));
}

TEST_F(WindowStateTest, ADraftIsWrittenWithinASecondOrTwoWithoutBeingAsked) {
  WindowStateStore store(path());
  store.setDraft(QStringLiteral("/s"), QStringLiteral("Where is"));
  store.setDraft(QStringLiteral("/s"), QStringLiteral("Where is Mary?"));
  EXPECT_FALSE(QFile::exists(path()));
  EXPECT_TRUE(QTest::qWaitFor(
      [this] {
        return loadWindowState(path()).sessions.value(QStringLiteral("/s")).draft == QStringLiteral("Where is Mary?");
      },
      4000));
}

TEST_F(WindowStateTest, TheEndOfTheProgramWritesTheRest) {
  {
    WindowStateStore store(path());
    store.setDraft(QStringLiteral("/s"), QStringLiteral("half a ques"));
  }
  EXPECT_EQ(loadWindowState(path()).sessions.value(QStringLiteral("/s")).draft, QStringLiteral("half a ques"));
}

TEST_F(WindowStateTest, OldSessionsAndFilesGiveWay) {
  WindowStateStore store(path());
  QSignalSpy changed(&store, &WindowStateStore::recentFilesChanged);
  for (int i = 0; i < 260; ++i) store.setTopByte(QStringLiteral("/s/%1").arg(i), i + 1);
  for (int i = 0; i < 20; ++i) store.addRecentFile(QStringLiteral("/f/%1").arg(i));
  EXPECT_EQ(store.state().sessions.size(), 200);
  EXPECT_EQ(store.state().sessionOrder.size(), 200);
  EXPECT_EQ(store.sessionView(QStringLiteral("/s/259")).topByte, 260);
  EXPECT_EQ(store.sessionView(QStringLiteral("/s/0")).topByte, 0);
  EXPECT_EQ(store.state().recentFiles.size(), 12);
  EXPECT_EQ(changed.count(), 20);
  store.addRecentFile(QStringLiteral("/f/15"));
  EXPECT_EQ(store.state().recentFiles.first(), QStringLiteral("/f/15"));
  EXPECT_EQ(store.state().recentFiles.size(), 12);
  store.removeRecentFile(QStringLiteral("/f/15"));
  EXPECT_EQ(store.state().recentFiles.size(), 11);
  store.clearRecentFiles();
  EXPECT_TRUE(store.state().recentFiles.isEmpty());
  store.setOpenSession(QStringLiteral("/s/259"));
  store.forgetSession(QStringLiteral("/s/259"));
  EXPECT_TRUE(store.state().openSession.isEmpty());
  EXPECT_EQ(store.state().sessions.size(), 199);
}

TEST_F(WindowStateTest, BrokenFilesGiveTheDefault) {
  ASSERT_TRUE(QDir().mkpath(m_folder.filePath(QStringLiteral("state"))));
  for (const QByteArray& text : {QByteArray("[window]\nzoomPercent=90000\n"),
                                 QByteArray("[sessions]\nsize=2000000000\n1\\path=/a\n1\\topByte=-5\n"),
                                 QByteArray(3000, '\xff'), QByteArray("[sessions]\nsize=-3\n")}) {
    QFile file(path());
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(text);
    file.close();
    const WindowState state = loadWindowState(path());
    EXPECT_EQ(state.zoomPercent, 100);
    EXPECT_EQ(state.sessions.value(QStringLiteral("/a")).topByte, 0);
    EXPECT_EQ(state.sessions.size(), state.sessionOrder.size());
  }
}

TEST(WindowStatePath, FollowsTheStateFolderIfItIsAbsolute) {
  const QByteArray before = qgetenv("XDG_STATE_HOME");
  qputenv("XDG_STATE_HOME", "/some/state");
  EXPECT_EQ(defaultWindowStatePath(), QStringLiteral("/some/state/tidemark/window.ini"));
  qputenv("XDG_STATE_HOME", "relative");
  EXPECT_EQ(defaultWindowStatePath(), QDir::homePath() + QStringLiteral("/.local/state/tidemark/window.ini"));
  qunsetenv("XDG_STATE_HOME");
  EXPECT_EQ(defaultWindowStatePath(), QDir::homePath() + QStringLiteral("/.local/state/tidemark/window.ini"));
  if (!before.isNull()) qputenv("XDG_STATE_HOME", before);
}

}  // namespace
}  // namespace tidemark::ui
