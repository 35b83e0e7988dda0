#include "ui/reading/reading_list_page.h"

#include <gtest/gtest.h>

#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "ui/reading/reading_list_view.h"

namespace tidemark::ui {
namespace {

class ReadingListPageTest : public ::testing::Test {
 protected:
  ReadingListPageTest() {
    m_page.resize(900, 600);
    m_page.show();
    (void)QTest::qWaitForWindowExposed(&m_page);
    QObject::connect(&m_page, &ReadingListPage::readRequested, [this](const std::vector<int>& files, bool force) {
      m_read = files;
      m_force = force;
    });
    m_page.begin({QStringLiteral("/a/one.txt"), QStringLiteral("/a/two.pdf"), QStringLiteral("/a/three.txt")}, false);
  }
  void check(int id, bool isScan = false) {
    Coverage coverage;
    coverage.pages = isScan ? 10 : 0;
    coverage.imagePages = isScan ? 9 : 0;
    coverage.characters = 1000;
    m_page.model().setChecked(id, isScan ? DocumentFormat::kPdf : DocumentFormat::kPlainText, coverage);
  }
  void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QTest::keyClick(&m_page.list(), key, modifiers);
  }

  ReadingListPage m_page;
  std::vector<int> m_read;
  bool m_force = false;
};

TEST_F(ReadingListPageTest, NothingIsReadBeforeEveryFileWasLookedAt) {
  EXPECT_FALSE(m_page.readButton().isEnabled());
  check(0);
  check(1);
  key(Qt::Key_Return);
  EXPECT_TRUE(m_read.empty());
  m_page.model().setRefused(2, QStringLiteral("three.txt is empty"));
  EXPECT_TRUE(m_page.readButton().isEnabled());
  EXPECT_TRUE(m_page.readButton().text().contains(QLatin1Char('2')));
  m_page.readButton().click();
  EXPECT_EQ(m_read, (std::vector<int>{0, 1}));
  EXPECT_FALSE(m_force);
}

TEST_F(ReadingListPageTest, KeysOrderTheListAndTakeFilesOut) {
  for (const int id : {0, 1, 2}) check(id);
  key(Qt::Key_Down, Qt::AltModifier);  // one behind two
  key(Qt::Key_Down, Qt::AltModifier);
  key(Qt::Key_Down, Qt::AltModifier);  // nothing is below
  EXPECT_EQ(m_page.model().wantedIds(), (std::vector<int>{1, 2, 0}));
  EXPECT_EQ(m_page.list().currentIndex().row(), 2);
  key(Qt::Key_Up, Qt::AltModifier);
  EXPECT_EQ(m_page.model().wantedIds(), (std::vector<int>{1, 0, 2}));
  key(Qt::Key_Delete);
  EXPECT_EQ(m_page.model().wantedIds(), (std::vector<int>{1, 2}));
  key(Qt::Key_Return);
  EXPECT_EQ(m_read, (std::vector<int>{1, 2}));
}

TEST_F(ReadingListPageTest, TheSpaceBarReadsAScanAllTheSame) {
  check(0);
  check(1, true);
  check(2);
  key(Qt::Key_Space);  // of a text: nothing
  EXPECT_EQ(m_page.model().wantedIds().size(), 2u);
  m_page.list().setCurrentIndex(m_page.model().index(1));
  key(Qt::Key_Space);
  m_page.readButton().click();
  EXPECT_EQ(m_read, (std::vector<int>{0, 1, 2}));
  EXPECT_TRUE(m_force);
  key(Qt::Key_Space);
  EXPECT_EQ(m_page.model().wantedIds().size(), 2u);
}

TEST_F(ReadingListPageTest, EscapeAndAnEmptyListCancel) {
  QSignalSpy cancelled(&m_page, &ReadingListPage::cancelled);
  key(Qt::Key_Escape);
  EXPECT_EQ(cancelled.count(), 1);
  for (int i = 0; i < 3; ++i) key(Qt::Key_Delete);
  EXPECT_EQ(cancelled.count(), 2);
}

TEST_F(ReadingListPageTest, EverythingThatTakesTheFocusHasANameAndSaysWhatItDoes) {
  check(1, true);
  int focusable = 0;
  for (const QWidget* each : m_page.findChildren<QWidget*>()) {
    if (each->focusPolicy() == Qt::NoFocus || !each->isVisibleTo(&m_page)) continue;
    if (each->objectName().startsWith(QLatin1String("qt_"))) continue;
    ++focusable;
    const auto* button = qobject_cast<const QPushButton*>(each);
    EXPECT_FALSE(each->accessibleName().isEmpty() && (button == nullptr || button->text().isEmpty()));
    EXPECT_FALSE(each->accessibleDescription().isEmpty()) << each->metaObject()->className();
  }
  EXPECT_EQ(focusable, 7);
}

}  // namespace
}  // namespace tidemark::ui
