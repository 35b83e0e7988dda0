#pragma once
// Which lines of a plain text are headings. A heuristic, chosen to miss a heading rather than to make one of a
// sentence.
//
// A line is a heading if the line before it is blank (or it is the first line of the text or of a page), it has at most
// 90 bytes, and it is one of
//   - a heading word (CHAPTER, Chapter, BOOK, PART, SECTION, ACT, SCENE, ...), a number (12, XII, ONE) and then
//   nothing,
//     or punctuation and a title, or a title that starts with a capital;
//   - a word that is a heading alone (PROLOGUE, Epilogue, PREFACE, INTRODUCTION, APPENDIX, ...), with or without a dot;
//   - a Markdown heading ("## Title").
// Sentences ending in a comma, semicolon or hyphen do not count. No Qt in here; any thread.

#include <string>
#include <string_view>
#include <vector>

#include "ui/document/document_text.h"

namespace tidemark::ui {

/// The title to show for `line` (UTF-8, without its line end) if it is a heading, else an empty text.
[[nodiscard]] std::string headingTitle(std::string_view line, bool afterBlankLine);

/// Drops lines of a table of contents, but nothing that a file says is a heading: headings that come again later and
/// have no text of their own, which means that the next heading follows within a few bytes.
[[nodiscard]] std::vector<OutlineEntry> withoutContentsLines(std::vector<OutlineEntry> entries);

}  // namespace tidemark::ui
