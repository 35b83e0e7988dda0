#pragma once
// What the machine has left, asked before anything large is allocated.

#include <cstdint>
#include <string>

#include "engine/base/result.h"

namespace tidemark {

/// Bytes that can still be allocated without swapping: the smallest of the system's available memory, what the control
/// group allows and what a limit on the address space leaves; UINT64_MAX where none is known.
[[nodiscard]] std::uint64_t availableMemoryBytes();

/// Largest resident set of this process so far, in bytes.
[[nodiscard]] std::uint64_t peakResidentBytes();

/// "1.50 GiB".
[[nodiscard]] std::string formatBytes(std::uint64_t bytes);

/// kOutOfMemory, naming `purpose`, bytes needed and bytes free, when `needed` exceeds what is available.
[[nodiscard]] Status requireMemory(std::uint64_t needed, const std::string& purpose);

}  // namespace tidemark
