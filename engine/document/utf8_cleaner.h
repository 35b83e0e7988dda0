#pragma once
// Bytes of a file to clean text, in pieces of any size: the part of importing that knows nothing of files.

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tidemark {

/// Drops a byte order mark at the very beginning, turns "\r\n" and "\r" into "\n" and every ill-formed sequence into
/// one U+FFFD ("maximal subpart" practice of Unicode 15, chapter 3.9). What comes out is valid UTF-8, whole characters
/// at a time, and does not depend on where the input was cut.
class Utf8Cleaner {
 public:
  /// Cleans `bytes` and appends what is complete to `out`: at most three times as many bytes, and 12 more. Errors:
  /// kInvalidArgument (a NUL byte, with its position; UTF-16 or UTF-32, named); nothing more may be pushed then.
  [[nodiscard]] Status push(std::string_view bytes, std::string& out);
  /// What was held back; call it once, after the last push().
  [[nodiscard]] Status finish(std::string& out);

  [[nodiscard]] std::uint64_t sourceBytes() const { return m_sourceBytes; }
  [[nodiscard]] std::uint64_t textBytes() const { return m_textBytes; }
  [[nodiscard]] std::uint64_t characters() const { return m_characters; }
  /// Source bytes that U+FFFD stands for.
  [[nodiscard]] std::uint64_t replacedBytes() const { return m_replacedBytes; }

 private:
  [[nodiscard]] Status clean(bool last, std::string& out);
  [[nodiscard]] Status dropByteOrderMark();
  [[nodiscard]] bool copyPlainText(std::string_view& rest, std::string& out);

  std::string m_pending;  // bytes not cleaned yet; between calls at most the beginning of a character or mark
  bool m_atStart = true;
  bool m_afterReturn = false;  // the last byte was "\r": a "\n" now belongs to it
  std::uint64_t m_sourceBytes = 0;
  std::uint64_t m_textBytes = 0;
  std::uint64_t m_characters = 0;
  std::uint64_t m_replacedBytes = 0;
};

}  // namespace tidemark
