#pragma once
// What is taken out of a file: text page by page, with labels and headings, and an account of what could not be taken.
// Plain values, shared by the program that extracts (extract/) and the one that reads (DocumentImport).

#include <cstdint>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace tidemark {

/// Raised whenever the same file would give another text: sessions remember it.
inline constexpr int kExtractionVersion = 1;

// Stored as text in sessions and in the output of extract: formatName().
enum class DocumentFormat { kPlainText, kMarkdown, kHtml, kPdf, kEpub, kDocx, kOdt };

/// "text", "markdown", "html", "pdf", "epub", "docx", "odt".
[[nodiscard]] const char* formatName(DocumentFormat format);

/// Known before the first page.
struct DocumentHead {
  DocumentFormat format = DocumentFormat::kPlainText;
  std::string title;           // empty: the file does not say
  std::string author;          // several are separated by ", "
  std::int64_t pageCount = 0;  // 0: not known yet
};

struct Heading {
  std::uint64_t offset = 0;  // byte of the page's text
  int level = 1;             // 1 is the highest; at most 9
  std::string title;
};

/// A page of a PDF, a chapter (content document) of an EPUB, or all of a format that has no pages. The text of a
/// document is the texts of its pages one after another: a page's text ends with the line end, or blank line, that
/// separates it from the next, unless a word or sentence goes on there.
struct ExtractedPage {
  std::string label;  // as printed on the page ("xii") or what the chapter is called; empty: its number says it
  std::string text;   // valid UTF-8, lines end in \n, no NUL; empty: nothing could be taken from this page
  std::vector<Heading> headings;  // ascending offsets
  bool hasImage = false;          // something is drawn on the page that is no text
};

/// Something that was left out, for people: "tables inside tables", "embedded fonts that map to nothing".
struct SkippedPart {
  std::string what;
  std::int64_t count = 0;
  friend bool operator==(const SkippedPart&, const SkippedPart&) = default;
};

/// Known after the last page.
struct ExtractionSummary {
  std::uint64_t replacedBytes = 0;   // bytes that were not of the encoding; U+FFFD stands for each ill-formed sequence
  std::uint64_t runningLines = 0;    // running headers, footers and page numbers that were left out
  std::vector<SkippedPart> skipped;  // each kind once
  std::string encoding;              // of text files: "UTF-8", "UTF-16LE", "windows-1252", ..; empty: no matter
  friend bool operator==(const ExtractionSummary&, const ExtractionSummary&) = default;
};

/// Receives one document: head, pages in order, summary. An error that it returns ends the extraction and is passed on.
class ExtractionSink {
 public:
  ExtractionSink() = default;
  ExtractionSink(const ExtractionSink&) = delete;
  ExtractionSink& operator=(const ExtractionSink&) = delete;
  virtual ~ExtractionSink() = default;

  [[nodiscard]] virtual Status head(DocumentHead head) = 0;
  [[nodiscard]] virtual Status page(ExtractedPage page) = 0;
  [[nodiscard]] virtual Status end(ExtractionSummary summary) = 0;
};

}  // namespace tidemark
