#pragma once
// Segments from a list of tokens: only the full ones, as a document reader gives them.

#include <span>
#include <vector>

#include "engine/executor/executor.h"

namespace tidemark::testing {

class VectorSource : public SegmentSource {
 public:
  VectorSource(std::span<const TokenId> tokens, int segmentSize) : m_tokens(tokens), m_segmentSize(segmentSize) {}

  [[nodiscard]] Result<bool> nextSegment(std::vector<TokenId>& tokens) override {
    const auto size = static_cast<std::size_t>(m_segmentSize);
    if (m_at + size > m_tokens.size()) return false;
    tokens.assign(m_tokens.begin() + static_cast<long>(m_at), m_tokens.begin() + static_cast<long>(m_at + size));
    m_at += size;
    return true;
  }
  [[nodiscard]] std::span<const TokenId> rest() const { return m_tokens.subspan(m_at); }

 private:
  std::span<const TokenId> m_tokens;
  int m_segmentSize;
  std::size_t m_at = 0;
};

}  // namespace tidemark::testing
