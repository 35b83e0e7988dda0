#include "extract/odt/odt_walker.h"

#include <algorithm>
#include <charconv>

namespace tidemark {

namespace {

constexpr int kMostRepeated = 64;  // spaces, cells: files say a million for "to the end of the row"

int countIn(const pugi::xml_node& node, const char* attribute) {
  const std::string_view text = node.attribute(attribute).value();
  int count = 1;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return std::clamp(count, 1, kMostRepeated);
}

/// What is in the text but not of it: deleted passages, comments, declarations, templates of indexes, descriptions of
/// pictures.
bool isAside(std::string_view name) {
  constexpr std::string_view kAsides[] = {"text:tracked-changes",
                                          "office:annotation",
                                          "office:forms",
                                          "office:scripts",
                                          "office:binary-data",
                                          "text:sequence-decls",
                                          "text:variable-decls",
                                          "text:user-field-decls",
                                          "text:dde-connection-decls",
                                          "text:hidden-text",
                                          "text:hidden-paragraph",
                                          "text:ruby-text",
                                          "svg:title",
                                          "svg:desc",
                                          "table:shapes",
                                          "draw:glue-point",
                                          "office:event-listeners",
                                          "text:alphabetical-index-auto-mark-file"};
  return std::find(std::begin(kAsides), std::end(kAsides), name) != std::end(kAsides) ||
         (name.starts_with("text:") && name.ends_with("-source"));
}

}  // namespace

void OdtWalker::walk(const pugi::xml_node& root) {
  walkXml(
      root, [&](const pugi::xml_node& node) { return enter(node); }, [&](const pugi::xml_node& node) { leave(node); });
}

bool OdtWalker::enter(const pugi::xml_node& node) {
  if (!m_builder.ok()) return false;
  switch (node.type()) {
    case pugi::node_document:
      return true;
    case pugi::node_pcdata:
    case pugi::node_cdata:
      if (m_paragraphs > 0) m_builder.text(node.value());
      return false;
    case pugi::node_element:
      break;
    default:
      return false;
  }
  const std::string_view name = node.name();
  if (isAside(name)) return false;
  if (name == "text:section" && std::string_view(node.attribute("text:display").value()) == "none") {
    m_skipped.add("passages of hidden text");
    return false;
  }
  if (name == "draw:text-box" && m_paragraphs > 0) {
    m_boxes.add(node);
    return false;
  }
  if (name == "draw:image") m_builder.image();
  if (name == "draw:object" || name == "draw:object-ole") {
    m_skipped.add("embedded objects");
    return false;
  }
  if (name.starts_with("table:")) return enterTable(node, name);
  return enterText(node, name);
}

bool OdtWalker::enterTable(const pugi::xml_node& node, std::string_view name) {
  if (name == "table:table") {
    m_builder.endParagraph();
  } else if (name == "table:table-row") {
    m_builder.beginRow();
  } else if (name == "table:table-cell") {
    m_builder.beginCell();
  } else if (name == "table:covered-table-cell") {
    m_builder.emptyCells(countIn(node, "table:number-columns-repeated"));
    return false;
  }
  return true;
}

bool OdtWalker::enterText(const pugi::xml_node& node, std::string_view name) {
  if (name == "text:p") {
    ++m_paragraphs;
  } else if (name == "text:h") {
    ++m_paragraphs;
    const int level = countIn(node, "text:outline-level");
    const std::string number = m_numbering.nextHeading(node, level);
    if (!m_inNote) {
      m_builder.beginHeading(level);
      m_builder.text(number);
    }
  } else if (name == "text:s") {
    m_builder.exactText(std::string(static_cast<std::size_t>(countIn(node, "text:c")), ' '));
  } else if (name == "text:tab") {
    m_builder.tab();
  } else if (name == "text:line-break") {
    m_builder.lineBreak();
  } else if (name == "text:list") {
    m_builder.endParagraph();
    m_builder.beginList();
    m_numbering.beginList(node);
  } else if (name == "text:list-item") {
    m_builder.beginItem(m_numbering.next(node));
  } else if (name == "text:note") {
    addNote(node);
    return false;
  }
  return true;
}

void OdtWalker::leave(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  if (name == "text:p") {
    --m_paragraphs;
    m_builder.endParagraph();
    endOfParagraph();
  } else if (name == "text:h") {
    --m_paragraphs;
    m_builder.endHeading();
    endOfParagraph();
  } else if (name == "text:list") {
    m_builder.endList();
    m_numbering.endList();
  } else if (name == "text:list-item") {
    m_builder.endItem();
  } else if (name == "table:table") {
    m_builder.endTable();
  } else if (name == "table:table-row") {
    m_builder.endRow();
  } else if (name == "table:table-cell") {
    m_builder.endCell();
    m_builder.emptyCells(countIn(node, "table:number-columns-repeated") - 1);
  }
}

void OdtWalker::endOfParagraph() {
  if (m_paragraphs > 0) return;
  m_boxes.walkAll([this](const pugi::xml_node& child) { walk(child); });
}

void OdtWalker::addNote(const pugi::xml_node& note) {
  if (m_inNote) return;
  const std::string label = lineOf(childOf(note, "note-citation"));
  TextBuilder text(nullptr);
  OdtWalker walker(text, m_skipped, m_numbering.styles());
  walker.m_inNote = true;
  walker.walk(childOf(note, "note-body"));
  m_builder.text("[" + label + "]");
  m_builder.note(label, text.takeNote());
}

}  // namespace tidemark
