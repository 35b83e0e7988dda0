#pragma once
// Where the program's own data is: the built-in model and the sample documents.

#include <filesystem>

#include "engine/base/result.h"

namespace tidemark {

/// The built-in model. Looked for in $TIDEMARK_RESOURCES (and nowhere else when that is set), beside the installed
/// program (../share/tidemark) and in the source tree of a build (../../../resources). Errors: kNotFound, with the
/// places.
[[nodiscard]] Result<std::filesystem::path> builtinModelDirectory();

/// The model that was named, or the built-in one if none was. Errors: those of builtinModelDirectory.
[[nodiscard]] Result<std::filesystem::path> namedOrBuiltinModel(const std::filesystem::path& named);

/// The sample documents, looked for in the same places.
[[nodiscard]] Result<std::filesystem::path> sampleDirectory();

/// True if `directory` is the built-in model, however it is spelled.
[[nodiscard]] bool isBuiltinModel(const std::filesystem::path& directory);

}  // namespace tidemark
