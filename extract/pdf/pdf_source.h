#pragma once
// A PDF file behind QtPdf: pages as characters with their places, and as pictures.
//
// What is opened besides the descriptor, for a process that may open little: when the first page with a font that is
// not embedded is read or drawn, QtPdf lists /usr/share/fonts, /usr/share/X11/fonts/Type1 and TTF and
// /usr/local/share/fonts with their folders, reads the head of every font in them, and later those that it draws with.
// Where it may not, it draws with the fonts that it carries. Everything else (plug-ins, fontconfig, locale) is opened
// when the QGuiApplication is made.

#include <QImage>
#include <QPdfDocument>
#include <memory>
#include <string>

#include "engine/base/result.h"
#include "extract/page_process/page_worker.h"
#include "extract/pdf/file_device.h"

namespace tidemark {

class PdfSource : public PageReader {
 public:
  /// `descriptor` stays open. Errors: kCorrupt (encrypted with a password, damaged, without pages, a page tree that
  /// leads in circles), kUnsupported (an encryption that QtPdf does not know).
  [[nodiscard]] static Result<std::unique_ptr<PdfSource>> open(int descriptor, const std::string& name);

  [[nodiscard]] int pageCount() const { return m_pageCount; }
  [[nodiscard]] QPdfDocument& document() { return *m_loaded->document; }

  /// QtPdf keeps what it has read of every page: once that is much, the document is opened anew.
  [[nodiscard]] RawPage page(int number);
  [[nodiscard]] Result<PageContent> read(std::uint32_t page) override;
  /// Not ok: the document could not be opened anew, and there is nothing more to come.
  [[nodiscard]] const Status& failure() const { return m_failure; }
  /// Something is drawn on the page.
  [[nodiscard]] bool showsSomething(int number);
  /// On white, Format_RGB32; null if it cannot be drawn.
  [[nodiscard]] QImage draw(int number, QSize size);

 private:
  PdfSource(int descriptor, std::string name);
  [[nodiscard]] Status load();
  void limitMemory();

  std::string m_name;
  struct Loaded {
    explicit Loaded(int descriptor) : file(descriptor) {}
    FileDevice file;
    std::unique_ptr<QPdfDocument> document;
  };
  std::shared_ptr<Loaded> m_loaded;  // shared with a load that does not come to its end
  int m_descriptor;
  Status m_failure;  // of a later load
  int m_pageCount = 0;
  int m_pagesSinceLoad = 0;
  std::size_t m_bytesAtLoad = 0;
};

/// The error that QtPdf's status stands for, in a sentence.
[[nodiscard]] Error pdfError(QPdfDocument::Error error, const std::string& name);

}  // namespace tidemark
