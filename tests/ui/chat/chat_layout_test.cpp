#include <gtest/gtest.h>

#include <QApplication>
#include <QFontMetricsF>

#include "tests/ui/chat/chat_fixtures.h"
#include "ui/chat/exchange_layout.h"
#include "ui/chat/row_heights.h"

namespace tidemark::ui {
namespace {

ExchangeStyle styleOf(int percent, qreal width, bool mirrored = false) {
  QFont font = QApplication::font();
  font.setPointSizeF(9.75 * percent / 100);
  return {font, width, mirrored};
}

const QString kHebrew = QStringLiteral("\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd");
const QString kEmoji = QStringLiteral("\U0001F40B\U0001F468\u200d\U0001F469\u200d\U0001F467 whale");

struct Case {
  const char* name;
  QString question;
  QString answer;
  int chips;
};

std::vector<Case> cases() {
  return {{"short", QStringLiteral("Where was Lucy born?"), QStringLiteral("Havana"), 2},
          {"long", longText(400), longText(3000), 9},
          {"unbroken", QString(500, QLatin1Char('x')), QString(2000, QLatin1Char('y')), 1},
          {"lines", QStringLiteral("a\n\nb"), QStringLiteral("one\n\n\ntwo\n"), 0},
          {"hebrew", kHebrew, kHebrew.repeated(40), 3},
          {"emoji", kEmoji, kEmoji.repeated(60), 3},
          {"nothing", {}, {}, 0},
          {"markup", QStringLiteral("<b>&amp;</b>"), QStringLiteral("# no *markup* <img src=x>"), 1}};
}

class EveryScale : public testing::TestWithParam<std::tuple<int, int, bool>> {};

TEST_P(EveryScale, NothingIsClippedAndNothingOverlaps) {
  const auto [percent, width, mirrored] = GetParam();
  for (const Case& one : cases()) {
    SCOPED_TRACE(one.name);
    Exchange exchange = makeExchange(1, one.question, one.answer, one.chips);
    exchange.state = QuestionState::kFailed;
    exchange.error = longText(120);
    const ExchangeStyle style = styleOf(percent, width, mirrored);
    ExchangeLayout layout;
    layout.set(exchange, style);
    const QRectF row(0, 0, width, layout.height());
    qreal above = 0;
    const auto below = [&](const QRectF& rect) {
      if (rect.isEmpty()) return;
      EXPECT_TRUE(row.contains(rect)) << rect.left() << ".." << rect.right() << " of " << width;
      EXPECT_GE(rect.top(), above);
      above = rect.bottom();
    };
    below(layout.bubble());
    EXPECT_TRUE(layout.bubble().contains(layout.questionRect()));
    EXPECT_GE(layout.questionRect().height() + 0.01, layout.question().height());
    EXPECT_LE(layout.question().naturalWidth(), layout.questionRect().width() + 1);
    below(layout.answerRect());
    EXPECT_LE(layout.answer().naturalWidth(), layout.answerRect().width() + 1);
    const qreal lineHeight = QFontMetricsF(style.answerFont(one.answer)).height();
    EXPECT_GE(layout.answer().height(), layout.answer().lineCount() * lineHeight - 1);
    EXPECT_EQ(layout.chips().size(), static_cast<std::size_t>(one.chips));
    qreal chipBottom = above;
    for (std::size_t i = 0; i < layout.chips().size(); ++i) {
      const QRectF chip = layout.chips()[i].rect;
      EXPECT_TRUE(row.contains(chip));
      EXPECT_GE(chip.top(), above);
      EXPECT_GE(chip.width(), QFontMetricsF(style.chipFont()).horizontalAdvance(layout.chips()[i].label));
      EXPECT_GE(chip.height(), QFontMetricsF(style.chipFont()).height());
      for (std::size_t j = 0; j < i; ++j) EXPECT_FALSE(chip.intersects(layout.chips()[j].rect)) << i << " " << j;
      EXPECT_EQ(layout.chipAt(chip.center()), static_cast<int>(i));
      chipBottom = std::max(chipBottom, chip.bottom());
    }
    above = chipBottom;
    below(layout.stateRect());
    below(layout.footerRect());
    EXPECT_GT(layout.height(), above);
  }
}

INSTANTIATE_TEST_SUITE_P(Scales, EveryScale,
                         testing::Combine(testing::Values(80, 100, 200), testing::Values(260, 440, 900),
                                          testing::Bool()));

TEST(ExchangeLayout, TheQuestionIsAtTheFarSideAndSnug) {
  for (const bool mirrored : {false, true}) {
    ExchangeLayout layout;
    layout.set(makeExchange(1, QStringLiteral("Why?"), QStringLiteral("So."), 1), styleOf(100, 440, mirrored));
    EXPECT_LT(layout.bubble().width(), 120);
    EXPECT_EQ(layout.bubble().center().x() > 220, !mirrored);
    EXPECT_EQ(layout.chips()[0].rect.center().x() < 220, !mirrored);
  }
}

TEST(ExchangeLayout, ManyChipsWrapAndHeightsGrowWithTheType) {
  qreal height = 0;
  for (const int percent : {80, 100, 150, 200}) {
    ExchangeLayout layout;
    layout.set(makeExchange(1, QStringLiteral("Why?"), longText(300), 9), styleOf(percent, 440));
    EXPECT_GT(layout.chips().back().rect.top(), layout.chips().front().rect.bottom()) << percent;
    EXPECT_GT(layout.height(), height) << percent;
    height = layout.height();
  }
}

TEST(ExchangeLayout, AnAnswerThatGrowsEndsUpAsIfSetAtOnce) {
  const ExchangeStyle style = styleOf(100, 440);
  const QString full = longText(500) + QStringLiteral("\n\n") + longText(300) + QStringLiteral("\n") + kHebrew;
  ExchangeLayout grown;
  for (qsizetype i = 1; i <= full.size(); i += 7) grown.set(makeExchange(1, QStringLiteral("Q"), full.left(i)), style);
  grown.set(makeExchange(1, QStringLiteral("Q"), full), style);
  ExchangeLayout whole;
  whole.set(makeExchange(1, QStringLiteral("Q"), full), style);
  EXPECT_EQ(grown.height(), whole.height());
  EXPECT_EQ(grown.answer().lineCount(), whole.answer().lineCount());
}

TEST(TextBlock, OnlyTheLastParagraphIsLaidOutAgain) {
  TextBlock block;
  QString text = longText(200) + QLatin1Char('\n') + longText(200) + QLatin1Char('\n');
  block.set(text, QApplication::font(), 300, 1);
  const int before = block.paragraphsLaidOut();
  for (int i = 0; i < 50; ++i) {
    text += QStringLiteral("more ");
    block.set(text, QApplication::font(), 300, 1);
  }
  EXPECT_EQ(block.paragraphsLaidOut(), before + 50);
  block.set(text, QApplication::font(), 300, 1);
  EXPECT_EQ(block.paragraphsLaidOut(), before + 50);
  block.set(QStringLiteral("other"), QApplication::font(), 300, 1);
  EXPECT_EQ(block.lineCount(), 1);
}

TEST(TextBlock, PointsAndOffsetsBelongTogether) {
  TextBlock block;
  const QString text = QStringLiteral("alpha beta\ngamma\n") + longText(200);
  block.set(text, QApplication::font(), 200, 1.25);
  EXPECT_EQ(block.offsetAt({-5, -5}), 0);
  EXPECT_EQ(block.offsetAt({9999, 9999}), text.size());
  for (const qsizetype at : {qsizetype{0}, qsizetype{3}, qsizetype{12}, qsizetype{60}, text.size() - 2}) {
    const std::vector<QRectF> rectangles = block.rectanglesOf(at, at + 1);
    if (rectangles.empty()) continue;  // a blank at the end of a line has no width to point at
    EXPECT_EQ(block.offsetAt(rectangles[0].topLeft() + QPointF(1, 2)), at);
  }
  EXPECT_GE(block.rectanglesOf(0, text.size()).size(), static_cast<std::size_t>(block.lineCount()));
  TextBlock rightToLeft;
  rightToLeft.set(kHebrew, QApplication::font(), 400, 1);
  EXPECT_GT(rightToLeft.rectanglesOf(0, 1)[0].left(), 300);
}

TEST(RowHeights, KnowWhereRowsBegin) {
  RowHeights heights;
  EXPECT_EQ(heights.rowAt(5), -1);
  EXPECT_EQ(heights.total(), 0);
  heights.insert(0, {10, 20, 30});
  EXPECT_EQ(heights.total(), 60);
  EXPECT_EQ(heights.firstUnmeasured(), 0);
  heights.set(0, 15);
  heights.set(1, 20);
  EXPECT_EQ(heights.firstUnmeasured(), 2);
  EXPECT_EQ(heights.top(2), 35);
  EXPECT_EQ(heights.rowAt(-3), 0);
  EXPECT_EQ(heights.rowAt(15), 1);
  EXPECT_EQ(heights.rowAt(34.9), 1);
  EXPECT_EQ(heights.rowAt(1000), 2);
  heights.insert(1, {100});
  EXPECT_EQ(heights.top(2), 115);
  EXPECT_EQ(heights.firstUnmeasured(), 1);
  heights.remove(0, 2);
  EXPECT_EQ(heights.total(), 50);
  heights.set(0, 20);
  heights.set(1, 30);
  EXPECT_EQ(heights.firstUnmeasured(), -1);
  heights.invalidate(1);
  EXPECT_EQ(heights.firstUnmeasured(), 1);
  heights.invalidateAll();
  EXPECT_EQ(heights.firstUnmeasured(), 0);
  heights.clear();
  EXPECT_EQ(heights.total(), 0);
}

}  // namespace
}  // namespace tidemark::ui
