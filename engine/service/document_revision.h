#pragma once
// Another edition of a document takes the place of the one that was read, and as much as possible of what was read
// stays. Engine thread.

#include <cstdint>
#include <optional>
#include <string>

#include "engine/service/engine_state.h"

namespace tidemark {

/// A document whose text is all there (SessionStore::pendingText), and what finishes it.
struct FinishedDocument {
  std::int64_t id = 0;
  std::string sourceSha256;
  std::uint64_t characters = 0;
  std::uint64_t replacedBytes = 0;
  const DocumentContents& contents;  // places count from its beginning
};

struct DocumentRevision {
  DocumentRecord document;             // the edition, in its place
  std::uint64_t firstChangedByte = 0;  // session-wide; the end of both texts: nothing changed
};

/// The newest snapshot from which on reading the text before `changedByte` leads to the same place, whatever comes
/// behind that byte. Errors: those of the store.
[[nodiscard]] Result<std::optional<SnapshotInfo>> safeSnapshot(const SessionStore& store, std::uint64_t changedByte);

/// Finishes `edition` in the place of `document`. Segments stay up to the first one that the change reaches: whose
/// text, or tokens, or the place where the next one begins, are others now. The state's memory is the newest one that
/// is left. In one transaction: who is interrupted has either edition. Errors: those of the store and of the tokenizer.
[[nodiscard]] Result<DocumentRevision> reviseDocument(EngineState& state, std::int64_t document,
                                                      const FinishedDocument& edition);

}  // namespace tidemark
