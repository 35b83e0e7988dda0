#pragma once
// Results on stdout, written whole and checked: a full disk or a closed pipe is a failure like any other.

#include <string_view>

#include "engine/base/result.h"

namespace tidemark::cli {

/// Errors: kIo.
[[nodiscard]] Status writeOutput(std::string_view text);

}  // namespace tidemark::cli
