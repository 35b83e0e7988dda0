#pragma once
// The difference of two memories for people and for programs.

#include <string>

#include "app/cli/json_output.h"
#include "engine/service/memory_diff_job.h"

namespace tidemark::cli {

/// `asked`: what was asked is part of it, also if that was nothing.
[[nodiscard]] Json diffJson(const MemoryDiff& diff, bool asked);
/// Of segments and answers those that differ most; diffJson() has all.
[[nodiscard]] std::string diffText(const MemoryDiff& diff, bool asked);

}  // namespace tidemark::cli
