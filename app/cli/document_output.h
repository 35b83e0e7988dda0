#pragma once
// Documents of a session, for people and for other programs.

#include <string>
#include <vector>

#include "app/cli/json_output.h"
#include "engine/extraction/coverage.h"
#include "engine/service/source_check.h"
#include "engine/session/session_records.h"

namespace tidemark::cli {

/// Fields of a coverage report: pages (null without any), pages_without_text as [first, last] counted from 1, ..
[[nodiscard]] Json coverageJson(const Coverage& coverage);

/// A stored document: title, format, source, hash, and its coverage. Documents of older sessions lack what was not
/// kept.
[[nodiscard]] Json documentJson(const DocumentRecord& document, const DocumentContents& contents);

/// "3,000 pages, 5,120,334 characters; ..", as far as it is known.
[[nodiscard]] std::string documentText(const DocumentRecord& document, const DocumentContents& contents);

/// "unchanged", "changed", "missing", "unreadable", "none".
[[nodiscard]] const char* sourceStateName(SourceState state);

}  // namespace tidemark::cli
