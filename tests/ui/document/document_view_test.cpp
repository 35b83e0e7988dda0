#include "ui/document/document_view.h"

#include <gtest/gtest.h>

#include <QAccessible>
#include <QClipboard>
#include <QMenu>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include "document_fixture.h"
#include "ui/document/layout_style.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

class ViewTest : public testing::Test {
 protected:
  void SetUp() override { applyAppearance(*qApp, {ThemeChoice::kDark, 100, {}}, false); }

  void load(const std::string& text) {
    m_view.setReducedMotion(true);
    m_view.resize(760, 600);
    m_view.clearText();
    for (auto& piece : makePieces(text, 20000)) m_view.appendPiece(piece);
    m_view.finishText();
    m_view.show();
    m_view.setFocus();
    m_view.activateWindow();
    ASSERT_TRUE(QTest::qWaitForWindowActive(&m_view));
  }
  QPoint pointOf(std::uint64_t byte) {
    const auto caret = m_view.documentLayout().caretRect(byte);
    const int left = m_view.column().left;
    return caret ? QPoint(left + static_cast<int>(caret->left()) + 1, static_cast<int>(caret->center().y())) : QPoint();
  }
  void key(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
    QTest::keyClick(&m_view, static_cast<Qt::Key>(key), modifiers);
  }

  DocumentView m_view;
};

TEST_F(ViewTest, KeysScrollToEveryPlace) {
  load(randomText(60000, 21));
  key(Qt::Key_Down);
  EXPECT_GT(m_view.topByte(), 0u);
  key(Qt::Key_Up);
  EXPECT_EQ(m_view.topByte(), 0u);
  key(Qt::Key_Space);
  const auto page = m_view.topByte();
  EXPECT_GT(page, 200u);
  key(Qt::Key_Space, Qt::ShiftModifier);
  EXPECT_EQ(m_view.topByte(), 0u);
  key(Qt::Key_PageDown);
  EXPECT_EQ(m_view.topByte(), page);
  QSignalSpy jumps(&m_view, &DocumentView::jumpStarted);
  key(Qt::Key_End, Qt::ControlModifier);
  EXPECT_EQ(m_view.visibleBytes().end, m_view.text().byteCount());
  EXPECT_EQ(m_view.verticalScrollBar()->value(), m_view.verticalScrollBar()->maximum());
  key(Qt::Key_Home, Qt::ControlModifier);
  EXPECT_EQ(m_view.topByte(), 0u);
  EXPECT_EQ(jumps.size(), 2);
}

TEST_F(ViewTest, TheWheelScrollsSmoothlyUnlessMotionIsReduced) {
  load(randomText(60000, 22));
  const auto wheel = [&](int delta, Qt::KeyboardModifiers modifiers) {
    QWheelEvent event({100, 100}, m_view.mapToGlobal(QPointF(100, 100)), {}, {0, delta}, Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(m_view.viewport(), &event);
  };
  wheel(-120, Qt::NoModifier);
  const auto top = m_view.topByte();
  EXPECT_GT(top, 0u);
  m_view.jumpToByte(0);
  m_view.setReducedMotion(false);
  wheel(-120, Qt::NoModifier);
  EXPECT_EQ(m_view.topByte(), 0u) << "nothing has moved yet";
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_view.topByte() == top; }, 1000));
  m_view.setReducedMotion(true);
  wheel(120, Qt::ControlModifier);
  EXPECT_GT(m_view.zoom(), 1);
  for (int i = 0; i < 20; ++i) wheel(-120, Qt::ControlModifier);
  EXPECT_DOUBLE_EQ(m_view.zoom(), 0.5);
}

TEST_F(ViewTest, SelectedTextIsTheBytesOfTheSource) {
  const std::string text = randomText(4000, 23, 10);
  load(text);
  std::mt19937 random(5);
  const ByteRange visible = m_view.visibleBytes();
  for (int i = 0; i < 40; ++i) {
    const std::uint64_t a = visible.begin + random() % (visible.end - visible.begin);
    const std::uint64_t b = visible.begin + random() % (visible.end - visible.begin);
    QTest::mouseClick(m_view.viewport(), Qt::LeftButton, Qt::NoModifier, pointOf(a));
    QTest::mouseClick(m_view.viewport(), Qt::LeftButton, Qt::ShiftModifier, pointOf(b));
    const ByteRange range = m_view.selectedBytes();
    EXPECT_EQ(m_view.selectedText().toStdString(), text.substr(range.begin, range.end - range.begin));
    QTest::qWait(1);
  }
}

TEST_F(ViewTest, ClicksSelectWordsAndLines) {
  load("Call me Ishmael.\nSome years ago, never mind how long\n");
  QSignalSpy changes(&m_view, &DocumentView::selectionChanged);
  const QPoint point = pointOf(10);
  QTest::mouseDClick(m_view.viewport(), Qt::LeftButton, Qt::NoModifier, point);
  EXPECT_EQ(m_view.selectedText(), QStringLiteral("Ishmael"));
  EXPECT_EQ(changes.size(), 1);
  QTest::mouseClick(m_view.viewport(), Qt::LeftButton, Qt::NoModifier, point);
  EXPECT_EQ(m_view.selectedText(), QStringLiteral("Call me Ishmael."));
  QTest::mouseClick(m_view.viewport(), Qt::LeftButton, Qt::NoModifier, pointOf(20));
  EXPECT_TRUE(m_view.selectedText().isEmpty());
}

TEST_F(ViewTest, DraggingSelectsInBothDirections) {
  load("Call me Ishmael. Some years ago\n");
  const auto drag = [&](std::uint64_t from, std::uint64_t to) {
    QTest::mousePress(m_view.viewport(), Qt::LeftButton, Qt::NoModifier, pointOf(from));
    QMouseEvent move(QEvent::MouseMove, pointOf(to), m_view.mapToGlobal(pointOf(to)), Qt::NoButton, Qt::LeftButton,
                     Qt::NoModifier);
    QApplication::sendEvent(m_view.viewport(), &move);
    QTest::mouseRelease(m_view.viewport(), Qt::LeftButton, Qt::NoModifier, pointOf(to));
    return m_view.selectedText();
  };
  EXPECT_EQ(drag(5, 15), QStringLiteral("me Ishmael"));
  EXPECT_EQ(drag(15, 5), QStringLiteral("me Ishmael"));
}

TEST_F(ViewTest, KeysAloneSelectAndCopy) {
  load("one two three\nfour five\n");
  key(Qt::Key_Home, Qt::ControlModifier);
  key(Qt::Key_Right, Qt::ControlModifier);
  key(Qt::Key_Right, Qt::ShiftModifier);
  key(Qt::Key_Right, Qt::ControlModifier | Qt::ShiftModifier);
  EXPECT_EQ(m_view.selectedText(), QStringLiteral("two "));
  key(Qt::Key_Down, Qt::ShiftModifier);
  EXPECT_TRUE(m_view.selectedText().startsWith(QStringLiteral("two three\nfour")));
  key(Qt::Key_C, Qt::ControlModifier);
  EXPECT_EQ(QApplication::clipboard()->text(), m_view.selectedText());
  key(Qt::Key_Escape);
  EXPECT_TRUE(m_view.selectedText().isEmpty());
  key(Qt::Key_A, Qt::ControlModifier);
  EXPECT_EQ(m_view.selectedText(), QStringLiteral("one two three\nfour five\n"));
}

TEST_F(ViewTest, ALargeSelectionIsNotCopied) {
  load(std::string(DocumentView::kMostCopiedBytes + 10, 'a'));
  QApplication::clipboard()->setText(QStringLiteral("before"));
  QSignalSpy messages(&m_view, &DocumentView::messageRaised);
  key(Qt::Key_A, Qt::ControlModifier);
  m_view.copySelection();
  EXPECT_EQ(messages.size(), 1);
  EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("before"));
}

TEST_F(ViewTest, ResizingTheWindowKeepsTheTopByte) {
  load(randomText(90000, 24));
  m_view.jumpToByte(40000);
  const auto byte = m_view.topByte();
  for (const QSize size : {QSize(400, 300), QSize(1200, 900), QSize(760, 600)}) {
    m_view.resize(size);
    QApplication::sendPostedEvents();
    EXPECT_EQ(m_view.topByte(), byte);
  }
  m_view.setZoom(2);
  EXPECT_EQ(m_view.topByte(), byte);
}

TEST_F(ViewTest, AJumpIntoTextThatIsStillComingIsMadeLater) {
  const std::string text = randomText(90000, 25);
  const TextPieces pieces = makePieces(text, 20000);
  m_view.resize(760, 600);
  m_view.appendPiece(pieces[0]);
  m_view.jumpToByte(50000);
  EXPECT_LT(m_view.topByte(), 30000u);
  for (std::size_t i = 1; i < pieces.size(); ++i) m_view.appendPiece(pieces[i]);
  m_view.finishText();
  EXPECT_EQ(m_view.topByte(), m_view.text().characterStart(50000));
}

TEST_F(ViewTest, TheMenuOffersWhatIsPossible) {
  load("Call me Ishmael.\nSome years ago\n");
  const auto texts = [&] {
    QStringList enabled;
    const auto menu = m_view.makeContextMenu(3);
    for (QAction* action : menu->actions()) {
      if (action->isEnabled() && !action->isSeparator()) enabled << action->text().remove(QLatin1Char('&'));
    }
    return enabled;
  };
  EXPECT_EQ(texts(), (QStringList{QStringLiteral("Select all"), QStringLiteral("Bookmark here")}));
  m_view.select({0, 4});
  m_view.appendSegments(std::vector<ByteRange>{{0, 20}});
  m_view.setBookmarks({{7, 2, QStringLiteral("x")}});
  EXPECT_EQ(texts(),
            (QStringList{QStringLiteral("Copy"), QStringLiteral("Select all"), QStringLiteral("Remove bookmark"),
                         QStringLiteral("Ask about selection"), QStringLiteral("Ask as of here")}));
  QSignalSpy removals(&m_view, &DocumentView::bookmarkRemovalRequested);
  QSignalSpy asOf(&m_view, &DocumentView::askAsOfRequested);
  QSignalSpy about(&m_view, &DocumentView::askAboutRequested);
  const auto menu = m_view.makeContextMenu(3);
  for (QAction* action : menu->actions()) action->trigger();
  ASSERT_EQ(removals.size(), 1);
  EXPECT_EQ(removals[0][0].toLongLong(), 7);
  ASSERT_EQ(asOf.size(), 1);
  EXPECT_EQ(asOf[0][0].toLongLong(), 0);
  ASSERT_EQ(about.size(), 1);
}

/// How much a pixel has of the evidence colour: more red than blue, which nothing else in the text has.
int warmPixels(const QImage& image, QRect area) {
  int count = 0;
  area &= image.rect();
  for (int y = area.top(); y <= area.bottom(); ++y) {
    for (int x = area.left(); x <= area.right(); ++x) {
      const QColor c = image.pixelColor(x, y);
      if (c.red() > c.blue() + 12) ++count;
    }
  }
  return count;
}

TEST_F(ViewTest, EvidenceIsPaintedOverItsWordsAndNowhereElse) {
  const std::string text = "Lucy was born in Havana, and moved away soon after.\nNothing here.\n";
  for (const ThemeChoice theme : {ThemeChoice::kDark, ThemeChoice::kLight}) {
    applyAppearance(*qApp, {theme, 100, {}}, false);
    load(text);
    const ByteRange evidence{text.find("born"), text.find(",")};
    m_view.setEvidence({});
    for (const double scale : {1.0, 2.0}) {
      const auto render = [&] {
        QImage image(m_view.viewport()->size() * scale, QImage::Format_RGB32);
        image.setDevicePixelRatio(scale);
        m_view.viewport()->render(&image);
        return image;
      };
      m_view.clearFocus();
      m_view.setEvidence({});
      const QImage plain = render();
      EXPECT_EQ(warmPixels(plain, plain.rect()), 0);
      m_view.setEvidence({{evidence, 0.8f}});
      const QImage image = render();
      const QPointF from = pointOf(evidence.begin);
      const QPointF to = pointOf(evidence.end);
      const qreal half = m_view.documentLayout().style().lineHeight / 2;
      const QRect box =
          QRectF((from.x() - 4) * scale, (from.y() - half) * scale, (to.x() - from.x() + 6) * scale, 2 * half * scale)
              .toRect();
      const int inside = warmPixels(image, box);
      EXPECT_GT(inside, box.width() * box.height() / 3) << scale;
      EXPECT_EQ(warmPixels(image, image.rect()), inside) << scale;
    }
  }
}

TEST_F(ViewTest, ScreenReadersGetTheVisibleText) {
  const std::string text = randomText(60000, 26);
  load(text);
  m_view.setDocumentName(QStringLiteral("Moby-Dick"));
  m_view.jumpToByte(30000);
  QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(&m_view);
  ASSERT_NE(accessible, nullptr);
  EXPECT_EQ(accessible->text(QAccessible::Name), QStringLiteral("Moby-Dick"));
  EXPECT_EQ(accessible->text(QAccessible::Value), QStringLiteral("50 % of the document"));
  QAccessibleTextInterface* lines = accessible->textInterface();
  ASSERT_NE(lines, nullptr);
  const ByteRange visible = m_view.visibleBytes();
  const QString all = lines->text(0, lines->characterCount());
  EXPECT_EQ(all.toStdString(), text.substr(visible.begin, visible.end - visible.begin));
  lines->addSelection(10, 25);
  EXPECT_EQ(m_view.selectedText(), all.mid(10, 15));
  int start = 0;
  int end = 0;
  lines->selection(0, &start, &end);
  EXPECT_EQ(start, 10);
  EXPECT_EQ(end, 25);
  EXPECT_EQ(lines->cursorPosition(), 25);
  EXPECT_EQ(lines->selectionCount(), 1);
  EXPECT_TRUE(lines->characterRect(12).isValid());
  EXPECT_NEAR(lines->offsetAtPoint(lines->characterRect(12).center()), 12, 1);
}

}  // namespace
}  // namespace tidemark::ui
