#pragma once
// Random access to UTF-8 text that is not held in memory: a file, a session's stored document, a test string.

#include <cstdint>
#include <span>

#include "engine/base/result.h"

namespace tidemark {

class TextSource {
 public:
  TextSource() = default;
  TextSource(const TextSource&) = delete;
  TextSource& operator=(const TextSource&) = delete;
  virtual ~TextSource() = default;

  /// Bytes in all.
  [[nodiscard]] virtual std::uint64_t byteCount() const = 0;

  /// Copies bytes from `offset` on into `out`; returns how many (fewer than asked only at the end of the text).
  [[nodiscard]] virtual Result<std::size_t> read(std::uint64_t offset, std::span<char> out) const = 0;
};

}  // namespace tidemark
