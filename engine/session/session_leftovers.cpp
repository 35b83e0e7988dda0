#include "engine/session/session_leftovers.h"

#include <chrono>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "engine/session/session_forks.h"
#include "engine/session/session_library.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::hours kForgotten{24};

/// NAME.tidemark-new or -export, or what SQLite puts beside one.
bool isUnfinished(const fs::path& file) {
  const std::string name = file.filename().string();
  for (const std::string_view made : {"-new", "-export"}) {
    for (const std::string_view beside : {"", "-journal", "-wal", "-shm", "-lock"}) {
      const std::string ending = std::string(kSessionSuffix).append(made).append(beside);
      if (name.size() > ending.size() && name.ends_with(ending)) return true;
    }
  }
  return false;
}

}  // namespace

void removeLeftovers(const fs::path& folder) {
  removeUnfinishedForks(folder);
  std::vector<fs::path> forgotten;
  const auto now = fs::file_time_type::clock::now();
  std::error_code failure;
  fs::directory_iterator entry(folder, failure);
  for (; !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
    std::error_code unknown;
    if (!isUnfinished(entry->path()) || !fs::is_regular_file(entry->symlink_status(unknown))) continue;
    const auto written = entry->last_write_time(unknown);
    if (!unknown && now - written > kForgotten) forgotten.push_back(entry->path());
  }
  for (const fs::path& file : forgotten) fs::remove(file, failure);
}

}  // namespace tidemark
