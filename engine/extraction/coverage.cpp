#include "engine/extraction/coverage.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace tidemark {
namespace {

/// "5,120,334".
std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t place = digits.size(); place > 3; place -= 3) digits.insert(place - 3, 1, ',');
  return digits;
}

std::string counted(std::uint64_t number, const std::string& one, const std::string& many) {
  return grouped(number) + " " + (number == 1 ? one : many);
}

}  // namespace

void CoverageCounter::add(const ExtractedPage& page) {
  const auto isFirstByte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; };
  const auto characters = std::count_if(page.text.begin(), page.text.end(), isFirstByte);
  add(static_cast<std::uint64_t>(characters), holdsText(page.text), page.hasImage);
}

void CoverageCounter::add(std::uint64_t characters, bool hasText, bool hasImage) {
  const std::int64_t page = m_coverage.pages++;
  m_coverage.characters += characters;
  if (hasText) return;
  if (hasImage) ++m_coverage.imagePages;
  std::vector<PageRange>& ranges = m_coverage.pagesWithoutText;
  if (!ranges.empty() && ranges.back().last + 1 == page) {
    ranges.back().last = page;
  } else {
    ranges.push_back({page, page});
  }
}

Coverage CoverageCounter::finish(ExtractionSummary summary) {
  m_coverage.summary = std::move(summary);
  return m_coverage;
}

std::int64_t CoverageCounter::count(const std::vector<PageRange>& ranges) {
  std::int64_t pages = 0;
  for (const PageRange& range : ranges) pages += range.last - range.first + 1;
  return pages;
}

bool holdsText(std::string_view text) {
  return text.find_first_not_of(" \t\n\f\v") != std::string_view::npos;
}

bool hasGaps(const Coverage& coverage) {
  return coverage.imagePages > 0 || coverage.summary.replacedBytes > 0;
}

bool isMostlyImages(const Coverage& coverage) {
  return coverage.imagePages > coverage.pages / 2;
}

std::string rangesText(const std::vector<PageRange>& ranges, std::size_t longest) {
  std::string text;
  const std::size_t shown = std::min(ranges.size(), longest);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += ", ";
    text += std::to_string(ranges[i].first + 1);
    if (ranges[i].last > ranges[i].first) text += "-" + std::to_string(ranges[i].last + 1);
  }
  if (shown < ranges.size()) {
    text += (shown > 0 ? " and " : "") + std::to_string(ranges.size() - shown) + " more";
  }
  return text;
}

std::string coverageText(const Coverage& coverage) {
  std::string text;
  if (coverage.pages > 0) text = counted(static_cast<std::uint64_t>(coverage.pages), "page", "pages") + ", ";
  text += counted(coverage.characters, "character", "characters");
  const auto without = static_cast<std::uint64_t>(CoverageCounter::count(coverage.pagesWithoutText));
  if (without > 0) {
    text += "; " + counted(without, "page", "pages") + " without text (" + rangesText(coverage.pagesWithoutText) + ")";
  }
  const ExtractionSummary& summary = coverage.summary;
  if (summary.replacedBytes > 0) {
    const std::string encoding = summary.encoding.empty() ? "text" : summary.encoding;
    text += "; " + counted(summary.replacedBytes, "byte that was", "bytes that were") + " no " + encoding + " replaced";
  }
  if (summary.runningLines > 0) {
    text += "; " + counted(summary.runningLines, "running line", "running lines") + " left out";
  }
  if (!summary.skipped.empty()) {
    text += "; skipped: ";
    for (const SkippedPart& part : summary.skipped) {
      if (&part != &summary.skipped.front()) text += ", ";
      text += part.what + " (" + grouped(static_cast<std::uint64_t>(std::max<std::int64_t>(part.count, 0))) + ")";
    }
  }
  if (coverage.removedCharacters > 0) {
    text += "; " + counted(coverage.removedCharacters, "character", "characters") + " taken out since";
  }
  return text;
}

Error mostlyImagesError(const std::string& file, const Coverage& coverage) {
  return makeError(ErrorCode::kInvalidArgument,
                   file + ": " + grouped(static_cast<std::uint64_t>(coverage.imagePages)) + " of " +
                       counted(static_cast<std::uint64_t>(coverage.pages), "page", "pages") +
                       " are images without text (" + rangesText(coverage.pagesWithoutText) +
                       "); run text recognition over it first (for example ocrmypdf), or take what text there is with "
                       "--force");
}

}  // namespace tidemark
