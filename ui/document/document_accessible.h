#pragma once
// What screen readers see of a DocumentView: the visible lines as text, and how far into the document they are. Offsets
// of the interface count UTF-16 units from the first visible byte.

namespace tidemark::ui {

class DocumentView;

/// Makes Qt ask us for the interfaces of DocumentView and MarginStrip; more calls do nothing.
void installDocumentAccessibility();

/// Tells screen readers that caret or selection changed.
void notifyDocumentCaret(DocumentView* view);

}  // namespace tidemark::ui
