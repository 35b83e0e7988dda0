#pragma once
// A PDF file behind QtPdf: pages as characters with their places, and as pictures.
//
// What QtPdf opens by itself, which a process that may open no files must have had before: nothing for text; for
// pictures of pages whose fonts are not embedded it looks for substitutes (see WHAT_IT_OPENS).

#include <QFile>
#include <QImage>
#include <QPdfDocument>
#include <memory>
#include <string>

#include "engine/base/result.h"
#include "extract/layout/page_geometry.h"

namespace tidemark {

class PdfSource {
 public:
  /// `descriptor` stays open. Errors: kCorrupt (encrypted with a password, damaged, without pages), kUnsupported (an
  /// encryption that QtPdf does not know).
  [[nodiscard]] static Result<std::unique_ptr<PdfSource>> open(int descriptor, const std::string& name);

  [[nodiscard]] int pageCount() const { return m_pageCount; }
  [[nodiscard]] QPdfDocument& document() { return *m_document; }

  /// QtPdf keeps what it has read of every page: once that is much, the document is opened anew.
  [[nodiscard]] RawPage page(int number);
  /// Something is drawn on the page.
  [[nodiscard]] bool showsSomething(int number);
  /// On white, Format_RGB32; null if it cannot be drawn.
  [[nodiscard]] QImage draw(int number, QSize size);

 private:
  PdfSource(int descriptor, std::string name);
  [[nodiscard]] Status load();
  void limitMemory();

  std::string m_name;
  QFile m_file;
  std::unique_ptr<QPdfDocument> m_document;
  int m_pageCount = 0;
  int m_pagesSinceLoad = 0;
  std::size_t m_bytesAtLoad = 0;
};

/// The error that QtPdf's status stands for, in a sentence.
[[nodiscard]] Error pdfError(QPdfDocument::Error error, const std::string& name);

}  // namespace tidemark
