// A build without QtPdf.
#include "app/extract/pdf_support.h"

namespace tidemark {
namespace {

Error leftOut(const std::string& name) {
  return makeError(ErrorCode::kUnsupported, name +
                                                " is a PDF document, and PDF was left out of this build; install "
                                                "qt6-pdf-dev and build again, or convert it to text first");
}

}  // namespace

struct PdfSupport::Impl {};

PdfSupport::PdfSupport() = default;
PdfSupport::~PdfSupport() = default;

bool PdfSupport::isBuilt() {
  return false;
}
Status PdfSupport::read(const ReaderInput& input, ExtractionSink& /*sink*/, PageProcess* /*helper*/) {
  return leftOut(input.name);
}
void PdfSupport::servePages(const ReaderInput& /*input*/, int /*socket*/) {}
Status PdfSupport::serve(const ReaderInput& input) {
  return leftOut(input.name);
}

}  // namespace tidemark
