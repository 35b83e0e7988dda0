#include "extract/markup/xml_document.h"

#include <algorithm>
#include <utility>

#include "engine/base/system_memory.h"
#include "extract/markup/markup_encoding.h"
#include "extract/markup/text_builder.h"

namespace tidemark {

namespace {

// What pugixml allocates for each, rounded up.
constexpr std::uint64_t kNodeBytes = 72;
constexpr std::uint64_t kAttributeBytes = 48;

/// An upper bound: every "<" that does not close begins a node and may have text before it, every closing tag too.
std::uint64_t memoryFor(std::string_view xml) {
  std::uint64_t nodes = 1;
  std::uint64_t attributes = 0;
  for (std::size_t at = xml.find('<'); at != std::string_view::npos; at = xml.find('<', at + 1)) {
    const bool textBefore = at > 0 && xml[at - 1] != '>';
    const bool closes = at + 1 < xml.size() && xml[at + 1] == '/';
    nodes += (textBefore ? 1u : 0u) + (closes ? 0u : 1u);
  }
  attributes = static_cast<std::uint64_t>(std::count(xml.begin(), xml.end(), '='));
  return xml.size() + nodes * kNodeBytes + attributes * kAttributeBytes;
}

int depthOf(const pugi::xml_node& root, int most) {
  int depth = 0;
  int deepest = 0;
  walkXml(
      root,
      [&](const pugi::xml_node&) {
        deepest = std::max(deepest, ++depth);
        if (deepest <= most) return true;
        --depth;
        return false;
      },
      [&](const pugi::xml_node&) { --depth; });
  return deepest - 1;  // the document itself
}

}  // namespace

Result<std::unique_ptr<pugi::xml_document>> parseXml(std::string bytes, const std::string& part,
                                                     const XmlLimits& limits) {
  DecodedMarkup decoded = decodeMarkup(std::move(bytes), MarkupKind::kXml);
  if (memoryFor(decoded.text) > limits.memoryBytes) {
    return makeError(ErrorCode::kInvalidArgument, part + " would take " + formatBytes(memoryFor(decoded.text)) +
                                                      " of memory; at most " + formatBytes(limits.memoryBytes) +
                                                      " are given to it");
  }
  auto document = std::make_unique<pugi::xml_document>();
  // The buffer is copied: pugixml then owns what the nodes point into.
  const pugi::xml_parse_result parsed = document->load_buffer(
      decoded.text.data(), decoded.text.size(), pugi::parse_default | pugi::parse_ws_pcdata, pugi::encoding_utf8);
  if (parsed.status == pugi::status_out_of_memory) {
    return makeError(ErrorCode::kInvalidArgument, part + " needs more memory than there is");
  }
  if (!parsed) {
    return makeError(ErrorCode::kCorrupt, part + " is no well-formed XML (" + parsed.description() + " at byte " +
                                              std::to_string(parsed.offset) + ")");
  }
  if (depthOf(*document, limits.nesting + 1) > limits.nesting) {
    return makeError(ErrorCode::kInvalidArgument,
                     part + " has elements nested deeper than " + std::to_string(limits.nesting));
  }
  return document;
}

std::string_view localName(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node childOf(const pugi::xml_node& parent, std::string_view local) {
  for (const pugi::xml_node& child : parent.children()) {
    if (localName(child) == local) return child;
  }
  return {};
}

std::string_view attributeOf(const pugi::xml_node& node, std::string_view local) {
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    if (localName(attribute.name()) == local) return attribute.value();
  }
  return {};
}

std::string lineOf(const pugi::xml_node& node) {
  TextBuilder line(nullptr);
  walkXml(
      node,
      [&](const pugi::xml_node& part) {
        if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) line.text(part.value());
        return true;
      },
      [](const pugi::xml_node&) {});
  return line.takeNote();
}

}  // namespace tidemark
