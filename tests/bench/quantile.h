#pragma once
// How measurements are summed up.

#include <algorithm>
#include <cstddef>
#include <vector>

namespace tidemark::bench {

/// The value with this share of the others below it (0 to 1; 0.5: the median, of an even number the upper one of the
/// two in the middle); 0 without values.
[[nodiscard]] inline double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1) + 0.5)];
}

}  // namespace tidemark::bench
