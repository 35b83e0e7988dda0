#include "ui/shell/command_palette.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QDialog>
#include <QLineEdit>
#include <QListView>
#include <QMainWindow>
#include <QMenuBar>
#include <QSignalSpy>
#include <QTest>

#include "ui/shell/command_list.h"
#include "ui/shell/command_list_model.h"

namespace tidemark::ui {
namespace {

struct CommandWindow {
  CommandWindow() {
    QMenu* file = window.menuBar()->addMenu(QStringLiteral("&File"));
    open = file->addAction(QStringLiteral("&Open…"), QKeySequence(Qt::CTRL | Qt::Key_O));
    file->addSeparator();
    QMenu* recent = file->addMenu(QStringLiteral("Open &Recent"));
    recent->addAction(QStringLiteral("Moby-Dick"));
    save = file->addAction(QStringLiteral("Save && Quit\tCtrl+Q"));
    save->setEnabled(false);
    hidden = file->addAction(QStringLiteral("Hidden"));
    hidden->setVisible(false);
    QMenu* edit = window.menuBar()->addMenu(QStringLiteral("&Edit"));
    find = edit->addAction(QStringLiteral("&Find"), QKeySequence(Qt::CTRL | Qt::Key_F));
    find->setObjectName(QStringLiteral("edit.find"));
    window.addAction(find);  // in two places
    loose = new QAction(QStringLiteral("Jump to live"), &window);
    window.addAction(loose);
    auto* dialog = new QDialog(&window);
    new QAction(QStringLiteral("Of a dialog"), dialog);
    field = new QLineEdit;
    window.setCentralWidget(field);
    window.resize(900, 600);
  }

  QMainWindow window;
  QAction* open;
  QAction* save;
  QAction* hidden;
  QAction* find;
  QAction* loose;
  QLineEdit* field;
};

QStringList pathsOf(const std::vector<Command>& commands) {
  QStringList paths;
  for (const Command& command : commands) paths += command.path;
  return paths;
}

TEST(CommandList, HasEachVisibleActionOnceWithItsMenuPath) {
  CommandWindow setup;
  const std::vector<Command> commands = collectActions(&setup.window);
  EXPECT_EQ(pathsOf(commands),
            (QStringList{QStringLiteral("File > Open…"), QStringLiteral("File > Open Recent > Moby-Dick"),
                         QStringLiteral("File > Save & Quit"), QStringLiteral("Edit > Find"),
                         QStringLiteral("Jump to live")}));
  EXPECT_EQ(commands[0].shortcut, QKeySequence(Qt::CTRL | Qt::Key_O).toString(QKeySequence::NativeText));
  EXPECT_EQ(commands[0].group, QStringLiteral("File"));
  EXPECT_FALSE(commands[2].isEnabled);
  EXPECT_EQ(commands[3].id, QStringLiteral("edit.find"));
  EXPECT_TRUE(commands[4].group.isEmpty());
  EXPECT_TRUE(collectActions(nullptr).empty());
}

TEST(CommandList, TextsLoseTheirMnemonics) {
  EXPECT_EQ(textWithoutMnemonic(QStringLiteral("&Open")), QStringLiteral("Open"));
  EXPECT_EQ(textWithoutMnemonic(QStringLiteral("Save && &quit\tCtrl+Q")), QStringLiteral("Save & quit"));
  EXPECT_EQ(textWithoutMnemonic(QStringLiteral("打开(&O)")), QStringLiteral("打开"));
  EXPECT_EQ(textWithoutMnemonic(QStringLiteral("打开(&O)…")), QStringLiteral("打开…"));
  EXPECT_EQ(textWithoutMnemonic(QStringLiteral("odd&")), QStringLiteral("odd"));
}

TEST(CommandList, RecentCommandsComeFirstWithoutAPattern) {
  CommandWindow setup;
  const std::vector<Command> commands = collectActions(&setup.window);
  const auto ranked = rankCommands(commands, {}, {QStringLiteral("Jump to live"), QStringLiteral("edit.find")});
  ASSERT_EQ(ranked.size(), commands.size());
  EXPECT_EQ(ranked[0].index, 4U);
  EXPECT_EQ(ranked[1].index, 3U);
  EXPECT_EQ(ranked[2].index, 0U);
}

TEST(CommandList, ThePatternAlsoFindsMenus) {
  CommandWindow setup;
  const std::vector<Command> commands = collectActions(&setup.window);
  EXPECT_EQ(rankCommands(commands, QStringLiteral("fi"), {})[0].index, 3U);
  EXPECT_EQ(rankCommands(commands, QStringLiteral("file open"), {})[0].index, 0U);
  EXPECT_TRUE(rankCommands(commands, QStringLiteral("zzz"), {}).empty());
}

TEST(CommandListModel, IsAProperModel) {
  CommandWindow setup;
  CommandListModel model;
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.setCommands(collectActions(&setup.window));
  model.setPattern(QStringLiteral("o"), {});
  EXPECT_GT(model.rowCount(), 0);
  model.setPattern(QStringLiteral("zzz"), {});
  EXPECT_EQ(model.rowCount(), 0);
}

class PaletteTest : public testing::Test {
 protected:
  PaletteTest() : palette(&setup.window) {
    setup.window.show();
    EXPECT_TRUE(QTest::qWaitForWindowExposed(&setup.window));
    setup.window.activateWindow();
    setup.field->setFocus();
    list = palette.findChild<QListView*>();
    input = palette.findChild<QLineEdit*>();
  }
  [[nodiscard]] QString current() const { return list->currentIndex().data().toString(); }

  CommandWindow setup;
  CommandPalette palette;
  QListView* list;
  QLineEdit* input;
};

TEST_F(PaletteTest, TypingAndEnterRunTheCommandAndTheFocusGoesBack) {
  QSignalSpy triggered(setup.find, &QAction::triggered);
  QSignalSpy announced(&palette, &CommandPalette::commandTriggered);
  palette.openPalette();
  EXPECT_TRUE(palette.isVisible());
  EXPECT_TRUE(input->hasFocus());
  QTest::keyClicks(input, QStringLiteral("find"));
  EXPECT_EQ(current(), QStringLiteral("Find"));
  QTest::keyClick(input, Qt::Key_Return);
  EXPECT_FALSE(palette.isVisible());
  EXPECT_EQ(triggered.count(), 0);  // not yet
  EXPECT_TRUE(QTest::qWaitFor([&triggered] { return triggered.count() == 1; }, 1000));
  EXPECT_TRUE(setup.field->hasFocus());
  EXPECT_EQ(announced.count(), 1);
  EXPECT_EQ(palette.recentCommands(), QStringList{QStringLiteral("edit.find")});
  palette.openPalette();
  EXPECT_EQ(current(), QStringLiteral("Find"));
}

TEST_F(PaletteTest, ArrowsWalkAroundAndDisabledCommandsDoNothing) {
  palette.openPalette();
  EXPECT_EQ(current(), QStringLiteral("Open…"));
  QTest::keyClick(input, Qt::Key_Up);
  EXPECT_EQ(current(), QStringLiteral("Jump to live"));
  QTest::keyClick(input, Qt::Key_Down);
  QTest::keyClick(input, Qt::Key_Down);
  QTest::keyClick(input, Qt::Key_Down);
  EXPECT_EQ(current(), QStringLiteral("Save & Quit"));
  EXPECT_EQ(input->accessibleDescription(), QStringLiteral("File > Save & Quit, not available now"));
  QSignalSpy triggered(setup.save, &QAction::triggered);
  QTest::keyClick(input, Qt::Key_Return);
  QTest::qWait(20);
  EXPECT_EQ(triggered.count(), 0);
  EXPECT_TRUE(palette.isVisible());
  EXPECT_TRUE(palette.recentCommands().isEmpty());
}

TEST_F(PaletteTest, EscapeAndFocusElsewhereCloseIt) {
  palette.openPalette();
  QTest::keyClick(input, Qt::Key_Escape);
  EXPECT_FALSE(palette.isVisible());
  EXPECT_TRUE(setup.field->hasFocus());
  palette.openPalette();
  setup.field->setFocus();
  EXPECT_FALSE(palette.isVisible());
  EXPECT_TRUE(setup.field->hasFocus());
}

TEST_F(PaletteTest, StaysInTheUpperMiddleOfTheWindow) {
  palette.openPalette();
  setup.window.resize(600, 420);
  QTest::qWait(10);
  EXPECT_NEAR(palette.geometry().center().x(), setup.window.width() / 2, 2);
  EXPECT_GE(palette.y(), 0);
  EXPECT_TRUE(setup.window.rect().contains(palette.geometry()));
}

TEST_F(PaletteTest, SurvivesAnActionThatIsGone) {
  palette.openPalette();
  delete setup.open;
  QTest::keyClick(input, Qt::Key_Return);
  QTest::qWait(10);
  EXPECT_TRUE(palette.isVisible());
}

}  // namespace
}  // namespace tidemark::ui
