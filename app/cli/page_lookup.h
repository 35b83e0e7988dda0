#pragma once
// Pages, as people name them, and segments of a session.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "engine/base/result.h"

namespace tidemark::cli {

/// The last segment of the session that lies wholly before the end of the page called `name` ("45", "xii", "TITLE:45");
/// -1 if the first segment reaches further. Errors: kInvalidArgument (no such page: says what there is), and the
/// session's own.
[[nodiscard]] Result<std::int64_t> findLastSegmentOfPage(const std::filesystem::path& session, const std::string& name);

struct PageOfSegment {
  std::string document;  // title
  std::string page;      // its name
};

/// The page on which a segment ends; nothing where there are no pages, or before the first segment.
[[nodiscard]] Result<std::optional<PageOfSegment>> findPageOfSegment(const std::filesystem::path& session,
                                                                     std::int64_t segment);

}  // namespace tidemark::cli
