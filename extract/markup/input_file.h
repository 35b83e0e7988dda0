#pragma once
// The file that a reader was given, as a whole.

#include <cstdint>
#include <string>

#include "engine/base/result.h"

namespace tidemark {

[[nodiscard]] Result<std::uint64_t> sizeOfInput(int descriptor);

/// From the beginning, wherever the descriptor stands. Errors: kIo, kInvalidArgument (more than `mostBytes`).
[[nodiscard]] Result<std::string> readInput(int descriptor, std::uint64_t mostBytes);

}  // namespace tidemark
