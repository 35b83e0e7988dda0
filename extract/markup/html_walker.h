#pragma once
// The tree of a page (or a piece of one) as text. One walker goes through all pieces of a page.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "extract/markup/html_tree.h"
#include "extract/markup/text_builder.h"

namespace tidemark {

/// What the table of contents calls the places of a page: by id.
using HtmlAnchors = std::map<std::string, std::pair<std::string, int>, std::less<>>;  // title, level

class HtmlWalker {
 public:
  struct Options {
    bool keepNavigation = false;  // the contents of a book are part of it, the menu of a page is not
    const HtmlAnchors* anchors = nullptr;
  };
  HtmlWalker(TextBuilder& builder, const Options& options) : m_builder(builder), m_options(options) {}

  /// Of each piece: takes note of the title and the footnotes.
  void survey(const GumboNode* root);
  /// Then: adds the text to the builder. The tree must still be there.
  void addText(const GumboNode* root);

  /// What stands in <title>; empty until survey() has seen one.
  [[nodiscard]] const std::string& title() const { return m_title; }

 private:
  struct List {
    bool ordered = false;
    std::int64_t next = 1;
  };

  [[nodiscard]] bool enter(const GumboNode* node);
  [[nodiscard]] bool enterElement(const GumboNode* node);
  void leave(const GumboNode* node);
  [[nodiscard]] bool isReference(const GumboNode* node);
  void beginList(const GumboNode* node, bool ordered);
  void beginItem(const GumboNode* node);
  [[nodiscard]] bool inGrid() const { return !m_layoutTables.empty() && !m_layoutTables.back(); }

  TextBuilder& m_builder;
  Options m_options;
  std::string m_title;
  std::map<std::string_view, const GumboNode*> m_notes;  // of this piece, by id
  std::set<const GumboNode*> m_usedNotes;
  std::vector<List> m_lists;
  std::vector<bool> m_layoutTables;  // of the tables that are open: whether cells are blocks
  int m_preformatted = 0;
  bool m_inNote = false;
};

/// All text in `root`, on one line.
[[nodiscard]] std::string lineOf(const GumboNode* root);

}  // namespace tidemark
