#pragma once
// The pages of a session's documents. Blocks: for workers.

#include <optional>
#include <string>
#include <vector>

#include "engine/document/page_map.h"
#include "engine/session/session_store.h"

namespace tidemark {

struct DocumentPages {
  DocumentRecord document;
  PageMap pages;
};

/// `contents` belongs to `document`. Places that are out of order, as nobody but a damaged file has them, are no pages.
[[nodiscard]] PageMap pageMapOf(const DocumentRecord& document, const DocumentContents& contents);

/// Of every complete document, in reading order. Documents that were read before sessions kept pages are searched for
/// form feeds. Errors: those of the store.
[[nodiscard]] Result<std::vector<DocumentPages>> loadPages(const SessionStore& store);

/// A place in a session, as people name it.
struct NamedPage {
  std::size_t document = 0;  // index
  std::int64_t page = 0;     // from 0
  friend bool operator==(const NamedPage&, const NamedPage&) = default;
};

/// The page that a session-wide byte lies on; nothing where there are no pages.
[[nodiscard]] std::optional<NamedPage> pageAt(const std::vector<DocumentPages>& documents, std::uint64_t byte);

/// The page that people call so: "xii", "45", or "TITLE:45" if several documents have such a page. Errors:
/// kInvalidArgument (no pages at all, no such page, several: says what there is).
[[nodiscard]] Result<NamedPage> findPage(const std::vector<DocumentPages>& documents, const std::string& name);

}  // namespace tidemark
