#pragma once
// The two ways a document is imported, behind DocumentImport: decoded here, or taken from a process.

#include <chrono>
#include <memory>

#include "engine/extraction/document_import.h"
#include "engine/extraction/source_file.h"

namespace tidemark {

class ImportSource {
 public:
  ImportSource() = default;
  ImportSource(const ImportSource&) = delete;
  ImportSource& operator=(const ImportSource&) = delete;
  virtual ~ImportSource() = default;

  /// As in DocumentImport.
  [[nodiscard]] virtual Result<DocumentImport::Step> pump(std::chrono::milliseconds wait) = 0;
  [[nodiscard]] virtual ImportProgress progress() const = 0;
  [[nodiscard]] virtual bool looksReadable() const = 0;
  [[nodiscard]] virtual const ImportedDocument& result() const = 0;
};

/// Longest piece that a DocumentSink is given.
inline constexpr std::size_t kLongestPiece = 64 * 1024;
/// About as much as one call of pump() takes.
inline constexpr std::size_t kPumpBytes = 1 << 20;

[[nodiscard]] Result<std::unique_ptr<ImportSource>> importPlainText(SourceFile file, const std::string& head,
                                                                    DocumentFormat format, DocumentSink& sink);
[[nodiscard]] Result<std::unique_ptr<ImportSource>> importByProcess(SourceFile file, DocumentSink& sink,
                                                                    const ImportOptions& options);

}  // namespace tidemark
