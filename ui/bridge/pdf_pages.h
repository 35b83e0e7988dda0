#pragma once
// The pages of the PDF that a document was made of, as long as the file is what it was.

#include <cstdint>
#include <filesystem>
#include <memory>

#include "ui/pages/page_source.h"

namespace tidemark::ui {

/// A file as it was when it was read. A time or size of 0 is not known, and not compared.
struct PdfFile {
  std::filesystem::path path;
  std::uint64_t bytes = 0;
  std::int64_t modified = 0;  // nanoseconds since 1970
  friend bool operator==(const PdfFile&, const PdfFile&) = default;
};

/// Opened on the source's thread; what is in the way is one sentence there.
[[nodiscard]] std::unique_ptr<PageSource> makePdfPages(const PdfFile& file);

}  // namespace tidemark::ui
