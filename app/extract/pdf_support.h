#pragma once
// PDF, if this build can read it.

#include <memory>

#include "extract/document_readers.h"

namespace tidemark {

/// What QtPdf needs around it, made before files and system calls are taken away.
class PdfSupport {
 public:
  PdfSupport();
  PdfSupport(const PdfSupport&) = delete;
  PdfSupport& operator=(const PdfSupport&) = delete;
  ~PdfSupport();

  [[nodiscard]] static bool isBuilt();
  /// As readPdfDocument. Errors: also kUnsupported (not in this build).
  [[nodiscard]] Status read(const ReaderInput& input, ExtractionSink& sink, PageProcess* helper);
  /// As servePdfPages.
  void servePages(const ReaderInput& input, int socket);
  /// As serveRenderedPages, on standard input and output.
  [[nodiscard]] Status serve(const ReaderInput& input);

 private:
  struct Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace tidemark
