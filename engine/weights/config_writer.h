#pragma once
// Puts a config.json into a model directory that has none.

#include <filesystem>
#include <string>

#include "engine/base/result.h"

namespace tidemark {

/// Writes DIRECTORY/config.json as a whole or not at all; an existing one is never replaced, also not one that appears
/// meanwhile. Errors: kInvalidArgument (there is one: says what to do), kIo.
[[nodiscard]] Status writeConfigFile(const std::filesystem::path& directory, const std::string& text);

}  // namespace tidemark
