#pragma once
// Where the caret goes, and what a word or a line of text is. GUI thread.

#include <cstdint>

#include "ui/document/document_layout.h"
#include "ui/document/document_text.h"

namespace tidemark::ui {

enum class CaretMove {
  kNextCharacter,
  kPreviousCharacter,
  kNextWord,
  kPreviousWord,
  kLineUp,
  kLineDown,
  kLineStart,
  kLineEnd,
  kTextStart,
  kTextEnd,
};

/// The byte that a move leads to; stays in the text. Characters are what a reader takes for one (with their marks).
[[nodiscard]] std::uint64_t movedCaret(const DocumentText& text, const DocumentLayout& layout, std::uint64_t byte,
                                       CaretMove move);

/// The word at a byte; between words the blank or sign there.
[[nodiscard]] ByteRange wordAt(const DocumentText& text, const DocumentLayout& layout, std::uint64_t byte);

/// The whole line of the file that holds a byte, however many paragraphs it was cut into; its line end is not part of
/// it. At most 4 MiB of a longer one.
[[nodiscard]] ByteRange lineAround(const DocumentText& text, std::uint64_t byte);

}  // namespace tidemark::ui
