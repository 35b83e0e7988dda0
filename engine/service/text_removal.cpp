#include "engine/service/text_removal.h"

#include <algorithm>
#include <functional>
#include <map>

#include "engine/document/chunk_cut.h"
#include "engine/document/token_stream.h"
#include "engine/service/coverage_record.h"
#include "engine/service/document_pages.h"
#include "engine/service/document_revision.h"
#include "engine/service/stored_text.h"
#include "engine/tokenizer/utf8.h"

namespace tidemark {
namespace {

/// One document's text as it will be.
class ShortenedText : public TextSource {
 public:
  /// `bytes` counts without the removed text.
  ShortenedText(const SessionStore& store, ByteRange bytes, ByteRange removed)
      : m_store(store), m_bytes(bytes), m_removed(removed) {}

  [[nodiscard]] std::uint64_t byteCount() const override { return m_bytes.end - m_bytes.begin; }

  [[nodiscard]] Result<std::size_t> read(std::uint64_t offset, std::span<char> out) const override {
    std::size_t copied = 0;
    while (copied < out.size() && offset + copied < byteCount()) {
      const std::uint64_t place = m_bytes.begin + offset + copied;
      const bool isBefore = place < m_removed.begin;
      const std::uint64_t end = isBefore ? std::min(m_removed.begin, m_bytes.end) : m_bytes.end;
      const auto room = std::min<std::uint64_t>(out.size() - copied, end - place);
      const std::uint64_t from = isBefore ? place : place + (m_removed.end - m_removed.begin);
      const auto count = m_store.readText(from, out.subspan(copied, static_cast<std::size_t>(room)));
      if (!count) return count.error();
      if (*count == 0) break;
      copied += *count;
    }
    return copied;
  }

 private:
  const SessionStore& m_store;
  ByteRange m_bytes;
  ByteRange m_removed;
};

/// The first byte from `byte` on that begins a character.
Result<std::uint64_t> nextCharacter(const SessionStore& store, std::uint64_t byte) {
  char next[4];
  const auto count = store.readText(byte, next);
  if (!count) return count.error();
  std::size_t at = 0;
  while (at < *count && continuesCharacter(next[at])) ++at;
  return byte + at;
}

Result<std::uint64_t> countCharacters(const SessionStore& store, ByteRange bytes) {
  std::uint64_t characters = 0;
  const Status scanned = scanText(store, bytes, [&](std::uint64_t, std::string_view piece) -> Status {
    characters +=
        static_cast<std::uint64_t>(std::count_if(piece.begin(), piece.end(), std::not_fn(continuesCharacter)));
    return {};
  });
  if (!scanned) return scanned.error();
  return characters;
}

/// Pages of which something is left, by their names: those behind a gap are still called what they were.
std::vector<PageRecord> pagesWithout(const DocumentRecord& document, const DocumentContents& contents,
                                     ByteRange removed) {
  std::vector<PageRecord> pages;
  if (contents.pages.empty()) return pages;
  const PageMap map = pageMapOf(document, contents);
  for (std::int64_t page = 0; page < map.pageCount(); ++page) {
    const ByteRange bytes = map.bytesOf(page);
    if (bytes.begin >= removed.begin && bytes.end <= removed.end && bytes.begin < removed.end) continue;
    const bool keepsNumber = page == static_cast<std::int64_t>(pages.size());
    const std::uint64_t begin = placeWithout(bytes.begin, removed) - placeWithout(document.bytes.begin, removed);
    pages.push_back({begin, keepsNumber ? map.labelOf(page) : map.nameOf(page)});
  }
  if (!pages.empty()) pages.front().byte = 0;
  return pages;
}

Result<ShortenedDocument> shorten(const SessionStore& store, const DocumentRecord& document,
                                  const DocumentContents& contents, ByteRange removed) {
  const ByteRange own{std::max(document.bytes.begin, removed.begin), std::min(document.bytes.end, removed.end)};
  const auto gone = countCharacters(store, own);
  if (!gone) return gone.error();
  ShortenedDocument shortened;
  shortened.id = document.id;
  shortened.characters = document.characters - std::min(document.characters, *gone);
  shortened.contents = contents;
  if (contents.source.extractionVersion == 0) return shortened;
  shortened.contents.pages = pagesWithout(document, contents, removed);
  auto& headings = shortened.contents.headings;
  std::erase_if(headings, [&](const HeadingRecord& each) { return each.byte >= own.begin && each.byte < own.end; });
  for (HeadingRecord& heading : headings) {
    heading.byte = placeWithout(heading.byte, removed) - placeWithout(document.bytes.begin, removed);
  }
  auto coverage = parseCoverageRecord(contents.source.coverageJson);
  if (!coverage) return coverage.error();
  coverage->removedCharacters += *gone;
  shortened.contents.source.coverageJson = toCoverageRecord(*coverage);
  return shortened;
}

/// Cuts the shortened text as a read would, from a safe place on, and compares with what was read.
class SegmentComparison {
 public:
  SegmentComparison(const EngineState& state, const std::vector<DocumentRecord>& documents, ByteRange removed)
      : m_state(state),
        m_documents(documents),
        m_removed(removed),
        m_segmenter(state.model.config().memory->segmentSize) {}

  [[nodiscard]] Status run(TextRemovalPlan& plan) {
    const auto safe = safeSnapshot(m_state.store, m_removed.begin);
    if (!safe) return safe.error();
    const auto snapshots = m_state.store.snapshots();
    if (!snapshots) return snapshots.error();
    for (const SnapshotInfo& snapshot : *snapshots) m_cursors[snapshot.segment] = snapshot.next;
    if (*safe) {
      m_segment = (*safe)->segment + 1;
      plan.next = (*safe)->next;
    }
    m_cursor = plan.next;
    m_end = m_cursor.value_or(TextCursor{});
    plan.removal.keptSegments = m_segment;
    for (const DocumentRecord& document : m_documents) {
      const auto same = compare(document, plan);
      if (!same) return same.error();
      if (!*same) return {};
    }
    plan.tail = TailRecord{m_segment, m_segmenter.tail(), m_end};
    return {};
  }

 private:
  /// False at the first segment that is another one.
  [[nodiscard]] Result<bool> compare(const DocumentRecord& document, TextRemovalPlan& plan) {
    const ByteRange bytes{placeWithout(document.bytes.begin, m_removed), placeWithout(document.bytes.end, m_removed)};
    if (bytes.begin == bytes.end) return true;
    if (m_cursor && bytes.end <= m_cursor->chunkByte) return true;
    const ShortenedText text(m_state.store, bytes, m_removed);
    TokenStream stream(text, *m_state.model.tokenizer, bytes.begin, std::exchange(m_cursor, std::nullopt));
    while (true) {
      const auto segment = m_segmenter.next(stream);
      if (!segment) return segment.error();
      m_end = stream.cursor();
      if (!segment->has_value()) return true;
      if (m_isLast) return false;
      const auto stored = m_state.store.segments(m_segment, m_segment + 1);
      if (!stored) return stored.error();
      const bool isSame = !stored->empty() && stored->front().bytes == (*segment)->bytes &&
                          stored->front().bytes.end <= m_removed.begin &&
                          stored->front().tokens == (*segment)->tokens.ids;
      if (!isSame) return false;
      plan.next = (*segment)->next;
      plan.removal.keptSegments = ++m_segment;
      // The same tokens, but the next one is found at another place: such a snapshot must be made anew, and only the
      // last one is.
      const auto cursor = m_cursors.find(m_segment - 1);
      m_isLast = cursor != m_cursors.end() && cursor->second != (*segment)->next;
    }
  }

  const EngineState& m_state;
  const std::vector<DocumentRecord>& m_documents;
  ByteRange m_removed;
  Segmenter m_segmenter;
  std::map<std::int64_t, TextCursor> m_cursors;  // of the snapshots, which must stay true
  std::optional<TextCursor> m_cursor;            // for the first document only
  TextCursor m_end;
  std::int64_t m_segment = 0;
  bool m_isLast = false;  // no segment may follow this one
};

}  // namespace

Result<TextRemovalPlan> planRemoval(const EngineState& state, ByteRange bytes) {
  const SessionStore& store = state.store;
  if (Status text = requireText(state, "changed"); !text) return text.error();
  const auto documents = store.documents();
  if (!documents) return documents.error();
  const std::uint64_t end = documents->empty() ? 0 : documents->back().bytes.end;
  if (bytes.begin >= bytes.end || bytes.end > end) {
    return makeError(ErrorCode::kInvalidArgument, "there is nothing to take out: the text of " + store.path().string() +
                                                      " has " + std::to_string(end) + " bytes, and bytes " +
                                                      std::to_string(bytes.begin) + " to " + std::to_string(bytes.end) +
                                                      " were named");
  }
  const auto begin = nextCharacter(store, bytes.begin);
  if (!begin) return begin.error();
  const auto behind = nextCharacter(store, bytes.end);
  if (!behind) return behind.error();
  TextRemovalPlan plan;
  plan.removal.bytes = {*begin, *behind};
  if (*begin == *behind || (*begin == 0 && *behind == end)) {
    return makeError(ErrorCode::kInvalidArgument,
                     *begin == *behind
                         ? "there is nothing to take out between these places; choose others"
                         : "nothing would be left of " + store.path().string() + "; read into a new session instead");
  }
  const auto contents = store.contents();
  if (!contents) return contents.error();
  for (std::size_t i = 0; i < documents->size(); ++i) {
    const DocumentRecord& document = (*documents)[i];
    if (document.bytes.end <= *begin || document.bytes.begin >= *behind) continue;
    if (document.bytes.begin >= *begin && document.bytes.end <= *behind) {
      plan.documentsGone.push_back(document.id);
      continue;
    }
    auto shortened = shorten(store, document, (*contents)[i], plan.removal.bytes);
    if (!shortened) return shortened.error();
    plan.removal.shortened.push_back(std::move(shortened).value());
  }
  const auto characters = countCharacters(store, plan.removal.bytes);
  if (!characters) return characters.error();
  plan.characters = *characters;
  if (Status compared = SegmentComparison(state, *documents, plan.removal.bytes).run(plan); !compared) {
    return compared.error();
  }
  const std::int64_t last = plan.removal.keptSegments - 1;
  if (last < 0) return plan;
  const auto nearest = store.newestSnapshot(last);
  if (!nearest) return nearest.error();
  plan.replays = !nearest->has_value() || (*nearest)->segment != last || (*nearest)->next != *plan.next;
  if (!plan.replays) return plan;
  if (Status same = requireSamePrecision(state); !same) return same.error();
  return plan;
}

Result<JobStep> RemovalJob::step() {
  if (m_stop.stop_requested()) {
    return makeError(ErrorCode::kCancelled, "nothing was taken out; the session is as it was");
  }
  if (!m_plan) {
    if (Status begun = begin(); !begun) return begun.error();
    return JobStep::kMore;
  }
  if (m_plan->replays) {
    const auto step = m_replay.step();
    if (!step) return step.error();
    if (*step == JobStep::kMore) return JobStep::kMore;
  }
  if (Status stored = store(); !stored) return stored.error();
  return JobStep::kDone;
}

Status RemovalJob::begin() {
  auto plan = planRemoval(m_state, m_request.bytes);
  if (!plan) return plan.error();
  m_plan = std::move(plan).value();
  return m_plan->replays ? m_replay.goTo(m_plan->removal.keptSegments - 1) : Status();
}

Status RemovalJob::store() {
  TextRemoval& removal = m_plan->removal;
  SnapshotRecord snapshot;
  if (m_plan->replays) {
    const auto memory = captureMemory(*m_state.model.backend, m_replay.memory(), removal.keptSegments - 1);
    if (!memory) return memory.error();
    snapshot = toSnapshotRecord(*memory, *m_plan->next, SnapshotReason::kEnd);
    removal.snapshot = &snapshot;
  }
  if (Status removed = m_state.store.removeText(removal); !removed) return removed;
  removal.snapshot = nullptr;
  ++m_state.textChanges;
  if (Status loaded = loadNewest(m_state); !loaded) return loaded;
  if (m_plan->tail) {
    if (Status stored = m_state.store.storeTail(*m_plan->tail); !stored) return stored;
  }
  TextRemoved event;
  event.run = m_run;
  event.bytes = removal.bytes;
  event.characters = m_plan->characters;
  event.documentsGone = m_plan->documentsGone;
  event.segmentsKept = removal.keptSegments;
  event.segmentsReread = m_replay.segmentsReread();
  event.readFinished = m_plan->tail.has_value();
  event.stateHash = m_state.newest ? hashMemory(*m_state.newest) : std::string();
  m_state.send(event);
  return {};
}

}  // namespace tidemark
