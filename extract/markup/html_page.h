#pragma once
// One page of HTML or XHTML, from bytes to the text builder: a file, or a chapter of an EPUB.

#include <cstdint>
#include <functional>
#include <string>

#include "engine/base/result.h"
#include "extract/markup/html_walker.h"
#include "extract/markup/markup_encoding.h"
#include "extract/markup/skipped_parts.h"

namespace tidemark {

struct HtmlPageOptions {
  bool xhtml = false;  // HTML that begins with an XML declaration is XHTML anyway
  bool keepNavigation = false;
  int nesting = 400;
  std::uint64_t memoryBytes = std::uint64_t{512} << 20;  // of the largest tree
  const HtmlAnchors* anchors = nullptr;
};

/// `begin` is called with the page's title once that is known, before any text reaches the builder. Errors: those of
/// `begin`, kInvalidArgument (more markup than the memory holds).
[[nodiscard]] Status addHtmlPage(const DecodedMarkup& page, const HtmlPageOptions& options, TextBuilder& builder,
                                 SkippedParts& skipped, const std::function<Status(const std::string& title)>& begin);

/// Whether the text begins as XML does.
[[nodiscard]] bool isXhtml(std::string_view text);

}  // namespace tidemark
