#include "app/cli/extraction_output.h"

#include <algorithm>

#include "app/cli/document_output.h"
#include "app/cli/report_error.h"

namespace tidemark::cli {

std::string extractionText(const ExtractionReport& report) {
  const ImportedDocument& document = report.document;
  std::string text;
  if (!document.head.title.empty()) {
    const std::string author = document.head.author.empty() ? "" : " (" + document.head.author + ")";
    text += oneLine(document.head.title + author) + "\n";
  }
  text += oneLine(coverageText(document.coverage)) + "\n";
  const PageMap pages({0, document.textBytes}, report.pages);
  for (const Heading& heading : report.headings) {
    const auto page = pages.pageAt(std::min(heading.offset, document.textBytes - 1));
    text += std::string(2 * static_cast<std::size_t>(heading.level), ' ') + oneLine(heading.title);
    if (page) text += "  [" + oneLine(pages.nameOf(*page)) + "]";
    text += "\n";
  }
  return text;
}

Json extractionJson(const ExtractionReport& report) {
  const ImportedDocument& document = report.document;
  Json headings = Json::array();
  for (const Heading& heading : report.headings) {
    headings.push_back({{"byte", heading.offset}, {"level", heading.level}, {"title", heading.title}});
  }
  Json pages = Json::array();
  for (const PageStart& page : report.pages) pages.push_back({{"byte", page.byte}, {"label", page.label}});
  Json object = coverageJson(document.coverage);
  object["format"] = formatName(document.head.format);
  object["title"] = document.head.title;
  object["author"] = document.head.author;
  object["source_bytes"] = document.sourceBytes;
  object["text_bytes"] = document.textBytes;
  object["sha256"] = document.sourceSha256;
  object["extraction_version"] = kExtractionVersion;
  object["coverage"] = coverageText(document.coverage);
  object["headings"] = std::move(headings);
  object["page_starts"] = std::move(pages);
  return object;
}

}  // namespace tidemark::cli
