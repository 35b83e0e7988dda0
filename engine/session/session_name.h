#pragma once
// Names of session files: what people type and what a file may be called. Pure but for freeSessionPath.

#include <filesystem>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tidemark {

/// What the files of a folder of sessions end in.
inline constexpr std::string_view kSessionSuffix = ".tidemark";
/// Longest name in bytes, without the suffix: leaves room for side files in the 255 that file systems allow.
inline constexpr std::size_t kLongestSessionName = 200;

/// A name as typed, without blanks around it and without the suffix. Errors: kInvalidArgument with a sentence (empty,
/// too long, not UTF-8, '/' or control characters, a dot in front, which would hide it).
[[nodiscard]] Result<std::string> checkedSessionName(std::string_view typed);

/// A name that checkedSessionName accepts and that is as close to `wished` as can be, be it any bytes.
[[nodiscard]] std::string cleanSessionName(std::string_view wished);

/// The path of a file in `folder` that does not exist: NAME.tidemark, "NAME (2).tidemark" and so on. Looks at the disk.
/// Somebody else may take it before the caller does; creating, renaming and duplicating refuse then.
[[nodiscard]] std::filesystem::path freeSessionPath(const std::filesystem::path& folder, std::string_view wished);

/// Length of the UTF-8 character at the front, 0 if there is none: an overlong form, a surrogate, a lone byte.
[[nodiscard]] std::size_t utf8CharacterLength(std::string_view text);
[[nodiscard]] bool isUtf8(std::string_view text);

}  // namespace tidemark
