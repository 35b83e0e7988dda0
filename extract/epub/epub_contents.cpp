#include "extract/epub/epub_contents.h"

#include <utility>

#include "extract/archive/entry_path.h"
#include "extract/markup/html_preparation.h"
#include "extract/markup/html_tree.h"
#include "extract/markup/markup_encoding.h"

namespace tidemark {

namespace {

void addEntry(const std::string& base, std::string_view reference, const std::string& title, int level,
              EpubContents& contents) {
  const auto target = resolveReference(base, reference);
  if (!target || title.empty()) return;
  EpubChapterContents& chapter = contents[target->path];
  if (target->fragment.empty()) {
    if (std::exchange(chapter.atBegin, true)) return;
    chapter.title = title;
    chapter.level = level;
    return;
  }
  if (chapter.title.empty()) chapter.title = title;
  chapter.anchors.try_emplace(target->fragment, title, level);
}

Status readNavigation(const ArchiveInput& input, const std::string& path, EpubContents& contents) {
  Result<std::string> bytes = input.archive.read(path);
  if (!bytes) return isRefusal(bytes.error()) ? Status(bytes.error()) : Status();
  const DecodedMarkup page = decodeMarkup(*std::move(bytes), MarkupKind::kXml);
  HtmlPreparationOptions options;
  options.xhtml = true;
  options.allLinks = true;
  options.nesting = static_cast<std::size_t>(input.limits.nesting);
  HtmlPreparation preparation(page.text, options);
  std::string piece;
  while (preparation.next(piece)) {
    const Result<HtmlTree> tree = HtmlTree::parse(piece, input.limits.addressSpaceBytes / 4);
    if (!tree) return tree.error();
    bool inContents = false;
    int level = 0;
    const auto isList = [](const GumboNode* node) {
      return node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == GUMBO_TAG_OL;
    };
    walkHtml(
        tree->root(),
        [&](const GumboNode* node) {
          if (attributeOf(node, "k") == kContentsKind) inContents = true;
          if (!inContents) return node->type == GUMBO_NODE_ELEMENT;
          if (isList(node)) ++level;
          if (const std::string_view reference = attributeOf(node, "href"); !reference.empty()) {
            addEntry(path, reference, lineOf(node), level, contents);
          }
          return node->type == GUMBO_NODE_ELEMENT;
        },
        [&](const GumboNode* node) {
          if (inContents && isList(node)) --level;
          if (attributeOf(node, "k") == kContentsKind) inContents = false;
        });
  }
  return {};
}

Status readNcx(const ArchiveInput& input, const std::string& path, EpubContents& contents) {
  const auto document = optionalPart(input, path);
  if (!document) return document.error();
  if (*document == nullptr) return {};
  int level = 0;
  walkXml(
      **document,
      [&](const pugi::xml_node& node) {
        if (localName(node) != "navPoint") return true;
        ++level;
        addEntry(path, attributeOf(childOf(node, "content"), "src"), lineOf(childOf(node, "navLabel")), level,
                 contents);
        return true;
      },
      [&](const pugi::xml_node& node) {
        if (localName(node) == "navPoint") --level;
      });
  return {};
}

}  // namespace

Result<EpubContents> readEpubContents(const ArchiveInput& input, const EpubPackage& package) {
  EpubContents contents;
  if (!package.navigation.empty()) {
    if (Status status = readNavigation(input, package.navigation, contents); !status) return status.error();
  }
  if (contents.empty() && !package.ncx.empty()) {
    if (Status status = readNcx(input, package.ncx, contents); !status) return status.error();
  }
  return contents;
}

}  // namespace tidemark
