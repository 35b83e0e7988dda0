#pragma once
// What an EPUB says about itself: the package document, and which chapters are locked.

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "extract/archive/zip_document.h"
#include "extract/markup/skipped_parts.h"

namespace tidemark {

struct EpubItem {
  std::string path;  // in the archive
  std::string mediaType;
  std::string properties;
};

struct EpubPackage {
  std::string path;  // of the package document
  std::string title;
  std::string author;
  std::vector<EpubItem> spine;  // reading order; what is not part of it (linear="no") stands at the end
  std::string navigation;       // path of the contents of EPUB 3, or empty
  std::string ncx;              // of EPUB 2
};

/// Errors: kCorrupt (no package or no spine), those of the archive.
[[nodiscard]] Result<EpubPackage> readEpubPackage(const ArchiveInput& input, SkippedParts& skipped);

/// The package document alone, which stands at `path`.
[[nodiscard]] Result<EpubPackage> parseEpubPackage(const pugi::xml_document& document, const std::string& path,
                                                   SkippedParts& skipped);

/// Refuses a book whose chapters are locked (fonts may be). Errors: kCorrupt (by whom), those of the archive.
[[nodiscard]] Status checkEpubProtection(const ArchiveInput& input, const EpubPackage& package);

}  // namespace tidemark
