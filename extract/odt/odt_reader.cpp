#include <utility>

#include "extract/archive/zip_document.h"
#include "extract/odt/odt_walker.h"

namespace tidemark {

namespace {

/// The manifest says which parts are encrypted.
Status checkEncryption(const ArchiveInput& input) {
  const auto manifest = optionalPart(input, "META-INF/manifest.xml");
  if (!manifest) return manifest.error();
  if (*manifest == nullptr) return {};
  bool encrypted = false;
  forEachElement(**manifest, [&](const pugi::xml_node& node) {
    if (localName(node) != "encryption-data") return;
    const std::string_view path = attributeOf(node.parent(), "full-path");
    encrypted = encrypted || path == "content.xml" || path == "encrypted-package";
  });
  if (!encrypted) return {};
  return makeError(ErrorCode::kCorrupt,
                   "it is encrypted; open it with its password and save it without one, then choose it again");
}

void readProperties(const pugi::xml_document& part, DocumentHead& head) {
  std::string creator;
  forEachElement(part, [&](const pugi::xml_node& node) {
    const std::string_view name = node.name();
    if (name == "dc:title" && head.title.empty()) head.title = lineOf(node);
    if (name == "meta:initial-creator" && head.author.empty()) head.author = lineOf(node);
    if (name == "dc:creator" && creator.empty()) creator = lineOf(node);
  });
  if (head.author.empty()) head.author = creator;
}

}  // namespace

Status readOdt(const ArchiveInput& input, ExtractionSink& sink) {
  if (Status status = checkEncryption(input); !status) return status;
  const auto content = requiredPart(input, "content.xml");
  if (!content) return content.error();
  const pugi::xml_node text = childOf(childOf((*content)->document_element(), "body"), "text");
  if (!text) return makeError(ErrorCode::kCorrupt, "\"content.xml\" holds no text document");
  DocumentHead head{DocumentFormat::kOdt, {}, {}, 0};
  const auto properties = optionalPart(input, "meta.xml");
  if (!properties) return properties.error();
  if (*properties != nullptr) readProperties(**properties, head);
  if (Status status = sink.head(std::move(head)); !status) return status;
  OdtListStyles lists;
  lists.add(**content);
  const auto styles = optionalPart(input, "styles.xml");
  if (!styles) return styles.error();
  if (*styles != nullptr) lists.add(**styles);
  PageWriter writer(sink);
  TextBuilder builder(&writer);
  SkippedParts skipped;
  builder.beginPage({});
  OdtWalker walker(builder, skipped, lists);
  walker.walk(text);
  builder.endPage();
  if (Status status = writer.finish(); !status) return status;
  if (!writer.hasText()) {
    return makeError(ErrorCode::kCorrupt, writer.hasImage() ? "it holds no text, only pictures" : "it holds no text");
  }
  return sink.end({0, 0, skipped.parts(), {}});
}

}  // namespace tidemark
