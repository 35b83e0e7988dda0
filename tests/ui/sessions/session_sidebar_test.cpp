#include "ui/sessions/session_sidebar.h"

#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QMenu>
#include <QSignalSpy>
#include <QTabBar>
#include <QTest>

#include "tests/ui/sessions/sessions_fixture.h"
#include "ui/sessions/list_roles.h"
#include "ui/sessions/sidebar_list.h"
#include "ui/sessions/sidebar_places.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

class SessionSidebarTest : public testing::Test {
 protected:
  void SetUp() override {
    applyAppearance(*qApp, {ThemeChoice::kLight, 100, {}}, false);
    m_sidebar.resize(260, 700);
    m_sidebar.setSessions({makeSession("a", 9), makeSession("b", 2, false), makeBroken("c")});
    m_sidebar.show();
    QApplication::setActiveWindow(&m_sidebar);
  }
  [[nodiscard]] SidebarList* list(const QString& name) const {
    for (SidebarList* found : m_sidebar.findChildren<SidebarList*>()) {
      if (found->accessibleName() == name) return found;
    }
    return nullptr;
  }
  [[nodiscard]] SidebarList* sessions() const { return list(QStringLiteral("Sessions")); }
  void select(int row) const {
    sessions()->setFocus();
    sessions()->setCurrentIndex(sessions()->model()->index(row, 0));
  }
  [[nodiscard]] QAction* menuAction(const char* name) const {
    const QRect row = sessions()->visualRect(sessions()->currentIndex());
    QContextMenuEvent event(QContextMenuEvent::Mouse, row.center(), QPoint(0, 0));
    QApplication::sendEvent(sessions()->viewport(), &event);
    auto* menu = m_sidebar.findChild<QMenu*>(QStringLiteral("sessionMenu"));
    return menu == nullptr ? nullptr : menu->findChild<QAction*>(QString::fromLatin1(name));
  }
  void closeMenus() const {
    for (QMenu* menu : m_sidebar.findChildren<QMenu*>()) delete menu;
  }

  SessionSidebar m_sidebar;
};

TEST_F(SessionSidebarTest, EnterAndDoubleClickOpen) {
  QSignalSpy opened(&m_sidebar, &SessionSidebar::openRequested);
  select(1);
  QTest::keyClick(sessions(), Qt::Key_Return);
  ASSERT_EQ(opened.count(), 1);
  EXPECT_EQ(opened.at(0).at(0).toString(), pathOf("b"));
  const QPoint first = sessions()->visualRect(sessions()->model()->index(0, 0)).center();
  QTest::mouseClick(sessions()->viewport(), Qt::LeftButton, {}, first);
  EXPECT_EQ(opened.count(), 1) << "a click only selects";
  QTest::mouseDClick(sessions()->viewport(), Qt::LeftButton, {}, first);
  ASSERT_EQ(opened.count(), 2);
  EXPECT_EQ(opened.at(1).at(0).toString(), pathOf("a"));
  select(2);
  QTest::keyClick(sessions(), Qt::Key_Enter);
  EXPECT_EQ(opened.count(), 2) << "a broken one is not opened";
}

TEST_F(SessionSidebarTest, HeadingsAndDocumentsOfferToUndoTheirReading) {
  m_sidebar.setDocuments({makeDocument(7, "first", 0, 50), makeDocument(8, "second", 50, 90)}, 90);
  m_sidebar.setOutline({{3, QStringLiteral("One"), 0, {}}, {60, QStringLiteral("Two"), 0, {}}});
  QSignalSpy chapters(&m_sidebar, &SessionSidebar::chapterRemovalRequested);
  QSignalSpy documents(&m_sidebar, &SessionSidebar::documentRemovalRequested);
  QSignalSpy went(&m_sidebar, &SessionSidebar::documentActivated);
  const auto menuOfSecondRow = [this](const char* name, SidebarPlaces::Tab tab) {
    closeMenus();
    m_sidebar.places().showTab(tab);
    SidebarList* places = list(QString::fromLatin1(name));
    places->setCurrentIndex(places->model()->index(1, 0));
    QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint(), QPoint());
    QApplication::sendEvent(places->viewport(), &event);
    return m_sidebar.findChild<QMenu*>(QStringLiteral("textMenu"))->actions();
  };
  EXPECT_FALSE(menuOfSecondRow("Contents", SidebarPlaces::Tab::kContents).at(1)->isEnabled());
  m_sidebar.setCanChangeMemory(true);
  menuOfSecondRow("Contents", SidebarPlaces::Tab::kContents).at(1)->trigger();
  ASSERT_EQ(chapters.count(), 1);
  EXPECT_EQ(chapters[0][0].toULongLong(), 60u);
  const QList<QAction*> actions = menuOfSecondRow("Documents", SidebarPlaces::Tab::kDocuments);
  actions.at(0)->trigger();
  actions.at(1)->trigger();
  ASSERT_EQ(documents.count(), 1);
  EXPECT_EQ(documents[0][0].toLongLong(), 8);
  ASSERT_EQ(went.count(), 1);
  EXPECT_EQ(went[0][0].toLongLong(), 8);
  closeMenus();
}

TEST_F(SessionSidebarTest, DeleteAsksForTheTrash) {
  QSignalSpy trashed(&m_sidebar, &SessionSidebar::trashRequested);
  select(2);
  QTest::keyClick(sessions(), Qt::Key_Delete);
  ASSERT_EQ(trashed.count(), 1);
  EXPECT_EQ(trashed.at(0).at(0).toString(), pathOf("c"));
}

TEST_F(SessionSidebarTest, F2RenamesInPlaceAndEscapeDoesNot) {
  QSignalSpy renamed(&m_sidebar, &SessionSidebar::renameRequested);
  QSignalSpy trashed(&m_sidebar, &SessionSidebar::trashRequested);
  QSignalSpy opened(&m_sidebar, &SessionSidebar::openRequested);
  select(0);
  QTest::keyClick(sessions(), Qt::Key_F2);
  auto* editor = sessions()->viewport()->findChild<QLineEdit*>();
  ASSERT_NE(editor, nullptr);
  EXPECT_EQ(editor->text(), QStringLiteral("a"));
  EXPECT_TRUE(sessions()->viewport()->rect().contains(editor->geometry()));
  QTest::keyClick(editor, Qt::Key_Delete);
  QTest::keyClicks(editor, QStringLiteral("Überfahrt"));
  QTest::keyClick(editor, Qt::Key_Return);
  QCoreApplication::sendPostedEvents();
  ASSERT_EQ(renamed.count(), 1);
  EXPECT_EQ(renamed.at(0).at(0).toString(), pathOf("a"));
  EXPECT_EQ(renamed.at(0).at(1).toString(), QStringLiteral("Überfahrt"));
  EXPECT_EQ(trashed.count() + opened.count(), 0) << "keys of the editor are not those of the list";
  QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
  QTest::keyClick(sessions(), Qt::Key_F2);
  editor = sessions()->viewport()->findChild<QLineEdit*>();
  ASSERT_NE(editor, nullptr);
  QTest::keyClicks(editor, QStringLiteral("zzz"));
  QTest::keyClick(editor, Qt::Key_Escape);
  EXPECT_EQ(renamed.count(), 1);
}

TEST_F(SessionSidebarTest, TheMenuAsksForEverything) {
  using Signal = void (SessionSidebar::*)(const QString&);
  const std::pair<const char*, Signal> actions[] = {{"kOpen", &SessionSidebar::openRequested},
                                                    {"kDuplicate", &SessionSidebar::duplicateRequested},
                                                    {"kVerify", &SessionSidebar::verifyRequested},
                                                    {"kReveal", &SessionSidebar::revealRequested},
                                                    {"kTrash", &SessionSidebar::trashRequested}};
  select(1);
  for (const auto& [name, signal] : actions) {
    QSignalSpy spy(&m_sidebar, signal);
    QAction* action = menuAction(name);
    ASSERT_NE(action, nullptr) << name;
    action->trigger();
    ASSERT_EQ(spy.count(), 1) << name;
    EXPECT_EQ(spy.at(0).at(0).toString(), pathOf("b"));
    closeMenus();
  }
  menuAction("kCopyPath")->trigger();
  EXPECT_EQ(QApplication::clipboard()->text(), pathOf("b"));
  closeMenus();
  menuAction("kRename")->trigger();
  EXPECT_NE(sessions()->viewport()->findChild<QLineEdit*>(), nullptr);
}

TEST_F(SessionSidebarTest, WhatCannotBeOpenedCanOnlyBeMoved) {
  select(2);
  for (const char* name : {"kOpen", "kDuplicate", "kVerify"}) {
    EXPECT_FALSE(menuAction(name)->isEnabled()) << name;
    closeMenus();
  }
  for (const char* name : {"kRename", "kReveal", "kCopyPath", "kTrash"}) {
    EXPECT_TRUE(menuAction(name)->isEnabled()) << name;
    closeMenus();
  }
}

TEST_F(SessionSidebarTest, SelectionSurvivesANewList) {
  select(1);
  m_sidebar.setSessions({makeSession("new"), makeSession("b", 3), makeSession("a", 9)});
  EXPECT_EQ(sessions()->currentIndex().data(kPathRole).toString(), pathOf("b"));
  EXPECT_EQ(sessions()->selectionModel()->selectedIndexes().size(), 1);
}

TEST_F(SessionSidebarTest, TheFilterAppearsWithManySessionsAndGoesWithThem) {
  auto* filter = m_sidebar.findChild<QLineEdit*>();
  ASSERT_NE(filter, nullptr);
  EXPECT_FALSE(filter->isVisible());
  std::vector<SessionSummary> many;
  for (int i = 0; i < 20; ++i) many.push_back(makeSession("Session " + std::to_string(i)));
  m_sidebar.setSessions(many);
  EXPECT_TRUE(filter->isVisible());
  filter->setText(QStringLiteral("SESSION 1"));
  EXPECT_EQ(sessions()->model()->rowCount(), 11);
  m_sidebar.setSessions({makeSession("a")});
  EXPECT_FALSE(filter->isVisible());
  EXPECT_EQ(sessions()->model()->rowCount(), 1) << "an invisible filter hides nothing";
}

TEST_F(SessionSidebarTest, PlacesGoWhereTheyAreAskedTo) {
  m_sidebar.setDocuments({makeDocument(5, "x", 0, 100), makeDocument(6, "y", 100, 300)}, 150);
  m_sidebar.setOutline({{0, QStringLiteral("1 Loomings"), 0}, {120, QStringLiteral("2 The Carpet-Bag"), 0}});
  m_sidebar.setBookmarks({{3, 130, "here", ""}});
  m_sidebar.setCurrentByte(125);
  SidebarList* outline = list(QStringLiteral("Contents"));
  SidebarList* documents = list(QStringLiteral("Documents"));
  SidebarList* bookmarks = list(QStringLiteral("Bookmarks"));
  EXPECT_TRUE(outline->model()->index(1, 0).data(kCurrentRole).toBool());
  EXPECT_TRUE(documents->model()->index(1, 0).data(kCurrentRole).toBool());
  QSignalSpy byte(&m_sidebar, &SessionSidebar::byteActivated);
  QSignalSpy document(&m_sidebar, &SessionSidebar::documentActivated);
  QSignalSpy removed(&m_sidebar, &SessionSidebar::bookmarkRemovalRequested);
  QSignalSpy renamed(&m_sidebar, &SessionSidebar::bookmarkRenameRequested);
  QTest::mouseClick(outline->viewport(), Qt::LeftButton, {},
                    outline->visualRect(outline->model()->index(1, 0)).center());
  ASSERT_EQ(byte.count(), 1);
  EXPECT_EQ(byte.at(0).at(0).toULongLong(), 120u);
  m_sidebar.places().showTab(SidebarPlaces::Tab::kDocuments);
  documents->setCurrentIndex(documents->model()->index(1, 0));
  QTest::keyClick(documents, Qt::Key_Return);
  ASSERT_EQ(document.count(), 1);
  EXPECT_EQ(document.at(0).at(0).toLongLong(), 6);
  m_sidebar.places().showTab(SidebarPlaces::Tab::kBookmarks);
  EXPECT_TRUE(bookmarks->isVisible());
  bookmarks->setFocus();
  bookmarks->setCurrentIndex(bookmarks->model()->index(0, 0));
  QTest::keyClick(bookmarks, Qt::Key_Return);
  EXPECT_EQ(byte.at(1).at(0).toULongLong(), 130u);
  QTest::keyClick(bookmarks, Qt::Key_Delete);
  ASSERT_EQ(removed.count(), 1);
  EXPECT_EQ(removed.at(0).at(0).toLongLong(), 3);
  QTest::keyClick(bookmarks, Qt::Key_F2);
  auto* editor = bookmarks->viewport()->findChild<QLineEdit*>();
  ASSERT_NE(editor, nullptr);
  QTest::keyClicks(editor, QStringLiteral("there"));
  QTest::keyClick(editor, Qt::Key_Return);
  QCoreApplication::sendPostedEvents();
  ASSERT_EQ(renamed.count(), 1);
  EXPECT_EQ(renamed.at(0).at(1).toString(), QStringLiteral("there"));
}

TEST_F(SessionSidebarTest, EverythingThatTakesFocusHasANameAndCanBeReached) {
  for (const QWidget* widget : m_sidebar.findChildren<QWidget*>()) {
    const bool isInner = widget->objectName().startsWith(QStringLiteral("qt_"));
    if (isInner || (widget->focusPolicy() & Qt::TabFocus) == 0) continue;
    if (widget->inherits("QScrollBar") || widget->inherits("QSplitter")) continue;
    if (widget->parentWidget()->inherits("QTabBar")) continue;  // its scroll buttons, which Qt names
    EXPECT_FALSE(widget->accessibleName().isEmpty()) << widget->metaObject()->className();
    EXPECT_FALSE(widget->accessibleDescription().isEmpty()) << widget->metaObject()->className();
  }
}

TEST_F(SessionSidebarTest, RowsFollowTheFont) {
  const int before = sessions()->visualRect(sessions()->model()->index(0, 0)).height();
  EXPECT_GE(before, 44);
  EXPECT_LE(before, 50);
  applyAppearance(*qApp, {ThemeChoice::kLight, 200, {}}, false);
  QCoreApplication::sendPostedEvents();
  QTest::qWait(20);
  EXPECT_GE(sessions()->visualRect(sessions()->model()->index(0, 0)).height(), 2 * before - 6);
}

}  // namespace
}  // namespace tidemark::ui
