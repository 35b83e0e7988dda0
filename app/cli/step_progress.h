#pragma once
// How far something is that counts its steps, on stderr: one line that is redrawn on a terminal, a line now and then
// elsewhere.

#include <cstdint>
#include <string>

#include "engine/base/run_clock.h"

namespace tidemark::cli {

class StepProgress {
 public:
  explicit StepProgress(bool terminal) : m_terminal(terminal) {}

  /// "WHAT 12 of 340".
  void show(const std::string& what, std::int64_t done, std::int64_t all);
  /// Ends the redrawn line, so that what follows starts on its own.
  void close();

 private:
  bool m_terminal;
  bool m_drawn = false;
  RunClock m_clock;
  double m_lastShown = 0;
};

}  // namespace tidemark::cli
