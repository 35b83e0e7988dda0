#include "extract/markup/html_preparation.h"

#include <algorithm>
#include <utility>

namespace tidemark {

namespace {

using enum HtmlRole;

constexpr std::size_t kNotFound = std::string_view::npos;
constexpr std::size_t kLongestTitleText = 4096;

bool isLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool isTablePart(HtmlRole role) {
  return role == kTable || role == kCaption || role == kRowGroup || role == kRow || role == kCell;
}

bool isInLine(HtmlRole role) {
  return role == kInline || role == kQuote;
}

bool startsWithWord(std::string_view text, std::string_view lower) {
  if (text.size() < lower.size()) return false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const char c = text[i];
    if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lower[i]) return false;
  }
  return text.size() == lower.size() || !(isLetter(text[lower.size()]) || text[lower.size()] == '-');
}

}  // namespace

bool HtmlPreparation::next(std::string& piece) {
  piece.clear();
  if (m_at >= m_input.size()) return false;
  m_out = &piece;
  m_cut = false;
  m_pieceBegin = m_at;
  // A doctype: without one, paragraphs may hold tables.
  piece = "<!DOCTYPE html>";
  for (const OpenElement& open : m_open) piece += open.tag;
  while (m_at < m_input.size() && !m_cut) {
    const std::size_t tag = std::min(m_input.find('<', m_at), m_input.size());
    text(m_input.substr(m_at, tag - m_at));
    if (!m_cut && m_at < m_input.size()) markup();
  }
  if (!m_cut) popTo(0);
  for (auto open = m_open.rbegin(); open != m_open.rend(); ++open) {
    piece += "</";
    piece += open->element.written;
    piece += '>';
  }
  return true;
}

/// Moves m_at behind what it takes: all of `text`, or less if the piece is full.
void HtmlPreparation::text(std::string_view text) {
  while (!text.empty()) {
    const std::size_t room = m_options.pieceBytes - std::min(m_out->size(), m_options.pieceBytes);
    std::size_t count = text.size();
    if (count > room && isDivisible()) {
      const std::size_t space = text.find_first_of(" \n", room);
      if (space != kNotFound && space + 1 < count) {
        count = space + 1;
        m_cut = true;
      }
    }
    m_out->append(text.substr(0, count));
    m_at += count;
    if (m_cut) return;
    text.remove_prefix(count);
  }
}

/// What stands at a "<".
void HtmlPreparation::markup() {
  const std::string_view rest = m_input.substr(m_at);
  if (rest.size() > 1 && isLetter(rest[1])) return startTag();
  if (rest.size() > 2 && rest[1] == '/' && isLetter(rest[2])) return endTag();
  const auto skipTo = [&](std::string_view end, std::size_t from) {
    const std::size_t found = m_input.find(end, m_at + from);
    m_at = found == kNotFound ? m_input.size() : found + end.size();
  };
  if (rest.starts_with("<!-->")) {
    m_at += 5;
  } else if (rest.starts_with("<!--->")) {
    m_at += 6;
  } else if (rest.starts_with("<!--")) {
    skipTo("-->", 4);
  } else if (m_options.xhtml && rest.starts_with("<![CDATA[")) {
    const std::size_t end = std::min(rest.find("]]>"), rest.size());
    escaped(rest.substr(9, end - 9), false);
    m_at += std::min(end + 3, rest.size());
  } else if (startsWithWord(rest.substr(std::min<std::size_t>(2, rest.size())), "doctype") && rest[1] == '!') {
    const std::size_t end = rest.find('>');
    const std::size_t subset = rest.find('[');
    skipTo(subset < end ? "]>" : ">", 2);
  } else if (rest.starts_with("<!") || rest.starts_with("<?") || rest.starts_with("</")) {
    skipTo(">", 2);
  } else {
    *m_out += "&lt;";
    ++m_at;
  }
}

void HtmlPreparation::startTag() {
  HtmlTag tag;
  const std::size_t begin = m_at;
  const std::size_t end = readHtmlTag(m_input, begin + 1, tag);
  if (end == kNotFound) {
    m_at = m_input.size();
    return;
  }
  m_at = end;
  if (!m_options.allLinks && !tag.href.starts_with('#')) tag.href = {};
  HtmlElement element = htmlElement(tag.name);
  const bool empty = tag.selfClosing && m_options.xhtml;
  switch (element.role) {
    case kTagOnly:
      return;
    case kTitle:
      if (!empty) title();
      return;
    case kFrame:
      ++m_frames;
      [[fallthrough]];
    case kRaw:
    case kVerbatim:
    case kLeftOut:
    case kDrawing:
      if (!empty && tag.name != "frame") return leaveOut(tag, element);
      if (element.role == kDrawing) *m_out += "<img>";
      return;
    default:
      break;
  }
  if (!isInLine(element.role) && element.role != kPicture) {
    closeImplied(element);
    if (isFull() && begin > m_pieceBegin && isDivisible()) {
      m_at = begin;
      m_cut = true;
      return;
    }
  }
  if (element.role == kBreak || element.role == kPicture) {
    writeHtmlTag(tag, element.written, *m_out);
    return;
  }
  openElement(tag, element);
  if (empty && !m_open.empty() && m_open.back().name == tag.name) popTo(m_open.size() - 1);
}

void HtmlPreparation::openElement(const HtmlTag& tag, HtmlElement element) {
  if (element.role == kInline && !tag.matters()) {
    // Kept where it is inside one of the same name that is kept: the end tags must find their own.
    if (findOpen(tag.name, kInline) == kNotFound) return;
  }
  if (isTablePart(element.role) && element.role != kTable && !fitsIntoTable(element.role)) {
    element = {element.name, kBlock, "div"};
  }
  if (m_open.size() >= m_options.nesting) {
    ++m_tooDeep;
    if (!isInLine(element.role) && !m_out->ends_with("<br>")) *m_out += "<br>";
    return;
  }
  OpenElement open{tag.name, element, {}, false};
  writeHtmlTag(tag, element.written, open.tag);
  open.divisible = (element.role == kBlock || element.role == kPreformatted) && tag.kind != kNoteKind;
  *m_out += open.tag;
  if (element.role == kPreformatted) open.tag += '\n';  // the first one is not part of the content
  open.element.name = {};
  if (element.role == kParagraph) ++m_paragraphs;
  m_open.push_back(std::move(open));
}

void HtmlPreparation::endTag() {
  HtmlTag tag;
  const std::size_t end = readHtmlTag(m_input, m_at + 2, tag);
  m_at = std::min(end, m_input.size());
  if (end == kNotFound) return;
  if (tag.name == "br") {
    *m_out += "<br>";
    return;
  }
  const std::size_t found = findOpen(tag.name, htmlElement(tag.name).role);
  if (found != kNotFound) popTo(found);
}

/// The innermost open element of this name that an end tag may close.
std::size_t HtmlPreparation::findOpen(std::string_view name, HtmlRole role) const {
  for (std::size_t i = m_open.size(); i-- > 0;) {
    const OpenElement& open = m_open[i];
    if (open.name == name) return i;
    if (isTablePart(role) ? open.element.role == kTable : isTablePart(open.element.role)) return kNotFound;
    if (isInLine(role) && !isInLine(open.element.role)) return kNotFound;
  }
  return kNotFound;
}

/// Closes what ends without an end tag where `element` begins.
void HtmlPreparation::closeImplied(const HtmlElement& element) {
  const HtmlRole role = element.role;
  if (isTablePart(role) && role != kTable) {
    for (std::size_t i = m_open.size(); i-- > 0 && m_open[i].element.role != kTable;) {
      const HtmlRole open = m_open[i].element.role;
      const bool ends = open == kCell || open == kCaption || (open == kRow && role != kCell) ||
                        (open == kRowGroup && (role == kRowGroup || role == kCaption));
      if (ends) popTo(i);
    }
    return;
  }
  if (m_paragraphs > 0) {
    if (const std::size_t paragraph = findOpen("p", kParagraph); paragraph != kNotFound) popTo(paragraph);
  }
  if (role == kHeading && !m_open.empty() && m_open.back().element.role == kHeading) popTo(m_open.size() - 1);
  if (role != kItem) return;
  for (std::size_t i = m_open.size(); i-- > 0;) {
    const HtmlRole open = m_open[i].element.role;
    if (open == kList || isTablePart(open)) return;
    if (open == kItem) return popTo(i);
  }
}

/// Whether a part of a table stands where Gumbo takes it; elsewhere its tag would be ignored and words run together.
bool HtmlPreparation::fitsIntoTable(HtmlRole role) const {
  if (m_open.empty()) return false;
  const HtmlRole parent = m_open.back().element.role;
  if (role == kCell) return parent == kRow || parent == kRowGroup || parent == kTable;
  if (role == kRow) return parent == kRowGroup || parent == kTable;
  return parent == kTable;
}

void HtmlPreparation::popTo(std::size_t size) {
  while (m_open.size() > size) {
    const OpenElement& open = m_open.back();
    if (open.tag == "<p>" && m_out->ends_with("<p>")) {
      // Empty: it only ends what stands before it.
      m_out->resize(m_out->size() - open.tag.size());
      if (!m_out->ends_with("<hr>")) *m_out += "<hr>";
    } else {
      *m_out += "</";
      *m_out += open.element.written;
      *m_out += '>';
    }
    if (open.element.role == kParagraph) --m_paragraphs;
    m_open.pop_back();
  }
}

bool HtmlPreparation::isDivisible() const {
  return std::all_of(m_open.begin(), m_open.end(), [](const OpenElement& open) { return open.divisible; });
}

/// Position of the end tag of the element whose start tag was just read; kNotFound if there is none. The rest is
/// searched in vain once for each name.
std::size_t HtmlPreparation::endOfContent(std::string_view name, bool nested) {
  if (std::find(m_unclosed.begin(), m_unclosed.end(), name) != m_unclosed.end()) return kNotFound;
  std::size_t depth = 1;
  for (std::size_t at = m_input.find('<', m_at); at != kNotFound; at = m_input.find('<', at + 1)) {
    const std::string_view rest = m_input.substr(at + 1);
    if (rest.starts_with('/') && startsWithWord(rest.substr(1), name)) {
      if (--depth == 0) return at;
    } else if (nested && startsWithWord(rest, name)) {
      ++depth;
    }
  }
  m_unclosed.emplace_back(name);
  return kNotFound;
}

void HtmlPreparation::leaveOut(const HtmlTag& tag, const HtmlElement& element) {
  const bool markup = element.role == kLeftOut || element.role == kDrawing;
  const std::size_t end = tag.name == "plaintext" ? m_input.size() : endOfContent(tag.name, markup);
  if (element.role == kDrawing) *m_out += "<img>";
  if (end == kNotFound && markup) return;  // only the tag is left out
  const std::size_t content = m_at;
  const std::size_t stop = std::min(end, m_input.size());
  if (element.role == kVerbatim) {
    *m_out += "<pre>\n";
    escaped(m_input.substr(content, stop - content), false);
    *m_out += "</pre>";
  }
  m_at = stop;
  if (end < m_input.size()) m_at = std::min(m_input.find('>', end), m_input.size() - 1) + 1;
}

void HtmlPreparation::title() {
  const std::size_t end = endOfContent("title", false);
  if (end == kNotFound) return;
  if (!std::exchange(m_titleSeen, true)) {
    *m_out += "<title>";
    escaped(m_input.substr(m_at, std::min(end - m_at, kLongestTitleText)), true);
    *m_out += "</title>";
  }
  m_at = std::min(m_input.find('>', end), m_input.size() - 1) + 1;
}

/// `references`: "&amp;" and the like stay what they are.
void HtmlPreparation::escaped(std::string_view text, bool references) {
  for (const char c : text) {
    if (c == '<') {
      *m_out += "&lt;";
    } else if (c == '&' && !references) {
      *m_out += "&amp;";
    } else {
      *m_out += c;
    }
  }
}

}  // namespace tidemark
