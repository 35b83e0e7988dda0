#pragma once
// Pages of plain text are what form feeds separate; other formats bring a page map of their own.

#include <cstdint>
#include <filesystem>

#include "engine/base/result.h"

namespace tidemark::cli {

/// The last segment of the session that lies wholly on pages 1 .. `page`; -1 if the first segment reaches further.
/// Errors: kInvalidArgument (several documents, no page marks, no such page: says what there is), and the session's
/// own.
[[nodiscard]] Result<std::int64_t> findLastSegmentOfPage(const std::filesystem::path& session, std::int64_t page);

}  // namespace tidemark::cli
