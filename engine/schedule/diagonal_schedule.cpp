#include "engine/schedule/diagonal_schedule.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tidemark {

std::optional<Diagonal> DiagonalSchedule::next(bool segmentEnters) {
  if (segmentEnters) {
    TM_CHECK(accepts(), "a segment cannot enter a draining front");
    ++m_entered;
  }
  if (m_entered == 0 || m_index > m_entered - 1 + m_layers - 1) return std::nullopt;
  Diagonal diagonal;
  diagonal.index = m_index++;
  diagonal.firstLayer = static_cast<int>(std::max<std::int64_t>(0, diagonal.index - (m_entered - 1)));
  const auto lastLayer = static_cast<int>(std::min<std::int64_t>(m_layers - 1, diagonal.index));
  diagonal.count = lastLayer - diagonal.firstLayer + 1;
  return diagonal;
}

}  // namespace tidemark
