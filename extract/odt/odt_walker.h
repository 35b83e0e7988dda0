#pragma once
// The body of an OpenDocument text, or one of its notes, as text.

#include <string>
#include <string_view>

#include "extract/markup/skipped_parts.h"
#include "extract/markup/text_builder.h"
#include "extract/markup/waiting_boxes.h"
#include "extract/markup/xml_document.h"
#include "extract/odt/odt_numbering.h"

namespace tidemark {

class OdtWalker {
 public:
  /// All must outlive it.
  OdtWalker(TextBuilder& builder, SkippedParts& skipped, const OdtListStyles& lists)
      : m_builder(builder), m_skipped(skipped), m_numbering(lists) {}

  void walk(const pugi::xml_node& root);

 private:
  [[nodiscard]] bool enter(const pugi::xml_node& node);
  [[nodiscard]] bool enterTable(const pugi::xml_node& node, std::string_view name);
  [[nodiscard]] bool enterText(const pugi::xml_node& node, std::string_view name);
  void leave(const pugi::xml_node& node);
  void endOfParagraph();
  void addNote(const pugi::xml_node& note);

  TextBuilder& m_builder;
  SkippedParts& m_skipped;
  OdtNumbering m_numbering;
  WaitingBoxes m_boxes;  // text boxes of the paragraph: they follow it
  int m_paragraphs = 0;  // that are open
  bool m_inNote = false;
};

}  // namespace tidemark
