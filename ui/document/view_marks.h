#pragma once
// What is marked in the text, in document bytes.

#include <QString>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/base/types.h"

namespace tidemark::ui {

/// Text that an answer rests on; `share` in 0..1 sets how strongly it is marked.
struct EvidenceMark {
  ByteRange bytes;
  float share = 1;
};

struct BookmarkMark {
  qint64 id = 0;
  quint64 byte = 0;
  QString label;
};

/// Somewhere in `bytes` stands what changed an answer.
struct ChangeMark {
  ByteRange bytes;
  QString label;  // from which answer to which
  friend bool operator==(const ChangeMark&, const ChangeMark&) = default;
};

struct DocumentMarks {
  std::vector<EvidenceMark> evidence;
  std::vector<BookmarkMark> bookmarks;
  std::optional<ByteRange> ghost;      // what the pointer is on elsewhere
  std::optional<ByteRange> target;     // what a jump led to; goes away by itself
  std::span<const ByteRange> matches;  // of the search, sorted
  std::optional<std::size_t> currentMatch;
  ByteRange selection;
  std::optional<std::uint64_t> caret;
};

[[nodiscard]] inline bool overlap(ByteRange a, ByteRange b) {
  return a.begin < b.end && b.begin < a.end;
}

}  // namespace tidemark::ui
