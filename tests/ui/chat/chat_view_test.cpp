#include <gtest/gtest.h>

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QMenu>
#include <QPaintEvent>
#include <QScreen>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/chat/chat_fixtures.h"
#include "ui/chat/conversation_model.h"
#include "ui/chat/conversation_view.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

class View : public testing::Test {
 protected:
  View() {
    applyAppearance(*qApp, {ThemeChoice::kDark, 100, {}}, true);
    view.setModel(&model);
    view.resize(440, 500);
    view.show();
    view.activateWindow();
    EXPECT_TRUE(QTest::qWaitForWindowActive(&view));
  }
  void show(std::vector<Exchange> exchanges) {
    model.setExchanges(std::move(exchanges));
    QTest::qWait(0);
  }
  [[nodiscard]] QScrollBar& bar() const { return *view.verticalScrollBar(); }
  void waitUntilMeasured() {
    int last = -1;
    for (int i = 0; i < 400 && last != bar().maximum(); ++i) {
      last = bar().maximum();
      QTest::qWait(10);
    }
  }

  ConversationModel model;
  ConversationView view;
};

Exchange running(qint64 id, const QString& answer = {}) {
  Exchange exchange = makeExchange(id, QStringLiteral("Q"), answer);
  exchange.state = QuestionState::kRunning;
  return exchange;
}

TEST_F(View, AThousandExchangesAreShownAtOnceAndUpdatedQuickly) {
  std::vector<Exchange> exchanges = manyExchanges(999);
  exchanges.push_back(running(1000));
  QElapsedTimer clock;
  clock.start();
  model.setExchanges(std::move(exchanges));
  view.grab();
  const double building = static_cast<double>(clock.nsecsElapsed()) / 1e6;
  double worst = 0;
  double sum = 0;
  for (int i = 0; i < 400; ++i) {
    model.appendDelta(1000, QStringLiteral("token "));
    clock.restart();
    model.flush();
    QApplication::sendPostedEvents();  // paints what changed
    const double took = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    worst = std::max(worst, took);
    sum += took;
  }
  std::printf("1,000 exchanges: built in %.1f ms; streamed update %.2f ms (mean), %.2f ms (worst)\n", building,
              sum / 400, worst);
  EXPECT_LT(building, 1000);
  EXPECT_LT(sum / 400, 80);
}

/// What the window shows, put together from all that was painted and moved so far.
QImage shownPicture(const QWidget& widget) {
  return widget.screen()->grabWindow(widget.window()->winId()).toImage().convertToFormat(QImage::Format_RGB32);
}

/// Edges of round shapes that were cut off may differ by a shade.
int differentPixels(const QImage& a, const QImage& b) {
  if (a.size() != b.size()) return a.width() * a.height();
  int count = 0;
  for (int y = 0; y < a.height(); ++y) {
    for (int x = 0; x < a.width(); ++x) count += std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y))) > 12 ? 1 : 0;
  }
  return count;
}

TEST_F(View, WhatIsPaintedInPartsIsWhatWouldBePaintedAtOnce) {
  std::vector<Exchange> exchanges = manyExchanges(3);
  exchanges.push_back(running(4));
  show(exchanges);
  waitUntilMeasured();
  int scrolls = 0;
  for (int i = 0; i < 260; ++i) {
    if (i == 150) bar().setValue(bar().maximum() - 7);  // not at the end any more
    if (i == 200) view.setCurrentRow(3);
    const int before = bar().value();
    model.appendDelta(4, i % 40 == 39 ? QStringLiteral("\nnew ") : QStringLiteral("token%1 ").arg(i * i));
    model.flush();
    QApplication::sendPostedEvents();
    scrolls += bar().value() != before ? 1 : 0;
    if (i % 3 == 0) {
      const QImage whole = view.grab().toImage().convertToFormat(QImage::Format_RGB32);
      ASSERT_LT(differentPixels(shownPicture(view), whole), 30) << i;
    }
  }
  EXPECT_GT(scrolls, 10);
}

TEST_F(View, ADeltaPaintsTheEndOfTheAnswerOnly) {
  show({makeExchange(1, QStringLiteral("one"), longText(300)), running(2, longText(900))});
  waitUntilMeasured();
  QTest::qWait(50);
  struct Painted : QObject {
    int tallest = 0;
    bool eventFilter(QObject*, QEvent* event) override {
      if (event->type() == QEvent::Paint) {
        tallest = std::max(tallest, static_cast<QPaintEvent*>(event)->region().boundingRect().height());
      }
      return false;
    }
  } painted;
  view.viewport()->installEventFilter(&painted);
  model.appendDelta(2, QStringLiteral("x"));
  model.flush();
  QApplication::sendPostedEvents();
  EXPECT_GT(painted.tallest, 10);
  EXPECT_LT(painted.tallest, view.viewport()->height() / 2);
}

TEST_F(View, StaysAtTheBottomOnlyIfItWasThere) {
  std::vector<Exchange> exchanges = manyExchanges(50);
  exchanges.push_back(running(51));
  show(exchanges);
  waitUntilMeasured();
  ASSERT_GT(bar().maximum(), 0);
  EXPECT_EQ(bar().value(), bar().maximum());
  for (int i = 0; i < 30; ++i) {
    model.appendDelta(51, longText(60) + QLatin1Char('\n'));
    model.flush();
  }
  EXPECT_EQ(bar().value(), bar().maximum());
  bar().setValue(bar().maximum() / 2);
  EXPECT_FALSE(view.isAtBottom());
  waitUntilMeasured();
  const int row = view.rowAt({5, 5});
  const qreal top = view.rowRect(row).top();
  const int before = bar().maximum();
  for (int i = 0; i < 30; ++i) {
    model.appendDelta(51, longText(60) + QLatin1Char('\n'));
    model.flush();
  }
  model.begin(makeExchange(52, QStringLiteral("new"), longText(500)));
  waitUntilMeasured();
  EXPECT_GT(bar().maximum(), before);
  EXPECT_EQ(view.rowAt({5, 5}), row);
  EXPECT_NEAR(view.rowRect(row).top(), top, 1);
  bar().setValue(bar().maximum());
  EXPECT_TRUE(view.isAtBottom());
}

TEST_F(View, MeasuringTheRestKeepsWhatIsInSight) {
  show(manyExchanges(400));
  bar().setValue(bar().maximum() / 2);
  const int row = view.rowAt({5, 5});
  const qreal top = view.rowRect(row).top();
  waitUntilMeasured();
  EXPECT_EQ(view.rowAt({5, 5}), row);
  EXPECT_NEAR(view.rowRect(row).top(), top, 1.5);
  qreal sum = 0;
  for (int i = 0; i < view.rowCount(); ++i) sum += view.layoutOf(i).height();
  EXPECT_EQ(bar().maximum(), static_cast<int>(sum) - view.viewport()->height());
}

TEST_F(View, TheKeyboardGoesEverywhere) {
  show({makeExchange(1, QStringLiteral("one"), QStringLiteral("first"), 2),
        makeExchange(2, QStringLiteral("two"), QStringLiteral("second"), 3)});
  view.clearFocus();
  view.setFocus(Qt::TabFocusReason);
  QSignalSpy evidence(&view, &ConversationView::evidenceActivated);
  QSignalSpy current(&view, &ConversationView::currentChanged);
  EXPECT_EQ(view.currentRow(), 1);
  QTest::keyClick(&view, Qt::Key_Up);
  EXPECT_EQ(view.currentRow(), 0);
  ASSERT_EQ(current.count(), 1);
  EXPECT_EQ(current[0][0].toLongLong(), 1);
  QTest::keyClick(&view, Qt::Key_Return);
  ASSERT_EQ(evidence.count(), 1);
  EXPECT_EQ(evidence[0][0].value<EvidenceChip>().segment, 10);
  QTest::keyClick(&view, Qt::Key_Tab);
  QTest::keyClick(&view, Qt::Key_Tab);
  EXPECT_EQ(view.focusedChip(), 1);
  QTest::keyClick(&view, Qt::Key_Return);
  ASSERT_EQ(evidence.count(), 2);
  EXPECT_EQ(evidence[1][0].value<EvidenceChip>().segment, 11);
  QTest::keyClick(&view, Qt::Key_Left);
  EXPECT_EQ(view.focusedChip(), 0);
  QTest::keyClick(&view, Qt::Key_Backtab, Qt::ShiftModifier);
  EXPECT_EQ(view.focusedChip(), -1);
  QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
  EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("first"));
  QTest::keyClick(&view, Qt::Key_Down);
  EXPECT_EQ(view.currentRow(), 1);
  QTest::keyClick(&view, Qt::Key_Down);
  EXPECT_EQ(view.currentRow(), 1);
  QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
  EXPECT_EQ(view.selectedText(), QStringLiteral("second"));
  QTest::keyClick(&view, Qt::Key_Escape);
  EXPECT_TRUE(view.selectedText().isEmpty());
  QTest::keyClick(&view, Qt::Key_Home);
  EXPECT_EQ(view.currentRow(), 0);
  QTest::keyClick(&view, Qt::Key_End);
  EXPECT_EQ(view.currentRow(), 1);
}

TEST_F(View, AnEmptyListTakesKeysWithoutHarm) {
  show({});
  view.setFocus(Qt::TabFocusReason);
  for (const int key : {Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End, Qt::Key_Return, Qt::Key_Left,
                        Qt::Key_Right, Qt::Key_PageDown}) {
    QTest::keyClick(&view, static_cast<Qt::Key>(key));
  }
  QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
  QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, {20, 20});
  EXPECT_EQ(view.currentRow(), -1);
}

TEST_F(View, TallAnswersAreScrolledThroughBeforeTheNextOne) {
  show({makeExchange(1, QStringLiteral("one"), longText(6000)), makeExchange(2, QStringLiteral("two"), {})});
  view.setFocus(Qt::TabFocusReason);
  QTest::keyClick(&view, Qt::Key_Home);
  const int start = bar().value();
  QTest::keyClick(&view, Qt::Key_Down);
  EXPECT_EQ(view.currentRow(), 0);
  EXPECT_GT(bar().value(), start);
  for (int i = 0; i < 20; ++i) QTest::keyClick(&view, Qt::Key_Down);
  EXPECT_EQ(view.currentRow(), 1);
}

TEST_F(View, ChipsAreClickedAndTextIsSelectedWithTheMouse) {
  show({makeExchange(1, QStringLiteral("one"), QStringLiteral("alpha beta gamma"), 2)});
  QSignalSpy evidence(&view, &ConversationView::evidenceActivated);
  const QPointF origin = view.rowRect(0).topLeft();
  const QPoint chip = (origin + view.layoutOf(0).chips()[1].rect.center()).toPoint();
  QTest::mouseMove(view.viewport(), chip);
  QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, chip);
  ASSERT_EQ(evidence.count(), 1);
  EXPECT_EQ(evidence[0][0].value<EvidenceChip>().segment, 11);
  const QPointF text = origin + view.layoutOf(0).answerRect().topLeft();
  const QRectF word = view.layoutOf(0).answer().rectanglesOf(6, 10)[0].translated(text);
  QTest::mousePress(view.viewport(), Qt::LeftButton, {}, (word.topLeft() + QPointF(1, 5)).toPoint());
  QMouseEvent move(QEvent::MouseMove, word.topRight() + QPointF(0, 5), view.viewport()->mapToGlobal(word.center()),
                   Qt::LeftButton, Qt::LeftButton, {});
  QApplication::sendEvent(view.viewport(), &move);
  QTest::mouseRelease(view.viewport(), Qt::LeftButton, {}, word.center().toPoint());
  EXPECT_EQ(view.selectedText(), QStringLiteral("beta"));
  view.setFocus();
  QTest::keyClick(&view, Qt::Key_C, Qt::ControlModifier);
  EXPECT_EQ(QApplication::clipboard()->text(), QStringLiteral("beta"));
  QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, (text + QPointF(4, 6)).toPoint());
  EXPECT_EQ(view.selectedText(), QStringLiteral("alpha"));
}

TEST_F(View, TheMenuCopiesAndAsksAgainButDoesNotDelete) {
  show({makeExchange(1, QStringLiteral("why?"), QStringLiteral("so"), 1)});
  QSignalSpy again(&view, &ConversationView::askAgainRequested);
  QSignalSpy againAsOf(&view, &ConversationView::askAgainAsOfRequested);
  QSignalSpy along(&view, &ConversationView::askAlongRequested);
  const std::unique_ptr<QMenu> menu(view.makeMenu(0));
  QStringList copied;
  for (QAction* action : menu->actions()) {
    EXPECT_FALSE(action->text().contains(QStringLiteral("elete")));
    action->trigger();
    copied += QApplication::clipboard()->text();
  }
  EXPECT_TRUE(copied.contains(QStringLiteral("so")));
  EXPECT_TRUE(copied.contains(QStringLiteral("why?\n\nso")));
  ASSERT_EQ(again.count(), 1);
  EXPECT_EQ(again[0][0].toString(), QStringLiteral("why?"));
  ASSERT_EQ(againAsOf.count(), 1);
  EXPECT_EQ(againAsOf[0][1].toLongLong(), 367);
  ASSERT_EQ(along.count(), 1);
  EXPECT_EQ(along[0][0].toString(), QStringLiteral("why?"));
}

TEST_F(View, IsAListForAssistiveTechnology) {
  show({makeExchange(1, QStringLiteral("Where was Lucy born?"), QStringLiteral("Havana"), 2),
        makeExchange(2, QStringLiteral("two"), {})});
  QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&view);
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->role(), QAccessible::List);
  EXPECT_FALSE(list->text(QAccessible::Name).isEmpty());
  ASSERT_EQ(list->childCount(), 2);
  QAccessibleInterface* first = list->child(0);
  EXPECT_EQ(first->role(), QAccessible::ListItem);
  EXPECT_EQ(
      first->text(QAccessible::Name),
      QStringLiteral("Question: Where was Lucy born?\nAnswer: Havana\nas of segment 367\n2 place(s) of evidence"));
  EXPECT_EQ(first->parent(), list);
  EXPECT_EQ(list->indexOfChild(list->child(1)), 1);
  EXPECT_EQ(list->child(2), nullptr);
  EXPECT_EQ(list->child(0), first);
  const QRect inside = first->rect();
  EXPECT_EQ(list->childAt(inside.center().x(), inside.center().y()), first);
  ASSERT_EQ(first->childCount(), 2);
  QSignalSpy evidence(&view, &ConversationView::evidenceActivated);
  QAccessibleInterface* chip = first->child(1);
  EXPECT_EQ(chip->role(), QAccessible::Button);
  EXPECT_TRUE(inside.contains(chip->rect()));
  chip->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
  EXPECT_EQ(evidence.count(), 1);
  view.setFocus(Qt::TabFocusReason);
  view.setCurrentRow(0);
  EXPECT_EQ(list->focusChild(), first);
  EXPECT_TRUE(first->state().focused);
  model.setExchanges({});
  EXPECT_FALSE(first->isValid());
  EXPECT_TRUE(first->text(QAccessible::Name).isEmpty());
}

TEST_F(View, AnAnswerThatArrivedIsAnnouncedButNotEveryToken) {
  show({makeExchange(1, QStringLiteral("one"), {}), running(2)});
  // The offscreen platform swallows accessibility events, so the view tells what it sent.
  const QSignalSpy announced(&view, &ConversationView::announced);
  for (int i = 0; i < 5; ++i) {
    model.appendDelta(2, QStringLiteral("x"));
    model.flush();
  }
  EXPECT_EQ(announced.count(), 0);
  model.finish(makeExchange(2, QStringLiteral("Q"), QStringLiteral("xxxxx")));
  ASSERT_EQ(announced.count(), 1);
  EXPECT_EQ(announced[0][0].toInt(), 1);
  QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&view);
  EXPECT_TRUE(list->child(1)->text(QAccessible::Name).contains(QStringLiteral("xxxxx")));
}

int countNear(const QImage& image, const QColor& wanted) {
  int count = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      const QColor c = image.pixelColor(x, y);
      count +=
          std::abs(c.red() - wanted.red()) + std::abs(c.green() - wanted.green()) + std::abs(c.blue() - wanted.blue()) <
                  12
              ? 1
              : 0;
    }
  }
  return count;
}

TEST_F(View, ThePictureHasBubbleTextAndChipsInBothThemesAtBothScales) {
  for (const bool dark : {false, true}) {
    applyAppearance(*qApp, {dark ? ThemeChoice::kDark : ThemeChoice::kLight, 100, {}}, dark);
    const ThemeColors& colors = themeColors(dark);
    show({makeExchange(1, QStringLiteral("Where was Lucy born?"), QStringLiteral("Havana"), 2)});
    for (const qreal scale : {1.0, 2.0}) {
      QImage image((QSizeF(view.size()) * scale).toSize(), QImage::Format_RGB32);
      image.setDevicePixelRatio(scale);
      view.render(&image);
      const int area = static_cast<int>(scale * scale);
      const ExchangeLayout& layout = view.layoutOf(0);
      const QPointF origin = view.rowRect(0).topLeft();
      const auto at = [&](QPointF point) { return image.pixelColor(((point + origin) * scale).toPoint()); };
      EXPECT_EQ(image.pixelColor(2, image.height() - 3), colors.panel);
      EXPECT_EQ(at(layout.bubble().center() - QPointF(0, layout.bubble().height() / 2 - 3)), colors.raised);
      EXPECT_EQ(at(layout.bubble().topLeft() + QPointF(0.5, 0.5)), colors.panel) << "corners are round";
      EXPECT_GT(countNear(image, colors.text), 150 * area) << dark << scale;
      EXPECT_GT(countNear(image, colors.evidence), 60 * area) << dark << scale;
    }
  }
}

TEST_F(View, TheSearchedWordIsMarkedAndTheSelectionIsLit) {
  show({makeExchange(1, QStringLiteral("one"), QStringLiteral("alpha beta gamma"))});
  const auto accents = [&] { return countNear(view.grab().toImage(), themeColors(true).accent); };
  view.clearFocus();
  const int plain = accents();
  view.setMarkedText(QStringLiteral("BETA"));
  const int marked = accents();
  EXPECT_GT(marked, plain);
  view.setMarkedText({});
  view.setCurrentRow(0);
  QTest::keyClick(&view, Qt::Key_A, Qt::ControlModifier);
  EXPECT_GT(accents(), marked);
}

TEST_F(View, ARightToLeftWindowIsMirroredInThePictureToo) {
  show({makeExchange(1, QStringLiteral("\u05de\u05d4 \u05e7\u05d5\u05e8\u05d4?"),
                     QString(300, QLatin1Char('w')) + QStringLiteral(" \u05e9\u05dc\u05d5\u05dd \U0001F40B"), 2)});
  const auto bubbleShare = [&] {
    const QImage image = view.grab().toImage();
    const int half = image.width() / 2;
    const int left = countNear(image.copy(0, 0, half, image.height()), themeColors(true).raised);
    const int right = countNear(image.copy(half, 0, half, image.height()), themeColors(true).raised);
    EXPECT_GT(left + right, 200);
    return left - right;
  };
  EXPECT_LT(bubbleShare(), 0);
  view.setLayoutDirection(Qt::RightToLeft);
  EXPECT_GT(bubbleShare(), 0);
}

TEST_F(View, FollowsFontWidthAndDirection) {
  show(manyExchanges(20));
  waitUntilMeasured();
  const int normal = bar().maximum();
  applyAppearance(*qApp, {ThemeChoice::kDark, 200, {}}, true);
  waitUntilMeasured();
  EXPECT_GT(bar().maximum(), normal * 3 / 2);
  applyAppearance(*qApp, {ThemeChoice::kDark, 100, {}}, true);
  waitUntilMeasured();
  EXPECT_EQ(bar().maximum(), normal);
  view.resize(800, 500);
  waitUntilMeasured();
  EXPECT_LT(bar().maximum(), normal);
  const qreal left = view.layoutOf(19).bubble().left();
  view.setLayoutDirection(Qt::RightToLeft);
  EXPECT_LT(view.layoutOf(19).bubble().left(), left);
}

}  // namespace
}  // namespace tidemark::ui
