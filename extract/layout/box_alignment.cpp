#include "extract/layout/box_alignment.h"

#include <cmath>
#include <cstdint>
#include <limits>

namespace tidemark {
namespace {

// What speaks against an assignment, in units of one clear contradiction.
constexpr float kRowBrokenInLine = 3;  // a box on another row, in the middle of a line
constexpr float kLineEndsInRow = 3;    // a line that ends where the next box goes on beside it
constexpr float kLineWithoutBox = 4;
constexpr float kMostForWidth = 2;
constexpr double kHopelessWidth = 7.4;  // above e^kMostForWidth: no logarithm is needed to know
constexpr std::size_t kMostBoxesOfLine = 64;
constexpr std::size_t kMostWork = 250'000;  // lines times boxes
constexpr std::size_t kDrift = 8;  // rows that lines and boxes may be apart, besides their difference in number
constexpr float kHopeless = 4 * kRowBrokenInLine;

/// For each box whether it begins a row: below, above or to the left of the one before.
std::vector<bool> rowStarts(const std::vector<TextBox>& boxes) {
  std::vector<bool> starts(boxes.size(), false);
  TextBox row;  // the highest box of the row: small ones may be accents, indices, marks of footnotes
  double right = 0;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const TextBox& box = boxes[i];
    const double overlap = verticalOverlap(row, box);
    const bool beside = overlap > 0.3 * std::min(row.height, box.height);
    const bool onward = box.right() > right - 0.8 * row.height || box.x > right - row.height;
    starts[i] = i == 0 || !beside || !onward;
    if (starts[i]) right = box.right();
    if (starts[i] || box.height > row.height) row = box;
    right = std::max(right, box.right());
  }
  return starts;
}

class Alignment {
 public:
  Alignment(const std::vector<LineExtent>& lines, const std::vector<TextBox>& boxes, std::vector<bool> starts)
      : m_lines(lines), m_boxes(boxes), m_starts(std::move(starts)), m_columns(boxes.size() + 1) {}

  /// Least total cost over all ways to cut the boxes into as many runs as there are lines.
  std::vector<BoxRange> best() {
    m_cost.assign((m_lines.size() + 1) * m_columns, std::numeric_limits<float>::infinity());
    m_from.assign(m_cost.size(), 0);
    m_cost[0] = 0;
    const std::vector<std::size_t> rows = rowNumbers();
    const std::size_t count = rows.back();
    const std::size_t drift = kDrift + std::max(count, m_lines.size()) - std::min(count, m_lines.size());
    std::size_t first = 0;
    for (std::size_t line = 0; line < m_lines.size(); ++line) {
      // Only where about as large a part of the rows is behind as of the lines.
      const std::size_t row = line * count / m_lines.size();
      while (first < m_boxes.size() && rows[first] + drift < row) ++first;
      for (std::size_t box = first; box < m_columns && rows[box] <= row + drift; ++box) extend(line, box);
    }
    if (!std::isfinite(m_cost.back())) return {};
    std::vector<BoxRange> ranges(m_lines.size());
    std::size_t end = m_boxes.size();
    for (std::size_t line = m_lines.size(); line > 0; --line) {
      const std::size_t begin = m_from[line * m_columns + end];
      ranges[line - 1] = {begin, end};
      end = begin;
    }
    return ranges;
  }

 private:
  /// How many rows are behind each box; the last: how many there are.
  [[nodiscard]] std::vector<std::size_t> rowNumbers() const {
    std::vector<std::size_t> rows;
    std::size_t row = 0;
    for (const bool starts : m_starts) {
      row += starts ? 1 : 0;
      rows.push_back(row - 1);
    }
    rows.push_back(row);
    return rows;
  }

  void extend(std::size_t line, std::size_t first) {
    const float before = m_cost[line * m_columns + first];
    if (!std::isfinite(before)) return;
    reach(line, first, first, before + kLineWithoutBox);
    float rows = first < m_boxes.size() && first > 0 && !m_starts[first] ? kLineEndsInRow : 0;
    double width = 0;
    double height = 0;
    const std::size_t last = std::min(m_boxes.size(), first + kMostBoxesOfLine);
    for (std::size_t box = first; box < last; ++box) {
      if (box > first && m_starts[box]) rows += kRowBrokenInLine;
      if (rows > kHopeless) break;
      width += m_boxes[box].width;
      height = std::max(height, m_boxes[box].height);
      if (before + rows >= m_cost[(line + 1) * m_columns + box + 1]) continue;  // its width can only cost more
      reach(line, first, box + 1, before + rows + widthCost(m_lines[line], width, height));
    }
  }

  void reach(std::size_t line, std::size_t first, std::size_t end, float cost) {
    const std::size_t at = (line + 1) * m_columns + end;
    if (cost >= m_cost[at]) return;
    m_cost[at] = cost;
    m_from[at] = static_cast<std::uint32_t>(first);
  }

  static float widthCost(const LineExtent& line, double width, double height) {
    const double expected = line.width * height / line.inkHeight;
    if (!(expected > 0) || !(width > 0)) return kMostForWidth;
    if (width > kHopelessWidth * expected || expected > kHopelessWidth * width) return kMostForWidth;
    return std::min(kMostForWidth, static_cast<float>(std::abs(std::log(width / expected))));
  }

  const std::vector<LineExtent>& m_lines;
  const std::vector<TextBox>& m_boxes;
  const std::vector<bool> m_starts;
  const std::size_t m_columns;
  std::vector<float> m_cost;
  std::vector<std::uint32_t> m_from;
};

}  // namespace

std::vector<BoxRange> alignBoxes(const std::vector<LineExtent>& lines, const std::vector<TextBox>& boxes) {
  if (lines.empty() || boxes.empty()) return {};
  std::vector<bool> starts = rowStarts(boxes);
  std::vector<BoxRange> rows;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (starts[i]) rows.push_back({i, i});
    rows.back().end = i + 1;
  }
  if (rows.size() == lines.size()) return rows;  // as nearly always
  if (lines.size() > kMostWork / boxes.size()) return {};
  return Alignment(lines, boxes, std::move(starts)).best();
}

}  // namespace tidemark
