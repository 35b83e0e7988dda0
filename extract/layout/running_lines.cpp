#include "extract/layout/running_lines.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "extract/layout/raw_characters.h"

namespace tidemark {
namespace {

constexpr std::size_t kMostEdgeLines = 3;
constexpr double kEdgePart = 0.13;     // of the page's height
constexpr double kSamePlace = 4;       // points
constexpr std::size_t kRepeats = 2;    // other pages with the same words
constexpr std::size_t kCountings = 3;  // other pages with other words whose number counts along
constexpr std::size_t kLongestEdgeLine = 200;

/// Value of a Roman numeral in small letters; 0: it is none.
std::int64_t romanValue(std::string_view text) {
  if (text.empty() || text.size() > 8) return 0;
  std::int64_t value = 0;
  std::int64_t before = 0;
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit) {
    const std::size_t kind = std::string_view("ivxlcdm").find(*digit);
    if (kind == std::string_view::npos) return 0;
    constexpr std::int64_t kValues[] = {1, 5, 10, 50, 100, 500, 1000};
    value += kValues[kind] < before ? -kValues[kind] : kValues[kind];
    before = std::max(before, kValues[kind]);
  }
  return value;
}

bool isAsciiDigit(char byte) {
  return byte >= '0' && byte <= '9';
}

EdgeLine edgeLine(const TextLine& line, std::size_t index, double distance) {
  EdgeLine edge{index, distance, {}, {}, false, false};
  std::string lower = line.text.substr(0, kLongestEdgeLine);
  for (char& byte : lower) byte = byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + 32) : byte;
  if (const std::int64_t roman = romanValue(lower); roman > 0) {
    edge.words += '#';
    edge.numbers = {roman};
    return edge;
  }
  for (std::size_t at = 0; at < lower.size();) {
    if (!isAsciiDigit(lower[at])) {
      edge.words += lower[at++];
      continue;
    }
    std::int64_t value = 0;
    const std::size_t first = at;
    for (; at < lower.size() && isAsciiDigit(lower[at]); ++at)
      value = std::min(value * 10 + (lower[at] - '0'), std::int64_t{1'000'000'000});
    edge.numberFirst = edge.numberFirst || first == 0;
    edge.numberLast = at == lower.size();
    edge.numbers.push_back(value);
    edge.words += '#';
  }
  return edge;
}

/// The same words, and every number is the same or counts the pages.
bool repeats(const EdgeLine& a, const EdgeLine& b, std::int64_t pages) {
  if (a.words != b.words || a.numbers.size() != b.numbers.size()) return false;
  for (std::size_t i = 0; i < a.numbers.size(); ++i) {
    const std::int64_t difference = b.numbers[i] - a.numbers[i];
    if (difference != 0 && difference != pages) return false;
  }
  return true;
}

/// The outer number of one and that of the other count the pages, whatever stands beside them.
bool countsAlong(const EdgeLine& a, const EdgeLine& b, std::int64_t pages) {
  const auto outer = [](const EdgeLine& line) {
    std::vector<std::int64_t> numbers;
    if (line.numberFirst) numbers.push_back(line.numbers.front());
    if (line.numberLast) numbers.push_back(line.numbers.back());
    return numbers;
  };
  const std::vector<std::int64_t> others = outer(b);
  for (const std::int64_t number : outer(a)) {
    if (std::find(others.begin(), others.end(), number + pages) != others.end()) return true;
  }
  return false;
}

bool isRunning(const EdgeLine& line, bool top, const std::deque<PageEdges>& window, std::size_t middle) {
  std::size_t repeated = 0;
  std::size_t counted = 0;
  const std::size_t first = middle - std::min(middle, kRunningLineReach);
  const std::size_t end = std::min(window.size(), middle + kRunningLineReach + 1);
  for (std::size_t page = first; page < end; ++page) {
    if (page == middle) continue;
    const std::int64_t pages = static_cast<std::int64_t>(page) - static_cast<std::int64_t>(middle);
    bool repeatedHere = false;
    bool countedHere = false;
    for (const EdgeLine& other : top ? window[page].top : window[page].bottom) {
      if (std::abs(other.distance - line.distance) > kSamePlace) continue;
      repeatedHere = repeatedHere || repeats(line, other, pages);
      countedHere = countedHere || countsAlong(line, other, pages);
    }
    repeated += repeatedHere ? 1 : 0;
    counted += countedHere ? 1 : 0;
  }
  return repeated >= kRepeats || counted >= kCountings;
}

}  // namespace

PageEdges edgesOf(const std::vector<TextLine>& lines, double pageHeight) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].placed()) order.push_back(i);
  }
  PageEdges edges;
  const auto above = [&lines](std::size_t a, std::size_t b) { return lines[a].baseline < lines[b].baseline; };
  const std::size_t count = std::min(kMostEdgeLines, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(), above);
  for (std::size_t i = 0; i < count; ++i) {
    const double distance = lines[order[i]].baseline;
    if (distance < kEdgePart * pageHeight) edges.top.push_back(edgeLine(lines[order[i]], order[i], distance));
  }
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count), order.end(),
                    [&above](std::size_t a, std::size_t b) { return above(b, a); });
  for (std::size_t i = 0; i < count; ++i) {
    const double distance = pageHeight - lines[order[i]].baseline;
    if (distance < kEdgePart * pageHeight) edges.bottom.push_back(edgeLine(lines[order[i]], order[i], distance));
  }
  return edges;
}

std::vector<bool> runningLines(const std::deque<PageEdges>& window, std::size_t middle, std::size_t lines) {
  std::vector<bool> running(lines, false);
  for (const bool top : {true, false}) {
    for (const EdgeLine& line : top ? window[middle].top : window[middle].bottom) {
      // What stands further in than a line of the text is text.
      if (!isRunning(line, top, window, middle)) break;
      running[line.line] = true;
    }
  }
  return running;
}

}  // namespace tidemark
