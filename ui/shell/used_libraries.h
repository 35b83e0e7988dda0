#pragma once
// The libraries this build stands on, for the About dialog: name, licence, home page.

#include <QString>
#include <vector>

namespace tidemark::ui {

struct LibraryInfo {
  QString name;
  QString version;  // may be empty
  QString licence;  // SPDX, or "public domain"
  QString address;  // of its home page
};

/// Those of the window, of the engine and of tidemark-extract, as far as they were found when this build was
/// configured.
[[nodiscard]] std::vector<LibraryInfo> usedLibraries();

}  // namespace tidemark::ui
