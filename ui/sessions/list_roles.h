#pragma once
// What the models of the sidebar say about a row beyond its text; the delegate draws it.

#include <Qt>

namespace tidemark::ui {

enum ListRole : int {
  kSecondLineRole = Qt::UserRole,  // QString; a row without one is a single line
  kCurrentRole,                    // bool: what is open, or where the reader is
  kProblemRole,                    // QString: why it cannot be opened; empty otherwise
  kIndentRole,                     // int: steps to the right
  kPathRole,                       // QString: of a session file
  kByteRole,                       // quint64: session-wide position
  kIdRole,                         // qint64: of a document or bookmark
  kFilterRole,                     // QString: what a filter looks in
  kSortRole,                       // whatever the column is ordered by
};

}  // namespace tidemark::ui
