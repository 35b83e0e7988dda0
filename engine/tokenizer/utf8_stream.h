#pragma once
// Bytes of tokens, one after the other, to complete UTF-8 characters: a character that spans tokens is held back until
// it is whole, and bytes that can never become one turn into U+FFFD.

#include <string>
#include <string_view>

namespace tidemark {

class Utf8Stream {
 public:
  /// Adds bytes; returns the text that is complete now (maybe empty). The result is always valid UTF-8.
  [[nodiscard]] std::string push(std::string_view bytes);
  /// What is left at the end; an unfinished character becomes U+FFFD.
  [[nodiscard]] std::string finish();

 private:
  std::string m_pending;  // at most three bytes: the start of a character
};

}  // namespace tidemark
