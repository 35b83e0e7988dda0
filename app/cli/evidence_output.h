#pragma once
// Where an answer came from, for people and for programs.

#include <span>
#include <string>

#include "app/cli/json_output.h"
#include "engine/session/session_records.h"

namespace tidemark::cli {

/// [{segment, share, log_drop, page, byte_begin, byte_end, quote}]; page is null where the document has none.
[[nodiscard]] Json evidenceJson(std::span<const EvidenceRecord> evidence);
/// One line each, called what it is: a memory trace.
[[nodiscard]] std::string evidenceText(std::span<const EvidenceRecord> evidence);

}  // namespace tidemark::cli
