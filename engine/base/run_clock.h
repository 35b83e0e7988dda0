#pragma once
// Seconds since the clock was made: the one stopwatch for runs, benchmarks and rates.

#include <chrono>

namespace tidemark {

class RunClock {
 public:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - m_start).count();
  }

 private:
  std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
};

}  // namespace tidemark
