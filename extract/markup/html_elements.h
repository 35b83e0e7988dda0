#pragma once
// What each element of HTML means to a text: one table.

#include <cstdint>
#include <string_view>

namespace tidemark {

enum class HtmlRole : std::uint8_t {
  kInline,     // formatting: kept only for its attributes
  kQuote,      // <q>
  kParagraph,  // closed by the next block
  kHeading,
  kBlock,  // a division: may be closed and opened again between two pieces
  kPreformatted,
  kList,
  kItem,  // <li>, <dt>, <dd>: closed by the next one
  kTable,
  kCaption,
  kRowGroup,
  kRow,
  kCell,
  kBreak,    // <br>, <hr>
  kPicture,  // has no content
  kRaw,      // its content is no markup and left out: script, style
  kFrame,    // raw, and another page was to be shown there
  kLeftOut,  // its content is markup and left out
  kDrawing,  // the same, and something is drawn there
  kTitle,
  kVerbatim,  // its content is text, not markup
  kTagOnly,   // the tag means nothing here, the content does
};

struct HtmlElement {
  std::string_view name;
  HtmlRole role = HtmlRole::kInline;
  std::string_view written;  // as what it is handed on
};

/// `name` in lower case; unknown ones are kInline.
[[nodiscard]] HtmlElement htmlElement(std::string_view name);

}  // namespace tidemark
