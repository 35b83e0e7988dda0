#include "ui/memory/memory_texts.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <cmath>

namespace tidemark::ui {
namespace {

struct MemoryWords {
  Q_DECLARE_TR_FUNCTIONS(MemoryTools)
};

constexpr int kHashDigits = 12;

QString hashText(const std::string& hash) {
  return QString::fromStdString(hash.substr(0, kHashDigits));
}

QString placeText(qint64 segment, const PlaceName& placeName) {
  const QString name = placeName ? placeName(segment) : QString();
  return name.isEmpty() ? MemoryWords::tr("segment %1").arg(QLocale().toString(segment)) : name;
}

QString readingText(const MemoryDiff& diff, const PlaceName& placeName) {
  if (diff.reading.basis == ReadingBasis::kUnknown) {
    return MemoryWords::tr("Where their readings part cannot be told: text and numbers were left out.");
  }
  QString text = diff.reading.firstSegment
                     ? MemoryWords::tr("They differ from %1 on.").arg(placeText(*diff.reading.firstSegment, placeName))
                     : MemoryWords::tr("Both read the same segments.");
  if (diff.tailsDiffer) text += QLatin1Char(' ') + MemoryWords::tr("Other words follow the last segment.");
  return text;
}

QString layersText(const std::vector<LayerDifference>& layers) {
  if (layers.empty()) return {};
  const auto less = [](const LayerDifference& a, const LayerDifference& b) { return a.relative() < b.relative(); };
  const auto [least, most] = std::minmax_element(layers.begin(), layers.end(), less);
  return MemoryWords::tr("The matrices differ by %1 (layer %2) to %3 (layer %4).")
      .arg(shareText(least->relative()))
      .arg(least - layers.begin())
      .arg(shareText(most->relative()))
      .arg(most - layers.begin());
}

/// Of another session only the numbers of segments are known.
PlaceName placesOfSecond(const MemoryDiff& diff, const PlaceName& placeName) {
  return diff.first.session == diff.second.session ? placeName : PlaceName();
}

QString writeText(const std::optional<SegmentWrite>& write) {
  return write ? smallNumber(write->novelty) + QLatin1Char('\t') + smallNumber(write->writeStrength)
               : QStringLiteral("-\t-");
}

}  // namespace

QString shareText(double share) {
  const double percent = share * 100;
  const int decimals = percent == 0 || percent >= 99.95 ? 0 : percent >= 1 ? 1 : percent >= 0.1 ? 2 : 4;
  if (percent > 0 && percent < 0.0001) return MemoryWords::tr("< %1 %").arg(QLocale().toString(0.0001, 'f', 4));
  return MemoryWords::tr("%1 %").arg(QLocale().toString(percent, 'f', decimals));
}

QString wholeShareText(double share) {
  return MemoryWords::tr("%1 %").arg(QLocale().toString(static_cast<int>(std::lround(share * 100))));
}

QString smallNumber(double value) {
  return std::isfinite(value) ? QLocale().toString(value, 'g', 3) : QStringLiteral("–");
}

QString distanceText(qint64 nearest, qint64 farthest) {
  if (nearest == farthest) return QLocale().toString(nearest);
  return QStringLiteral("%1–%2").arg(QLocale().toString(nearest), QLocale().toString(farthest));
}

QString roughTime(double seconds) {
  if (seconds < 1) return MemoryWords::tr("less than a second");
  if (seconds < 90)
    return MemoryWords::tr("about %1 s").arg(QLocale().toString(static_cast<int>(std::lround(seconds))));
  if (seconds < 5400) {
    return MemoryWords::tr("about %1 min").arg(QLocale().toString(static_cast<int>(std::lround(seconds / 60))));
  }
  return MemoryWords::tr("about %1 h").arg(QLocale().toString(seconds / 3600, 'f', 1));
}

QString answerOr(const std::string& answer) {
  const QString text = QString::fromStdString(answer).simplified();
  return text.isEmpty() ? MemoryWords::tr("no answer") : text;
}

QString sideText(const ComparedMemory& side, const PlaceName& placeName) {
  const QString name = QString::fromStdString(side.session.stem().string());
  if (side.atEnd) return MemoryWords::tr("“%1” at the end").arg(name);
  return MemoryWords::tr("“%1” after %2", "session, place").arg(name, placeText(side.segment, placeName));
}

QString diffSentence(const MemoryDiff& diff, bool asked, const PlaceName& placeName) {
  const QString first = sideText(diff.first, placeName);
  const QString second = sideText(diff.second, placesOfSecond(diff, placeName));
  QStringList sentences{MemoryWords::tr("%1, %2:", "the memories that were compared").arg(first, second)};
  if (diff.sameState()) {
    sentences
        << MemoryWords::tr("The two memories are the same, bit for bit (%1).").arg(hashText(diff.first.stateHash));
    if (diff.reading.firstSegment || diff.tailsDiffer) sentences << readingText(diff, placeName);
  } else {
    sentences << readingText(diff, placeName) << layersText(diff.layers);
  }
  if (asked && diff.questions.empty()) {
    sentences << MemoryWords::tr("No question was asked before.");
  } else if (asked) {
    const auto differ = std::count_if(diff.questions.begin(), diff.questions.end(),
                                      [](const QuestionDifference& each) { return each.differs(); });
    sentences << MemoryWords::tr("%1 of %Ln stored question(s) are answered differently.", nullptr,
                                 static_cast<int>(diff.questions.size()))
                     .arg(differ);
  }
  sentences.removeAll(QString());
  return sentences.join(QLatin1Char(' '));
}

QString diffAsText(const MemoryDiff& diff, bool asked, const PlaceName& placeName) {
  QStringList lines;
  lines << MemoryWords::tr("First: %1 (state %2)").arg(sideText(diff.first, placeName), hashText(diff.first.stateHash));
  lines << MemoryWords::tr("Second: %1 (state %2)")
               .arg(sideText(diff.second, placesOfSecond(diff, placeName)), hashText(diff.second.stateHash));
  lines << diffSentence(diff, asked, placeName) << QString();
  lines << MemoryWords::tr("layer\tmatrix\tsum of keys");
  for (std::size_t layer = 0; layer < diff.layers.size(); ++layer) {
    lines << QStringLiteral("%1\t%2\t%3")
                 .arg(layer)
                 .arg(shareText(diff.layers[layer].relative()), shareText(diff.layers[layer].relativeKeySum()));
  }
  if (!diff.segments.empty()) {
    lines << QString()
          << MemoryWords::tr("segment\tnovelty, first\twrite strength, first\tnovelty, second\twrite strength, second");
    for (const SegmentDifference& each : diff.segments) {
      lines << QStringLiteral("%1\t%2\t%3").arg(each.segment).arg(writeText(each.first), writeText(each.second));
    }
  }
  if (!diff.questions.empty()) lines << QString() << MemoryWords::tr("question\tfirst\tsecond");
  for (const QuestionDifference& each : diff.questions) {
    const QString question = QString::fromStdString(each.question).simplified();
    lines << (each.problem.empty()
                  ? QStringLiteral("%1\t%2\t%3").arg(question, answerOr(each.first.text), answerOr(each.second.text))
                  : QStringLiteral("%1\t%2").arg(question, QString::fromStdString(each.problem)));
  }
  return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

QString recallSentence(const ModelRecall& recall) {
  const RecallBucket all = sumOf(recall.buckets);
  // The nearest stretches of which at least half came back.
  qint64 reach = -1;
  for (const RecallBucket& bucket : recall.buckets) {
    if (bucket.asked == 0) continue;
    if (2 * bucket.recalled < bucket.asked) break;
    reach = bucket.farthest;
  }
  QString text = MemoryWords::tr(
                     "%1 of %2 facts were recalled; %Ln of these questions are answered right by luck, "
                     "without having read the fact.",
                     nullptr, all.guessed)
                     .arg(all.recalled)
                     .arg(all.asked);
  if (all.recalled == 0) return text;
  text += QLatin1Char(' ');
  if (reach < 0) {
    text += MemoryWords::tr("Even of the nearest ones less than half came back.");
  } else if (reach >= all.farthest) {
    text += MemoryWords::tr("At least half came back from everywhere in the text.");
  } else {
    text += MemoryWords::tr("At least half came back up to %Ln segment(s) before the end.", nullptr,
                            static_cast<int>(reach));
  }
  return text;
}

QString outcomeText(const MarkerOutcome& outcome) {
  if (!outcome.recalled) return MemoryWords::tr("not recalled");
  return outcome.guessed ? MemoryWords::tr("right by luck") : MemoryWords::tr("recalled");
}

QString recallAsText(const ModelRecall& recall, const QString& session) {
  QStringList lines;
  lines << MemoryWords::tr("Recall of %1").arg(session) << recallSentence(recall) << QString();
  lines << MemoryWords::tr("segments before the end\tasked\trecalled\tright by luck\tnovelty");
  for (const RecallBucket& each : recall.buckets) {
    lines << QStringLiteral("%1\t%2\t%3\t%4\t%5")
                 .arg(distanceText(each.nearest, each.farthest))
                 .arg(each.asked)
                 .arg(each.recalled)
                 .arg(each.guessed)
                 .arg(each.novelty ? smallNumber(*each.novelty) : QStringLiteral("-"));
  }
  lines << QString() << MemoryWords::tr("distance\tresult\tfact\tquestion\tanswer");
  for (const MarkedReading& reading : recall.readings) {
    for (const MarkerOutcome& each : reading.outcomes) {
      lines << QStringLiteral("%1\t%2\t%3\t%4\t%5")
                   .arg(each.distance)
                   .arg(outcomeText(each), QString::fromStdString(each.fact.sentence),
                        QString::fromStdString(each.fact.question), answerOr(each.answer));
    }
  }
  return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

}  // namespace tidemark::ui
