#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>

#include "tests/ui/chat/chat_fixtures.h"
#include "ui/chat/conversation_model.h"
#include "ui/chat/exchange_texts.h"

namespace tidemark::ui {
namespace {

Exchange running(qint64 id) {
  Exchange exchange = makeExchange(id, QStringLiteral("Q"), {});
  exchange.state = QuestionState::kRunning;
  return exchange;
}

TEST(Conversation, TakesOverWhatASessionStores) {
  QuestionRecord record;
  record.id = 7;
  record.question = "Wo wurde Lucy geboren? \xc3\xa4";
  record.answer = "Havana";
  record.asOfSegment = 41;
  record.state = QuestionState::kFailed;
  record.tokensReread = 3;
  record.firstTokenMs = 12.5;
  record.askedAt = "2026-01-02T03:04:05Z";
  record.evidence = {{17, 0.5, 6.5, 0, {100, 124}, "Mary was\nborn in Geneva."}, {3, 0.25, 2.0, 9, {10, 20}, ""}};
  const Exchange exchange = exchangeFromRecord(record);
  const std::vector<EvidenceChip> chips = {
      {17, std::nullopt, 0.5F, 100, 124, QStringLiteral("Mary was born in Geneva.")}, {3, 9, 0.25F, 10, 20, {}}};
  EXPECT_EQ(exchange.evidence, chips);
  EXPECT_EQ(exchange.questionId, 7);
  EXPECT_TRUE(exchange.question.endsWith(QChar(0xe4)));
  EXPECT_EQ(exchange.answer, QStringLiteral("Havana"));
  EXPECT_EQ(exchange.asOfSegment, 41);
  EXPECT_EQ(exchange.state, QuestionState::kFailed);
  EXPECT_EQ(exchange.tokensReread, 3);
  EXPECT_EQ(exchange.firstTokenMs, 12.5);
  EXPECT_EQ(exchange.askedAt, QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC));
  EXPECT_FALSE(exchangeFromRecord(QuestionRecord{}).askedAt.isValid());
  record.evidence.clear();
  record.noEvidence = "no segment stands out";
  EXPECT_TRUE(
      footerText(exchangeFromRecord(record)).contains(QStringLiteral("no memory trace: no segment stands out")));
}

TEST(ConversationModel, KeepsItsPromisesAsAModel) {
  ConversationModel model;
  const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
  model.setExchanges(manyExchanges(5));
  model.begin(running(-1));
  model.appendDelta(-1, QStringLiteral("x"));
  model.flush();
  EXPECT_TRUE(model.replace(-1, running(99)));
  model.fail(99, QStringLiteral("why"));
  model.finish(makeExchange(99, QStringLiteral("Q"), QStringLiteral("A"), 2));
  EXPECT_EQ(model.rowCount(), 6);
  const QModelIndex last = model.index(5);
  EXPECT_EQ(last.data(ConversationModel::kQuestionIdRole).toLongLong(), 99);
  EXPECT_EQ(last.data(ConversationModel::kAnswerRole).toString(), QStringLiteral("A"));
  EXPECT_EQ(last.data(ConversationModel::kEvidenceCountRole).toInt(), 2);
  EXPECT_EQ(last.data(ConversationModel::kAsOfSegmentRole).toLongLong(), 367);
  EXPECT_FALSE(last.data(ConversationModel::kAsOfPageRole).isValid());
  EXPECT_EQ(last.data(ConversationModel::kExchangeRole).value<Exchange>(),
            makeExchange(99, QStringLiteral("Q"), QStringLiteral("A"), 2));
  for (const int role : model.roleNames().keys()) {
    const bool isKnown = last.data(role).isValid();
    EXPECT_EQ(isKnown, role != ConversationModel::kAsOfPageRole) << role;
  }
  model.setExchanges({});
  EXPECT_EQ(model.rowCount(), 0);
}

TEST(ConversationModel, IgnoresIdsItDoesNotHave) {
  ConversationModel model;
  model.setExchanges(manyExchanges(2));
  const std::vector<Exchange> before = model.exchanges();
  model.appendDelta(1234, QStringLiteral("x"));
  model.fail(1234, QStringLiteral("x"));
  model.finish(makeExchange(1234, QStringLiteral("x"), QStringLiteral("y")));
  EXPECT_FALSE(model.replace(1, makeExchange(2, {}, {})));  // 2 is another row
  model.flush();
  EXPECT_EQ(model.exchanges(), before);
}

TEST(ConversationModel, DeltasAreCollectedAndComeInOrder) {
  ConversationModel model;
  model.begin(running(1));
  model.begin(running(2));
  const QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
  QElapsedTimer clock;
  clock.start();
  QString expected;
  int sent = 0;
  while (clock.elapsed() < 400) {
    const QString piece = QString::number(sent++) + QLatin1Char(' ');
    expected += piece;
    model.appendDelta(1, piece);
    QTest::qWait(1);
  }
  EXPECT_EQ(model.exchanges()[0].answer, expected);
  EXPECT_TRUE(model.exchanges()[1].answer.isEmpty());
  EXPECT_GT(sent, 20);
  EXPECT_GE(changed.count(), 2);
  EXPECT_LE(changed.count(), static_cast<int>(clock.elapsed()) / ConversationModel::kFlushMilliseconds + 1);
  model.flush();
  EXPECT_EQ(model.find(1)->answer, expected);
}

TEST(ConversationModel, AFailureKeepsWhatHadArrived) {
  ConversationModel model;
  model.begin(running(1));
  model.appendDelta(1, QStringLiteral("half"));
  model.fail(1, QStringLiteral("no memory left"));
  EXPECT_EQ(model.find(1)->answer, QStringLiteral("half"));
  EXPECT_EQ(model.find(1)->state, QuestionState::kFailed);
  EXPECT_EQ(model.find(1)->error, QStringLiteral("no memory left"));
}

TEST(ConversationModel, TenThousandDeltasCostLinearTime) {
  const auto stream = [](int deltas) {
    ConversationModel model;
    model.begin(running(1));
    QElapsedTimer clock;
    clock.start();
    for (int i = 0; i < deltas; ++i) {
      model.appendDelta(1, QStringLiteral("token "));
      if (i % 50 == 49) model.flush();
    }
    const qint64 microseconds = clock.nsecsElapsed() / 1000;
    EXPECT_EQ(model.find(1)->answer.size(), deltas * 6);
    return microseconds;
  };
  stream(10'000);  // warm
  const qint64 once = stream(10'000);
  const qint64 eightfold = stream(80'000);
  std::printf("10,000 deltas: %lld us, 80,000: %lld us\n", static_cast<long long>(once),
              static_cast<long long>(eightfold));
  EXPECT_LT(once, 100'000);
  EXPECT_LT(eightfold, 8 * 4 * std::max<qint64>(once, 1000));
}

TEST(ExchangeTexts, SayWhatThePictureSays) {
  Exchange exchange = makeExchange(1, QStringLiteral("Q"), QStringLiteral("A"));
  EXPECT_EQ(footerText(exchange),
            QStringLiteral("as of segment 367 \u00b7 0 token(s) re-read \u00b7 first token 38 ms"));
  exchange.asOfPage = QStringLiteral("198");
  exchange.readFinished = false;
  exchange.firstTokenMs = 1540;
  EXPECT_TRUE(footerText(exchange).startsWith(QStringLiteral("as of segment 367, p. 198 \u00b7 not read to the end")));
  EXPECT_TRUE(footerText(exchange).endsWith(QStringLiteral("first token 1.5 s")));
  exchange.noEvidence = QStringLiteral("no segment stands out");
  EXPECT_TRUE(footerText(exchange).contains(QStringLiteral("no memory trace: no segment stands out")));
  exchange.evidence.push_back({41, 17, 0.71F, 0, 0, {}});
  EXPECT_FALSE(footerText(exchange).contains(QStringLiteral("no memory trace")));
  EXPECT_TRUE(stateText(exchange).isEmpty());
  exchange.state = QuestionState::kFailed;
  exchange.error = QStringLiteral("no model");
  EXPECT_EQ(stateText(exchange), QStringLiteral("failed: no model"));
  EXPECT_EQ(chipLabel({41, 17, 0.71F, 0, 0, {}}), QStringLiteral("p. 17 \u00b7 71 %"));
  EXPECT_EQ(chipLabel({41, {}, 0.714F, 0, 0, {}}), QStringLiteral("segment 41 \u00b7 71 %"));
  EXPECT_TRUE(chipToolTip({41, 17, 0.71F, 0, 0, QStringLiteral("born")}).startsWith(QStringLiteral("Memory trace")));
  Exchange waiting = exchange;
  waiting.asOfSegment = kNewestSegment;
  EXPECT_TRUE(asOfText(waiting).isEmpty());
  waiting.asOfSegment = -1;
  EXPECT_EQ(asOfText(waiting), QStringLiteral("with an empty memory"));
}

}  // namespace
}  // namespace tidemark::ui
