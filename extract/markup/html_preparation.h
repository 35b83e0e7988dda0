#pragma once
// HTML as it comes, made into HTML that Gumbo parses in a time and depth that are known: Gumbo builds a tree of any
// depth, looks through all open elements at every tag, and repeats unclosed formatting in every paragraph. What comes
// out has few kinds of elements, each closed, at most `nesting` deep, with the attributes that matter to the text
// (html_tag.h); scripts, styles, comments, drawings and doctypes (with their entities) are gone.
//
// It also cuts a long page into pieces that stand for themselves, so that a book of hundreds of megabytes never is one
// tree.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/markup/html_elements.h"
#include "extract/markup/html_tag.h"

namespace tidemark {

struct HtmlPreparationOptions {
  bool xhtml = false;     // "<a/>" closes itself, CDATA is text
  bool allLinks = false;  // keep every href, not only those within the page
  std::size_t nesting = 400;
  std::size_t pieceBytes = std::size_t{4} << 20;
};

class HtmlPreparation {
 public:
  /// `input`: UTF-8, must outlive the preparation.
  HtmlPreparation(std::string_view input, const HtmlPreparationOptions& options) : m_input(input), m_options(options) {}

  /// The next piece; false at the end.
  [[nodiscard]] bool next(std::string& piece);

  [[nodiscard]] std::int64_t tooDeep() const { return m_tooDeep; }  // elements whose tags were left out
  [[nodiscard]] std::int64_t frames() const { return m_frames; }

 private:
  struct OpenElement {
    std::string name;
    HtmlElement element;
    std::string tag;  // as it was written, to open it again in the next piece
    bool divisible = false;
  };

  void markup();
  void startTag();
  void endTag();
  void openElement(const HtmlTag& tag, HtmlElement element);
  void closeImplied(const HtmlElement& element);
  void popTo(std::size_t size);
  [[nodiscard]] std::size_t findOpen(std::string_view name, HtmlRole role) const;
  [[nodiscard]] bool fitsIntoTable(HtmlRole role) const;
  [[nodiscard]] std::size_t endOfContent(std::string_view name, bool nested);
  void leaveOut(const HtmlTag& tag, const HtmlElement& element);
  void title();
  void text(std::string_view text);
  void escaped(std::string_view text, bool references);
  [[nodiscard]] bool isFull() const { return m_out->size() >= m_options.pieceBytes; }
  [[nodiscard]] bool isDivisible() const;

  std::string_view m_input;
  HtmlPreparationOptions m_options;
  std::size_t m_at = 0;
  std::size_t m_pieceBegin = 0;
  bool m_cut = false;
  bool m_titleSeen = false;
  std::string* m_out = nullptr;
  std::vector<OpenElement> m_open;
  std::size_t m_paragraphs = 0;         // of these
  std::vector<std::string> m_unclosed;  // elements without an end tag in the rest
  std::int64_t m_tooDeep = 0;
  std::int64_t m_frames = 0;
};

}  // namespace tidemark
