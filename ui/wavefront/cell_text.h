#pragma once
// What is said about a cell, for the eye and for the ear. Numbers follow the locale.

#include <QString>
#include <QStringList>

#include "ui/wavefront/wavefront_layout.h"
#include "ui/wavefront/wavefront_state.h"

namespace tidemark::ui {

/// "segment 345 · layer 2 · step 347"
[[nodiscard]] QString cellTitle(const CellId& cell);
/// "novelty 0.41 · write 0.63 · change 0.02 · 14.2 ms", or what the cell waits for.
[[nodiscard]] QString cellNumbers(const WavefrontState& state, const CellId& cell);
/// Lines of the card: title, passage (if there is one), numbers, evidence (if there is any).
[[nodiscard]] QStringList cellCard(const WavefrontState& state, const CellId& cell, const QString& passage);
/// One sentence for a screen reader.
[[nodiscard]] QString cellSentence(const WavefrontState& state, const CellId& cell);
/// Of the document that has left the last layer, rounded down.
[[nodiscard]] int readPercent(const WavefrontState& state);
/// "Reading: 38 percent, segment 145 of 381, 6 layers"
[[nodiscard]] QString spokenSummary(const WavefrontState& state);
/// A value of a metric with two digits that count: "0.41", "0.0032"; smaller than the colour scale shows: "<0.0001".
[[nodiscard]] QString metricNumber(double value);
/// The same for the room of a cell: ".41", ".0032", "4e-4", "0".
[[nodiscard]] QString shortNumber(double value);

}  // namespace tidemark::ui
