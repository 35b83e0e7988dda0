#include "tests/ui/chat/chat_fixtures.h"

namespace tidemark::ui {

Exchange makeExchange(qint64 id, const QString& question, const QString& answer, int chips) {
  Exchange exchange;
  exchange.questionId = id;
  exchange.question = question;
  exchange.answer = answer;
  exchange.asOfSegment = 367;
  exchange.firstTokenMs = 38;
  exchange.askedAt = QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC);
  for (int i = 0; i < chips; ++i) {
    exchange.evidence.push_back(
        {10 + i, 17 + i, 0.71F / static_cast<float>(i + 1), 100, 140, QStringLiteral("Lucy was born in Havana")});
  }
  return exchange;
}

std::vector<Exchange> manyExchanges(int count) {
  std::vector<Exchange> exchanges;
  for (int i = 0; i < count; ++i) {
    exchanges.push_back(
        makeExchange(i + 1, QStringLiteral("Where was person %1 born?").arg(i), longText(20 + i * 37 % 900), i % 4));
  }
  return exchanges;
}

QString longText(int letters) {
  QString text;
  for (int i = 0; text.size() < letters; ++i) text += QStringLiteral("word%1 ").arg(i);
  return text.left(letters);
}

}  // namespace tidemark::ui
