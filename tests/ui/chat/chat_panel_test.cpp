#include <gtest/gtest.h>

#include <QAbstractButton>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/chat/chat_fixtures.h"
#include "ui/chat/conversation_view.h"
#include "ui/chat/question_editor.h"
#include "ui/chat/question_panel.h"
#include "ui/chat/question_panel_parts.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

class Panel : public testing::Test {
 protected:
  Panel() {
    applyAppearance(*qApp, {ThemeChoice::kDark, 100, {}}, true);
    panel.resize(420, 700);
    panel.setAvailability({}, 367);
    panel.show();
    panel.activateWindow();
    EXPECT_TRUE(QTest::qWaitForWindowActive(&panel));
    QObject::connect(
        &panel, &QuestionPanel::askRequested, &panel,
        [this](const QString& question, std::optional<qint64> segment) { asked.emplace_back(question, segment); });
  }
  template <typename T>
  [[nodiscard]] T& part() const {
    return *panel.findChild<T*>();
  }

  QuestionPanel panel;
  std::vector<std::pair<QString, std::optional<qint64>>> asked;
};

TEST_F(Panel, AQuestionGoesFromWaitingToAnswered) {
  panel.setDraft(QStringLiteral("Where?"));
  panel.questionQueued(5, QStringLiteral("Where?"), {});
  ASSERT_EQ(panel.exchanges().size(), 1U);
  EXPECT_TRUE(panel.exchanges()[0].waiting);
  EXPECT_TRUE(panel.draft().isEmpty());
  panel.answerStarted(5, 31, 120, false);
  panel.appendDelta(5, QStringLiteral("Hav"));
  panel.appendDelta(5, QStringLiteral("ana"));
  Exchange shown = panel.exchanges()[0];
  EXPECT_FALSE(shown.waiting);
  EXPECT_EQ(shown.questionId, 31);
  EXPECT_EQ(shown.asOfSegment, 120);
  EXPECT_FALSE(shown.readFinished);
  EXPECT_EQ(shown.answer, QStringLiteral("Havana"));
  panel.answerFinished(5, makeExchange(31, QStringLiteral("Where?"), QStringLiteral("Havana."), 2));
  shown = panel.exchanges()[0];
  EXPECT_EQ(shown.answer, QStringLiteral("Havana."));
  EXPECT_EQ(shown.state, QuestionState::kDone);
  EXPECT_FALSE(shown.readFinished) << "the session does not store it";
  panel.appendDelta(5, QStringLiteral("late"));
  QTest::qWait(60);
  EXPECT_EQ(panel.exchanges()[0].answer, QStringLiteral("Havana."));
}

TEST_F(Panel, StaleRunsAreIgnored) {
  panel.showConversation({makeExchange(1, QStringLiteral("a"), QStringLiteral("b"))});
  const std::vector<Exchange> before = panel.exchanges();
  panel.answerStarted(9, 1, 3, true);
  panel.appendDelta(9, QStringLiteral("x"));
  panel.answerFinished(9, makeExchange(1, QStringLiteral("x"), QStringLiteral("x")));
  panel.answerFailed(9, QStringLiteral("x"));
  panel.answerCancelled(9);
  EXPECT_EQ(panel.exchanges(), before);
  panel.questionQueued(10, QStringLiteral("q"), {});
  panel.showConversation(before);
  panel.answerStarted(10, 77, 3, true);
  EXPECT_EQ(panel.exchanges(), before);
}

TEST_F(Panel, SeveralQuestionsWaitInTheirOrder) {
  QSignalSpy stop(&panel, &QuestionPanel::stopRequested);
  for (quint64 run = 1; run <= 3; ++run) panel.questionQueued(run, QStringLiteral("q%1").arg(run), qint64(run));
  QPushButton* button = nullptr;
  for (QPushButton* each : panel.findChildren<QPushButton*>()) button = each;
  ASSERT_NE(button, nullptr);
  QTest::mouseClick(button, Qt::LeftButton);
  ASSERT_EQ(stop.count(), 1);
  EXPECT_EQ(stop[0][0].toULongLong(), 1U);
  panel.answerStarted(2, 12, 2, true);
  panel.appendDelta(2, QStringLiteral("two"));
  QTest::mouseClick(button, Qt::LeftButton);
  EXPECT_EQ(stop[1][0].toULongLong(), 2U) << "the one that is being answered";
  panel.answerCancelled(2);
  panel.answerFailed(1, QStringLiteral("no tokens"));
  panel.answerStarted(3, 13, 3, true);
  panel.answerFinished(3, makeExchange(13, QStringLiteral("q3"), QStringLiteral("three")));
  const std::vector<Exchange> all = panel.exchanges();
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].question, QStringLiteral("q1"));
  EXPECT_EQ(all[0].state, QuestionState::kFailed);
  EXPECT_EQ(all[0].error, QStringLiteral("no tokens"));
  EXPECT_EQ(all[1].state, QuestionState::kCancelled);
  EXPECT_EQ(all[1].answer, QStringLiteral("two"));
  EXPECT_EQ(all[2].answer, QStringLiteral("three"));
  EXPECT_EQ(button->text(), QStringLiteral("Ask"));
}

TEST_F(Panel, WhatWasInterruptedShowsAsStopped) {
  Exchange exchange = makeExchange(1, QStringLiteral("a"), QStringLiteral("half"));
  exchange.state = QuestionState::kRunning;
  panel.showConversation({exchange});
  EXPECT_EQ(panel.exchanges()[0].state, QuestionState::kCancelled);
}

TEST_F(Panel, KeyboardAloneAsksSelectsAndOpensEvidence) {
  QSignalSpy evidence(&panel, &QuestionPanel::evidenceActivated);
  QSignalSpy selected(&panel, &QuestionPanel::exchangeSelected);
  QSignalSpy draft(&panel, &QuestionPanel::draftChanged);
  panel.showConversation({makeExchange(1, QStringLiteral("one"), QStringLiteral("A"), 1),
                          makeExchange(2, QStringLiteral("two"), QStringLiteral("B"), 2)});
  panel.focusInput();
  QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("Why?"));
  EXPECT_EQ(draft.count(), 4);
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_EQ(asked[0].first, QStringLiteral("Why?"));
  for (int i = 0; i < 10 && QApplication::focusWidget() != &part<ConversationView>(); ++i) {
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Backtab, Qt::ShiftModifier);
  }
  ASSERT_EQ(QApplication::focusWidget(), &part<ConversationView>());
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Up);
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
  ASSERT_EQ(evidence.count(), 1);
  EXPECT_EQ(selected.last()[0].toLongLong(), 1);
  ASSERT_TRUE(panel.selectedExchange().has_value());
  EXPECT_EQ(panel.selectedExchange()->questionId, 1);
  for (int i = 0; i < 10 && QApplication::focusWidget() != &part<QuestionEditor>(); ++i) {
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
  }
  EXPECT_EQ(QApplication::focusWidget(), &part<QuestionEditor>());
}

TEST_F(Panel, TheHistoryIsSearched) {
  panel.showConversation({makeExchange(1, QStringLiteral("Lucy?"), QStringLiteral("Havana")),
                          makeExchange(2, QStringLiteral("Mary?"), QStringLiteral("garden")),
                          makeExchange(3, QStringLiteral("garden?"), QStringLiteral("none"))});
  auto& search = part<HistorySearch>();
  EXPECT_FALSE(search.isVisible());
  panel.openHistorySearch();
  ASSERT_TRUE(search.isVisible());
  QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("GARDEN"));
  EXPECT_EQ(part<ConversationView>().rowCount(), 2);
  EXPECT_EQ(search.countText(), QStringLiteral("2 of 3"));
  EXPECT_EQ(panel.exchanges().size(), 3U);
  QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("zzz"));
  EXPECT_EQ(part<ConversationView>().rowCount(), 0);
  EXPECT_EQ(search.countText(), QStringLiteral("0 of 3"));
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
  EXPECT_FALSE(search.isVisible());
  EXPECT_EQ(part<ConversationView>().rowCount(), 3);
  panel.openHistorySearch();
  QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("Lucy"));
  panel.questionQueued(1, QStringLiteral("new"), {});
  EXPECT_EQ(part<ConversationView>().rowCount(), 4) << "what was just asked is seen";
}

TEST_F(Panel, ExamplesFillTheField) {
  panel.setExamples({QStringLiteral("Who & why?"), QStringLiteral("two"), longText(200)});
  QTest::qWait(10);
  const QList<ExampleButton*> buttons = panel.findChildren<ExampleButton*>();
  ASSERT_EQ(buttons.size(), 3);
  ASSERT_TRUE(buttons[0]->isVisible());
  EXPECT_GT(buttons[2]->height(), buttons[1]->height());
  EXPECT_GE(buttons[2]->height(), buttons[2]->heightForWidth(buttons[2]->width()));
  QTest::mouseClick(buttons[0], Qt::LeftButton);
  EXPECT_EQ(panel.draft(), QStringLiteral("Who & why?"));
  EXPECT_EQ(QApplication::focusWidget(), &part<QuestionEditor>());
  panel.questionQueued(1, QStringLiteral("x"), {});
  EXPECT_FALSE(buttons[0]->isVisible());
  panel.clear();
  EXPECT_TRUE(buttons[0]->isVisible());
  EXPECT_TRUE(panel.draft().isEmpty());
}

TEST_F(Panel, AskAgainAsOfPreparesTheField) {
  panel.showConversation({makeExchange(1, QStringLiteral("Lucy?"), QStringLiteral("Havana"))});
  panel.setAvailability({}, 500);
  Q_EMIT part<ConversationView>().askAgainRequested(QStringLiteral("Lucy?"));
  ASSERT_EQ(asked.size(), 1U);
  EXPECT_FALSE(asked[0].second.has_value());
  Q_EMIT part<ConversationView>().askAgainAsOfRequested(QStringLiteral("Lucy?"), 367);
  EXPECT_EQ(panel.draft(), QStringLiteral("Lucy?"));
  QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return);
  ASSERT_EQ(asked.size(), 2U);
  EXPECT_EQ(asked[1].second, 367);
}

TEST_F(Panel, AskAgainWhileNothingCanBeAskedKeepsTheQuestion) {
  panel.setAvailability(QStringLiteral("The model is not loaded."), 3);
  Q_EMIT part<ConversationView>().askAgainRequested(QStringLiteral("Lucy?"));
  EXPECT_TRUE(asked.empty());
  EXPECT_EQ(panel.draft(), QStringLiteral("Lucy?"));
}

TEST_F(Panel, EvidenceCanComeLater) {
  panel.showConversation({makeExchange(1, QStringLiteral("Lucy?"), QStringLiteral("Havana"))});
  panel.setEvidence(1, makeExchange(1, {}, {}, 3).evidence);
  panel.setEvidence(99, {});
  EXPECT_EQ(panel.exchanges()[0].evidence.size(), 3U);
}

TEST_F(Panel, EveryControlHasANameAndADescription) {
  panel.setExamples({QStringLiteral("one")});
  panel.showConversation(manyExchanges(3));
  for (const QWidget* widget : panel.findChildren<QWidget*>()) {
    if (widget->focusPolicy() == Qt::NoFocus || widget->objectName().startsWith(QStringLiteral("qt_"))) continue;
    // The clear button of a line edit is Qt's own.
    if (qobject_cast<QLineEdit*>(widget->parentWidget()) != nullptr) continue;
    EXPECT_FALSE(widget->accessibleName().isEmpty()) << widget->metaObject()->className();
    EXPECT_FALSE(widget->accessibleDescription().isEmpty()) << widget->metaObject()->className();
  }
}

}  // namespace
}  // namespace tidemark::ui
