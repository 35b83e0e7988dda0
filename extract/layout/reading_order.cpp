#include "extract/layout/reading_order.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace tidemark {
namespace {

constexpr double kLeastGap = 1.6;            // of the type's size, between cells
constexpr std::size_t kLeastSplitLines = 5;  // with which a gutter is believed
constexpr double kColumnLetters = 18;        // a column of text has at least so many letters a line; a table has fewer
constexpr double kColumnPart = 0.3;          // of the width of all text, at least

bool besides(const TextLine& left, const TextLine& right) {
  if (!left.placed() || !right.placed() || left.divided) return false;
  const double least = std::min(left.box.height, right.box.height);
  return verticalOverlap(left.box, right.box) > 0.6 * least &&
         std::abs(left.baseline - right.baseline) < 0.3 * std::max(left.size, right.size) &&
         right.box.x - left.box.right() > kLeastGap * left.size;
}

void appendCells(TextLine& row, TextLine line) {
  if (row.cells.empty()) row.cells.push_back({0, row.box});
  row.text += ' ';
  const std::size_t begin = row.text.size();
  if (line.cells.empty()) line.cells.push_back({0, line.box});
  for (LineCell& cell : line.cells) row.cells.push_back({cell.begin + begin, cell.box});
  row.text += line.text;
  row.box = united(row.box, line.box);
  row.divided = line.divided;
  row.raised = row.raised || line.raised;
}

std::vector<TextLine> joinRows(std::vector<TextLine> lines) {
  std::vector<TextLine> rows;
  rows.reserve(lines.size());
  for (TextLine& line : lines) {
    if (!rows.empty() && besides(rows.back(), line)) {
      appendCells(rows.back(), std::move(line));
    } else {
      rows.push_back(std::move(line));
    }
  }
  return rows;
}

/// A gap of the line that the place lies in.
std::optional<std::size_t> gapAt(const TextLine& line, double x) {
  for (std::size_t cell = 1; cell < line.cells.size(); ++cell) {
    if (line.cells[cell - 1].box.right() <= x && x <= line.cells[cell].box.x) return cell;
  }
  return std::nullopt;
}

/// Where two columns part, if lines of the file go across.
std::optional<double> gutterOf(const std::vector<TextLine>& lines) {
  double left = 1e9;
  double right = -1e9;
  std::vector<double> centres;
  for (const TextLine& line : lines) {
    if (!line.placed()) continue;
    left = std::min(left, line.box.x);
    right = std::max(right, line.box.right());
  }
  const double width = right - left;
  for (const TextLine& line : lines) {
    for (std::size_t cell = 1; cell < line.cells.size(); ++cell) {
      const double centre = (line.cells[cell - 1].box.right() + line.cells[cell].box.x) / 2;
      if (std::abs(centre - (left + width / 2)) < 0.15 * width) centres.push_back(centre);
    }
  }
  if (centres.size() < kLeastSplitLines) return std::nullopt;
  std::nth_element(centres.begin(), centres.begin() + static_cast<std::ptrdiff_t>(centres.size() / 2), centres.end());
  const double gutter = centres[centres.size() / 2];

  std::size_t split = 0;
  std::size_t across = 0;
  double letters = 0;
  double cellWidth = 0;
  for (const TextLine& line : lines) {
    if (!line.placed()) continue;
    if (gapAt(line, gutter)) {
      ++split;
      letters += static_cast<double>(line.text.size()) / 2;
      cellWidth += (line.box.width) / 2;
    } else if (line.box.x < gutter && gutter < line.box.right()) {
      ++across;
    }
  }
  const auto count = static_cast<double>(split);
  const bool columns = split >= kLeastSplitLines && split >= across && letters > kColumnLetters * count &&
                       cellWidth > kColumnPart * width * count;
  return columns ? std::optional<double>(gutter) : std::nullopt;
}

TextLine cellsOf(const TextLine& line, std::size_t first, std::size_t end) {
  TextLine part = line.cellLine(first);
  for (std::size_t cell = first + 1; cell < end; ++cell) appendCells(part, line.cellLine(cell));
  return part;
}

std::vector<TextLine> columnByColumn(std::vector<TextLine> lines, double gutter) {
  std::stable_sort(lines.begin(), lines.end(),
                   [](const TextLine& a, const TextLine& b) { return a.baseline < b.baseline; });
  std::vector<TextLine> ordered;
  std::vector<TextLine> right;
  const auto flush = [&ordered, &right] {
    for (TextLine& line : right) ordered.push_back(std::move(line));
    right.clear();
  };
  for (TextLine& line : lines) {
    if (const std::optional<std::size_t> gap = gapAt(line, gutter)) {
      ordered.push_back(cellsOf(line, 0, *gap));
      right.push_back(cellsOf(line, *gap, line.cells.size()));
    } else if (line.placed() && line.box.x >= gutter) {
      right.push_back(std::move(line));
    } else {
      if (line.box.right() > gutter) flush();
      ordered.push_back(std::move(line));
    }
  }
  flush();
  return ordered;
}

}  // namespace

std::vector<TextLine> inReadingOrder(std::vector<TextLine> lines) {
  lines = joinRows(std::move(lines));
  if (const std::optional<double> gutter = gutterOf(lines)) return columnByColumn(std::move(lines), *gutter);
  return lines;
}

}  // namespace tidemark
