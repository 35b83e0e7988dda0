#pragma once
// How wide the lines of a text are by nature: texts that were wrapped by hand use a part of the column only. No Qt.

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark::ui {

/// Looks at every line of the first piece of a text, on the thread that builds it. Works with the widths that letters
/// usually have; what a line takes on the screen only a font can tell, hence it keeps the lines.
class LineWidths {
 public:
  /// In average characters; lines up to this are short.
  static constexpr double kShort = 84;
  static constexpr std::size_t kMostKept = 24;

  /// UTF-8 without its line end.
  void add(std::string_view line);
  /// The widest lines, the widest first, if nearly all lines are short; otherwise nothing. A few lines that are much
  /// wider than the rest are left out.
  [[nodiscard]] std::vector<std::string> widest() const;
  /// Lines that only one in twenty is wider than: what the block looks as wide as. Nothing where widest() is empty.
  [[nodiscard]] std::vector<std::string> usual() const;

  /// In average characters of running text.
  [[nodiscard]] static double estimate(std::string_view line);

 private:
  static constexpr std::size_t kBuckets = static_cast<std::size_t>(kShort) + 1;

  /// Lines that are wider than bucket `limit`.
  [[nodiscard]] std::size_t widerThan(std::size_t limit) const;
  [[nodiscard]] bool isNearlyAll(std::size_t limit) const;
  [[nodiscard]] std::size_t usualBucket() const;

  std::array<std::size_t, kBuckets> m_counts{};              // of short lines by their width
  std::array<std::vector<std::string>, kBuckets> m_samples;  // a few of them
  std::size_t m_lines = 0;                                   // that are not blank
};

}  // namespace tidemark::ui
