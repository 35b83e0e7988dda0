#include "engine/service/document_revision.h"

#include <algorithm>
#include <map>

#include "engine/document/chunk_cut.h"
#include "engine/service/document_reader.h"

namespace tidemark {
namespace {

/// Up to here a change cannot reach back: where a chunk ends depends on so many bytes from its first one on.
constexpr std::uint64_t kReach = TokenStream::kLongestChunkBytes + kCutLookahead;

/// Moves a place in the old edition to the same place in the new one, as long as that one lies behind all text.
class EditionPlaces {
 public:
  EditionPlaces(ByteRange old, ByteRange edition) : m_old(old), m_edition(edition) {}
  [[nodiscard]] std::uint64_t toEdition(std::uint64_t byte) const {
    return byte >= m_old.begin ? byte - m_old.begin + m_edition.begin : byte;
  }
  [[nodiscard]] std::uint64_t fromEdition(std::uint64_t byte) const {
    return byte >= m_edition.begin ? byte - m_edition.begin + m_old.begin : byte;
  }

 private:
  ByteRange m_old;
  ByteRange m_edition;
};

/// How many segments are the same in both editions: cuts the new one as a read would, beginning at a safe place, and
/// compares with what is stored.
Result<std::int64_t> countSameSegments(const EngineState& state, const std::vector<DocumentRecord>& documents,
                                       const DocumentRecord& old, ByteRange edition, std::uint64_t changedByte) {
  const SessionStore& store = state.store;
  const auto safe = safeSnapshot(store, changedByte);
  if (!safe) return safe.error();
  std::map<std::int64_t, TextCursor> cursors;  // of the snapshots, which must stay true
  const auto snapshots = store.snapshots();
  if (!snapshots) return snapshots.error();
  for (const SnapshotInfo& snapshot : *snapshots) cursors[snapshot.segment] = snapshot.next;

  const EditionPlaces places(old.bytes, edition);
  std::optional<TextCursor> cursor;
  if (*safe) cursor = TextCursor{places.toEdition((*safe)->next.chunkByte), (*safe)->next.tokensConsumed};
  std::int64_t segment = *safe ? (*safe)->segment + 1 : 0;
  DocumentReader reader(store, *state.model.tokenizer, state.model.config().memory->segmentSize, segment, cursor);
  for (const DocumentRecord& document : documents) {
    if (document.bytes.begin < old.bytes.begin) reader.setText(document.bytes, true);
  }
  reader.setText(edition, true);
  reader.endText();
  std::vector<TokenId> tokens;
  while (true) {
    const auto more = reader.nextSegment(tokens);
    if (!more) return more.error();
    if (!*more) return segment;
    const auto stored = store.segments(segment, segment + 1);
    if (!stored) return stored.error();
    if (stored->empty()) return segment;
    const DocumentReader::Entered& entered = reader.enteredSegment(segment);
    const ByteRange bytes = stored->front().bytes;
    const TextCursor next{places.fromEdition(entered.next.chunkByte), entered.next.tokensConsumed};
    const auto expected = cursors.find(segment);
    const bool isSame = bytes.end <= changedByte && stored->front().tokens == tokens &&
                        places.fromEdition(entered.segment.bytes.end) == bytes.end &&
                        (expected == cursors.end() || expected->second == next);
    if (!isSame) return segment;
    reader.entered().clear();
    ++segment;
  }
}

}  // namespace

Result<std::optional<SnapshotInfo>> safeSnapshot(const SessionStore& store, std::uint64_t changedByte) {
  const auto snapshots = store.snapshots();
  if (!snapshots) return snapshots.error();
  std::optional<SnapshotInfo> safe;
  for (const SnapshotInfo& snapshot : *snapshots) {
    if (snapshot.next.chunkByte + kReach <= changedByte) safe = snapshot;
  }
  return safe;
}

Result<DocumentRevision> reviseDocument(EngineState& state, std::int64_t document, const FinishedDocument& edition) {
  const auto documents = state.store.documents();
  if (!documents) return documents.error();
  const auto old = std::find_if(documents->begin(), documents->end(),
                                [document](const DocumentRecord& each) { return each.id == document; });
  if (old == documents->end()) {
    return makeError(ErrorCode::kNotFound, state.store.path().string() + " has no document number " +
                                               std::to_string(document) + " any more; read it as a new one");
  }
  const auto common = state.store.commonBytes(document, edition.id);
  if (!common) return common.error();
  DocumentRevision revision;
  revision.firstChangedByte = old->bytes.begin + *common;
  const ByteRange text = state.store.pendingText();
  const bool isSame = revision.firstChangedByte == old->bytes.end && *common == text.end - text.begin;
  const auto kept =
      isSame ? state.store.segmentCount() : countSameSegments(state, *documents, *old, text, revision.firstChangedByte);
  if (!kept) return kept.error();
  auto replaced = state.store.finishEdition(edition.id, edition.sourceSha256, edition.characters, edition.replacedBytes,
                                            edition.contents, document, *kept);
  if (!replaced) return replaced.error();
  revision.document = std::move(*replaced);
  ++state.textChanges;
  if (Status loaded = loadNewest(state); !loaded) return loaded.error();
  return revision;
}

}  // namespace tidemark
