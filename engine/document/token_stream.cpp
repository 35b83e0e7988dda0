#include "engine/document/token_stream.h"

#include <algorithm>
#include <array>
#include <string>

#include "engine/document/chunk_cut.h"

namespace tidemark {

namespace {

/// What is read at first: enough for nearly every text with spaces, a quarter of what the longest chunk needs.
constexpr std::size_t kFirstRead = TokenStream::kChunkBytes + 512;
constexpr std::size_t kLongestRead = TokenStream::kLongestChunkBytes + kCutLookahead;

/// Fills `text` up to `wanted` bytes of the source, counted from `offset`; fewer only at the end of what it has.
Status readUpTo(const TextSource& source, std::uint64_t offset, std::size_t wanted, std::string& text) {
  const std::uint64_t left = source.byteCount() - offset;
  const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(wanted, left));
  std::size_t filled = text.size();
  text.resize(std::max(size, filled));
  while (filled < size) {
    const Result<std::size_t> count = source.read(offset + filled, std::span(text).subspan(filled));
    if (!count) return count.error();
    if (*count == 0 || *count > size - filled) {
      return makeError(ErrorCode::kIo, "the text ended at byte " + std::to_string(offset + filled) + " of " +
                                           std::to_string(source.byteCount()) +
                                           "; it was changed while it was read, so read it again");
    }
    filled += *count;
  }
  return {};
}

}  // namespace

TokenStream::TokenStream(const TextSource& source, const Tokenizer& tokenizer, std::uint64_t byteOffset,
                         std::optional<TextCursor> cursor)
    : m_source(&source),
      m_tokenizer(&tokenizer),
      m_byteOffset(byteOffset),
      m_chunkByte(cursor ? cursor->chunkByte : byteOffset),
      m_nextChunkByte(m_chunkByte),
      m_skip(cursor ? cursor->tokensConsumed : 0) {}

Result<std::optional<TokenStream::Token>> TokenStream::next() {
  const std::uint64_t end = m_byteOffset + m_source->byteCount();
  if (m_nextChunkByte < m_byteOffset || m_nextChunkByte > end) {
    return makeError(ErrorCode::kInvalidArgument, "cannot go on at byte " + std::to_string(m_nextChunkByte) +
                                                      ": the text covers bytes " + std::to_string(m_byteOffset) +
                                                      " to " + std::to_string(end));
  }
  m_waiting = false;
  while (m_position == m_chunk.ids.size()) {
    if (m_nextChunkByte == end && m_skip == 0 && m_source->isComplete()) return std::optional<Token>();
    const Result<bool> loaded = loadChunk();
    if (!loaded) return loaded.error();
    m_waiting = !*loaded;
    if (m_waiting) return std::optional<Token>();
  }
  const Token token{m_chunk.ids[m_position], m_chunk.bytes[m_position]};
  ++m_position;
  return std::optional<Token>(token);
}

TextCursor TokenStream::cursor() const {
  // One position has one cursor: the end of a chunk is the beginning of the next.
  if (m_position == m_chunk.ids.size()) return {m_nextChunkByte, m_skip};
  return {m_chunkByte, m_position};
}

Result<bool> TokenStream::loadChunk() {
  const std::uint64_t offset = m_nextChunkByte - m_byteOffset;
  const bool isComplete = m_source->isComplete();
  if (!isComplete && m_source->byteCount() - offset < kChunkBytes) return false;
  std::string text;
  std::optional<std::size_t> cut;
  for (const std::size_t wanted : {kFirstRead, kLongestRead}) {
    if (Status status = readUpTo(*m_source, offset, wanted, text); !status) return status.error();
    const bool atEnd = isComplete && offset + text.size() == m_source->byteCount();
    cut = findChunkEnd(text, atEnd, {kChunkBytes, kLongestChunkBytes});
    if (cut) break;
  }
  if (!cut && !isComplete) return false;
  TM_CHECK(cut.has_value(), "a full window always has an end");
  const std::string_view chunk = std::string_view(text).substr(0, *cut);

  // The tokenizer makes up a space in front of the chunk; the one that the text has there would be a second.
  const bool dropsSpace = offset > 0 && m_tokenizer->addsSpace() && isLoneSpace(chunk, 0);
  TokenRun tokens;
  const std::size_t begin = dropsSpace ? 1 : 0;
  if (Status status = m_tokenizer->encode(chunk.substr(begin), m_nextChunkByte + begin, tokens); !status) {
    return status.error();
  }
  if (m_skip > tokens.ids.size()) {
    return makeError(ErrorCode::kMismatch, "cannot go on after token " + std::to_string(m_skip) +
                                               " of the text at byte " + std::to_string(m_nextChunkByte) +
                                               ", which has " + std::to_string(tokens.ids.size()) +
                                               " there; the text or the tokenizer is not the one it was read with");
  }
  if (!tokens.bytes.empty()) tokens.bytes.front().begin = m_nextChunkByte;
  m_chunk = std::move(tokens);
  m_chunkByte = m_nextChunkByte;
  m_nextChunkByte += *cut;
  m_position = m_skip;
  m_skip = 0;
  return true;
}

}  // namespace tidemark
