#include "ui/pages/page_panel.h"

#include <gtest/gtest.h>

#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include "tests/ui/pages/fake_page_source.h"

namespace tidemark::ui {
namespace {

using testing::FakePageSource;

class PagePanelTest : public ::testing::Test {
 protected:
  PagePanelTest() {
    m_panel.resize(500, 600);
    m_panel.view().setReducedMotion(true);
    m_panel.show();
    (void)QTest::qWaitForWindowExposed(&m_panel);
  }
  void openPages() {
    QStringList names;
    for (int i = 0; i < 20; ++i) names << (i == 11 ? QStringLiteral("xii") : QString());
    m_panel.setSource(&m_source, names);
    Q_EMIT m_source.opened(std::vector<QSizeF>(20, {595, 842}));
  }
  [[nodiscard]] QLineEdit* field() { return m_panel.findChild<QLineEdit*>(); }
  void enter(const char* text) {
    field()->setFocus();
    field()->selectAll();
    QTest::keyClicks(field(), QString::fromLatin1(text));
    QTest::keyClick(field(), Qt::Key_Return);
  }

  FakePageSource m_source;
  PagePanel m_panel;
};

TEST_F(PagePanelTest, ASentenceStandsWhereThereAreNoPages) {
  EXPECT_FALSE(m_panel.sentence().isEmpty());
  m_panel.setSource(&m_source, {});
  Q_EMIT m_source.unavailable(QStringLiteral("book.pdf is no longer there"));
  EXPECT_EQ(m_panel.sentence(), QStringLiteral("book.pdf is no longer there"));
  openPages();
  EXPECT_TRUE(m_panel.sentence().isEmpty());
}

TEST_F(PagePanelTest, PagesAreFoundByLabelAndByNumber) {
  openPages();
  QSignalSpy moved(&m_panel.view(), &PageView::placeMoved);
  enter("XII");
  EXPECT_EQ(m_panel.view().currentPage(), 11);
  EXPECT_EQ(field()->text(), QStringLiteral("xii"));
  enter("3");
  EXPECT_EQ(m_panel.view().currentPage(), 2);
  enter("nonsense");
  EXPECT_EQ(m_panel.view().currentPage(), 2);
  EXPECT_EQ(field()->text(), QStringLiteral("3"));
  EXPECT_EQ(moved.count(), 2);  // the text follows
}

TEST_F(PagePanelTest, EverythingThatTakesTheFocusHasANameAndSaysWhatItDoes) {
  openPages();
  int focusable = 0;
  for (const QWidget* each : m_panel.findChildren<QWidget*>()) {
    if (each->focusPolicy() == Qt::NoFocus || each->objectName().startsWith(QLatin1String("qt_"))) continue;
    ++focusable;
    EXPECT_FALSE(each->accessibleName().isEmpty()) << each->metaObject()->className();
    EXPECT_FALSE(each->accessibleDescription().isEmpty()) << each->metaObject()->className();
  }
  EXPECT_GE(focusable, 8);
}

TEST_F(PagePanelTest, TheButtonsZoom) {
  openPages();
  const auto press = [this](const char* name) {
    for (QToolButton* each : m_panel.findChildren<QToolButton*>()) {
      if (each->accessibleName() == QString::fromLatin1(name)) return each->click();
    }
    ADD_FAILURE() << name;
  };
  const double before = m_panel.view().scale();
  press("Larger");
  EXPECT_GT(m_panel.view().scale(), before);
  press("Fit the page");
  EXPECT_EQ(m_panel.view().zoom().fit, PageFit::kPage);
  press("Fit the width");
  EXPECT_EQ(m_panel.view().zoom().fit, PageFit::kWidth);
  press("Dark pages");
  EXPECT_TRUE(m_panel.view().darkPages());
  QSignalSpy closed(&m_panel, &PagePanel::closeRequested);
  press("Hide the pages");
  EXPECT_EQ(closed.count(), 1);
}

}  // namespace
}  // namespace tidemark::ui
