#include "extract/markup/html_tree.h"

#include <algorithm>
#include <csetjmp>
#include <cstdlib>
#include <utility>
#include <vector>

#include "engine/base/system_memory.h"

namespace tidemark {

/// Gumbo frees a tree by recursion and has no way to fail: its memory comes from here, goes away as a whole, and a tree
/// that gets too large ends the parse with a jump. Gumbo is C, so the jump passes no destructors.
class HtmlTree::Arena {
 public:
  explicit Arena(std::uint64_t limit) : m_limit(limit) {}
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() {
    while (m_chunks != nullptr) {
      Chunk* next = m_chunks->next;
      std::free(m_chunks);
      m_chunks = next;
    }
  }

  /// nullptr if the memory did not suffice.
  const GumboNode* parse(const char* html, std::size_t size) {
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = [](void* arena, std::size_t bytes) { return static_cast<Arena*>(arena)->allocate(bytes); };
    options.deallocator = [](void*, void*) {};
    options.userdata = this;
    options.max_errors = 0;
    if (setjmp(m_failure) != 0) return nullptr;  // NOLINT(cert-err52-cpp): through C
    return gumbo_parse_with_options(&options, html, size)->root;
  }

 private:
  struct alignas(16) Chunk {
    Chunk* next;
  };
  static constexpr std::size_t kChunkBytes = 512 * 1024;

  // Trivial locals only: the jump leaves from here.
  void* allocate(std::size_t bytes) {
    bytes = (bytes + 15) & ~std::size_t{15};
    if (bytes > m_left) {
      const std::size_t size = std::max(bytes + sizeof(Chunk), kChunkBytes);
      Chunk* chunk = m_used + size > m_limit ? nullptr : static_cast<Chunk*>(std::malloc(size));
      if (chunk == nullptr) std::longjmp(m_failure, 1);  // NOLINT(cert-err52-cpp)
      m_used += size;
      chunk->next = m_chunks;
      m_chunks = chunk;
      m_next = reinterpret_cast<char*>(chunk + 1);
      m_left = size - sizeof(Chunk);
    }
    void* result = m_next;
    m_next += bytes;
    m_left -= bytes;
    return result;
  }

  std::uint64_t m_limit;
  std::uint64_t m_used = 0;
  Chunk* m_chunks = nullptr;
  char* m_next = nullptr;
  std::size_t m_left = 0;
  std::jmp_buf m_failure{};
};

HtmlTree::HtmlTree(std::unique_ptr<Arena> arena) : m_arena(std::move(arena)) {}
HtmlTree::HtmlTree(HtmlTree&&) noexcept = default;
HtmlTree& HtmlTree::operator=(HtmlTree&&) noexcept = default;
HtmlTree::~HtmlTree() = default;

Result<HtmlTree> HtmlTree::parse(const std::string& html, std::uint64_t memoryBytes) {
  HtmlTree tree(std::make_unique<Arena>(memoryBytes));
  tree.m_root = tree.m_arena->parse(html.data(), html.size());
  if (tree.m_root == nullptr) {
    return makeError(ErrorCode::kInvalidArgument,
                     "its markup would take more than " + formatBytes(memoryBytes) + " of memory; split the file");
  }
  return tree;
}

std::string_view attributeOf(const GumboNode* element, const char* name) {
  if (element->type != GUMBO_NODE_ELEMENT) return {};
  const GumboAttribute* attribute = gumbo_get_attribute(&element->v.element.attributes, name);
  return attribute == nullptr ? std::string_view() : std::string_view(attribute->value);
}

bool hasAttribute(const GumboNode* element, const char* name) {
  return element->type == GUMBO_NODE_ELEMENT && gumbo_get_attribute(&element->v.element.attributes, name) != nullptr;
}

const GumboVector* childrenOf(const GumboNode* node) {
  return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE ? &node->v.element.children : nullptr;
}

}  // namespace tidemark
