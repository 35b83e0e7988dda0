#pragma once
// What killed programs were still making in a folder of sessions. Blocks: for workers.

#include <filesystem>

namespace tidemark {

/// Removes unfinished forks that nobody is making (session_forks.h), and unfinished copies and exports, which nobody
/// holds, once nothing was written to them for a day.
void removeLeftovers(const std::filesystem::path& folder);

}  // namespace tidemark
