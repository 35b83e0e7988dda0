#pragma once
// The tree that Gumbo makes of prepared HTML, in memory that is bounded and given back at once.

#include <gumbo.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace tidemark {

class HtmlTree {
 public:
  /// `html` must outlive the tree. Errors: kInvalidArgument (the tree would take more than `memoryBytes`).
  [[nodiscard]] static Result<HtmlTree> parse(const std::string& html, std::uint64_t memoryBytes);
  HtmlTree(HtmlTree&&) noexcept;
  HtmlTree& operator=(HtmlTree&&) noexcept;
  ~HtmlTree();

  [[nodiscard]] const GumboNode* root() const { return m_root; }

 private:
  class Arena;
  explicit HtmlTree(std::unique_ptr<Arena> arena);

  std::unique_ptr<Arena> m_arena;
  const GumboNode* m_root = nullptr;
};

/// Empty if the element has no such attribute.
[[nodiscard]] std::string_view attributeOf(const GumboNode* element, const char* name);
[[nodiscard]] bool hasAttribute(const GumboNode* element, const char* name);

/// nullptr for everything but elements.
[[nodiscard]] const GumboVector* childrenOf(const GumboNode* node);

/// Goes through a tree without recursion: `enter(node)` says whether to go into it; `leave(node)` is called for those
/// it went into.
template <typename Enter, typename Leave>
void walkHtml(const GumboNode* root, const Enter& enter, const Leave& leave) {
  struct Place {
    const GumboNode* node;
    unsigned nextChild;
  };
  std::vector<Place> path;
  if (enter(root)) path.push_back({root, 0});
  while (!path.empty()) {
    Place& place = path.back();
    const GumboVector* children = childrenOf(place.node);
    if (children == nullptr || place.nextChild >= children->length) {
      leave(place.node);
      path.pop_back();
      continue;
    }
    const auto* child = static_cast<const GumboNode*>(children->data[place.nextChild++]);
    if (enter(child)) path.push_back({child, 0});
  }
}

}  // namespace tidemark
