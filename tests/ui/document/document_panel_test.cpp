#include "ui/document/document_panel.h"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

#include "document_fixture.h"
#include "ui/document/document_view.h"
#include "ui/document/find_bar.h"
#include "ui/document/go_to_bar.h"
#include "ui/document/margin_strip.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

class PanelTest : public testing::Test {
 protected:
  void SetUp() override { applyAppearance(*qApp, {ThemeChoice::kLight, 100, {}}, false); }

  void load(const std::string& text) {
    m_panel.setReducedMotion(true);
    m_panel.resize(800, 600);
    m_panel.show();
    m_panel.beginDocument(text.size());
    for (auto& piece : makePieces(text, 20000)) m_panel.appendPiece(piece);
    m_panel.finishDocument();
    m_panel.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&m_panel));
  }
  void typeInto(QWidget& bar, const QString& text) {
    auto* edit = bar.findChild<QLineEdit*>();
    ASSERT_NE(edit, nullptr);
    edit->selectAll();
    QTest::keyClicks(edit, text);
  }
  bool waitForCount(const QString& count) {
    return QTest::qWaitFor([&] { return m_panel.findBar().countText() == count; }, 5000);
  }

  DocumentPanel m_panel;
};

std::string numberedLines(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "line number " + std::to_string(i) + (i % 100 == 50 ? " Needle" : "") + "\n";
  return text;
}

TEST_F(PanelTest, FindCountsJumpsAndWraps) {
  load(numberedLines(1000));
  m_panel.openFind();
  EXPECT_TRUE(m_panel.findBar().isVisible());
  typeInto(m_panel.findBar(), QStringLiteral("needle"));
  ASSERT_TRUE(waitForCount(QStringLiteral("1 of 10"))) << m_panel.findBar().countText().toStdString();
  const auto first = m_panel.view().marks().matches[0];
  EXPECT_LE(m_panel.view().visibleBytes().begin, first.begin);
  EXPECT_GE(m_panel.view().visibleBytes().end, first.end);
  auto* edit = m_panel.findBar().findChild<QLineEdit*>();
  QTest::keyClick(edit, Qt::Key_Return, Qt::ShiftModifier);
  EXPECT_EQ(m_panel.findBar().countText(), QStringLiteral("10 of 10"));
  EXPECT_GT(m_panel.topByte(), 10000u);
  QTest::keyClick(edit, Qt::Key_Return);
  EXPECT_EQ(m_panel.findBar().countText(), QStringLiteral("1 of 10"));
  m_panel.findNext();
  EXPECT_EQ(m_panel.findBar().countText(), QStringLiteral("2 of 10"));
  QTest::keyClick(edit, Qt::Key_Escape);
  EXPECT_FALSE(m_panel.findBar().isVisible());
  EXPECT_TRUE(m_panel.view().hasFocus());
  EXPECT_EQ(m_panel.selectedText(), QStringLiteral("Needle"));
  EXPECT_TRUE(m_panel.view().marks().matches.empty());
}

TEST_F(PanelTest, FindSaysThatThereIsNoMatch) {
  load(numberedLines(100));
  m_panel.openFind();
  typeInto(m_panel.findBar(), QStringLiteral("whale"));
  EXPECT_TRUE(waitForCount(QStringLiteral("no match")));
  m_panel.findNext();
  m_panel.findPrevious();
  typeInto(m_panel.findBar(), QStringLiteral("number 99"));
  EXPECT_TRUE(waitForCount(QStringLiteral("1 of 1")));
}

TEST_F(PanelTest, GoToSaysWhatIsWrongAndGoes) {
  load(numberedLines(1000));
  m_panel.openGoTo();
  auto* edit = m_panel.goToBar().findChild<QLineEdit*>();
  typeInto(m_panel.goToBar(), QStringLiteral("p. 4"));
  QTest::keyClick(edit, Qt::Key_Return);
  EXPECT_TRUE(m_panel.goToBar().isVisible());
  EXPECT_TRUE(m_panel.goToBar().errorText().contains(QStringLiteral("page")));
  typeInto(m_panel.goToBar(), QStringLiteral("50 %"));
  EXPECT_TRUE(m_panel.goToBar().errorText().isEmpty());
  QTest::keyClick(edit, Qt::Key_Return);
  EXPECT_FALSE(m_panel.goToBar().isVisible());
  EXPECT_EQ(m_panel.topByte(), m_panel.text().byteCount() / 2);
  EXPECT_TRUE(m_panel.canGoBack());
}

TEST_F(PanelTest, BackAndForwardFollowJumps) {
  load(numberedLines(1000));
  QSignalSpy canGoBack(&m_panel, &DocumentPanel::canGoBackChanged);
  QSignalSpy canGoForward(&m_panel, &DocumentPanel::canGoForwardChanged);
  m_panel.goToByte(5000, true);
  m_panel.goToByte(9000, false);
  m_panel.goToByte(12000, true);
  EXPECT_EQ(canGoBack.size(), 1);
  m_panel.back();
  EXPECT_EQ(m_panel.topByte(), 9000u);
  m_panel.back();
  EXPECT_EQ(m_panel.topByte(), 0u);
  EXPECT_EQ(canGoBack.size(), 2);
  EXPECT_EQ(canGoForward.size(), 1);
  m_panel.forward();
  m_panel.forward();
  EXPECT_EQ(m_panel.topByte(), 12000u);
  m_panel.clear();
  EXPECT_FALSE(m_panel.canGoBack());
}

TEST_F(PanelTest, SegmentsHavePassages) {
  load(numberedLines(10));
  const auto segments = std::make_shared<const std::vector<ByteRange>>(std::vector<ByteRange>{{0, 14}, {14, 40}});
  m_panel.setSegments(segments);
  m_panel.appendSegments(std::vector<ByteRange>{{40, 60}});
  EXPECT_EQ(m_panel.segmentAt(0), 0);
  EXPECT_EQ(m_panel.segmentAt(14), 1);
  EXPECT_EQ(m_panel.segmentAt(59), 2);
  EXPECT_FALSE(m_panel.segmentAt(60));
  EXPECT_EQ(m_panel.passage(1, 200).left(13), QStringLiteral("line number 1"));
  EXPECT_LE(m_panel.passage(1, 8).size(), 8);
  EXPECT_TRUE(m_panel.passage(7, 20).isEmpty());
}

TEST_F(PanelTest, TheStripJumpsAndSpeaks) {
  load(numberedLines(2000));
  MarginStrip& strip = m_panel.strip();
  QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(&strip);
  ASSERT_NE(accessible, nullptr);
  ASSERT_NE(accessible->valueInterface(), nullptr);
  EXPECT_EQ(accessible->role(), QAccessible::Slider);
  EXPECT_EQ(accessible->text(QAccessible::Value), QStringLiteral("0 % of the document"));
  strip.setFocus();
  QTest::keyClick(&strip, Qt::Key_PageDown);
  EXPECT_NEAR(strip.percent(), 10, 1);
  accessible->valueInterface()->setCurrentValue(50.0);
  EXPECT_NEAR(accessible->valueInterface()->currentValue().toDouble(), 50, 1);
  QTest::keyClick(&strip, Qt::Key_End);
  EXPECT_EQ(m_panel.view().visibleBytes().end, m_panel.text().byteCount());
  QTest::keyClick(&strip, Qt::Key_Home);
  EXPECT_EQ(m_panel.topByte(), 0u);
  QTest::mouseClick(&strip, Qt::LeftButton, Qt::NoModifier, QPoint(strip.width() / 2, strip.height() / 2));
  EXPECT_NEAR(strip.percent(), 50, 4);
}

TEST_F(PanelTest, TheStripShowsWhatWasReadAndEvidence) {
  load(numberedLines(2000));
  const quint64 total = m_panel.text().byteCount();
  m_panel.setReadUntil(total / 2);
  m_panel.setEvidence({{{total / 4, total / 4 + 50}, 1.0f}});
  const MarginStrip& strip = m_panel.strip();
  const QImage image = m_panel.strip().grab().toImage();
  const auto colorAt = [&](quint64 byte) {
    return image.pixelColor(strip.width() / 2, static_cast<int>(strip.yOf(byte)));
  };
  const QColor read = colorAt(total / 3);
  const QColor unread = colorAt(total * 3 / 4);
  EXPECT_GT(read.blue() - read.red(), 40);
  EXPECT_LT(unread.blue() - unread.red(), 20);
  const QColor evidence = colorAt(total / 4 + 25);
  EXPECT_GT(evidence.red() - evidence.blue(), 60);
}

TEST_F(PanelTest, TheStripShowsWhereAnAnswerChanges) {
  load(numberedLines(2000));
  MarginStrip& strip = m_panel.strip();
  const quint64 total = m_panel.text().byteCount();
  const QImage before = strip.grab().toImage();
  m_panel.setChanges({{{total / 2, total * 3 / 4}, QStringLiteral("hall, kitchen before")}});
  const QImage after = strip.grab().toImage();
  const auto differs = [&](int x, quint64 byte) {
    const int y = static_cast<int>(strip.yOf(byte));
    return before.pixelColor(x, y) != after.pixelColor(x, y);
  };
  int changed = 0;
  for (int x = 0; x < strip.width(); ++x) {
    changed += differs(x, total * 3 / 4) ? 1 : 0;
    if (x <= strip.width() / 2) {
      EXPECT_FALSE(differs(x, total * 3 / 4)) << "bookmarks stand there";
    }
    EXPECT_FALSE(differs(x, total / 4));
  }
  EXPECT_GE(changed, 3);
  const QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(&strip);
  EXPECT_TRUE(accessible->text(QAccessible::Description).contains(QStringLiteral("hall, kitchen before")));
  EXPECT_EQ(strip.toolTipAt(strip.yOf(total / 2 + total / 8)), QStringLiteral("hall, kitchen before\n62 %"));
  EXPECT_FALSE(strip.toolTipAt(strip.yOf(total / 4)).contains(QStringLiteral("hall")));
  m_panel.setChanges({});
  EXPECT_EQ(strip.grab().toImage(), before);
  EXPECT_FALSE(accessible->text(QAccessible::Description).contains(QStringLiteral("hall")));
}

TEST_F(PanelTest, StatesAreShownAndEmptyIsHarmless) {
  m_panel.show();
  m_panel.openFind();
  m_panel.openGoTo();
  m_panel.goToByte(10, true);
  m_panel.back();
  m_panel.copySelection();
  EXPECT_FALSE(m_panel.findBar().isVisible());
  EXPECT_FALSE(m_panel.view().isVisible());
  m_panel.beginDocument(100);
  m_panel.finishDocument();
  EXPECT_FALSE(m_panel.view().isVisible());
  load("text\n");
  EXPECT_TRUE(m_panel.view().isVisible());
  m_panel.clear();
  EXPECT_FALSE(m_panel.view().isVisible());
  EXPECT_EQ(m_panel.text().byteCount(), 0u);
}

TEST_F(PanelTest, EveryControlHasANameForScreenReaders) {
  load("text\n");
  for (QWidget* widget : m_panel.findChildren<QWidget*>()) {
    if (widget->focusPolicy() == Qt::NoFocus || widget->focusProxy() != nullptr) continue;
    if (widget->parentWidget() != nullptr && widget->objectName().startsWith(QStringLiteral("qt_"))) continue;
    EXPECT_FALSE(widget->accessibleName().isEmpty()) << widget->metaObject()->className();
    EXPECT_FALSE(widget->accessibleDescription().isEmpty()) << widget->metaObject()->className();
  }
}

}  // namespace
}  // namespace tidemark::ui
