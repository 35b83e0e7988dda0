#pragma once
// The values a session file holds. Plain data; which table each lives in is in schema.h.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/types.h"

namespace tidemark {

/// What a memory belongs to: it is refused for any other model or segmentation, and read on in another precision only
/// on purpose.
struct ModelIdentity {
  std::string name;             // directory name, for people
  std::string configSha256;     // of config.json
  std::string weightsSha256;    // of all weight files
  std::string tokenizerSha256;  // of the tokenizer file
  std::string precision;        // arithmetic of the memory: "f32" or "bf16"
  int segmentSize = 0;          // T
  int memoryTokens = 0;         // M
  int layers = 0;               // L
  int memoryHeads = 0;          // H
  int keyWidth = 0;             // 2 nu d_mem, all heads together
  int hiddenSize = 0;           // D
  friend bool operator==(const ModelIdentity&, const ModelIdentity&) = default;
};

struct DocumentRecord {
  std::int64_t id = 0;
  std::string title;
  std::string sourcePath;
  std::string sourceSha256;
  ByteRange bytes;  // session-wide position of its text
  std::uint64_t characters = 0;
  std::uint64_t replacedBytes = 0;
  std::string importedAt;  // UTC, ISO 8601
};

/// Where a page begins, session-wide, and what is printed on it.
struct PageRecord {
  std::uint64_t byte = 0;
  std::string label;  // empty: its number says it
  friend bool operator==(const PageRecord&, const PageRecord&) = default;
};

struct HeadingRecord {
  std::uint64_t byte = 0;  // session-wide
  int level = 1;           // 1 is the highest
  std::string title;
  friend bool operator==(const HeadingRecord&, const HeadingRecord&) = default;
};

/// What is known of the file that a document came from, and of how it became text.
struct DocumentSource {
  std::string format;         // "text", "pdf", ..: formatName()
  int extractionVersion = 0;  // kExtractionVersion when it was read; 0: before there was one
  std::string author;
  std::string coverageJson;   // one JSON object (service/coverage_record.h)
  std::int64_t modified = 0;  // of the file, nanoseconds since 1970; 0: unknown, or pasted text
  std::uint64_t bytes = 0;    // size of the file
  friend bool operator==(const DocumentSource&, const DocumentSource&) = default;
};

/// All that is stored about a document besides its text.
struct DocumentContents {
  std::int64_t document = 0;
  DocumentSource source;
  std::vector<PageRecord> pages;        // in order; none: the format has no pages
  std::vector<HeadingRecord> headings;  // in order
  friend bool operator==(const DocumentContents&, const DocumentContents&) = default;
};

struct SegmentRecord {
  std::int64_t index = 0;  // s, over the whole session
  ByteRange bytes;
  std::vector<TokenId> tokens;
};

struct CellMetricsRecord {
  std::int64_t segment = 0;
  int layer = 0;
  float novelty = 0;         // mean gamma over the memory tokens
  float writeStrength = 0;   // mean beta
  float relativeChange = 0;  // |dW| / |W| after the write
};

/// Memory of one layer: W_mem [heads, keyWidth / heads, D / heads] and then z [heads, keyWidth / heads], float32.
struct LayerPayload {
  bool written = false;  // false: nothing was ever written, values is empty
  std::vector<float> values;
};

// Stored as numbers: new ones go to the end, old ones keep their place.
enum class SnapshotReason { kInterval, kEnd, kPinned, kFork };

/// Memory after segment `segment`, complete over all layers.
struct SnapshotRecord {
  std::int64_t segment = -1;
  TextCursor next;        // where the token after the segment starts
  std::string stateHash;  // hash of the memory, as printed by the commands
  SnapshotReason reason = SnapshotReason::kInterval;
  bool pinned = false;
  std::vector<LayerPayload> layers;
};

/// A snapshot without its payload.
struct SnapshotInfo {
  std::int64_t id = 0;
  std::int64_t segment = -1;
  TextCursor next;
  std::string stateHash;
  SnapshotReason reason = SnapshotReason::kInterval;
  bool pinned = false;
  std::uint64_t bytes = 0;
  std::string createdAt;
};

/// What one segment wrote to memory, packed (memory/memory_trace.h).
struct TraceRecord {
  std::int64_t segment = 0;
  std::vector<std::byte> packed;
};

/// Tokens after the last full segment. Valid only together with the newest snapshot: `segmentsBefore` says which.
struct TailRecord {
  std::int64_t segmentsBefore = 0;
  TokenRun tokens;
  TextCursor next;  // end of the text that was read
};

// Stored as numbers: new ones go to the end, old ones keep their place.
enum class QuestionState { kRunning, kDone, kCancelled, kFailed };

/// A segment that an answer came from, as its memory trace says: a measure of what was used, no proof of what is true.
struct EvidenceRecord {
  std::int64_t segment = 0;
  double share = 0;       // of what the answer's tokens read from memory; a segment may also take back, so signed
  double logDrop = 0;     // what the answer's log-probability (base e) loses without the segment's contribution
  std::int64_t page = 0;  // of its document, from 1; 0: it has no pages
  ByteRange bytes;        // session-wide: the sentence that was found in the segment, or all of it
  std::string quote;      // the sentence; empty if none stood out
  friend bool operator==(const EvidenceRecord&, const EvidenceRecord&) = default;
};

struct QuestionRecord {
  std::int64_t id = 0;
  std::string question;
  std::int64_t asOfSegment = -1;  // memory after this segment answered; -1: an empty memory
  QuestionState state = QuestionState::kRunning;
  std::string answer;
  std::vector<TokenId> tokens;
  std::int64_t tokensReread = 0;
  double firstTokenMs = 0;
  std::string askedAt;
  std::vector<EvidenceRecord> evidence = {};  // the most important first; stored once the answer is done
  std::string noEvidence = {};                // why there is none although it was asked for, a part of a sentence
};

/// What a question was answered with as of one place.
struct TimelinePoint {
  std::int64_t segment = -1;
  std::string answer;
  std::vector<TokenId> tokens;
  double logProbability = 0;  // natural, of these tokens one after the other
  friend bool operator==(const TimelinePoint&, const TimelinePoint&) = default;
};

/// One question, asked of the memory as it was at many places.
struct TimelineRecord {
  std::int64_t id = 0;
  std::string question;
  QuestionState state = QuestionState::kRunning;
  std::string askedAt;
  std::vector<TimelinePoint> points;  // ascending
};

/// Which of its points answer otherwise than the one before. The text that changed the answer lies between the two.
[[nodiscard]] std::vector<std::size_t> changePoints(const TimelineRecord& timeline);

/// A place in the text that somebody marked.
struct BookmarkRecord {
  std::int64_t id = 0;
  std::uint64_t byte = 0;  // session-wide position
  std::string label;
  std::string createdAt;  // UTC, ISO 8601
  friend bool operator==(const BookmarkRecord&, const BookmarkRecord&) = default;
};

}  // namespace tidemark
