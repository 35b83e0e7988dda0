#pragma once
// The body of a DOCX, or one of its notes, as text.

#include <set>
#include <string>
#include <string_view>

#include "extract/docx/docx_numbering.h"
#include "extract/docx/docx_package.h"
#include "extract/markup/skipped_parts.h"
#include "extract/markup/text_builder.h"
#include "extract/markup/waiting_boxes.h"

namespace tidemark {

/// What the body refers to.
struct DocxContext {
  DocxStyles styles;
  DocxNumbering numbering;
  DocxNotes footnotes;
  DocxNotes endnotes;
  SkippedParts skipped;
};

class DocxWalker {
 public:
  /// `prefix`: of the part that is walked (wordPrefix). Everything must outlive the walker.
  DocxWalker(DocxContext& context, TextBuilder& builder, std::string prefix)
      : m_context(context), m_builder(builder), m_prefix(std::move(prefix)) {}

  void walk(const pugi::xml_node& root);

 private:
  [[nodiscard]] bool enter(const pugi::xml_node& node);
  [[nodiscard]] bool enterRun(const pugi::xml_node& node, std::string_view name);
  void leave(const pugi::xml_node& node);
  void beginParagraph(const pugi::xml_node& node);
  void endParagraph();
  void addNote(const pugi::xml_node& reference, bool end);
  [[nodiscard]] std::string_view wordName(const pugi::xml_node& node) const;

  DocxContext& m_context;
  TextBuilder& m_builder;
  std::string m_prefix;
  WaitingBoxes m_boxes;  // text boxes of the paragraph: they follow it
  std::set<std::string> m_notesSeen;
  int m_footnotes = 0;
  int m_endnotes = 0;
  bool m_inHeading = false;
  bool m_inItem = false;
  bool m_inNote = false;
};

}  // namespace tidemark
