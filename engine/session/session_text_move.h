#pragma once
// Text that changes its place because other text came or went, and what the reading of it leaves behind. All in a
// transaction of the caller. Private to engine/session.

#include <cstdint>

#include "engine/session/session_file.h"

namespace tidemark {

/// Positions are unique: everything that moves, from session-wide byte `from` on, is first lifted out of the way.
[[nodiscard]] Status liftText(const SessionFile& file, std::uint64_t from);
/// Puts the lifted text of a document down again, as far from `newBegin` as it was from `oldBegin`. New rows: a row of
/// text never changes (CachedText). Errors: kCorrupt.
[[nodiscard]] Status settleText(const SessionFile& file, std::int64_t document, std::uint64_t oldBegin,
                                std::uint64_t newBegin);
/// Cuts `bytes` out of the pieces of text that reach into it; the text behind it stays where it is. Errors: kCorrupt.
[[nodiscard]] Status cutText(const SessionFile& file, ByteRange bytes);
/// Stores place and number of characters of a document.
[[nodiscard]] Status updateDocument(const SessionFile& file, const DocumentRecord& document);
/// With its text, its pages and its headings.
[[nodiscard]] Status deleteDocument(const SessionFile& file, std::int64_t document);
/// What was read stays up to `keptSegments` segments, with their traces; evidence that points behind `changedByte` or
/// to a later segment goes.
[[nodiscard]] Status forgetReading(const SessionFile& file, std::int64_t keptSegments, std::uint64_t changedByte);

}  // namespace tidemark
