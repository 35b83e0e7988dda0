#include "extract/docx/docx_walker.h"

#include <algorithm>
#include <utility>

namespace tidemark {

namespace {

constexpr int kMostSpannedColumns = 63;

bool isOn(const pugi::xml_node& property) {
  if (!property) return false;
  const std::string_view value = attributeOf(property, "val");
  return value != "0" && value != "false" && value != "off";
}

}  // namespace

std::string_view DocxWalker::wordName(const pugi::xml_node& node) const {
  const std::string_view name = node.name();
  return name.starts_with(m_prefix) ? name.substr(m_prefix.size()) : std::string_view();
}

void DocxWalker::walk(const pugi::xml_node& root) {
  walkXml(
      root, [&](const pugi::xml_node& node) { return enter(node); }, [&](const pugi::xml_node& node) { leave(node); });
}

bool DocxWalker::enter(const pugi::xml_node& node) {
  if (node.type() == pugi::node_document) return true;
  if (node.type() != pugi::node_element || !m_builder.ok()) return false;
  const std::string_view name = wordName(node);
  const std::string_view local = localName(node);
  if (name.empty() || name.find(':') != std::string_view::npos) {
    // The same thing for old and new programs: one of them.
    if (local == "Choice") return node.previous_sibling("mc:Choice").empty();
    if (local == "Fallback") return childOf(node.parent(), "Choice").empty();
    if (local == "blip" || local == "imagedata") m_builder.image();
    if (local == "t") m_builder.exactText(node.text().get());  // of formulas
    return local != "t";
  }
  if (name == "p") {
    beginParagraph(node);
  } else if (name == "tbl") {
    m_builder.endParagraph();
  } else if (name == "tr") {
    if (childOf(childOf(node, "trPr"), "del")) return false;
    m_builder.beginRow();
  } else if (name == "tc") {
    m_builder.beginCell();
  } else if (name == "txbxContent") {
    m_boxes.add(node);
    return false;
  } else if (name == "altChunk") {
    m_context.skipped.add("documents inside the document");
    return false;
  } else {
    return enterRun(node, name);
  }
  return true;
}

bool DocxWalker::enterRun(const pugi::xml_node& node, std::string_view name) {
  if (name == "r") {
    if (!isOn(childOf(childOf(node, "rPr"), "vanish"))) return true;
    m_context.skipped.add("passages of hidden text");
    return false;
  }
  if (name == "t") {
    m_builder.exactText(node.text().get());
    return false;
  }
  if (name == "tab" || name == "ptab") {
    m_builder.tab();
  } else if (name == "br" || name == "cr") {
    m_builder.lineBreak();
  } else if (name == "noBreakHyphen") {
    m_builder.text("-");
  } else if (name == "sym") {
    m_context.skipped.add("characters of symbol fonts");
  } else if (name == "footnoteReference" || name == "endnoteReference") {
    addNote(node, name == "endnoteReference");
  } else if (name == "pict" || name == "drawing" || name == "object" || name == "hyperlink" || name == "ins" ||
             name == "moveTo" || name == "smartTag" || name == "customXml" || name == "sdt" || name == "sdtContent" ||
             name == "fldSimple" || name == "body" || name == "document" || name == "footnote" || name == "endnote" ||
             name == "ruby" || name == "rubyBase" || name == "dir" || name == "bdo") {
    return true;
  }
  // Properties, deleted text, instructions of fields, comments.
  return false;
}

void DocxWalker::leave(const pugi::xml_node& node) {
  if (node.type() != pugi::node_element) return;
  const std::string_view name = wordName(node);
  if (name == "p") {
    endParagraph();
  } else if (name == "tbl") {
    m_builder.endTable();
  } else if (name == "tr") {
    m_builder.endRow();
  } else if (name == "tc") {
    m_builder.endCell();
    // A cell over several columns: the next ones stay under their headings.
    const int columns = numberIn(attributeOf(childOf(childOf(node, "tcPr"), "gridSpan"), "val"), 1);
    m_builder.emptyCells(std::min(columns, kMostSpannedColumns) - 1);
  }
}

void DocxWalker::beginParagraph(const pugi::xml_node& node) {
  const pugi::xml_node properties = childOf(node, "pPr");
  const pugi::xml_node outline = childOf(properties, "outlineLvl");
  int level = m_context.styles.headingLevel(attributeOf(childOf(properties, "pStyle"), "val"));
  if (outline) {
    const int said = numberIn(attributeOf(outline, "val"), 9);
    level = said >= 0 && said < 9 ? said + 1 : 0;
  }
  const pugi::xml_node numbering = childOf(properties, "numPr");
  const std::string mark = numbering
                               ? m_context.numbering.next(attributeOf(childOf(numbering, "numId"), "val"),
                                                          numberIn(attributeOf(childOf(numbering, "ilvl"), "val"), 0))
                               : std::string();
  m_inHeading = level > 0 && !m_inNote;
  m_inItem = !m_inHeading && !mark.empty();
  if (m_inHeading) {
    m_builder.beginHeading(level);
    m_builder.text(mark);
  } else if (m_inItem) {
    m_builder.beginItem(mark);
  } else {
    m_builder.endParagraph();  // after the last item of a list
  }
}

void DocxWalker::endParagraph() {
  if (std::exchange(m_inHeading, false)) {
    m_builder.endHeading();
  } else if (std::exchange(m_inItem, false)) {
    m_builder.endItem();
  } else {
    m_builder.endParagraph();
  }
  m_boxes.walkAll([this](const pugi::xml_node& child) { walk(child); });
}

/// "[1]", and the note behind the paragraph. A note that is referred to again is not repeated.
void DocxWalker::addNote(const pugi::xml_node& reference, bool end) {
  if (m_inNote) return;
  const std::string_view id = attributeOf(reference, "id");
  const pugi::xml_node note = (end ? m_context.endnotes : m_context.footnotes).find(id);
  if (!note) {
    m_context.skipped.add("notes that are missing from the file");
    return;
  }
  if (!m_notesSeen.insert((end ? "e" : "f") + std::string(id)).second) return;
  const std::string label = end ? "e" + std::to_string(++m_endnotes) : std::to_string(++m_footnotes);
  m_builder.text("[" + label + "]");
  TextBuilder text(nullptr);
  DocxWalker walker(m_context, text, wordPrefix(note.parent()));
  walker.m_inNote = true;
  walker.walk(note);
  m_builder.note(label, text.takeNote());
}

}  // namespace tidemark
