#include "extract/markup/html_tag.h"

#include <algorithm>

namespace tidemark {

namespace {

constexpr std::size_t kLongestName = 32;
constexpr std::size_t kLongestValue = 1024;
constexpr std::size_t kNone = std::string_view::npos;

bool isTagSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

char lowerCase(char c) {
  return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
}

bool sameWord(std::string_view a, std::string_view lower) {
  return a.size() == lower.size() &&
         std::equal(a.begin(), a.end(), lower.begin(), [](char x, char y) { return lowerCase(x) == y; });
}

bool holds(std::string_view text, std::string_view lower) {
  return std::search(text.begin(), text.end(), lower.begin(), lower.end(),
                     [](char x, char y) { return lowerCase(x) == y; }) != text.end();
}

/// epub:type and role of EPUB 3, and what those of ARIA are called.
std::string_view kindOf(std::string_view value) {
  if (holds(value, "noteref")) return kReferenceKind;
  if (holds(value, "pagebreak")) return kPageBreakKind;
  if (holds(value, "footnotes") || holds(value, "endnotes") || holds(value, "rearnotes"))
    return {};  // the list of them
  if (holds(value, "footnote") || holds(value, "rearnote") || holds(value, "endnote")) return kNoteKind;
  if (sameWord(value, "toc") || holds(value, "doc-toc")) return kContentsKind;
  return {};
}

bool hides(std::string_view style) {
  for (const std::string_view property : {"display", "visibility"}) {
    const auto found = std::search(style.begin(), style.end(), property.begin(), property.end(),
                                   [](char x, char y) { return lowerCase(x) == y; });
    if (found == style.end()) continue;
    std::string_view rest = style.substr(static_cast<std::size_t>(found - style.begin()) + property.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
    if (!rest.starts_with(':')) continue;
    rest.remove_prefix(1);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
    const std::string_view value = property == "display" ? "none" : "hidden";
    if (sameWord(rest.substr(0, value.size()), value)) return true;
  }
  return false;
}

void takeAttribute(std::string_view name, std::string_view value, HtmlTag& tag) {
  if (sameWord(name, "hidden")) {
    tag.hidden = true;
  } else if (sameWord(name, "aria-hidden")) {
    tag.hidden = tag.hidden || sameWord(value, "true");
  } else if (sameWord(name, "style")) {
    tag.hidden = tag.hidden || hides(value);
  } else if (value.empty() || value.size() > kLongestValue) {
    return;
  } else if (sameWord(name, "id") || sameWord(name, "xml:id") || (sameWord(name, "name") && tag.name == "a")) {
    if (tag.id.empty()) tag.id = value;
  } else if (sameWord(name, "href")) {
    if (tag.href.empty()) tag.href = value;
  } else if (sameWord(name, "epub:type") || sameWord(name, "role")) {
    if (tag.kind.empty()) tag.kind = kindOf(value);
  } else if (sameWord(name, "start") || sameWord(name, "value")) {
    if (value.size() <= 6 && value.find_first_not_of("0123456789") == kNone) tag.number = value;
  }
}

void writeAttribute(std::string_view name, std::string_view value, std::string& out) {
  if (value.empty()) return;
  out += ' ';
  out += name;
  out += "=\"";
  for (const char c : value) {
    if (c == '"') {
      out += "&quot;";
    } else {
      out += c;
    }
  }
  out += '"';
}

}  // namespace

std::size_t readHtmlTag(std::string_view input, std::size_t at, HtmlTag& tag) {
  tag = {};
  while (at < input.size() && !isTagSpace(input[at]) && input[at] != '/' && input[at] != '>') {
    if (tag.name.size() < kLongestName) tag.name += lowerCase(input[at]);
    ++at;
  }
  for (const std::string_view prefix : {"html:", "xhtml:", "h:"}) {
    if (tag.name.starts_with(prefix)) tag.name.erase(0, prefix.size());
  }
  while (at < input.size()) {
    const char c = input[at];
    if (c == '>') return at + 1;
    if (c == '/') {
      tag.selfClosing = at + 1 < input.size() && input[at + 1] == '>';
      ++at;
      continue;
    }
    if (isTagSpace(c)) {
      ++at;
      continue;
    }
    const std::size_t nameBegin = at++;
    while (at < input.size() && !isTagSpace(input[at]) && input[at] != '/' && input[at] != '>' && input[at] != '=')
      ++at;
    const std::string_view name = input.substr(nameBegin, at - nameBegin);
    while (at < input.size() && isTagSpace(input[at])) ++at;
    std::string_view value;
    if (at < input.size() && input[at] == '=') {
      ++at;
      while (at < input.size() && isTagSpace(input[at])) ++at;
      if (at == input.size()) return kNone;
      if (input[at] == '"' || input[at] == '\'') {
        const std::size_t end = input.find(input[at], at + 1);
        if (end == kNone) return kNone;
        value = input.substr(at + 1, end - at - 1);
        at = end + 1;
      } else {
        const std::size_t valueBegin = at;
        while (at < input.size() && !isTagSpace(input[at]) && input[at] != '>') ++at;
        value = input.substr(valueBegin, at - valueBegin);
      }
    }
    takeAttribute(name, value, tag);
  }
  return kNone;
}

void writeHtmlTag(const HtmlTag& tag, std::string_view written, std::string& out) {
  out += '<';
  out += written;
  if (tag.hidden) out += " hidden";
  writeAttribute("id", tag.id, out);
  writeAttribute("href", tag.href, out);
  writeAttribute("k", tag.kind, out);
  writeAttribute("n", tag.number, out);
  out += '>';
}

}  // namespace tidemark
