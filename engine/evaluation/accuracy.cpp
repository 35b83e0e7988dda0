#include "engine/evaluation/accuracy.h"

#include <algorithm>
#include <cmath>

namespace tidemark {

ShareInterval wilsonInterval(std::int64_t right, std::int64_t total) {
  if (total <= 0) return {};
  constexpr double kZ = 1.959963984540054;  // 97.5 % of the normal distribution lie below
  const auto n = static_cast<double>(total);
  const double share = static_cast<double>(right) / n;
  const double center = share + kZ * kZ / (2 * n);
  const double spread = kZ * std::sqrt(share * (1 - share) / n + kZ * kZ / (4 * n * n));
  const double scale = 1 + kZ * kZ / n;
  return {std::clamp((center - spread) / scale, 0.0, 1.0), std::clamp((center + spread) / scale, 0.0, 1.0)};
}

}  // namespace tidemark
