#pragma once
// A text that is held in memory anyway: tests, short inputs.

#include <algorithm>
#include <string>
#include <utility>

#include "engine/base/text_source.h"

namespace tidemark {

class MemoryTextSource final : public TextSource {
 public:
  explicit MemoryTextSource(std::string text) : m_text(std::move(text)) {}

  [[nodiscard]] std::uint64_t byteCount() const override { return m_text.size(); }

  [[nodiscard]] Result<std::size_t> read(std::uint64_t offset, std::span<char> out) const override {
    if (offset >= m_text.size()) return std::size_t{0};
    const std::size_t count = std::min<std::size_t>(out.size(), m_text.size() - offset);
    std::copy_n(m_text.data() + offset, count, out.data());
    return count;
  }

 private:
  std::string m_text;
};

}  // namespace tidemark
