#include "app/cli/closest_name.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace tidemark::cli {
namespace {

/// Insertions, deletions and replacements that turn a into b.
std::size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

}  // namespace

std::string closestName(std::string_view typed, std::span<const std::string> candidates) {
  constexpr std::size_t kLongestName = 64;  // nobody mistypes that much; keeps the table small
  if (typed.empty() || typed.size() > kLongestName) return "";
  std::string closest;
  std::size_t best = typed.size() / 3 + 1;  // farther away is a guess, not a correction
  for (const std::string& candidate : candidates) {
    const std::size_t distance = candidate.starts_with(typed) ? 0 : editDistance(typed, candidate);
    if (distance < best || (distance == best && closest.empty())) {
      best = distance;
      closest = candidate;
    }
  }
  return closest;
}

}  // namespace tidemark::cli
