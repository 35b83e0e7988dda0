#pragma once
// Back and forward through the places that were jumped from, as in a browser.

#include <cstdint>
#include <optional>
#include <vector>

namespace tidemark::ui {

class JumpHistory {
 public:
  /// The reader leaves `from` by a jump to another place: what could be gone forward to is dropped.
  void recordJump(std::uint64_t from);
  /// The place to go back to from `current`, which forward() then leads to.
  [[nodiscard]] std::optional<std::uint64_t> back(std::uint64_t current);
  [[nodiscard]] std::optional<std::uint64_t> forward(std::uint64_t current);
  void clear();

  [[nodiscard]] bool canGoBack() const { return !m_back.empty(); }
  [[nodiscard]] bool canGoForward() const { return !m_forward.empty(); }

 private:
  std::vector<std::uint64_t> m_back;
  std::vector<std::uint64_t> m_forward;
};

}  // namespace tidemark::ui
