#include "engine/extraction/limit_arguments.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace tidemark {
namespace {

/// Sets the limit of that name; false if there is none, or the number is out of its range.
bool setLimit(ExtractionLimits& limits, std::string_view name, std::uint64_t value) {
  if (name == "address-space") {
    limits.addressSpaceBytes = value;
  } else if (name == "processor-seconds") {
    limits.processorSeconds = value;
  } else if (name == "output") {
    limits.outputBytes = value;
  } else if (name == "entries") {
    limits.archiveEntries = value;
  } else if (name == "ratio") {
    limits.compressionRatio = value;
  } else if (name == "nesting" && value <= static_cast<std::uint64_t>(std::numeric_limits<int>::max())) {
    limits.nesting = static_cast<int>(value);
  } else if (name == "processes" && value >= 1 && value <= 2) {
    limits.processes = static_cast<int>(value);
  } else {
    return false;
  }
  return true;
}

}  // namespace

std::string limitsText(const ExtractionLimits& limits) {
  return "address-space=" + std::to_string(limits.addressSpaceBytes) +
         ",processor-seconds=" + std::to_string(limits.processorSeconds) +
         ",output=" + std::to_string(limits.outputBytes) + ",entries=" + std::to_string(limits.archiveEntries) +
         ",ratio=" + std::to_string(limits.compressionRatio) + ",nesting=" + std::to_string(limits.nesting) +
         ",processes=" + std::to_string(limits.processes);
}

Result<ExtractionLimits> parseLimits(std::string_view text) {
  ExtractionLimits limits;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    const std::size_t equals = part.find('=');
    const std::string_view digits = equals == std::string_view::npos ? "" : part.substr(equals + 1);
    std::uint64_t value = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool whole = !digits.empty() && failed == std::errc() && end == digits.data() + digits.size();
    if (!whole || !setLimit(limits, part.substr(0, equals), value)) {
      return makeError(ErrorCode::kInvalidArgument,
                       "'" + std::string(part) + "' is no limit; write for example " + limitsText(ExtractionLimits{}));
    }
  }
  return limits;
}

}  // namespace tidemark
