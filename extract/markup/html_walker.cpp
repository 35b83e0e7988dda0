#include "extract/markup/html_walker.h"

#include <charconv>

#include "extract/markup/html_tag.h"

namespace tidemark {

namespace {

constexpr int kParagraphsOfLayout = 3;  // in one cell of a table that only arranges a page

bool isElement(const GumboNode* node, GumboTag tag) {
  return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == tag;
}

int headingLevel(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_H1:
      return 1;
    case GUMBO_TAG_H2:
      return 2;
    case GUMBO_TAG_H3:
      return 3;
    case GUMBO_TAG_H4:
      return 4;
    case GUMBO_TAG_H5:
      return 5;
    case GUMBO_TAG_H6:
      return 6;
    default:
      return 0;
  }
}

std::int64_t numberOf(std::string_view text, std::int64_t otherwise) {
  std::int64_t value = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// Tables that arrange a page rather than data: their cells are read one after another, as blocks.
bool isLayoutTable(const GumboNode* table) {
  bool layout = false;
  bool severalCells = false;
  int cells = 0;
  int paragraphs = 0;
  walkHtml(
      table,
      [&](const GumboNode* node) {
        if (layout || node->type != GUMBO_NODE_ELEMENT) return false;
        const GumboTag tag = node->v.element.tag;
        if (tag == GUMBO_TAG_TR) cells = 0;
        if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH) {
          severalCells = severalCells || ++cells > 1;
          paragraphs = 0;
        }
        if (tag == GUMBO_TAG_P) ++paragraphs;
        layout = (tag == GUMBO_TAG_TABLE && node != table) || headingLevel(tag) > 0 || tag == GUMBO_TAG_PRE ||
                 paragraphs >= kParagraphsOfLayout;
        return true;
      },
      [](const GumboNode*) {});
  return layout || !severalCells;
}

/// A note repeats the mark that refers to it, as a link back; the label in brackets says it already.
std::string withoutMark(std::string_view note, std::string_view label) {
  const std::string_view whole = note;
  for (const std::string_view back : {"\xE2\x86\xA9\xEF\xB8\x8E", "\xE2\x86\xA9", "\xE2\x86\x91"}) {
    if (note.ends_with(back)) note.remove_suffix(back.size());
  }
  while (note.ends_with(' ')) note.remove_suffix(1);
  std::string_view rest = note;
  if (rest.starts_with('[')) rest.remove_prefix(1);
  if (!rest.starts_with(label)) return std::string(note);
  rest.remove_prefix(label.size());
  if (rest.empty() || std::string_view(" .:)]\xE2").find(rest.front()) == std::string_view::npos)
    return std::string(note);
  while (!rest.empty() && std::string_view(" .:)]").find(rest.front()) != std::string_view::npos) rest.remove_prefix(1);
  return std::string(rest.empty() ? whole : rest);
}

/// "[12]", "(12)" and "12" are all 12.
std::string bareLabel(std::string label) {
  const auto outer = [](char c) { return c == '[' || c == ']' || c == '(' || c == ')' || c == ' '; };
  while (!label.empty() && outer(label.back())) label.pop_back();
  while (!label.empty() && outer(label.front())) label.erase(0, 1);
  return label.size() > 16 ? std::string() : label;
}

}  // namespace

std::string lineOf(const GumboNode* root) {
  TextBuilder line(nullptr);
  walkHtml(
      root,
      [&](const GumboNode* node) {
        if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE) line.text(node->v.text.text);
        if (isElement(node, GUMBO_TAG_BR)) line.text(" ");
        return node->type == GUMBO_NODE_ELEMENT;
      },
      [](const GumboNode*) {});
  return line.takeNote();
}

void HtmlWalker::survey(const GumboNode* root) {
  m_notes.clear();
  m_usedNotes.clear();
  walkHtml(
      root,
      [&](const GumboNode* node) {
        if (isElement(node, GUMBO_TAG_TITLE) && m_title.empty()) m_title = lineOf(node);
        if (attributeOf(node, "k") == kNoteKind) {
          if (const std::string_view id = attributeOf(node, "id"); !id.empty()) m_notes.emplace(id, node);
        }
        return node->type == GUMBO_NODE_ELEMENT;
      },
      [](const GumboNode*) {});
}

void HtmlWalker::addText(const GumboNode* root) {
  walkHtml(
      root, [&](const GumboNode* node) { return enter(node); }, [&](const GumboNode* node) { leave(node); });
}

bool HtmlWalker::enter(const GumboNode* node) {
  if (!m_builder.ok()) return false;
  switch (node->type) {
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_WHITESPACE:
    case GUMBO_NODE_CDATA:
      if (m_preformatted > 0) {
        m_builder.exactText(node->v.text.text);
      } else {
        m_builder.text(node->v.text.text);
      }
      return false;
    case GUMBO_NODE_ELEMENT:
      return enterElement(node);
    default:
      return false;
  }
}

bool HtmlWalker::enterElement(const GumboNode* node) {
  const GumboTag tag = node->v.element.tag;
  if (tag == GUMBO_TAG_HEAD || tag == GUMBO_TAG_TITLE || hasAttribute(node, "hidden")) return false;
  if (tag == GUMBO_TAG_NAV && !m_options.keepNavigation) return false;
  const std::string_view kind = attributeOf(node, "k");
  if (kind == kPageBreakKind) return false;
  if (kind == kNoteKind && !m_usedNotes.insert(node).second) return false;
  if (kind == kReferenceKind && isReference(node)) return false;
  if (m_options.anchors != nullptr) {
    if (const auto place = m_options.anchors->find(attributeOf(node, "id")); place != m_options.anchors->end()) {
      m_builder.anchor(place->second.first, place->second.second);
    }
  }
  if (const int level = headingLevel(tag); level > 0) {
    m_builder.beginHeading(level);
    return true;
  }
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_HR:
      m_builder.endParagraph();
      break;
    case GUMBO_TAG_PRE:
      m_builder.endParagraph();
      ++m_preformatted;
      break;
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_CAPTION:
      m_builder.endLine();
      break;
    case GUMBO_TAG_BR:
      m_builder.lineBreak();
      break;
    case GUMBO_TAG_IMG:
      m_builder.image();
      break;
    case GUMBO_TAG_Q:
      m_builder.text("\xE2\x80\x9C");
      break;
    case GUMBO_TAG_UL:
      beginList(node, false);
      break;
    case GUMBO_TAG_OL:
      beginList(node, true);
      break;
    case GUMBO_TAG_LI:
      beginItem(node);
      break;
    case GUMBO_TAG_TABLE:
      m_builder.endParagraph();
      m_layoutTables.push_back(isLayoutTable(node));
      break;
    case GUMBO_TAG_TR:
      inGrid() ? m_builder.beginRow() : m_builder.endParagraph();
      break;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
      inGrid() ? m_builder.beginCell() : m_builder.endParagraph();
      break;
    default:
      break;
  }
  return true;
}

void HtmlWalker::leave(const GumboNode* node) {
  const GumboTag tag = node->v.element.tag;
  if (headingLevel(tag) > 0) {
    m_builder.endHeading();
    return;
  }
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_NAV:
    case GUMBO_TAG_DL:
      m_builder.endParagraph();
      break;
    case GUMBO_TAG_PRE:
      --m_preformatted;
      m_builder.endParagraph();
      break;
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_CAPTION:
      m_builder.endLine();
      break;
    case GUMBO_TAG_Q:
      m_builder.text("\xE2\x80\x9D");
      break;
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
      m_lists.pop_back();
      m_builder.endList();
      break;
    case GUMBO_TAG_LI:
      m_builder.endItem();
      break;
    case GUMBO_TAG_TABLE:
      m_layoutTables.pop_back();
      m_builder.endTable();
      break;
    case GUMBO_TAG_TR:
      inGrid() ? m_builder.endRow() : m_builder.endParagraph();
      break;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
      inGrid() ? m_builder.endCell() : m_builder.endParagraph();
      break;
    default:
      break;
  }
}

/// A link to a note of this page: becomes "[1]", and the note goes behind the paragraph.
bool HtmlWalker::isReference(const GumboNode* node) {
  const std::string_view href = attributeOf(node, "href");
  const auto note = m_notes.find(href.starts_with('#') ? href.substr(1) : std::string_view());
  const std::string label = bareLabel(lineOf(node));
  if (m_inNote || note == m_notes.end() || label.empty()) return false;
  m_builder.text("[" + label + "]");
  if (!m_usedNotes.insert(note->second).second) return true;
  TextBuilder text(nullptr);
  HtmlWalker walker(text, {});
  walker.m_inNote = true;
  walker.addText(note->second);
  m_builder.note(label, withoutMark(text.takeNote(), label));
  return true;
}

void HtmlWalker::beginList(const GumboNode* node, bool ordered) {
  m_builder.endParagraph();
  m_builder.beginList();
  m_lists.push_back({ordered, numberOf(attributeOf(node, "n"), 1)});
}

void HtmlWalker::beginItem(const GumboNode* node) {
  if (m_lists.empty() || !m_lists.back().ordered) {
    m_builder.beginItem("- ");
    return;
  }
  List& list = m_lists.back();
  list.next = numberOf(attributeOf(node, "n"), list.next);
  m_builder.beginItem(std::to_string(list.next++) + ". ");
}

}  // namespace tidemark
