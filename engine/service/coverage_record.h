#pragma once
// How a coverage report is kept in a session (DocumentSource::coverageJson), and printed by --json: one JSON object.
//
//   {"pages":3000,"characters":5120334,"pages_without_text":[[16,16],[202,204]],"image_pages":3,"replaced_bytes":0,
//    "running_lines":2998,"encoding":"","skipped":[["tables inside tables",2]]}          pages counted from 0
//
// and "removed_characters" where text was taken out of the session later.
//
// What comes out of a session file is not believed before it was looked at.

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/extraction/coverage.h"

namespace tidemark {

[[nodiscard]] std::string toCoverageRecord(const Coverage& coverage);

/// Errors: kCorrupt (not such an object; numbers that no document has: negative, page ranges out of order or outside
/// the pages).
[[nodiscard]] Result<Coverage> parseCoverageRecord(std::string_view record);

}  // namespace tidemark
