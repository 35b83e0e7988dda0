#include "ui/shell/shortcut_sheet.h"

#include <gtest/gtest.h>

#include <QBuffer>
#include <QLabel>
#include <QMainWindow>
#include <QMenuBar>
#include <QPdfWriter>

namespace tidemark::ui {
namespace {

ShortcutRow row(const char* group, const char* key, const char* text) {
  return {QString::fromUtf8(group), QString::fromUtf8(key), QString::fromUtf8(text)};
}

QStringList labels(const QWidget& widget) {
  QStringList texts;
  for (const QLabel* label : widget.findChildren<QLabel*>()) texts += label->text();
  return texts;
}

TEST(ShortcutSheet, IsMadeFromTheActions) {
  QMainWindow window;
  QMenu* file = window.menuBar()->addMenu(QStringLiteral("&File"));
  file->addAction(QStringLiteral("&Open…"), QKeySequence(Qt::CTRL | Qt::Key_O));
  file->addAction(QStringLiteral("Without key"));
  auto* loose = new QAction(QStringLiteral("Jump"), &window);
  loose->setShortcuts({QKeySequence(Qt::Key_J), QKeySequence(Qt::CTRL | Qt::Key_J)});
  window.addAction(loose);
  const auto rows = shortcutRows(collectActions(&window), QStringLiteral("Other"));
  EXPECT_EQ(rows, (std::vector<ShortcutRow>{row("File", "Ctrl+O", "Open…"), row("Other", "J, Ctrl+J", "Jump")}));

  ShortcutSheet sheet;
  sheet.setCommands(collectActions(&window));
  sheet.setExtraRows({row("Wavefront", "L", "Follow live"), row("File", "X", "More of File")});
  EXPECT_EQ(sheet.rows().size(), 4U);
  const QStringList shown = labels(sheet);
  for (const char* text : {"File", "Open…", "Ctrl+O", "Wavefront", "Follow live", "More of File"}) {
    EXPECT_TRUE(shown.contains(QString::fromUtf8(text))) << text;
  }
  EXPECT_EQ(shown.count(QStringLiteral("File")), 1) << "one group, wherever its rows come from";
  EXPECT_FALSE(shown.contains(QStringLiteral("Without key")));
}

TEST(ShortcutSheet, GroupsStayWholeAndColumnsAreAboutEven) {
  std::vector<ShortcutRow> rows;
  for (int group = 0; group < 6; ++group) {
    for (int i = 0; i < 5; ++i) rows.push_back({QString::number(group), QString::number(i), QString()});
  }
  for (int columns = 1; columns <= 8; ++columns) {
    const auto result = shortcutColumns(rows, columns);
    EXPECT_LE(result.size(), static_cast<std::size_t>(columns));
    std::size_t all = 0;
    for (const auto& column : result) {
      EXPECT_EQ(column.size() % 5, 0U);
      all += column.size();
    }
    EXPECT_EQ(all, rows.size());
  }
  EXPECT_EQ(shortcutColumns(rows, 3).size(), 3U);
  EXPECT_EQ(shortcutColumns(rows, 3)[0].size(), 10U);
  EXPECT_TRUE(shortcutColumns({}, 3).empty());
}

TEST(ShortcutSheet, IsPrinted) {
  ShortcutSheet sheet;
  sheet.setExtraRows({row("View", "<", "Less & <b>more</b>")});
  QBuffer buffer;
  ASSERT_TRUE(buffer.open(QIODevice::WriteOnly));
  {
    QPdfWriter writer(&buffer);
    sheet.printTo(&writer);
  }
  EXPECT_TRUE(buffer.data().startsWith("%PDF"));
  EXPECT_GT(buffer.size(), 1000);
}

}  // namespace
}  // namespace tidemark::ui
