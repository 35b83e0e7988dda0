#include "app/extract/pdf_support.h"

#include <unistd.h>

#include <QGuiApplication>

#include "extract/pdf/page_server.h"

namespace tidemark {

struct PdfSupport::Impl {
  // Of the command line nothing is for Qt.
  int count = 1;
  char name[17] = "tidemark-extract";
  char* words[2] = {name, nullptr};
  QGuiApplication application{count, words};
};

PdfSupport::PdfSupport() {
  ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
  m_impl = std::make_unique<Impl>();
}
PdfSupport::~PdfSupport() = default;

bool PdfSupport::isBuilt() {
  return true;
}
Status PdfSupport::read(const ReaderInput& input, ExtractionSink& sink, PageProcess* helper) {
  return readPdfDocument(input, sink, helper);
}
void PdfSupport::servePages(const ReaderInput& input, int socket) {
  servePdfPages(input, socket);
}
Status PdfSupport::serve(const ReaderInput& input) {
  return serveRenderedPages(input, STDIN_FILENO, STDOUT_FILENO);
}

}  // namespace tidemark
