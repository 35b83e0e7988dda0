#pragma once
// How sure a share of right answers is.

#include <cstdint>

namespace tidemark {

struct ShareInterval {
  double low = 0;
  double high = 1;
};

/// The 95 % confidence interval of a share of `right` out of `total`, by Wilson (1927): stays within [0, 1] and is not
/// a point when all or none are right. [0, 1] for a total of 0.
[[nodiscard]] ShareInterval wilsonInterval(std::int64_t right, std::int64_t total);

}  // namespace tidemark
