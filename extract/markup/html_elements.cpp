#include "extract/markup/html_elements.h"

#include <algorithm>
#include <iterator>

namespace tidemark {

namespace {

using enum HtmlRole;

// In the order of the names.
constexpr HtmlElement kElements[] = {
    {"address", kBlock, "div"},
    {"annotation", kLeftOut, ""},  // MathML: the formula again, in another notation
    {"annotation-xml", kLeftOut, ""},
    {"area", kTagOnly, ""},
    {"article", kBlock, "div"},
    {"aside", kBlock, "div"},
    {"audio", kLeftOut, ""},
    {"base", kTagOnly, ""},
    {"basefont", kTagOnly, ""},
    {"bgsound", kTagOnly, ""},
    {"blockquote", kBlock, "div"},
    {"body", kTagOnly, ""},
    {"br", kBreak, "br"},
    {"canvas", kDrawing, "img"},
    {"caption", kCaption, "caption"},
    {"center", kBlock, "div"},
    {"col", kTagOnly, ""},
    {"colgroup", kTagOnly, ""},
    {"datalist", kLeftOut, ""},
    {"dd", kItem, "dd"},
    {"details", kBlock, "div"},
    {"dialog", kBlock, "div"},
    {"dir", kList, "ul"},
    {"div", kBlock, "div"},
    {"dl", kList, "dl"},
    {"dt", kItem, "dt"},
    {"embed", kTagOnly, ""},
    {"fieldset", kBlock, "div"},
    {"figcaption", kBlock, "div"},
    {"figure", kBlock, "div"},
    {"footer", kBlock, "div"},
    {"form", kBlock, "div"},
    {"frame", kFrame, ""},
    {"frameset", kTagOnly, ""},
    {"h1", kHeading, "h1"},
    {"h2", kHeading, "h2"},
    {"h3", kHeading, "h3"},
    {"h4", kHeading, "h4"},
    {"h5", kHeading, "h5"},
    {"h6", kHeading, "h6"},
    {"head", kTagOnly, ""},
    {"header", kBlock, "div"},
    {"hgroup", kBlock, "div"},
    {"hr", kBreak, "hr"},
    {"html", kTagOnly, ""},
    {"iframe", kFrame, ""},
    {"image", kPicture, "img"},
    {"img", kPicture, "img"},
    {"input", kTagOnly, ""},
    {"keygen", kTagOnly, ""},
    {"legend", kBlock, "div"},
    {"li", kItem, "li"},
    {"link", kTagOnly, ""},
    {"listing", kPreformatted, "pre"},
    {"main", kBlock, "div"},
    {"menu", kList, "ul"},
    {"meta", kTagOnly, ""},
    {"nav", kBlock, "nav"},
    {"noembed", kRaw, ""},
    {"noframes", kRaw, ""},
    {"noscript", kTagOnly, ""},
    {"ol", kList, "ol"},
    {"optgroup", kTagOnly, ""},
    {"option", kTagOnly, ""},
    {"p", kParagraph, "p"},
    {"param", kTagOnly, ""},
    {"plaintext", kVerbatim, ""},
    {"pre", kPreformatted, "pre"},
    {"q", kQuote, "q"},
    {"script", kRaw, ""},
    {"search", kBlock, "div"},
    {"section", kBlock, "div"},
    {"select", kLeftOut, ""},
    {"source", kTagOnly, ""},
    {"style", kRaw, ""},
    {"summary", kBlock, "div"},
    {"svg", kDrawing, "img"},
    {"table", kTable, "table"},
    {"tbody", kRowGroup, "tbody"},
    {"td", kCell, "td"},
    {"template", kLeftOut, ""},
    {"textarea", kRaw, ""},
    {"tfoot", kRowGroup, "tfoot"},
    {"th", kCell, "th"},
    {"thead", kRowGroup, "thead"},
    {"title", kTitle, "title"},
    {"tr", kRow, "tr"},
    {"track", kTagOnly, ""},
    {"ul", kList, "ul"},
    {"video", kLeftOut, ""},
    {"wbr", kTagOnly, ""},
    {"xmp", kVerbatim, ""},
};
static_assert(std::is_sorted(std::begin(kElements), std::end(kElements),
                             [](const HtmlElement& a, const HtmlElement& b) { return a.name < b.name; }));

}  // namespace

HtmlElement htmlElement(std::string_view name) {
  const auto* found = std::lower_bound(std::begin(kElements), std::end(kElements), name,
                                       [](const HtmlElement& a, std::string_view b) { return a.name < b; });
  if (found != std::end(kElements) && found->name == name) return *found;
  return {name, kInline, "span"};
}

}  // namespace tidemark
