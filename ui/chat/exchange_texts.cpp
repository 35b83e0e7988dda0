#include "ui/chat/exchange_texts.h"

#include <QCoreApplication>
#include <QLocale>
#include <cmath>

namespace tidemark::ui {
namespace {

struct ExchangeTexts {
  Q_DECLARE_TR_FUNCTIONS(ExchangeTexts)
};

QString percentText(float share) {
  const double percent = std::isfinite(share) ? static_cast<double>(share) * 100.0 : 0.0;
  return ExchangeTexts::tr("%1 %").arg(QLocale().toString(static_cast<int>(std::lround(percent))));
}

QString joined(const QStringList& parts) {
  return parts.join(QStringLiteral(" \u00b7 "));
}

}  // namespace

QString durationText(double milliseconds) {
  const QLocale locale;
  if (milliseconds < 1000) {
    return ExchangeTexts::tr("%1 ms").arg(locale.toString(static_cast<int>(std::lround(milliseconds))));
  }
  return ExchangeTexts::tr("%1 s").arg(locale.toString(milliseconds / 1000.0, 'f', 1));
}

QString chipLabel(const EvidenceChip& chip) {
  const QString place = chip.page ? ExchangeTexts::tr("p. %1").arg(QLocale().toString(*chip.page))
                                  : ExchangeTexts::tr("segment %1").arg(QLocale().toString(chip.segment));
  return joined({place, percentText(chip.share)});
}

QString chipToolTip(const EvidenceChip& chip) {
  QString method = ExchangeTexts::tr("Memory trace: %1 of what the answer read from memory was written in segment %2.")
                       .arg(percentText(chip.share), QLocale().toString(chip.segment));
  if (chip.quote.isEmpty()) return method;
  return ExchangeTexts::tr("%1\n\u201c%2\u201d", "method of the evidence, and the quoted passage")
      .arg(method, chip.quote);
}

QString asOfText(const Exchange& exchange) {
  if (exchange.asOfSegment == kNewestSegment) return {};
  if (exchange.asOfSegment < 0) return ExchangeTexts::tr("with an empty memory");
  const QString segment = QLocale().toString(exchange.asOfSegment);
  if (exchange.asOfPage.isEmpty()) return ExchangeTexts::tr("as of segment %1").arg(segment);
  return ExchangeTexts::tr("as of segment %1, p. %2").arg(segment, exchange.asOfPage);
}

QString stateText(const Exchange& exchange) {
  switch (exchange.state) {
    case QuestionState::kRunning:
      return exchange.waiting ? ExchangeTexts::tr("waiting\u2026") : ExchangeTexts::tr("answering\u2026");
    case QuestionState::kCancelled:
      return ExchangeTexts::tr("stopped");
    case QuestionState::kFailed:
      return exchange.error.isEmpty() ? ExchangeTexts::tr("failed")
                                      : ExchangeTexts::tr("failed: %1").arg(exchange.error);
    case QuestionState::kDone:
      break;
  }
  return {};
}

QString footerText(const Exchange& exchange) {
  QStringList parts;
  const QString asOf = asOfText(exchange);
  if (!asOf.isEmpty()) parts += asOf;
  if (!exchange.waiting && !exchange.readFinished) parts += ExchangeTexts::tr("not read to the end");
  if (exchange.state == QuestionState::kDone) {
    //: %n is the number of tokens of the document that were read again for this answer
    parts += ExchangeTexts::tr("%Ln token(s) re-read", "", static_cast<int>(exchange.tokensReread));
  }
  if (!exchange.evidence.empty()) {
    parts += ExchangeTexts::tr("memory trace");
  } else if (!exchange.noEvidence.isEmpty()) {
    parts += ExchangeTexts::tr("no memory trace: %1").arg(exchange.noEvidence);
  }
  if (exchange.firstTokenMs > 0) parts += ExchangeTexts::tr("first token %1").arg(durationText(exchange.firstTokenMs));
  return joined(parts);
}

QString spokenText(const Exchange& exchange) {
  QStringList parts{ExchangeTexts::tr("Question: %1").arg(exchange.question)};
  if (!exchange.answer.isEmpty()) parts += ExchangeTexts::tr("Answer: %1").arg(exchange.answer);
  const QString state = stateText(exchange);
  if (!state.isEmpty()) parts += state;
  const QString asOf = asOfText(exchange);
  if (!asOf.isEmpty()) parts += asOf;
  if (!exchange.evidence.empty()) {
    parts += ExchangeTexts::tr("%Ln place(s) of evidence", "", static_cast<int>(exchange.evidence.size()));
  }
  return parts.join(QStringLiteral("\n"));
}

}  // namespace tidemark::ui
