#pragma once
// What the window says of documents, in short: kind, size, what is missing, how far a file is. Pure.

#include <QString>
#include <vector>

#include "ui/sessions/document_list_model.h"
#include "ui/window/session_controller.h"

namespace tidemark::ui {

/// 0 .. 100, or -1 if nobody can tell.
[[nodiscard]] int importPercent(const ImportProgress& progress);
/// "taking the text out of book.pdf: 40 % (2 of 5)"; empty while no file is becoming text.
[[nodiscard]] QString importingText(const SessionFacts& facts);
/// Of every document of whose file something is known.
[[nodiscard]] std::vector<DocumentNote> notesOf(const SessionFacts& facts);

}  // namespace tidemark::ui
