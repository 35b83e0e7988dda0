#pragma once
// What was taken out of a document, for people and as JSON.

#include <string>
#include <vector>

#include "app/cli/json_output.h"
#include "engine/document/page_map.h"
#include "engine/extraction/document_import.h"

namespace tidemark::cli {

/// Collects what a document is told besides its text.
struct ExtractionReport {
  ImportedDocument document;
  std::vector<PageStart> pages;
  std::vector<Heading> headings;
};

/// The title, one line of coverage, and the outline with its pages.
[[nodiscard]] std::string extractionText(const ExtractionReport& report);

[[nodiscard]] Json extractionJson(const ExtractionReport& report);

}  // namespace tidemark::cli
