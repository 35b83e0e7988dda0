#include "extract/layout/cell_split.h"

#include <cmath>
#include <limits>

namespace tidemark {
namespace {

/// A space is a quarter to a half of the type's size; in justified lines it may grow to a whole one.
constexpr double kLeastGap = 1.6;
constexpr std::size_t kMostCells = 24;
constexpr std::size_t kMostWords = 400;

struct Word {
  std::size_t begin = 0;
  double width = 0;  // with the space behind it
};

std::vector<TextBox> stretches(const TextLine& line, const TextBox* begin, const TextBox* end) {
  std::vector<TextBox> result;
  for (const TextBox* box = begin; box != end; ++box) {
    const bool apart = result.empty() || box->x - result.back().right() > kLeastGap * line.size;
    if (apart || verticalOverlap(result.back(), *box) < -0.3 * line.size) {
      result.push_back(*box);
    } else {
      result.back() = united(result.back(), *box);
    }
  }
  return result;
}

std::vector<Word> wordsOf(const std::string& text) {
  std::vector<Word> words;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t space = std::min(text.find(' ', at), text.size() - 1);
    words.push_back({at, expectedWidth(std::string_view(text).substr(at, space + 1 - at))});
    at = space + 1;
  }
  return words;
}

}  // namespace

std::vector<LineCell> splitCells(const TextLine& line, const TextBox* begin, const TextBox* end) {
  if (end - begin < 2) return {};
  const std::vector<TextBox> parts = stretches(line, begin, end);
  if (parts.size() < 2 || parts.size() > kMostCells) return {};
  const std::vector<Word> words = wordsOf(line.text);
  if (words.size() < parts.size() || words.size() > kMostWords) return {};

  // How many times wider the type is than expected, over the whole line.
  double expected = 0;
  double actual = 0;
  for (const Word& word : words) expected += word.width;
  for (const TextBox& part : parts) actual += part.width;
  const double scale = actual / expected;

  // cost[p][w]: of the first p stretches holding the first w words.
  const std::size_t columns = words.size() + 1;
  std::vector<double> cost((parts.size() + 1) * columns, std::numeric_limits<double>::infinity());
  std::vector<std::size_t> from(cost.size(), 0);
  cost[0] = 0;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    for (std::size_t first = part; first < words.size(); ++first) {
      const double before = cost[part * columns + first];
      if (!std::isfinite(before)) continue;
      double width = 0;
      for (std::size_t last = first; last < words.size(); ++last) {
        width += words[last].width * scale;
        const double off = width - parts[part].width;
        const double total = before + off * off;
        const std::size_t at = (part + 1) * columns + last + 1;
        if (total < cost[at]) {
          cost[at] = total;
          from[at] = first;
        }
      }
    }
  }
  if (!std::isfinite(cost.back())) return {};
  std::vector<LineCell> cells(parts.size());
  std::size_t last = words.size();
  for (std::size_t part = parts.size(); part > 0; --part) {
    last = from[part * columns + last];
    cells[part - 1] = {words[last].begin, parts[part - 1]};
  }
  return cells;
}

}  // namespace tidemark
