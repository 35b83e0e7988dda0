#pragma once
// What the name of a published run says about it. Pure string work.

#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// The text tokens of a segment where a name says so beyond doubt: "seg512", "segm_1024", "segment-size=512". Absent
/// otherwise, also when a name says two different sizes.
[[nodiscard]] std::optional<int> segmentSizeOfRunName(std::string_view name);

/// "8x1024" out of "ARMT-8x1024-mem16": segments x tokens, where some authors count the memory tokens among the tokens
/// and some do not. Absent if there is none, or more than one.
struct SegmentGrid {
  int segments = 0;
  int tokens = 0;
};
[[nodiscard]] std::optional<SegmentGrid> segmentGridOfRunName(std::string_view name);

}  // namespace tidemark
