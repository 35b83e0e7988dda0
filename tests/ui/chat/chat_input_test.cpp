#include <gtest/gtest.h>

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTest>
#include <QToolButton>

#include "ui/chat/question_editor.h"
#include "ui/chat/question_input.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

class Input : public testing::Test {
 protected:
  Input() {
    applyAppearance(*qApp, {ThemeChoice::kDark, 100, {}}, true);
    input.resize(400, 300);
    input.show();
    input.activateWindow();
    EXPECT_TRUE(QTest::qWaitForWindowActive(&input));
    input.setAvailability({}, 367);
    input.focusEditor();
  }
  [[nodiscard]] QuestionEditor& editor() const { return *input.findChild<QuestionEditor*>(); }
  [[nodiscard]] QPushButton& button() const { return *input.findChild<QPushButton*>(); }

  QuestionInput input;
};

TEST_F(Input, EnterAsksAndShiftEnterStartsALine) {
  QString asked;
  std::optional<qint64> asOf;
  int times = 0;
  QObject::connect(&input, &QuestionInput::askRequested, &input,
                   [&](const QString& question, std::optional<qint64> segment) {
                     asked = question;
                     asOf = segment;
                     ++times;
                   });
  QTest::keyClicks(&editor(), QStringLiteral("one"));
  QTest::keyClick(&editor(), Qt::Key_Return, Qt::ShiftModifier);
  QTest::keyClicks(&editor(), QStringLiteral("two "));
  EXPECT_EQ(times, 0);
  QTest::keyClick(&editor(), Qt::Key_Return);
  EXPECT_EQ(times, 1);
  EXPECT_EQ(asked, QStringLiteral("one\ntwo"));
  EXPECT_FALSE(asOf.has_value());
  EXPECT_FALSE(input.text().isEmpty()) << "the panel clears it when the question was taken";
  input.setAsOf(120);
  QTest::keyClick(&editor(), Qt::Key_Enter, Qt::KeypadModifier);
  EXPECT_EQ(times, 2);
  EXPECT_EQ(asOf, 120);
  input.setText(QStringLiteral("  \n "));
  QTest::keyClick(&editor(), Qt::Key_Return);
  EXPECT_EQ(times, 2);
  EXPECT_FALSE(button().isEnabled());
}

TEST_F(Input, GrowsToSixLines) {
  const int one = editor().height();
  int before = one;
  for (int lines = 2; lines <= 6; ++lines) {
    QTest::keyClick(&editor(), Qt::Key_Return, Qt::ShiftModifier);
    EXPECT_EQ(editor().visualLines(), lines);
    EXPECT_GT(editor().height(), before) << lines;
    before = editor().height();
  }
  EXPECT_GE(before - one, 5 * QFontMetrics(editor().font()).height() - 2);
  QTest::keyClick(&editor(), Qt::Key_Return, Qt::ShiftModifier);
  EXPECT_EQ(editor().height(), before);
  input.setText(QString(2000, QLatin1Char('w')));
  EXPECT_EQ(editor().height(), before);
  input.clearText();
  EXPECT_EQ(editor().height(), one);
}

TEST_F(Input, UpBringsBackEarlierQuestions) {
  input.setHistory({QStringLiteral("first"), QStringLiteral("second")});
  QTest::keyClick(&editor(), Qt::Key_Up);
  EXPECT_EQ(input.text(), QStringLiteral("second"));
  QTest::keyClick(&editor(), Qt::Key_Up);
  EXPECT_EQ(input.text(), QStringLiteral("first"));
  QTest::keyClick(&editor(), Qt::Key_Up);
  EXPECT_EQ(input.text(), QStringLiteral("first"));
  QTest::keyClick(&editor(), Qt::Key_Down);
  QTest::keyClick(&editor(), Qt::Key_Down);
  EXPECT_TRUE(input.text().isEmpty());
  QTest::keyClicks(&editor(), QStringLiteral("mine"));
  QTest::keyClick(&editor(), Qt::Key_Up);
  EXPECT_EQ(input.text(), QStringLiteral("mine"));
}

TEST_F(Input, SaysVisiblyWhyNothingCanBeAsked) {
  const QString reason = QStringLiteral("The model is not loaded yet.");
  QSignalSpy asked(&input, &QuestionInput::askRequested);
  input.setText(QStringLiteral("draft"));
  EXPECT_TRUE(button().isEnabled());
  input.setAvailability(reason, 0);
  EXPECT_EQ(input.caption(), reason);
  EXPECT_FALSE(button().isEnabled());
  bool visible = false;
  for (const QLabel* label : input.findChildren<QLabel*>()) visible |= label->isVisible() && label->text() == reason;
  EXPECT_TRUE(visible);
  QTest::keyClick(&editor(), Qt::Key_Return);
  EXPECT_EQ(asked.count(), 0);
  EXPECT_EQ(input.text(), QStringLiteral("draft"));
  input.setAvailability({}, 3);
  EXPECT_NE(input.caption(), reason);
  EXPECT_EQ(editor().placeholderText(), QStringLiteral("Ask about the first 3 segment(s)\u2026"));
}

TEST_F(Input, TheHintIsPaintedAnewWhenMoreHasBeenRead) {
  input.setAvailability({}, 3);
  QTest::qWait(30);
  struct Paints : QObject {
    int count = 0;
    bool eventFilter(QObject*, QEvent* event) override {
      count += event->type() == QEvent::Paint ? 1 : 0;
      return false;
    }
  } paints;
  editor().viewport()->installEventFilter(&paints);
  input.setAvailability({}, 38);
  QTest::qWait(30);
  EXPECT_GT(paints.count, 0);
  EXPECT_TRUE(editor().placeholderText().contains(QStringLiteral("38")));
}

TEST_F(Input, TheButtonIsTheAccentOneOnceThereIsAQuestion) {
  for (const ThemeChoice theme : {ThemeChoice::kDark, ThemeChoice::kLight}) {
    applyAppearance(*qApp, {theme, 100, {}}, false);
    const QColor accent = themeColors(theme == ThemeChoice::kDark).accent;
    const auto edge = [this] {
      return button().grab().toImage().pixelColor(button().width() / 2, button().height() - 4);
    };
    input.setText({});
    QTest::qWait(20);
    EXPECT_NE(edge(), accent);
    QTest::keyClicks(&editor(), QStringLiteral("Why?"));
    EXPECT_EQ(edge(), accent);
  }
}

TEST_F(Input, TheButtonStopsWhileAnswering) {
  QSignalSpy stop(&input, &QuestionInput::stopRequested);
  QSignalSpy asked(&input, &QuestionInput::askRequested);
  input.setAnswering(true);
  EXPECT_EQ(button().text(), QStringLiteral("Stop"));
  EXPECT_TRUE(button().isEnabled());
  QTest::mouseClick(&button(), Qt::LeftButton);
  EXPECT_EQ(stop.count(), 1);
  QTest::keyClicks(&editor(), QStringLiteral("next"));
  QTest::keyClick(&editor(), Qt::Key_Return);
  EXPECT_EQ(asked.count(), 1) << "questions queue up";
  input.setAnswering(false);
  EXPECT_EQ(button().text(), QStringLiteral("Ask"));
  QTest::mouseClick(&button(), Qt::LeftButton);
  EXPECT_EQ(asked.count(), 2);
}

TEST_F(Input, HintsAtQuestionsThatAreTooLong) {
  input.setCharacterLimit(10);
  input.setText(QString(10, QLatin1Char('a')));
  const QString quiet = input.caption();
  input.setText(QString(13, QLatin1Char('a')));
  EXPECT_TRUE(input.caption().startsWith(QLatin1Char('3'))) << input.caption().toStdString();
  input.setCharacterLimit(0);
  EXPECT_EQ(input.caption(), quiet);
}

TEST_F(Input, TheAsOfChipIsSetChangedAndCleared) {
  EXPECT_FALSE(input.asOf().has_value());
  input.setAsOf(120);
  auto* spin = input.findChild<QSpinBox*>();
  ASSERT_TRUE(spin->isVisible());
  EXPECT_EQ(spin->text(), QStringLiteral("as of segment 120"));
  EXPECT_EQ(spin->maximum(), 366);
  spin->setFocus();
  QTest::keyClick(spin, Qt::Key_Up);
  EXPECT_EQ(input.asOf(), 121);
  QTest::mouseClick(input.findChild<QToolButton*>(), Qt::LeftButton);
  EXPECT_FALSE(input.asOf().has_value());
  EXPECT_FALSE(spin->isVisible());
}

TEST_F(Input, EveryControlHasANameAndADescription) {
  for (const QWidget* widget : input.findChildren<QWidget*>()) {
    if (widget->focusPolicy() == Qt::NoFocus || widget->objectName().startsWith(QStringLiteral("qt_"))) continue;
    EXPECT_FALSE(widget->accessibleName().isEmpty()) << widget->metaObject()->className();
    EXPECT_FALSE(widget->accessibleDescription().isEmpty()) << widget->metaObject()->className();
  }
}

TEST_F(Input, NothingIsClippedAtAnyScale) {
  input.setAsOf(120);
  for (const int percent : {80, 100, 200}) {
    applyAppearance(*qApp, {ThemeChoice::kLight, percent, {}}, false);
    QTest::qWait(20);
    EXPECT_GE(editor().viewport()->height(), QFontMetrics(editor().font()).height()) << percent;
    auto* spin = input.findChild<QSpinBox*>();
    EXPECT_GE(spin->height(), QFontMetrics(spin->font()).height()) << percent;
    EXPECT_GE(spin->width(), QFontMetrics(spin->font()).horizontalAdvance(spin->text())) << percent;
    EXPECT_GE(editor().viewport()->height(), editor().visualLines() * QFontMetrics(editor().font()).height())
        << percent;
    EXPECT_GE(button().width(), button().sizeHint().width()) << percent;
  }
}

}  // namespace
}  // namespace tidemark::ui
