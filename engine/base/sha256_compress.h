#pragma once
// The inner function of SHA-256, plain and with the processor's own instructions.

#include <cstddef>
#include <cstdint>

namespace tidemark {

/// Folds `blocks` blocks of 64 bytes into `state` (eight words).
using Sha256Compress = void (*)(std::uint32_t* state, const std::uint8_t* data, std::size_t blocks);

void compressPlain(std::uint32_t* state, const std::uint8_t* data, std::size_t blocks);
/// nullptr where the processor has no SHA instructions. Five to ten times as fast: hashing a snapshot or a checkpoint
/// is then bound by memory.
[[nodiscard]] Sha256Compress acceleratedCompress();

/// The round constants of FIPS 180-4.
extern const std::uint32_t kSha256Round[64];

}  // namespace tidemark
