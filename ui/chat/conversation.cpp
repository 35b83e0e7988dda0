#include "ui/chat/conversation.h"

namespace tidemark::ui {

Exchange exchangeFromRecord(const QuestionRecord& record) {
  Exchange exchange;
  exchange.questionId = record.id;
  exchange.question = QString::fromStdString(record.question);
  exchange.answer = QString::fromStdString(record.answer);
  exchange.state = record.state;
  exchange.asOfSegment = record.asOfSegment;
  exchange.tokensReread = record.tokensReread;
  exchange.firstTokenMs = record.firstTokenMs;
  exchange.askedAt = QDateTime::fromString(QString::fromStdString(record.askedAt), Qt::ISODate);
  for (const EvidenceRecord& evidence : record.evidence) {
    EvidenceChip chip;
    chip.segment = evidence.segment;
    if (evidence.page > 0) chip.page = evidence.page;
    chip.share = static_cast<float>(evidence.share);
    chip.byteBegin = evidence.bytes.begin;
    chip.byteEnd = evidence.bytes.end;
    chip.quote = QString::fromStdString(evidence.quote).simplified();
    exchange.evidence.push_back(std::move(chip));
  }
  exchange.noEvidence = QString::fromStdString(record.noEvidence);
  return exchange;
}

void markInterrupted(std::vector<Exchange>& exchanges) {
  for (Exchange& exchange : exchanges) {
    if (exchange.state != QuestionState::kRunning) continue;
    exchange.state = QuestionState::kCancelled;
    exchange.waiting = false;
  }
}

}  // namespace tidemark::ui
