#pragma once
// Bytes of a text file in any of the usual encodings to clean UTF-8, in pieces of any size.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tidemark {

enum class TextEncoding { kUtf8, kUtf16Le, kUtf16Be, kWindows1252 };

/// "UTF-8", "UTF-16LE", "UTF-16BE", "windows-1252".
[[nodiscard]] const char* encodingName(TextEncoding encoding);

/// Tells the encoding of a text from its first bytes (up to kFileHeadBytes): a byte order mark; NUL bytes at every
/// other place; well-formed UTF-8; text that is hardly UTF-8 at all and has the letters of Western European ones at
/// likely places is windows-1252 (which Latin-1 is a part of). UTF-8 with a few broken sequences stays UTF-8. Errors:
/// kInvalidArgument (NUL bytes where no encoding has them: binary, with the position; UTF-32).
[[nodiscard]] Result<TextEncoding> detectEncoding(std::string_view head);

/// No byte from 0x80 on: the text is the same in UTF-8 and windows-1252.
[[nodiscard]] bool isAscii(std::string_view bytes);

/// As Utf8Cleaner, for every encoding: drops a byte order mark, turns "\r\n" and "\r" into "\n" and ill-formed
/// sequences into U+FFFD.
class TextDecoder {
 public:
  explicit TextDecoder(TextEncoding encoding);
  TextDecoder(TextDecoder&&) noexcept;
  TextDecoder& operator=(TextDecoder&&) noexcept;
  ~TextDecoder();

  /// Errors: kInvalidArgument (a NUL character, with its position).
  [[nodiscard]] Status push(std::string_view bytes, std::string& out);
  [[nodiscard]] Status finish(std::string& out);

  /// From here on UTF-8 is read as windows-1252: for a text that was ASCII as far as its encoding was looked for, and
  /// shows only now which of the two it is.
  void turnWestern();

  [[nodiscard]] TextEncoding encoding() const;
  [[nodiscard]] std::uint64_t sourceBytes() const;
  [[nodiscard]] std::uint64_t textBytes() const;
  [[nodiscard]] std::uint64_t characters() const;
  [[nodiscard]] std::uint64_t replacedBytes() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace tidemark
