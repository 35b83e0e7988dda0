#pragma once
// How much of a document became text, in numbers and in sentences: shown by extract, by read and in the window.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/extraction/extracted_document.h"

namespace tidemark {

/// Pages first .. last, both included, counted from 0.
struct PageRange {
  std::int64_t first = 0;
  std::int64_t last = 0;
  friend bool operator==(const PageRange&, const PageRange&) = default;
};

struct Coverage {
  std::int64_t pages = 0;  // 0: the format has none
  std::uint64_t characters = 0;
  std::vector<PageRange> pagesWithoutText;  // ascending, apart from each other
  std::int64_t imagePages = 0;              // pages without text that show something
  ExtractionSummary summary;
  std::uint64_t removedCharacters = 0;  // that were taken out of the session later, at somebody's wish
  friend bool operator==(const Coverage&, const Coverage&) = default;
};

/// Counts pages as they come.
class CoverageCounter {
 public:
  void add(const ExtractedPage& page);
  /// The same for a page that is not held as a whole.
  void add(std::uint64_t characters, bool hasText, bool hasImage);
  [[nodiscard]] const Coverage& coverage() const { return m_coverage; }
  [[nodiscard]] Coverage finish(ExtractionSummary summary);
  [[nodiscard]] static std::int64_t count(const std::vector<PageRange>& ranges);

 private:
  Coverage m_coverage;
};

/// Anything but white space.
[[nodiscard]] bool holdsText(std::string_view text);

/// More than half of the pages are images without text: such a document is refused unless it is forced.
[[nodiscard]] bool isMostlyImages(const Coverage& coverage);

/// Whether people should hear of it before it is read: images without text, bytes that were no text. Blank pages are no
/// gap; every book has some.
[[nodiscard]] bool hasGaps(const Coverage& coverage);

/// "3-7, 12, 40-41", counted from 1 as people do; at most `longest` ranges, then "and 5 more".
[[nodiscard]] std::string rangesText(const std::vector<PageRange>& ranges, std::size_t longest = 12);

/// One line in English: "3,000 pages, 5,120,334 characters; 2 pages without text (17, 203); 2,998 running lines left
/// out". For --json and the window there are the numbers.
[[nodiscard]] std::string coverageText(const Coverage& coverage);

/// "scan.pdf: 198 of 311 pages are images without text (3-200) ..": what, why, what to do (--force, or text
/// recognition first).
[[nodiscard]] Error mostlyImagesError(const std::string& file, const Coverage& coverage);

}  // namespace tidemark
