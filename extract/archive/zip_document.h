#pragma once
// The readers of the three formats that are archives; readZipDocument() chooses among them. Messages leave the name of
// the file out.

#include "engine/extraction/extracted_document.h"
#include "engine/extraction/extractor_process.h"
#include "extract/archive/zip_archive.h"
#include "extract/markup/xml_document.h"

namespace tidemark {

struct ArchiveInput {
  ZipArchive& archive;
  const ExtractionLimits& limits;

  [[nodiscard]] XmlLimits xmlLimits() const { return {limits.addressSpaceBytes / 4, limits.nesting}; }
};

[[nodiscard]] Status readEpub(const ArchiveInput& input, ExtractionSink& sink);
[[nodiscard]] Status readDocx(const ArchiveInput& input, ExtractionSink& sink);
[[nodiscard]] Status readOdt(const ArchiveInput& input, ExtractionSink& sink);

/// A part of an archive as XML; nothing if it is missing or damaged, which the document can do without. Errors: those
/// that refuse the whole document (isRefusal).
[[nodiscard]] Result<std::unique_ptr<pugi::xml_document>> optionalPart(const ArchiveInput& input,
                                                                       const std::string& name);
/// The same, for a part without which there is no document. Errors: those of reading and parsing it.
[[nodiscard]] Result<std::unique_ptr<pugi::xml_document>> requiredPart(const ArchiveInput& input,
                                                                       const std::string& name);

}  // namespace tidemark
