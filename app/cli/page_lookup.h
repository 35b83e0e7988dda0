#pragma once
// Pages, as people name them, and segments of a session.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "engine/base/result.h"
#include "engine/session/session_store.h"

namespace tidemark::cli {

/// The last segment of the session that lies wholly before the end of the page called `name` ("45", "xii", "TITLE:45");
/// -1 if the first segment reaches further. Errors: kInvalidArgument (no such page: says what there is), and the
/// session's own.
[[nodiscard]] Result<std::int64_t> findLastSegmentOfPage(const std::filesystem::path& session, const std::string& name);

/// A place in the text: behind a segment or a page, or where one begins.
struct PlaceWords {
  std::optional<std::int64_t> segment;
  std::string page;  // its name; empty: the segment says it
  [[nodiscard]] bool isGiven() const { return segment.has_value() || !page.empty(); }
};

/// What lies between the end of `from` (segment -1: the beginning of the text) and the beginning of `to`; without `to`
/// the end of all text. Errors: kInvalidArgument (no such segment or page, `to` before `from`), the session's own.
[[nodiscard]] Result<ByteRange> textBetween(const SessionStore& store, const PlaceWords& from, const PlaceWords& to);

struct PageOfSegment {
  std::string document;  // title
  std::string page;      // its name
};

/// The page on which a segment ends; nothing where there are no pages, or before the first segment.
[[nodiscard]] Result<std::optional<PageOfSegment>> findPageOfSegment(const std::filesystem::path& session,
                                                                     std::int64_t segment);

}  // namespace tidemark::cli
