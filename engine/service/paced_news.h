#pragma once
// How often a job tells how far it is. One thread.

#include "engine/base/run_clock.h"

namespace tidemark {

/// Lets through what is new, and not sooner than somebody could have seen the last.
template <typename Progress>
class PacedNews {
 public:
  /// Whether `now` is to be told, which counts as done. `isUrgent`: as soon as it is new.
  [[nodiscard]] bool isDue(const Progress& now, bool isUrgent = false) {
    const double seconds = m_clock.seconds();
    if (now == m_told || (!isUrgent && seconds - m_lastTold < kLeastSeconds)) return false;
    m_told = now;
    m_lastTold = seconds;
    return true;
  }
  [[nodiscard]] const Progress& told() const { return m_told; }

 private:
  static constexpr double kLeastSeconds = 0.05;
  RunClock m_clock;
  double m_lastTold = 0;
  Progress m_told{};
};

}  // namespace tidemark
