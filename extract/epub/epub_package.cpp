#include "extract/epub/epub_package.h"

#include <algorithm>
#include <utility>

#include "extract/archive/entry_path.h"

namespace tidemark {

namespace {

struct ManifestItem {
  EpubItem item;
  bool inSpine = false;
};

/// A word of a list separated by spaces.
bool hasWord(std::string_view list, std::string_view word) {
  for (std::size_t at = list.find(word); at != std::string_view::npos; at = list.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || list[at - 1] == ' ') && (end == list.size() || list[end] == ' ')) return true;
  }
  return false;
}

Result<std::string> packagePath(const ArchiveInput& input) {
  const auto container = requiredPart(input, "META-INF/container.xml");
  if (!container) return container.error();
  std::string first;
  std::string package;
  forEachElement(**container, [&](const pugi::xml_node& node) {
    if (localName(node) != "rootfile") return;
    const std::string path(attributeOf(node, "full-path"));
    if (first.empty()) first = path;
    if (package.empty() && attributeOf(node, "media-type") == "application/oebps-package+xml") package = path;
  });
  if (!package.empty()) return package;
  if (!first.empty()) return first;
  return makeError(ErrorCode::kCorrupt, "\"META-INF/container.xml\" names no package; get the file again");
}

void readMetadata(const pugi::xml_node& metadata, EpubPackage& package) {
  // EPUB 2 may wrap them in dc-metadata.
  forEachElement(metadata, [&](const pugi::xml_node& node) {
    const std::string_view name = localName(node);
    if (name == "title" && package.title.empty()) package.title = lineOf(node);
    if (name != "creator") return;
    const std::string creator = lineOf(node);
    if (creator.empty()) return;
    if (!package.author.empty()) package.author += ", ";
    package.author += creator;
  });
}

std::map<std::string, ManifestItem, std::less<>> readManifest(const pugi::xml_node& manifest, EpubPackage& package,
                                                              SkippedParts& skipped) {
  std::map<std::string, ManifestItem, std::less<>> items;
  forEachElement(manifest, [&](const pugi::xml_node& node) {
    if (localName(node) != "item") return;
    const auto reference = resolveReference(package.path, attributeOf(node, "href"));
    if (!reference) {
      skipped.add("parts outside of the archive");
      return;
    }
    EpubItem item{reference->path, std::string(attributeOf(node, "media-type")),
                  std::string(attributeOf(node, "properties"))};
    if (package.navigation.empty() && hasWord(item.properties, "nav")) package.navigation = item.path;
    if (package.ncx.empty() && item.mediaType == "application/x-dtbncx+xml") package.ncx = item.path;
    items.emplace(attributeOf(node, "id"), ManifestItem{std::move(item)});
  });
  return items;
}

}  // namespace

Result<EpubPackage> parseEpubPackage(const pugi::xml_document& document, const std::string& path,
                                     SkippedParts& skipped) {
  EpubPackage package;
  package.path = path;
  const pugi::xml_node root = childOf(document, "package");
  const pugi::xml_node spine = childOf(root, "spine");
  if (!spine) return makeError(ErrorCode::kCorrupt, quotedName(path) + " lists no chapters; get the file again");
  if (const pugi::xml_node metadata = childOf(root, "metadata")) readMetadata(metadata, package);
  auto items = readManifest(childOf(root, "manifest"), package, skipped);
  if (const auto toc = items.find(attributeOf(spine, "toc")); toc != items.end()) package.ncx = toc->second.item.path;
  std::vector<EpubItem> aside;
  for (const pugi::xml_node& reference : spine.children()) {
    if (localName(reference) != "itemref") continue;
    const auto found = items.find(attributeOf(reference, "idref"));
    if (found == items.end()) {
      skipped.add("chapters that the book does not say the place of");
    } else if (std::exchange(found->second.inSpine, true)) {
      skipped.add("chapters that come a second time");
    } else {
      (attributeOf(reference, "linear") == "no" ? aside : package.spine).push_back(found->second.item);
    }
  }
  std::move(aside.begin(), aside.end(), std::back_inserter(package.spine));
  if (package.spine.empty()) {
    return makeError(ErrorCode::kCorrupt, quotedName(path) + " lists no chapters; get the file again");
  }
  return package;
}

Result<EpubPackage> readEpubPackage(const ArchiveInput& input, SkippedParts& skipped) {
  const Result<std::string> path = packagePath(input);
  if (!path) return path.error();
  const auto document = requiredPart(input, *path);
  if (!document) return document.error();
  return parseEpubPackage(**document, *path, skipped);
}

Status checkEpubProtection(const ArchiveInput& input, const EpubPackage& package) {
  const auto encryption = optionalPart(input, "META-INF/encryption.xml");
  if (!encryption) return encryption.error();
  if (*encryption == nullptr) return {};
  std::set<std::string, std::less<>> chapters;
  for (const EpubItem& item : package.spine) chapters.insert(item.path);
  std::size_t locked = 0;
  forEachElement(**encryption, [&](const pugi::xml_node& data) {
    if (localName(data) != "EncryptedData") return;
    // How fonts are garbled so that they are of no use outside of the book; the text is not touched.
    const std::string_view algorithm = attributeOf(childOf(data, "EncryptionMethod"), "Algorithm");
    if (algorithm == "http://www.idpf.org/2008/embedding" || algorithm == "http://ns.adobe.com/pdf/enc#RC") return;
    const pugi::xml_node reference = childOf(childOf(data, "CipherData"), "CipherReference");
    // From the root of the archive, not from META-INF.
    const auto target = resolveReference("", attributeOf(reference, "URI"));
    if (target && chapters.contains(target->path)) ++locked;
  });
  if (locked == 0) return {};
  const char* by = "an unknown protection";
  if (input.archive.has("META-INF/license.lcpl")) {
    by = "Readium LCP";
  } else if (input.archive.has("META-INF/sinf.xml")) {
    by = "Apple FairPlay";
  } else if (input.archive.has("META-INF/rights.xml")) {
    by = "Adobe ADEPT";
  }
  return makeError(ErrorCode::kCorrupt, "it is encrypted: " + std::to_string(locked) + " of its " +
                                            std::to_string(chapters.size()) + " chapters are locked by " + by +
                                            "; choose an edition without copy protection");
}

}  // namespace tidemark
