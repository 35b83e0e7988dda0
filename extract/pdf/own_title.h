#pragma once
// The title that a PDF carries is often none: whatever the program that made it happened to know.

#include <string>
#include <string_view>

namespace tidemark {

/// `title`, or nothing if it is the name of a file ("report.doc", "Microsoft Word - report.doc", "C:\report") or a
/// word that stands for a missing one ("untitled").
[[nodiscard]] std::string ownTitle(std::string_view title);

}  // namespace tidemark
