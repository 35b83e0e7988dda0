#pragma once
// The matches of one search and which of them is the current one. No widget, no thread.

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/types.h"

namespace tidemark::ui {

class FindSession {
 public:
  /// Forgets all matches; the current one will be the first at or behind `from`, or the first of all.
  void begin(std::uint64_t from);
  /// Matches come in the order of the text. Returns whether there is a current match now and was none before.
  bool append(std::span<const ByteRange> matches);
  bool finish(bool limited);
  void clear();

  /// Both wrap around. While the search runs the last match known is the last one.
  void next();
  void previous();

  [[nodiscard]] const std::vector<ByteRange>& matches() const { return m_matches; }
  [[nodiscard]] std::optional<std::size_t> current() const { return m_current; }
  [[nodiscard]] bool isRunning() const { return m_running; }
  [[nodiscard]] bool isLimited() const { return m_limited; }

 private:
  std::vector<ByteRange> m_matches;
  std::optional<std::size_t> m_current;
  std::uint64_t m_from = 0;
  bool m_running = false;
  bool m_limited = false;
};

}  // namespace tidemark::ui
