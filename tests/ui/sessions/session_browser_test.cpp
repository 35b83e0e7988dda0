#include "ui/sessions/session_browser.h"

#include <QApplication>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>

#include "tests/ui/sessions/sessions_fixture.h"
#include "ui/sessions/list_roles.h"
#include "ui/sessions/session_table_model.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

class SessionBrowserTest : public testing::Test {
 protected:
  void SetUp() override {
    applyAppearance(*qApp, {ThemeChoice::kLight, 100, {}}, false);
    SessionSummary small = makeSession("b", 20);
    small.bytes = 900;
    small.modified += std::chrono::hours(1);
    m_browser.setSessions({makeSession("a", 9, false), small, makeBroken("c")});
    m_browser.setTrash({{"/books/.trash/x-0/old.tidemark", "old", std::chrono::system_clock::now(), 5}});
    m_browser.resize(900, 500);
    m_browser.show();
    QApplication::setActiveWindow(&m_browser);
  }
  [[nodiscard]] QTableView* table(const QString& name) const {
    for (QTableView* found : m_browser.findChildren<QTableView*>()) {
      if (found->accessibleName() == name) return found;
    }
    return nullptr;
  }
  [[nodiscard]] QTableView* sessions() const { return table(QStringLiteral("Sessions")); }
  [[nodiscard]] QPushButton* button(const char* text) const {
    for (QPushButton* found : m_browser.findChildren<QPushButton*>()) {
      if (found->text() == QString::fromUtf8(text)) return found;
    }
    return nullptr;
  }
  [[nodiscard]] QStringList names() const { return columnOf(*sessions()->model(), Qt::EditRole); }
  void select(const char* name) const {
    const qsizetype row = names().indexOf(QString::fromUtf8(name));
    sessions()->setFocus();
    sessions()->selectRow(static_cast<int>(row));
  }

  SessionBrowser m_browser;
};

TEST_F(SessionBrowserTest, ColumnsSortByWhatTheyMean) {
  const std::tuple<int, Qt::SortOrder, QString> cases[] = {
      {SessionTableModel::kLastUse, Qt::DescendingOrder, QStringLiteral("b")},
      {SessionTableModel::kSize, Qt::DescendingOrder, QStringLiteral("a")},
      {SessionTableModel::kQuestions, Qt::DescendingOrder, QStringLiteral("b")},
      {SessionTableModel::kRead, Qt::DescendingOrder, QStringLiteral("b")},
      {SessionTableModel::kName, Qt::DescendingOrder, QStringLiteral("c")},
      {SessionTableModel::kName, Qt::AscendingOrder, QStringLiteral("a")}};
  EXPECT_EQ(names().first(), QStringLiteral("b")) << "newest first without being asked";
  for (const auto& [column, order, first] : cases) {
    sessions()->sortByColumn(column, order);
    EXPECT_EQ(names().first(), first) << column;
  }
}

TEST_F(SessionBrowserTest, FiltersByNameAndDocument) {
  auto* filter = m_browser.findChild<QLineEdit*>();
  filter->setText(QStringLiteral("A.TXT"));
  EXPECT_EQ(names(), QStringList(QStringLiteral("a")));
  filter->setText(QStringLiteral("c"));
  EXPECT_EQ(names(), QStringList(QStringLiteral("c")));
}

TEST_F(SessionBrowserTest, ButtonsAskForTheSelectedOne) {
  using Signal = void (SessionBrowser::*)(const QString&);
  const std::pair<const char*, Signal> actions[] = {{"Open", &SessionBrowser::openRequested},
                                                    {"Duplicate", &SessionBrowser::duplicateRequested},
                                                    {"Verify", &SessionBrowser::verifyRequested},
                                                    {"Show file", &SessionBrowser::revealRequested},
                                                    {"Move to trash", &SessionBrowser::trashRequested}};
  for (const auto& [text, signal] : actions) EXPECT_FALSE(button(text)->isEnabled()) << text;
  select("a");
  for (const auto& [text, signal] : actions) {
    QSignalSpy spy(&m_browser, signal);
    QTest::mouseClick(button(text), Qt::LeftButton);
    ASSERT_EQ(spy.count(), 1) << text;
    EXPECT_EQ(spy.at(0).at(0).toString(), pathOf("a"));
  }
  select("c");
  EXPECT_FALSE(button("Open")->isEnabled());
  EXPECT_TRUE(button("Move to trash")->isEnabled());
}

TEST_F(SessionBrowserTest, KeysWorkInTheTable) {
  QSignalSpy opened(&m_browser, &SessionBrowser::openRequested);
  QSignalSpy trashed(&m_browser, &SessionBrowser::trashRequested);
  QSignalSpy renamed(&m_browser, &SessionBrowser::renameRequested);
  select("b");
  QTest::keyClick(sessions(), Qt::Key_Return);
  EXPECT_EQ(opened.count(), 1);
  QTest::keyClick(sessions(), Qt::Key_Delete);
  EXPECT_EQ(trashed.count(), 1);
  QTest::keyClick(sessions(), Qt::Key_F2);
  auto* editor = sessions()->viewport()->findChild<QLineEdit*>();
  ASSERT_NE(editor, nullptr);
  EXPECT_EQ(editor->text(), QStringLiteral("b"));
  QTest::keyClick(editor, Qt::Key_Delete);
  QTest::keyClicks(editor, QStringLiteral("x"));
  QTest::keyClick(editor, Qt::Key_Return);
  QCoreApplication::sendPostedEvents();
  ASSERT_EQ(renamed.count(), 1);
  EXPECT_EQ(renamed.at(0).at(1).toString(), QStringLiteral("x"));
  EXPECT_EQ(trashed.count(), 1);
}

TEST_F(SessionBrowserTest, SelectionSurvivesANewList) {
  select("a");
  m_browser.setSessions({makeSession("new"), makeSession("a", 10)});
  EXPECT_EQ(m_browser.selectedSession(), pathOf("a"));
  m_browser.setSessions({makeSession("new")});
  EXPECT_NE(m_browser.selectedSession(), pathOf("a"));
}

TEST_F(SessionBrowserTest, TheTrashGivesBackAndIsEmptied) {
  m_browser.findChild<QTabWidget*>()->setCurrentIndex(1);
  QSignalSpy restored(&m_browser, &SessionBrowser::restoreRequested);
  QSignalSpy emptied(&m_browser, &SessionBrowser::emptyTrashRequested);
  EXPECT_FALSE(button("Restore")->isEnabled());
  table(QStringLiteral("Trash"))->selectRow(0);
  QTest::mouseClick(button("Restore"), Qt::LeftButton);
  ASSERT_EQ(restored.count(), 1);
  EXPECT_EQ(restored.at(0).at(0).toString(), QStringLiteral("/books/.trash/x-0/old.tidemark"));
  QTest::mouseClick(button("Empty trash"), Qt::LeftButton);
  EXPECT_EQ(emptied.count(), 1);
  m_browser.setTrash({});
  EXPECT_FALSE(button("Empty trash")->isEnabled());
  EXPECT_FALSE(button("Restore")->isEnabled());
}

}  // namespace
}  // namespace tidemark::ui
