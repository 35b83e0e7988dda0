#pragma once
// Tokens of a long text, chunk by chunk, in constant memory, and the segmenter that cuts them into full segments. The
// text may still be growing: a chunk is cut only when no text behind what has come could move its end, so tokens do not
// depend on when text came.
//
// A chunk is a piece of text that is encoded on its own. Where a chunk ends depends on the text from its first byte
// only: so a stream restarted at a chunk's first byte goes on exactly like one that never stopped. A chunk ends before
// a single space between two other characters once it is long enough. That space is left out if the tokenizer makes up
// one in front of every text (it stands for it, so the tokens are those of the whole text) and belongs to the byte
// range of the next chunk's first token. Byte-level tokenizers make up nothing, and begin a word at every white space
// that follows something else, so the space stays and the tokens are those of the whole text too. Text without such a
// space is cut before other white space, then before a wide comma or full stop, and at last at a character boundary; at
// the last two a made-up space may appear as a token that the whole text does not have, and at the very last a word is
// cut in two. A user-defined piece with a space inside it is not found across a cut.

#include <cstdint>
#include <optional>

#include "engine/base/result.h"
#include "engine/base/text_source.h"
#include "engine/base/types.h"
#include "engine/tokenizer/tokenizer.h"

namespace tidemark {

class TokenStream {
 public:
  /// Chunks are cut at the first good place after kChunkBytes and at any character after kLongestChunkBytes.
  static constexpr std::size_t kChunkBytes = 4096;
  static constexpr std::size_t kLongestChunkBytes = 16384;

  /// `source` and `tokenizer` must outlive the stream. Byte ranges and the cursor count from `byteOffset`, the position
  /// of this text in the session; reading starts at `cursor` (its chunkByte is a session position too).
  TokenStream(const TextSource& source, const Tokenizer& tokenizer, std::uint64_t byteOffset,
              std::optional<TextCursor> cursor = std::nullopt);

  struct Token {
    TokenId id = 0;
    ByteRange bytes;
  };
  /// The next token, or nothing: at the end of the text, or when more of it is awaited (isWaiting). Errors: those of
  /// the source and the tokenizer, kIo (the source has fewer bytes than it says), kInvalidArgument (a cursor outside
  /// the text), kMismatch (a cursor behind the tokens of its chunk: another text or tokenizer).
  [[nodiscard]] Result<std::optional<Token>> next();
  /// Whether the last next() gave nothing because the text goes on and too little of it has come.
  [[nodiscard]] bool isWaiting() const { return m_waiting; }

  /// Where the token that next() will return starts; at the end of a chunk, the beginning of the next.
  [[nodiscard]] TextCursor cursor() const;

 private:
  /// False if the chunk's end cannot be told yet.
  [[nodiscard]] Result<bool> loadChunk();

  const TextSource* m_source;
  const Tokenizer* m_tokenizer;
  std::uint64_t m_byteOffset;
  std::uint64_t m_chunkByte;      // session position of the current chunk
  std::uint64_t m_nextChunkByte;  // session position of the chunk after it
  TokenRun m_chunk;
  std::uint64_t m_position = 0;  // tokens of the chunk already returned
  std::uint64_t m_skip = 0;      // tokens to drop from the first chunk after a restart
  bool m_waiting = false;
};

/// One full segment of T tokens.
struct Segment {
  TokenRun tokens;
  ByteRange bytes;  // from the first token's begin to the last token's end
  TextCursor next;  // where the token after the segment starts
};

/// Collects tokens into segments; what does not fill one stays in `tail()`.
class Segmenter {
 public:
  /// `segmentSize` T tokens; `tail`: tokens that an earlier run left uncommitted.
  explicit Segmenter(int segmentSize, TokenRun tail = {});

  /// Pulls tokens until a segment is full; nothing when the stream ends or waits first (the rest is the tail, and the
  /// beginning of the next segment). Errors: those of the stream (what was pulled before stays in the tail),
  /// kInvalidArgument (no positive size, a tail as long as one).
  [[nodiscard]] Result<std::optional<Segment>> next(TokenStream& stream);
  [[nodiscard]] const TokenRun& tail() const { return m_pending; }

 private:
  int m_segmentSize;
  TokenRun m_pending;
};

}  // namespace tidemark
