#include "extract/markup/html_page.h"

#include <algorithm>

#include "extract/markup/html_preparation.h"

namespace tidemark {

bool isXhtml(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text.starts_with("<?xml");
}

Status addHtmlPage(const DecodedMarkup& page, const HtmlPageOptions& options, TextBuilder& builder,
                   SkippedParts& skipped, const std::function<Status(const std::string& title)>& begin) {
  HtmlPreparationOptions preparing;
  preparing.xhtml = options.xhtml || isXhtml(page.text);
  preparing.nesting = static_cast<std::size_t>(std::max(options.nesting, 1));
  HtmlPreparation preparation(page.text, preparing);
  HtmlWalker walker(builder, {options.keepNavigation, options.anchors});
  std::string piece;
  bool begun = false;
  while (builder.ok() && preparation.next(piece)) {
    const Result<HtmlTree> tree = HtmlTree::parse(piece, options.memoryBytes);
    if (!tree) return tree.error();
    walker.survey(tree->root());
    if (!begun) {
      if (Status status = begin(walker.title()); !status) return status;
      begun = true;
    }
    walker.addText(tree->root());
  }
  if (!begun) {
    if (Status status = begin({}); !status) return status;
  }
  if (preparation.tooDeep() > 0) {
    skipped.add("tags nested deeper than " + std::to_string(options.nesting), preparation.tooDeep());
  }
  if (preparation.frames() > 0) skipped.add("frames that show other pages", preparation.frames());
  if (!page.unknownEncoding.empty()) skipped.add("character set that is not known, guessed instead");
  return {};
}

}  // namespace tidemark
