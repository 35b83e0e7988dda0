#pragma once
// The alphabet in which byte-level vocabularies are written: every byte has a visible character, so that a piece is a
// readable string whatever its bytes are. Visible bytes of Latin-1 stand for themselves, the other 68 are U+0100 to
// U+0143 in ascending order ("\u0120" is a space).

#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// The bytes that `written` stands for; nothing if it holds a character outside the alphabet.
[[nodiscard]] std::optional<std::string> bytesOfByteLevel(std::string_view written);

/// `bytes` in the alphabet, as UTF-8.
[[nodiscard]] std::string byteLevelOf(std::string_view bytes);

}  // namespace tidemark
