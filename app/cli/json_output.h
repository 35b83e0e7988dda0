#pragma once
// `--json`: one object on stdout.

#include <nlohmann/json.hpp>

#include "engine/base/result.h"

namespace tidemark::cli {

/// Keeps the order in which fields were added.
using Json = nlohmann::ordered_json;

/// Prints `object` and a newline; bytes that are not UTF-8 become U+FFFD. Errors: kIo.
[[nodiscard]] Status printJson(const Json& object);

}  // namespace tidemark::cli
