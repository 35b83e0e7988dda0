#pragma once
// The table of contents of an EPUB: nav of EPUB 3, NCX of EPUB 2.

#include <map>
#include <string>
#include <vector>

#include "extract/epub/epub_package.h"
#include "extract/markup/html_walker.h"

namespace tidemark {

/// What the contents call a chapter and places in it.
struct EpubChapterContents {
  std::string title;  // of the chapter, or else of the first place in it
  int level = 1;
  bool atBegin = false;  // the title is that of the whole chapter
  HtmlAnchors anchors;
};

using EpubContents = std::map<std::string, EpubChapterContents, std::less<>>;  // by path

/// Empty if there is none, or none that can be read. Errors: those that refuse the whole document.
[[nodiscard]] Result<EpubContents> readEpubContents(const ArchiveInput& input, const EpubPackage& package);

}  // namespace tidemark
