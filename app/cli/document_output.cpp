#include "app/cli/document_output.h"

#include "app/cli/read_progress.h"
#include "engine/service/coverage_record.h"

namespace tidemark::cli {
namespace {

/// What was kept of the coverage; at least what every session knows.
Coverage coverageOf(const DocumentRecord& document, const DocumentContents& contents) {
  if (auto kept = parseCoverageRecord(contents.source.coverageJson)) return std::move(*kept);
  Coverage coverage;
  coverage.pages = static_cast<std::int64_t>(contents.pages.size());
  coverage.characters = document.characters;
  coverage.summary.replacedBytes = document.replacedBytes;
  return coverage;
}

}  // namespace

Json coverageJson(const Coverage& coverage) {
  Json json;
  json["pages"] = coverage.pages;
  json["characters"] = coverage.characters;
  json["pages_without_text"] = Json::array();
  for (const PageRange& range : coverage.pagesWithoutText) {
    json["pages_without_text"].push_back({range.first + 1, range.last + 1});
  }
  json["image_pages"] = coverage.imagePages;
  json["replaced_bytes"] = coverage.summary.replacedBytes;
  json["running_lines"] = coverage.summary.runningLines;
  json["encoding"] = coverage.summary.encoding;
  json["skipped"] = Json::array();
  for (const SkippedPart& part : coverage.summary.skipped) {
    json["skipped"].push_back({{"what", part.what}, {"count", part.count}});
  }
  return json;
}

Json documentJson(const DocumentRecord& document, const DocumentContents& contents) {
  Json json;
  json["title"] = document.title;
  json["author"] = contents.source.author;
  json["format"] = contents.source.format;
  json["source"] = document.sourcePath;
  json["sha256"] = document.sourceSha256;
  json["byte_begin"] = document.bytes.begin;
  json["byte_end"] = document.bytes.end;
  json.update(coverageJson(coverageOf(document, contents)));
  return json;
}

std::string documentText(const DocumentRecord& document, const DocumentContents& contents) {
  return coverageText(coverageOf(document, contents));
}

const char* sourceStateName(SourceState state) {
  switch (state) {
    case SourceState::kUnchanged:
      return "unchanged";
    case SourceState::kChanged:
      return "changed";
    case SourceState::kMissing:
      return "missing";
    case SourceState::kUnreadable:
      return "unreadable";
    case SourceState::kNoSource:
      return "none";
  }
  return "none";
}

}  // namespace tidemark::cli
