#pragma once
// XML of a document's parts: bounded in size and depth, no document type, no entities but those of XML itself.

#include <cstdint>
#include <memory>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tidemark {

struct XmlLimits {
  std::uint64_t memoryBytes = std::uint64_t{512} << 20;
  int nesting = 400;
};

/// White space between elements is kept. Errors, beginning with `part`: kCorrupt (not well-formed; cut off),
/// kInvalidArgument (over a limit: which).
[[nodiscard]] Result<std::unique_ptr<pugi::xml_document>> parseXml(std::string bytes, const std::string& part,
                                                                   const XmlLimits& limits);

/// "t" of "w:t".
[[nodiscard]] std::string_view localName(std::string_view name);
[[nodiscard]] inline std::string_view localName(const pugi::xml_node& node) {
  return localName(node.name());
}

/// The first child (attribute) with this local name; empty if there is none.
[[nodiscard]] pugi::xml_node childOf(const pugi::xml_node& parent, std::string_view local);
[[nodiscard]] std::string_view attributeOf(const pugi::xml_node& node, std::string_view local);

/// All text in `node`, white space collapsed.
[[nodiscard]] std::string lineOf(const pugi::xml_node& node);

/// Without recursion: `enter(node)` says whether to go into it, `leave(node)` is called for those it went into.
template <typename Enter, typename Leave>
void walkXml(const pugi::xml_node& root, const Enter& enter, const Leave& leave) {
  pugi::xml_node node = root;
  for (;;) {
    const bool into = enter(node);
    if (into && node.first_child()) {
      node = node.first_child();
      continue;
    }
    if (into) leave(node);
    while (node != root && !node.next_sibling()) {
      node = node.parent();
      leave(node);
    }
    if (node == root) return;
    node = node.next_sibling();
  }
}

/// Every element in `root`, from the front; `visit(node)`.
template <typename Visit>
void forEachElement(const pugi::xml_node& root, const Visit& visit) {
  walkXml(
      root,
      [&](const pugi::xml_node& node) {
        if (node.type() == pugi::node_element) visit(node);
        return true;
      },
      [](const pugi::xml_node&) {});
}

}  // namespace tidemark
