#pragma once
// The side of engine/extraction/page_renderer.h that draws.

#include "extract/document_readers.h"

namespace tidemark {

/// Writes the sizes of all pages and then answers requests, read from descriptor `requests`, on descriptor `answers`,
/// until there are no more. Needs a QGuiApplication. Errors: those of readPdfDocument before anything was written (the
/// caller writes the error line); kInvalidArgument (a request that does not follow the protocol), kIo later.
[[nodiscard]] Status serveRenderedPages(const ReaderInput& input, int requests, int answers);

}  // namespace tidemark
