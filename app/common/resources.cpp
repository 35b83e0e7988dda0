#include "app/common/resources.h"

#include <cstdlib>
#include <string>
#include <vector>

namespace tidemark {
namespace {

namespace fs = std::filesystem;

constexpr const char* kVariable = "TIDEMARK_RESOURCES";

std::vector<fs::path> resourceRoots() {
  const char* chosen = std::getenv(kVariable);
  if (chosen != nullptr && *chosen != '\0') return {fs::path(chosen)};
  std::error_code failed;
  const fs::path program = fs::read_symlink("/proc/self/exe", failed);
  if (failed) return {};
  const fs::path folder = program.parent_path();
  return {(folder / "../share/tidemark").lexically_normal(), (folder / "../../../resources").lexically_normal()};
}

Result<fs::path> findResource(const fs::path& name, const std::string& what) {
  std::string places;
  for (const fs::path& root : resourceRoots()) {
    fs::path place = root / name;
    std::error_code ignored;
    if (fs::is_directory(place, ignored)) return place;
    places += (places.empty() ? "" : " and ") + place.string();
  }
  return makeError(ErrorCode::kNotFound, what + " was not found (looked for " + (places.empty() ? "nothing" : places) +
                                             "); install tidemark again, or set " + kVariable +
                                             " to the folder that holds models and samples");
}

}  // namespace

Result<fs::path> builtinModelDirectory() {
  return findResource("models/mini", "the built-in model");
}

Result<fs::path> namedOrBuiltinModel(const fs::path& named) {
  return named.empty() ? builtinModelDirectory() : Result<fs::path>(named);
}

Result<fs::path> sampleDirectory() {
  return findResource("samples", "the folder of sample documents");
}

bool isBuiltinModel(const fs::path& directory) {
  const auto builtin = builtinModelDirectory();
  std::error_code ignored;
  return builtin.ok() && fs::equivalent(*builtin, directory, ignored);
}

}  // namespace tidemark
