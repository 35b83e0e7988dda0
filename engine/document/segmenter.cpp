#include <algorithm>
#include <utility>

#include "engine/document/token_stream.h"

namespace tidemark {

Segmenter::Segmenter(int segmentSize, TokenRun tail) : m_segmentSize(segmentSize), m_pending(std::move(tail)) {}

Result<std::optional<Segment>> Segmenter::next(TokenStream& stream) {
  if (m_segmentSize <= 0 || m_pending.ids.size() != m_pending.bytes.size() ||
      m_pending.ids.size() >= static_cast<std::size_t>(std::max(m_segmentSize, 0))) {
    return makeError(ErrorCode::kInvalidArgument,
                     "cannot cut segments of " + std::to_string(m_segmentSize) + " tokens after a tail of " +
                         std::to_string(m_pending.ids.size()) + " tokens with " +
                         std::to_string(m_pending.bytes.size()) + " byte ranges; a tail is shorter than a segment");
  }
  const auto size = static_cast<std::size_t>(m_segmentSize);
  while (m_pending.ids.size() < size) {
    const Result<std::optional<TokenStream::Token>> token = stream.next();
    if (!token) return token.error();
    if (!token->has_value()) return std::optional<Segment>();
    m_pending.ids.push_back((*token)->id);
    m_pending.bytes.push_back((*token)->bytes);
  }
  Segment segment;
  segment.tokens = std::exchange(m_pending, {});
  segment.bytes = {segment.tokens.bytes.front().begin, segment.tokens.bytes.back().end};
  segment.next = stream.cursor();
  return std::optional<Segment>(std::move(segment));
}

}  // namespace tidemark
