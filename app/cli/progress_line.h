#pragma once
// One line on stderr that says how far something is: redrawn on a terminal, a line now and then elsewhere.

#include <cstdint>
#include <string>

#include "engine/base/run_clock.h"

namespace tidemark::cli {

class ProgressLine {
 public:
  explicit ProgressLine(bool terminal) : m_terminal(terminal) {}

  [[nodiscard]] bool isOnTerminal() const { return m_terminal; }
  /// Whether the last one is old enough for another.
  [[nodiscard]] bool isDue() const;
  void show(const std::string& text);
  /// "WHAT 12 of 340", if it is due.
  void showStep(const std::string& what, std::int64_t done, std::int64_t all);
  /// Ends the redrawn line, so that what follows starts on its own.
  void close();

 private:
  bool m_terminal;
  bool m_drawn = false;
  RunClock m_clock;
  double m_lastShown = 0;
};

}  // namespace tidemark::cli
