#pragma once
// Small value types that every layer shares.

#include <cstdint>
#include <vector>

namespace tidemark {

/// A row of the embedding table; what a tokenizer makes of text.
using TokenId = std::int32_t;

/// Bytes [begin, end) of a text. Session-wide positions count over all documents of the session, in reading order.
struct ByteRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// Where the next token of a text starts, so that tokenizing can go on after a restart exactly as if it had never
/// stopped: the first byte of the chunk that holds it (see document/token_stream.h) and how many tokens of that chunk
/// were consumed already.
struct TextCursor {
  std::uint64_t chunkByte = 0;
  std::uint64_t tokensConsumed = 0;
  friend bool operator==(const TextCursor&, const TextCursor&) = default;
};

/// Tokens with the bytes of text that each came from; both vectors have one entry per token.
struct TokenRun {
  std::vector<TokenId> ids;
  std::vector<ByteRange> bytes;
};

}  // namespace tidemark
