#include "extract/archive/zip_document.h"

#include <optional>
#include <string>
#include <utility>

#include "extract/archive/entry_path.h"
#include "extract/document_readers.h"
#include "extract/markup/reader_boundary.h"

namespace tidemark {

namespace {

enum class ArchiveKind { kEpub, kDocx, kOdt, kOther };

struct KnownArchive {
  ArchiveKind kind = ArchiveKind::kOther;
  const char* name = nullptr;  // of others, for messages; nullptr: nothing that is known
};

KnownArchive kindOfMimetype(std::string_view type) {
  constexpr std::string_view kOpenDocument = "application/vnd.oasis.opendocument.";
  if (type.starts_with("application/epub+zip")) return {ArchiveKind::kEpub, nullptr};
  if (!type.starts_with(kOpenDocument)) return {};
  type.remove_prefix(kOpenDocument.size());
  if (type.starts_with("text")) return {ArchiveKind::kOdt, nullptr};
  if (type.starts_with("spreadsheet")) return {ArchiveKind::kOther, "an OpenDocument spreadsheet (ODS)"};
  if (type.starts_with("presentation")) return {ArchiveKind::kOther, "an OpenDocument presentation (ODP)"};
  return {ArchiveKind::kOther, "an OpenDocument file without text (a drawing, formula or database)"};
}

/// By what is inside: "mimetype" says it, or else the parts that such a document cannot do without.
Result<KnownArchive> kindOfArchive(ZipArchive& archive) {
  KnownArchive kind;
  if (archive.has("mimetype") && archive.sizeOf("mimetype") < 256) {
    const Result<std::string> type = archive.read("mimetype");
    if (!type && isRefusal(type.error())) return type.error();
    if (type) kind = kindOfMimetype(*type);
  }
  if (kind.kind != ArchiveKind::kOther || kind.name != nullptr) return kind;
  if (archive.has("META-INF/container.xml")) return KnownArchive{ArchiveKind::kEpub, nullptr};
  if (archive.has("[Content_Types].xml")) {
    if (archive.hasFolder("word/")) return KnownArchive{ArchiveKind::kDocx, nullptr};
    if (archive.hasFolder("xl/")) return KnownArchive{ArchiveKind::kOther, "an Excel workbook (XLSX)"};
    if (archive.hasFolder("ppt/")) return KnownArchive{ArchiveKind::kOther, "a PowerPoint presentation (PPTX)"};
    if (archive.hasFolder("visio/")) return KnownArchive{ArchiveKind::kOther, "a Visio drawing (VSDX)"};
    return KnownArchive{ArchiveKind::kOther, "an Office Open XML file without a text document"};
  }
  if (archive.has("content.xml") && archive.has("META-INF/manifest.xml"))
    return KnownArchive{ArchiveKind::kOdt, nullptr};
  if (archive.has("AndroidManifest.xml")) return KnownArchive{ArchiveKind::kOther, "an Android package (APK)"};
  if (archive.has("META-INF/MANIFEST.MF")) return KnownArchive{ArchiveKind::kOther, "a Java archive (JAR)"};
  return kind;
}

Status readArchive(const ReaderInput& input, ExtractionSink& sink) {
  Result<ZipArchive> archive = ZipArchive::open(input.descriptor, input.limits);
  if (!archive) return archive.error();
  const Result<KnownArchive> kind = kindOfArchive(*archive);
  if (!kind) return kind.error();
  const ArchiveInput parts{*archive, input.limits};
  switch (kind->kind) {
    case ArchiveKind::kEpub:
      return readEpub(parts, sink);
    case ArchiveKind::kDocx:
      return readDocx(parts, sink);
    case ArchiveKind::kOdt:
      return readOdt(parts, sink);
    case ArchiveKind::kOther:
      break;
  }
  const std::string files = std::to_string(archive->entryCount()) + (archive->entryCount() == 1 ? " file" : " files");
  const std::string what = kind->name != nullptr
                               ? kind->name
                               : "a ZIP archive of " + files + ", which is none of the documents that are read";
  return makeError(ErrorCode::kCorrupt,
                   "it is " + what + "; choose a PDF, EPUB, DOCX, ODT, HTML or text file" +
                       (kind->name != nullptr ? ", or export it as one" : ", or unpack it and choose what is inside"));
}

}  // namespace

Result<std::unique_ptr<pugi::xml_document>> requiredPart(const ArchiveInput& input, const std::string& name) {
  Result<std::string> bytes = input.archive.read(name);
  if (!bytes && bytes.error().code == ErrorCode::kNotFound) {
    return makeError(ErrorCode::kCorrupt, bytes.error().message + " from it; the file is incomplete, get it again");
  }
  if (!bytes) return bytes.error();
  return parseXml(*std::move(bytes), quotedName(name), input.xmlLimits());
}

Result<std::unique_ptr<pugi::xml_document>> optionalPart(const ArchiveInput& input, const std::string& name) {
  Result<std::string> bytes = input.archive.read(name);
  if (!bytes && isRefusal(bytes.error())) return bytes.error();
  if (!bytes) return std::unique_ptr<pugi::xml_document>();
  Result<std::unique_ptr<pugi::xml_document>> part = parseXml(*std::move(bytes), quotedName(name), input.xmlLimits());
  if (!part && !isRefusal(part.error())) return std::unique_ptr<pugi::xml_document>();
  return part;
}

Status readZipDocument(const ReaderInput& input, ExtractionSink& sink) {
  return readWithinLimits(input, [&] { return readArchive(input, sink); });
}

}  // namespace tidemark
