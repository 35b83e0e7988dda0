#include "app/cli/extraction_output.h"

#include <algorithm>

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
  const Coverage& coverage = document.coverage;
  Json without = Json::array();
  for (const PageRange& range : coverage.pagesWithoutText) without.push_back({range.first + 1, range.last + 1});
  Json skipped = Json::array();
  for (const SkippedPart& part : coverage.summary.skipped) {
    skipped.push_back({{"what", part.what}, {"count", part.count}});
  }
  Json headings = Json::array();
  for (const Heading& heading : report.headings) {
    headings.push_back({{"byte", heading.offset}, {"level", heading.level}, {"title", heading.title}});
  }
  Json pages = Json::array();
  for (const PageStart& page : report.pages) pages.push_back({{"byte", page.byte}, {"label", page.label}});
  return {{"format", formatName(document.head.format)},
          {"title", document.head.title},
          {"author", document.head.author},
          {"pages", coverage.pages},
          {"characters", coverage.characters},
          {"pages_without_text", std::move(without)},
          {"image_pages", coverage.imagePages},
          {"encoding", coverage.summary.encoding},
          {"replaced_bytes", coverage.summary.replacedBytes},
          {"running_lines", coverage.summary.runningLines},
          {"skipped", std::move(skipped)},
          {"source_bytes", document.sourceBytes},
          {"text_bytes", document.textBytes},
          {"sha256", document.sourceSha256},
          {"extraction_version", kExtractionVersion},
          {"coverage", coverageText(coverage)},
          {"headings", std::move(headings)},
          {"page_starts", std::move(pages)}};
}

}  // namespace tidemark::cli
