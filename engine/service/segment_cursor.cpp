#include "engine/service/segment_cursor.h"

#include "engine/service/document_reader.h"

namespace tidemark {

Result<TextCursor> cursorAfter(const EngineState& state, std::int64_t segment) {
  const auto snapshot = state.store.newestSnapshot(segment);
  if (!snapshot) return snapshot.error();
  std::optional<TextCursor> cursor;
  std::int64_t next = 0;
  if (snapshot->has_value()) {
    if ((*snapshot)->segment == segment) return (*snapshot)->next;
    cursor = (*snapshot)->next;
    next = (*snapshot)->segment + 1;
  }
  const auto documents = state.store.documents();
  if (!documents) return documents.error();
  DocumentReader reader(state.store, *state.model.tokenizer, state.model.config().memory->segmentSize, next, cursor);
  for (const DocumentRecord& document : *documents) reader.setText(document.bytes, true);
  reader.endText();
  std::vector<TokenId> tokens;
  for (; next <= segment; ++next) {
    const auto more = reader.nextSegment(tokens);
    if (!more) return more.error();
    const auto stored = state.store.segments(next, next + 1);
    if (!stored) return stored.error();
    if (!*more || stored->empty() || stored->front().tokens != tokens) {
      return makeError(ErrorCode::kCorrupt, "the text of " + state.store.path().string() +
                                                " does not give the tokens of segment " + std::to_string(next) +
                                                " that were read; read it into a new session");
    }
    if (next == segment) break;
    reader.entered().clear();
  }
  return reader.enteredSegment(segment).next;
}

}  // namespace tidemark
