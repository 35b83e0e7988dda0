// Where tidemark-extract is, and what it may know of the program that starts it.
#include <unistd.h>

#include <cstdlib>
#include <system_error>

#include "engine/extraction/extractor_process.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

constexpr const char* kVariable = "TIDEMARK_EXTRACT";

bool isProgram(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
}

}  // namespace

Result<fs::path> extractorProgram() {
  std::vector<fs::path> places;
  const char* chosen = std::getenv(kVariable);
  if (chosen != nullptr && *chosen != '\0') {
    places.emplace_back(chosen);
  } else {
    std::error_code failed;
    const fs::path program = fs::read_symlink("/proc/self/exe", failed);
    if (!failed) {
      places.push_back(program.parent_path() / "tidemark-extract");
      places.push_back((program.parent_path() / "../libexec/tidemark/tidemark-extract").lexically_normal());
    }
  }
  std::string looked;
  for (const fs::path& place : places) {
    if (isProgram(place)) return place;
    looked += (looked.empty() ? "" : " and ") + place.string();
  }
  return makeError(ErrorCode::kNotFound, "the program tidemark-extract was not found (looked for " +
                                             (looked.empty() ? "nothing" : looked) +
                                             "); install tidemark again, or set " + kVariable + " to it");
}

}  // namespace tidemark
