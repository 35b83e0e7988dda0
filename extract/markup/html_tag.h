#pragma once
// One tag of HTML, with the attributes that matter to a text.

#include <cstddef>
#include <string>
#include <string_view>

namespace tidemark {

// What the attribute "k" of a prepared element says.
inline constexpr std::string_view kNoteKind = "note";          // holds a footnote
inline constexpr std::string_view kReferenceKind = "noteref";  // refers to one
inline constexpr std::string_view kPageBreakKind = "pagebreak";
inline constexpr std::string_view kContentsKind = "toc";

struct HtmlTag {
  std::string name;  // in lower case, without the prefix of XHTML
  bool selfClosing = false;
  bool hidden = false;
  std::string_view id;
  std::string_view href;
  std::string_view kind;
  std::string_view number;  // where a list starts, or the value of an item
  /// It says something that the element's content needs to be kept together for.
  [[nodiscard]] bool matters() const { return hidden || !id.empty() || !href.empty() || !kind.empty(); }
};

/// Reads the tag whose "<" (and "/") stand before `at`. Returns the position after its ">"; npos: the input ends in it.
[[nodiscard]] std::size_t readHtmlTag(std::string_view input, std::size_t at, HtmlTag& tag);

/// "<written attributes>" at the end of `out`.
void writeHtmlTag(const HtmlTag& tag, std::string_view written, std::string& out);

}  // namespace tidemark
