#pragma once
// How well a few typed letters fit a name, as a command palette ranks them. Pure; any thread.

#include <QString>
#include <optional>
#include <vector>

namespace tidemark::ui {

struct FuzzyMatch {
  int score = 0;                     // higher fits better; comparable between texts for one pattern
  std::vector<qsizetype> positions;  // characters of the text that matched, ascending
};

/// The letters of `pattern` (spaces ignored, case ignored) must occur in `text` in their order; nothing otherwise.
/// Starts of words and humps of camelCase count most, then letters side by side; gaps and long texts cost. An empty
/// pattern fits everything with 0. Time: length of pattern times length of text.
[[nodiscard]] std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, QStringView text);

}  // namespace tidemark::ui
