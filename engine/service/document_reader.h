#pragma once
// The segments of a session's documents, in order, from a cursor on: what an executor reads from. Remembers what
// entered the front until it is stored.

#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "engine/document/token_stream.h"
#include "engine/executor/executor.h"
#include "engine/session/session_store.h"

namespace tidemark {

class DocumentReader : public SegmentSource {
 public:
  /// Starts at `cursor` (the beginning without one) and numbers segments from `firstSegment`. References must outlive
  /// it.
  DocumentReader(const SessionStore& store, const Tokenizer& tokenizer, std::vector<DocumentRecord> documents,
                 int segmentSize, std::int64_t firstSegment, std::optional<TextCursor> cursor);

  [[nodiscard]] Result<bool> nextSegment(std::vector<TokenId>& tokens) override;

  struct Entered {
    SegmentRecord segment;
    TextCursor next;
  };
  /// Segments that entered and were not taken yet, oldest first.
  [[nodiscard]] std::deque<Entered>& entered() { return m_entered; }
  /// Where the token after segment `index` starts; the segment must not have been taken.
  [[nodiscard]] const Entered& enteredSegment(std::int64_t index) const;
  [[nodiscard]] std::uint64_t bytesRead() const { return m_bytesRead; }
  /// After the end: tokens that fill no segment, and where the text ends.
  [[nodiscard]] const TokenRun& tail() const { return m_segmenter.tail(); }
  [[nodiscard]] TextCursor end() const { return m_end; }

 private:
  class StoredText;
  [[nodiscard]] bool openNextDocument();

  const SessionStore& m_store;
  const Tokenizer& m_tokenizer;
  std::vector<DocumentRecord> m_documents;
  std::size_t m_nextDocument = 0;
  std::optional<TextCursor> m_cursor;  // for the first document only
  Segmenter m_segmenter;
  std::unique_ptr<StoredText> m_text;
  std::optional<TokenStream> m_stream;
  std::int64_t m_nextSegment;
  std::deque<Entered> m_entered;
  std::uint64_t m_bytesRead = 0;
  TextCursor m_end;

 public:
  ~DocumentReader() override;
};

}  // namespace tidemark
