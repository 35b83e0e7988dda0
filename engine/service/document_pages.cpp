#include "engine/service/document_pages.h"

#include <algorithm>

#include "engine/service/stored_text.h"

namespace tidemark {
namespace {

/// A page ends behind its form feed, and the one at the end begins none. Text without any has no pages.
Result<std::vector<PageStart>> findFormFeeds(const SessionStore& store, ByteRange bytes) {
  std::vector<PageStart> starts;
  const Status scanned = scanText(store, bytes, [&](std::uint64_t begin, std::string_view piece) -> Status {
    for (std::size_t i = 0; i < piece.size(); ++i) {
      if (piece[i] != '\f' || begin + i + 1 == bytes.end) continue;
      if (starts.empty()) starts.push_back({bytes.begin, ""});
      starts.push_back({begin + i + 1, ""});
    }
    return {};
  });
  if (!scanned) return scanned.error();
  return starts;
}

/// Documents that have a page of this name.
std::vector<NamedPage> pagesCalled(const std::vector<DocumentPages>& documents, std::string_view name) {
  std::vector<NamedPage> found;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (const auto page = documents[i].pages.find(name)) found.push_back({i, *page});
  }
  return found;
}

/// "TITLE:PAGE", where both may have colons in them.
std::vector<NamedPage> pagesOfTitle(const std::vector<DocumentPages>& documents, std::string_view name) {
  std::vector<NamedPage> found;
  for (std::size_t colon = name.find(':'); colon != std::string_view::npos; colon = name.find(':', colon + 1)) {
    for (std::size_t i = 0; i < documents.size(); ++i) {
      if (documents[i].document.title != name.substr(0, colon)) continue;
      if (const auto page = documents[i].pages.find(name.substr(colon + 1))) found.push_back({i, *page});
    }
  }
  return found;
}

std::string inDoubleQuotes(const std::string& title) {
  return "\"" + title + "\"";
}

Error noSuchPage(const std::vector<DocumentPages>& documents, const std::string& name) {
  std::string there;
  for (const DocumentPages& each : documents) {
    const std::int64_t count = each.pages.pageCount();
    if (count == 0) continue;
    if (!there.empty()) there += ", ";
    there += inDoubleQuotes(each.document.title) + " has " + std::to_string(count) + " pages, " + each.pages.nameOf(0) +
             " to " + each.pages.nameOf(count - 1);
  }
  if (there.empty()) {
    return makeError(ErrorCode::kInvalidArgument,
                     (documents.size() == 1 ? inDoubleQuotes(documents.front().document.title) + " has"
                                            : "the documents of this session have") +
                         std::string(" no pages; use --as-of-segment"));
  }
  return makeError(ErrorCode::kInvalidArgument, "there is no page " + name + ": " + there);
}

}  // namespace

PageMap pageMapOf(const DocumentRecord& document, const DocumentContents& contents) {
  std::vector<PageStart> starts;
  starts.reserve(contents.pages.size());
  std::uint64_t before = document.bytes.begin;
  for (const PageRecord& page : contents.pages) {
    const bool isFirst = starts.empty();
    if (page.byte < before || page.byte > document.bytes.end || (isFirst && page.byte != before)) return {};
    before = page.byte;
    starts.push_back({page.byte, page.label});
  }
  return {document.bytes, std::move(starts)};
}

Result<std::vector<DocumentPages>> loadPages(const SessionStore& store) {
  auto documents = store.documents();
  if (!documents) return documents.error();
  const auto contents = store.contents();
  if (!contents) return contents.error();
  std::vector<DocumentPages> pages;
  for (DocumentRecord& document : *documents) {
    const auto own = std::find_if(contents->begin(), contents->end(),
                                  [&](const DocumentContents& each) { return each.document == document.id; });
    PageMap map;
    if (own == contents->end() || own->source.extractionVersion == 0) {
      auto starts = findFormFeeds(store, document.bytes);
      if (!starts) return starts.error();
      map = PageMap(document.bytes, std::move(*starts));
    } else {
      map = pageMapOf(document, *own);
    }
    pages.push_back({std::move(document), std::move(map)});
  }
  return pages;
}

std::optional<NamedPage> pageAt(const std::vector<DocumentPages>& documents, std::uint64_t byte) {
  for (std::size_t i = 0; i < documents.size(); ++i) {
    if (const auto page = documents[i].pages.pageAt(byte)) return NamedPage{i, *page};
  }
  return std::nullopt;
}

Result<NamedPage> findPage(const std::vector<DocumentPages>& documents, const std::string& name) {
  std::vector<NamedPage> found = pagesCalled(documents, name);
  if (found.empty()) found = pagesOfTitle(documents, name);
  if (found.empty()) return noSuchPage(documents, name);
  if (found.size() == 1) return found.front();
  const std::string& first = documents[found.front().document].document.title;
  return makeError(ErrorCode::kInvalidArgument, std::to_string(found.size()) + " documents have a page " + name +
                                                    "; say which, for example " + inDoubleQuotes(first + ":" + name));
}

}  // namespace tidemark
