#include "extract/docx/docx_package.h"

#include <charconv>
#include <utility>

#include "extract/archive/entry_path.h"

namespace tidemark {

namespace {

constexpr int kLongestStyleChain = 32;
constexpr int kOutlineLevels = 9;

/// Calls `visit(kind, path)` for every relationship of the part `source` (empty: of the package) to another part.
template <typename Visit>
Status forEachRelation(const ArchiveInput& input, const std::string& source, const Visit& visit) {
  const std::size_t slash = source.rfind('/');
  const std::string folder = slash == std::string::npos ? std::string() : source.substr(0, slash + 1);
  const std::string file = slash == std::string::npos ? source : source.substr(slash + 1);
  const auto relations = optionalPart(input, folder + "_rels/" + file + ".rels");
  if (!relations) return relations.error();
  if (*relations == nullptr) return {};
  forEachElement(**relations, [&](const pugi::xml_node& node) {
    if (localName(node) != "Relationship" || attributeOf(node, "TargetMode") == "External") return;
    const std::string_view type = attributeOf(node, "Type");
    const auto target = resolveReference(source, attributeOf(node, "Target"));
    if (target) visit(type.substr(type.rfind('/') + 1), target->path);
  });
  return {};
}

/// "heading 3" is 3, in whatever case Word wrote it.
int levelOfName(std::string_view name) {
  constexpr std::string_view kHeading = "heading ";
  if (name.size() != kHeading.size() + 1) return -1;
  for (std::size_t i = 0; i < kHeading.size(); ++i) {
    const char c = name[i];
    if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != kHeading[i]) return -1;
  }
  return name.back() >= '1' && name.back() <= '9' ? name.back() - '0' : -1;
}

}  // namespace

int numberIn(std::string_view text, int otherwise) {
  int value = otherwise;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : otherwise;
}

Result<DocxPackage> locateDocxParts(const ArchiveInput& input) {
  DocxPackage package;
  const auto ofPackage = [&](std::string_view kind, const std::string& path) {
    if (kind == "officeDocument") package.document = path;
    if (kind == "core-properties") package.properties = path;
  };
  if (Status status = forEachRelation(input, "", ofPackage); !status) return status.error();
  const auto ofDocument = [&](std::string_view kind, const std::string& path) {
    if (kind == "styles") package.styles = path;
    if (kind == "numbering") package.numbering = path;
    if (kind == "footnotes") package.footnotes = path;
    if (kind == "endnotes") package.endnotes = path;
  };
  if (Status status = forEachRelation(input, package.document, ofDocument); !status) return status.error();
  const auto usual = [&](std::string& path, const char* place) {
    if (path.empty() && input.archive.has(place)) path = place;
  };
  usual(package.styles, "word/styles.xml");
  usual(package.numbering, "word/numbering.xml");
  usual(package.footnotes, "word/footnotes.xml");
  usual(package.endnotes, "word/endnotes.xml");
  usual(package.properties, "docProps/core.xml");
  return package;
}

std::string wordPrefix(const pugi::xml_node& root) {
  for (const pugi::xml_attribute& attribute : root.attributes()) {
    const std::string_view value = attribute.value();
    const bool word = value == "http://schemas.openxmlformats.org/wordprocessingml/2006/main" ||
                      value == "http://purl.oclc.org/ooxml/wordprocessingml/main";
    const std::string_view name = attribute.name();
    if (word && name == "xmlns") return {};
    if (word && name.starts_with("xmlns:")) return std::string(name.substr(6)) + ":";
  }
  return "w:";
}

DocxStyles::DocxStyles(const pugi::xml_document& part) {
  for (const pugi::xml_node& node : part.document_element().children()) {
    if (localName(node) != "style") continue;
    Style style;
    style.basedOn = attributeOf(childOf(node, "basedOn"), "val");
    const pugi::xml_node outline = childOf(childOf(node, "pPr"), "outlineLvl");
    if (outline) {
      const int level = numberIn(attributeOf(outline, "val"), kOutlineLevels);
      style.level = level >= 0 && level < kOutlineLevels ? level + 1 : 0;
    } else {
      style.level = levelOfName(attributeOf(childOf(node, "name"), "val"));
    }
    m_styles.emplace(attributeOf(node, "styleId"), std::move(style));
  }
}

int DocxStyles::headingLevel(std::string_view style) const {
  for (int i = 0; i < kLongestStyleChain; ++i) {
    const auto found = m_styles.find(style);
    if (found == m_styles.end()) return 0;
    if (found->second.level >= 0) return found->second.level;
    style = found->second.basedOn;
  }
  return 0;
}

DocxNotes::DocxNotes(std::unique_ptr<pugi::xml_document> part) : m_part(std::move(part)) {
  for (const pugi::xml_node& node : m_part->document_element().children()) {
    const std::string_view type = attributeOf(node, "type");  // lines that separate notes from the text
    if (!type.empty() && type != "normal") continue;
    m_notes.emplace(attributeOf(node, "id"), node);
  }
}

pugi::xml_node DocxNotes::find(std::string_view id) const {
  const auto found = m_notes.find(id);
  return found == m_notes.end() ? pugi::xml_node() : found->second;
}

}  // namespace tidemark
