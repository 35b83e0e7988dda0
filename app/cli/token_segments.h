#pragma once
// Full segments out of a list of tokens.

#include <span>
#include <vector>

#include "engine/executor/executor.h"

namespace tidemark::cli {

class TokenSegments : public SegmentSource {
 public:
  /// `tokens` outlive the source.
  TokenSegments(std::span<const TokenId> tokens, int segmentSize)
      : m_rest(tokens), m_segmentSize(static_cast<std::size_t>(segmentSize)) {}

  [[nodiscard]] Result<bool> nextSegment(std::vector<TokenId>& tokens) override {
    if (m_rest.size() < m_segmentSize) return false;
    tokens.assign(m_rest.begin(), m_rest.begin() + static_cast<std::ptrdiff_t>(m_segmentSize));
    m_rest = m_rest.subspan(m_segmentSize);
    return true;
  }

  /// What no full segment took yet.
  [[nodiscard]] std::span<const TokenId> rest() const { return m_rest; }

 private:
  std::span<const TokenId> m_rest;
  std::size_t m_segmentSize;
};

}  // namespace tidemark::cli
