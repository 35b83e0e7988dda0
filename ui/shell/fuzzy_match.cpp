#include "ui/shell/fuzzy_match.h"

#include <algorithm>

namespace tidemark::ui {
namespace {

constexpr int kLetter = 4;
constexpr int kWordStart = 12;
constexpr int kHump = 10;
constexpr int kSideBySide = 9;
constexpr int kVeryFirst = 4;
constexpr int kNever = -1000000;

int placeBonus(QStringView text, qsizetype at) {
  if (at == 0) return kWordStart + kVeryFirst;
  if (!text[at - 1].isLetterOrNumber() && text[at].isLetterOrNumber()) return kWordStart;
  if (text[at].isUpper() && text[at - 1].isLower()) return kHump;
  return 0;
}

}  // namespace

std::optional<FuzzyMatch> fuzzyMatch(QStringView pattern, QStringView text) {
  QString letters;
  for (const QChar letter : pattern) {
    if (!letter.isSpace()) letters += letter.toCaseFolded();
  }
  if (letters.isEmpty()) return FuzzyMatch{};
  const qsizetype rows = letters.size();
  const qsizetype columns = text.size();
  if (rows > columns) return std::nullopt;

  // best[row][column]: the best score with letter `row` placed on `column`; from: where the letter before it stands.
  std::vector<int> best(static_cast<std::size_t>(rows * columns), kNever);
  std::vector<qsizetype> from(static_cast<std::size_t>(rows * columns), -1);
  const auto cell = [columns](qsizetype row, qsizetype column) {
    return static_cast<std::size_t>(row * columns + column);
  };
  for (qsizetype row = 0; row < rows; ++row) {
    int carried = kNever;  // best of the row above, less one for every letter skipped since
    qsizetype carriedFrom = -1;
    for (qsizetype column = row; column < columns; ++column) {
      if (row > 0) {
        carried -= 1;
        if (column >= 2 && best[cell(row - 1, column - 2)] - 1 > carried) {
          carried = best[cell(row - 1, column - 2)] - 1;
          carriedFrom = column - 2;
        }
      }
      if (text[column].toCaseFolded() != letters[row]) continue;
      const int here = kLetter + placeBonus(text, column);
      if (row == 0) {
        best[cell(row, column)] = here - static_cast<int>(std::min<qsizetype>(column, 8));
        continue;
      }
      const int beside = best[cell(row - 1, column - 1)];
      const bool takesBeside = beside + kSideBySide >= carried;
      const int before = takesBeside ? beside + kSideBySide : carried;
      if (before <= kNever / 2) continue;
      best[cell(row, column)] = before + here;
      from[cell(row, column)] = takesBeside ? column - 1 : carriedFrom;
    }
  }

  const auto lastRow = best.begin() + static_cast<std::ptrdiff_t>((rows - 1) * columns);
  const auto top = std::max_element(lastRow, best.end());
  if (*top <= kNever / 2) return std::nullopt;
  FuzzyMatch match;
  match.score = *top - static_cast<int>(std::min<qsizetype>(columns, 60) / 6);
  match.positions.resize(static_cast<std::size_t>(rows));
  qsizetype column = top - lastRow;
  for (qsizetype row = rows; row-- > 0;) {
    match.positions[static_cast<std::size_t>(row)] = column;
    column = from[cell(row, column)];
  }
  return match;
}

}  // namespace tidemark::ui
