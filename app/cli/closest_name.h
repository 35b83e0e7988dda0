#pragma once
// "Did you mean ...?" for mistyped subcommands and options.

#include <span>
#include <string>
#include <string_view>

namespace tidemark::cli {

/// The candidate that `typed` is most likely meant to be; empty when none is near.
[[nodiscard]] std::string closestName(std::string_view typed, std::span<const std::string> candidates);

}  // namespace tidemark::cli
