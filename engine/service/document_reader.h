#pragma once
// The segments of a session's documents, in order, from a cursor on: what an executor reads from. The text may still be
// coming in: then it waits, and what it gives does not depend on how it came. Remembers what entered the front until it
// is stored.

#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "engine/document/token_stream.h"
#include "engine/executor/executor.h"
#include "engine/service/stored_text.h"
#include "engine/session/session_store.h"

namespace tidemark {

class DocumentReader : public SegmentSource {
 public:
  /// Starts at `cursor` (the beginning without one) and numbers segments from `firstSegment`. References must outlive
  /// it.
  DocumentReader(const SessionStore& store, const Tokenizer& tokenizer, int segmentSize, std::int64_t firstSegment,
                 std::optional<TextCursor> cursor);
  ~DocumentReader() override;

  /// Where the text of a document lies: one behind those given before, or the last one again, which has grown. Only the
  /// last one may be incomplete.
  void setText(ByteRange bytes, bool isComplete);
  /// No more documents will come.
  void endText();
  /// Takes an incomplete last document back. False if its text was looked at already: then it cannot be taken back.
  [[nodiscard]] bool forgetIncomplete();

  /// Looks for the next segment and keeps it.
  [[nodiscard]] bool isReady() override;
  [[nodiscard]] Result<bool> nextSegment(std::vector<TokenId>& tokens) override;

  struct Entered {
    SegmentRecord segment;
    TextCursor next;
  };
  /// Segments that entered and were not taken yet, oldest first.
  [[nodiscard]] std::deque<Entered>& entered() { return m_entered; }
  /// Where the token after segment `index` starts; the segment must not have been taken.
  [[nodiscard]] const Entered& enteredSegment(std::int64_t index) const;
  /// Whether the text of a segment that entered lies in complete documents only, so that it may be stored.
  [[nodiscard]] bool isStorable(std::int64_t index) const;
  [[nodiscard]] std::uint64_t bytesRead() const { return m_bytesRead; }
  /// After the end: tokens that fill no segment, and where the text ends.
  [[nodiscard]] const TokenRun& tail() const { return m_segmenter.tail(); }
  [[nodiscard]] TextCursor end() const { return m_end; }

 private:
  struct Text {
    ByteRange bytes;
    bool isComplete = false;
  };
  enum class Pulled { kSegment, kEnd, kWaits };
  [[nodiscard]] bool openNextText();
  /// Finds the next segment: m_next, if there is one.
  [[nodiscard]] Result<Pulled> pull();

  const SessionStore& m_store;
  const Tokenizer& m_tokenizer;
  std::vector<Text> m_texts;
  std::size_t m_nextText = 0;  // the first one that was not opened yet
  bool m_allGiven = false;
  bool m_isNews = true;                // something was given since it was looked at
  std::optional<TextCursor> m_cursor;  // for the first document only
  Segmenter m_segmenter;
  std::unique_ptr<StoredText> m_text;
  std::optional<TokenStream> m_stream;
  std::optional<Result<Pulled>> m_pulled;  // what nextSegment will give; never that it waits
  Segment m_next;
  std::int64_t m_nextSegment;
  std::deque<Entered> m_entered;
  std::uint64_t m_bytesRead = 0;
  TextCursor m_end;
};

}  // namespace tidemark
