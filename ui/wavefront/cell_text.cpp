#include "ui/wavefront/cell_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace tidemark::ui {
namespace {

struct CellWords {
  Q_DECLARE_TR_FUNCTIONS(Wavefront)
};

QString number(double value, int decimals) {
  return QLocale().toString(value, 'f', decimals);
}

constexpr double kSmallest = 1e-4;  // where the colour scale begins

/// Of ten, of the first digit. Values were kept in 16 bits: 0.09998 was 0.1.
int powerOf(double value) {
  return static_cast<int>(std::floor(std::log10(value * 1.001)));
}

QString whole(std::int64_t value) {
  return QLocale().toString(static_cast<qlonglong>(value));
}

QString stateName(CellState state) {
  switch (state) {
    case CellState::kPending:
      return CellWords::tr("not read yet");
    case CellState::kNext:
      return CellWords::tr("runs next");
    case CellState::kRunning:
      return CellWords::tr("running now");
    case CellState::kDone:
      return CellWords::tr("done");
    case CellState::kRestored:
      return CellWords::tr("restored from the session");
  }
  return {};
}

bool isFinished(CellState state) {
  return state == CellState::kDone || state == CellState::kRestored;
}

QString duration(double seconds) {
  return CellWords::tr("%1 ms").arg(number(seconds * 1000, seconds < 0.1 ? 1 : 0));
}

}  // namespace

QString cellTitle(const CellId& cell) {
  return CellWords::tr("segment %1 · layer %2 · step %3")
      .arg(whole(cell.segment), whole(cell.layer), whole(cell.segment + cell.layer));
}

QString cellNumbers(const WavefrontState& state, const CellId& cell) {
  const CellState now = state.cellState(cell.segment, cell.layer);
  if (!isFinished(now)) return stateName(now);
  QStringList parts;
  if (const auto metrics = state.data().metrics(cell.segment, cell.layer)) {
    parts << CellWords::tr("novelty %1").arg(metricNumber(static_cast<double>(metrics->novelty)))
          << CellWords::tr("write %1").arg(metricNumber(static_cast<double>(metrics->writeStrength)))
          << CellWords::tr("change %1").arg(metricNumber(static_cast<double>(metrics->relativeChange)));
  }
  if (const auto group = state.data().groupOf(cell.segment, cell.layer)) {
    parts << duration(static_cast<double>(state.data().groups()[static_cast<std::size_t>(*group)].seconds));
  } else {
    parts << stateName(CellState::kRestored);
  }
  return parts.join(QStringLiteral(" · "));
}

QStringList cellCard(const WavefrontState& state, const CellId& cell, const QString& passage) {
  QStringList lines{cellTitle(cell)};
  if (!passage.isEmpty()) lines << passage;
  lines << cellNumbers(state, cell);
  if (state.hasEvidence() && state.evidence(cell.segment) > 0) {
    lines << CellWords::tr("%1 % of the evidence")
                 .arg(number(static_cast<double>(state.evidence(cell.segment)) * 100, 1));
  }
  return lines;
}

QString cellSentence(const WavefrontState& state, const CellId& cell) {
  const CellState now = state.cellState(cell.segment, cell.layer);
  const auto metrics = state.data().metrics(cell.segment, cell.layer);
  if (!isFinished(now) || !metrics) {
    return CellWords::tr("Segment %1, layer %2: %3.").arg(whole(cell.segment), whole(cell.layer), stateName(now));
  }
  return CellWords::tr("Segment %1, layer %2: %3, novelty %4, write strength %5, change of memory %6.")
      .arg(whole(cell.segment), whole(cell.layer), stateName(now), metricNumber(static_cast<double>(metrics->novelty)),
           metricNumber(static_cast<double>(metrics->writeStrength)),
           metricNumber(static_cast<double>(metrics->relativeChange)));
}

int readPercent(const WavefrontState& state) {
  const std::int64_t total = std::max<std::int64_t>(1, state.data().totalSegments());
  return static_cast<int>(state.finishedSegments() * 100 / total);
}

QString spokenSummary(const WavefrontState& state) {
  const std::int64_t total = state.data().totalSegments();
  const std::int64_t done = state.finishedSegments();
  if (total == 0) return CellWords::tr("Nothing has been read.");
  const int percent = readPercent(state);
  const QString layers = CellWords::tr("%n layer(s)", nullptr, state.data().layers());
  QString form = done >= total ? CellWords::tr("Read: %1 percent, segment %2 of %3, %4")
                               : CellWords::tr("Stopped: %1 percent, segment %2 of %3, %4");
  if (state.isReplay()) {
    form = CellWords::tr("Replay: %1 percent, segment %2 of %3, %4");
  } else if (state.data().isPaused()) {
    form = CellWords::tr("Paused: %1 percent, segment %2 of %3, %4");
  } else if (state.data().isReading()) {
    form = CellWords::tr("Reading: %1 percent, segment %2 of %3, %4");
  }
  return form.arg(whole(percent), whole(done), whole(total), layers);
}

QString metricNumber(double value) {
  if (!(value > 0)) return number(0, 0);
  if (value < kSmallest) return CellWords::tr("<%1").arg(number(kSmallest, 4));
  const int decimals = std::clamp(1 - powerOf(value), 2, 5);
  return number(value, decimals);
}

QString shortNumber(double value) {
  if (!(value > kSmallest)) return number(0, 0);
  if (value >= 0.995) return number(1, 0);
  if (value < 0.0095) {
    const int power = powerOf(value);
    return QStringLiteral("%1e%2").arg(number(std::floor(value / std::pow(10.0, power) + 0.5), 0)).arg(power);
  }
  // Without its leading zero, as in a table of figures.
  return number(value, 2).mid(1);
}

}  // namespace tidemark::ui
