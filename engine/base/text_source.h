#pragma once
// Random access to UTF-8 text that is not held in memory: a file, a session's stored document, a test string. Text may
// still be growing at its end; what has come does not change.

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

  /// Bytes in all, or so far.
  [[nodiscard]] virtual std::uint64_t byteCount() const = 0;
  /// False while more text may come behind byteCount().
  [[nodiscard]] virtual bool isComplete() const { return true; }

  /// Copies bytes from `offset` on into `out`; returns how many (fewer than asked only at the end of the text).
  [[nodiscard]] virtual Result<std::size_t> read(std::uint64_t offset, std::span<char> out) const = 0;
};

}  // namespace tidemark
