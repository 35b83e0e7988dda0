#pragma once
// A text that comes piece by piece.

#include <algorithm>
#include <string>
#include <utility>

#include "engine/base/text_source.h"

namespace tidemark::test {

class GrowingTextSource final : public TextSource {
 public:
  explicit GrowingTextSource(std::string text) : m_text(std::move(text)) {}

  /// So many more bytes are there now; false if the text was there already to its end.
  bool grow(std::size_t bytes) {
    if (m_there == m_text.size()) return false;
    m_there = std::min(m_text.size(), m_there + bytes);
    return true;
  }
  void complete() { m_complete = true; }

  [[nodiscard]] std::uint64_t byteCount() const override { return m_there; }
  [[nodiscard]] bool isComplete() const override { return m_complete; }
  [[nodiscard]] Result<std::size_t> read(std::uint64_t offset, std::span<char> out) const override {
    if (offset >= m_there) return std::size_t{0};
    return m_text.copy(out.data(), std::min<std::size_t>(out.size(), m_there - offset), offset);
  }

 private:
  std::string m_text;
  std::size_t m_there = 0;
  bool m_complete = false;
};

}  // namespace tidemark::test
