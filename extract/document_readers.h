#pragma once
// The readers of tidemark-extract, one for each format. They run in a process with little memory, no network and no
// right to open files; the file comes as a descriptor. What a reader cannot take it counts
// (ExtractionSummary::skipped), what makes the file useless it refuses in one sentence that names no path but `name`.
//
// Errors of every reader: kCorrupt (broken, truncated, encrypted, no text at all: named), kInvalidArgument (over a
// limit: which), kUnsupported (a feature without which the text would be wrong), and whatever the sink returns. A
// page's text is cut into several pages with the same label before its line would be longer than ExtractionLineReader
// takes.

#include <cstdint>
#include <string>

#include "engine/extraction/extracted_document.h"
#include "engine/extraction/extractor_process.h"

namespace tidemark {

class PageProcess;

struct ReaderInput {
  int descriptor = 0;  // readable and seekable; stays open
  std::string name;    // of the file, for messages
  ExtractionLimits limits;
};

/// Looks inside the archive: EPUB 2 and 3, DOCX, ODT; anything else is refused by what it is.
[[nodiscard]] Status readZipDocument(const ReaderInput& input, ExtractionSink& sink);
/// Character sets other than UTF-8, UTF-16 and windows-1252 are known only while there is a LoadedCharacterSets
/// (extract/markup/markup_encoding.h), made before the right to open files was given up.
[[nodiscard]] Status readHtmlDocument(const ReaderInput& input, ExtractionSink& sink);
/// Needs QtPdf and a QGuiApplication (the only reader that needs Qt). `helper` (null: none) has been prepared with
/// servePdfPages as its work; it is started, if it is not yet, where the file has pages enough.
[[nodiscard]] Status readPdfDocument(const ReaderInput& input, ExtractionSink& sink, PageProcess* helper);
/// What the page process of readPdfDocument does, with the same input. Needs the same.
void servePdfPages(const ReaderInput& input, int socket);

}  // namespace tidemark
