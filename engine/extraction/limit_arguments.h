#pragma once
// Limits on the command line of tidemark-extract: written by the program that starts it, read by the one that obeys.

#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/extraction/extractor_process.h"

namespace tidemark {

/// "address-space=2147483648,processor-seconds=900,..": what the process itself watches.
[[nodiscard]] std::string limitsText(const ExtractionLimits& limits);

/// Limits that are not named keep their defaults. Errors: kInvalidArgument (an unknown name, no number).
[[nodiscard]] Result<ExtractionLimits> parseLimits(std::string_view text);

}  // namespace tidemark
