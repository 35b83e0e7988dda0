#include <utility>

#include "extract/archive/zip_document.h"
#include "extract/docx/docx_walker.h"

namespace tidemark {

namespace {

/// Calls `take(part)` if there is one of that name and it can be read.
template <typename Take>
Status withPart(const ArchiveInput& input, const std::string& name, const Take& take) {
  if (name.empty()) return {};
  auto part = optionalPart(input, name);
  if (!part) return part.error();
  if (*part != nullptr) take(*std::move(part));
  return {};
}

Status readContext(const ArchiveInput& input, const DocxPackage& package, DocxContext& context, DocumentHead& head) {
  using Part = std::unique_ptr<pugi::xml_document>;
  Status status = withPart(input, package.styles, [&](const Part& part) { context.styles = DocxStyles(*part); });
  if (!status) return status;
  status = withPart(input, package.numbering, [&](const Part& part) { context.numbering = DocxNumbering(*part); });
  if (!status) return status;
  status = withPart(input, package.footnotes, [&](Part part) { context.footnotes = DocxNotes(std::move(part)); });
  if (!status) return status;
  status = withPart(input, package.endnotes, [&](Part part) { context.endnotes = DocxNotes(std::move(part)); });
  if (!status) return status;
  return withPart(input, package.properties, [&](const Part& part) {
    head.title = lineOf(childOf(part->document_element(), "title"));
    head.author = lineOf(childOf(part->document_element(), "creator"));
  });
}

}  // namespace

Status readDocx(const ArchiveInput& input, ExtractionSink& sink) {
  const Result<DocxPackage> package = locateDocxParts(input);
  if (!package) return package.error();
  const auto document = requiredPart(input, package->document);
  if (!document) return document.error();
  DocxContext context;
  DocumentHead head{DocumentFormat::kDocx, {}, {}, 0};
  if (Status status = readContext(input, *package, context, head); !status) return status;
  if (Status status = sink.head(std::move(head)); !status) return status;
  PageWriter writer(sink);
  TextBuilder builder(&writer);
  builder.beginPage({});
  DocxWalker walker(context, builder, wordPrefix((*document)->document_element()));
  walker.walk(**document);
  builder.endPage();
  if (Status status = writer.finish(); !status) return status;
  if (!writer.hasText()) {
    return makeError(ErrorCode::kCorrupt, writer.hasImage() ? "it holds no text, only pictures" : "it holds no text");
  }
  return sink.end({0, 0, context.skipped.parts(), {}});
}

}  // namespace tidemark
