#pragma once
// Failures on stderr, one line each: "tidemark: what, why, what to do".

#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tidemark::cli {

inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;
inline constexpr int kExitCancelled = 3;

/// Prints the error and returns the exit status it stands for: kExitCancelled for kCancelled, kExitFailed otherwise.
int reportError(const Error& error);

/// Prints a usage error of a subcommand (or of the program, when `command` is empty) with where to read on; returns
/// kExitUsage.
int reportUsage(std::string_view command, const Error& error);

/// A line on stderr that is not an error: "tidemark: TEXT".
void reportProgress(const std::string& text);

/// `text` as one line that is safe to show on a terminal: control characters become '?'.
[[nodiscard]] std::string oneLine(std::string_view text);

/// The same for text of several lines: newlines and tabs stay.
[[nodiscard]] std::string safeText(std::string_view text);

}  // namespace tidemark::cli
