#pragma once
// Writing to a descriptor until everything is written. Any thread.

#include <string_view>

namespace tidemark {

/// Goes on after interruptions and parts. False: it could not be, and errno says why.
[[nodiscard]] bool writeAll(int descriptor, std::string_view bytes);

}  // namespace tidemark
