#pragma once
// A file of any known kind as pages of clean text, taken a little at a time, so that what has come can be read while
// the rest is still being extracted. Plain text and Markdown are decoded here; everything else by tidemark-extract.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/extraction/coverage.h"
#include "engine/extraction/extractor_process.h"

namespace tidemark {

/// Receives a document. Text comes in pieces of at most 64 KiB that end at character boundaries; offsets count the
/// bytes of the document's text so far.
class DocumentSink {
 public:
  DocumentSink() = default;
  DocumentSink(const DocumentSink&) = delete;
  DocumentSink& operator=(const DocumentSink&) = delete;
  virtual ~DocumentSink() = default;

  [[nodiscard]] virtual Status head(const DocumentHead& head) = 0;
  /// A page begins at byte `offset`; its text follows. Text without pages (no form feeds) has none, and that plain text
  /// has pages is known when its first form feed comes: its first page, from byte 0, is told together with the second.
  [[nodiscard]] virtual Status beginPage(std::uint64_t offset, const std::string& label) = 0;
  /// Offsets ascend; the text there has come already or comes soon.
  [[nodiscard]] virtual Status heading(std::uint64_t offset, int level, const std::string& title) = 0;
  [[nodiscard]] virtual Status text(std::string_view piece) = 0;
};

struct ImportOptions {
  bool force = false;  // also take documents that are mostly images
  ExtractionLimits limits;
};

/// What a finished import came to.
struct ImportedDocument {
  DocumentHead head;
  Coverage coverage;
  std::uint64_t sourceBytes = 0;
  std::uint64_t textBytes = 0;
  std::string sourceSha256;         // of the file as it is on disk, all of it
  std::int64_t sourceModified = 0;  // nanoseconds since 1970, to notice a change without hashing
};

struct ImportProgress {
  std::int64_t pages = 0;      // taken so far
  std::int64_t pageCount = 0;  // 0: not known
  std::uint64_t textBytes = 0;
  std::uint64_t sourceBytes = 0;  // consumed, as far as that can be told
  std::uint64_t sourceBytesTotal = 0;
};

class DocumentImport {
 public:
  /// Opens `path` and tells its kind. `sink` must outlive the import. Errors: kNotFound, kIo, kInvalidArgument (no
  /// regular file; empty; a kind that holds no text: named), kUnsupported (a kind that needs tidemark-extract, and it
  /// is not there).
  [[nodiscard]] static Result<DocumentImport> open(const std::filesystem::path& path, DocumentSink& sink,
                                                   const ImportOptions& options = {});
  DocumentImport(DocumentImport&&) noexcept;
  DocumentImport& operator=(DocumentImport&&) noexcept;
  ~DocumentImport();  // ends the process, if there is one

  enum class Step { kMore, kDone };
  /// Takes what is there, about a MiB at most, waiting up to `wait` if there is nothing. Errors, after which nothing
  /// more comes: kCorrupt (encrypted, broken, empty: named), kInvalidArgument (mostly images and not forced; binary),
  /// kUnsupported, kIo (changed while it was being read; the process crashed, hung, flooded: one sentence), and what
  /// the sink returned. Every message names the file.
  [[nodiscard]] Result<Step> pump(std::chrono::milliseconds wait);

  [[nodiscard]] ImportProgress progress() const;
  /// So many pages with text have come, compared with images, that it will hardly be refused in the end: a good time to
  /// begin reading. Always true for formats without pages.
  [[nodiscard]] bool looksReadable() const;
  /// After kDone.
  [[nodiscard]] const ImportedDocument& result() const;

 private:
  struct Impl;
  explicit DocumentImport(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> m_impl;
};

/// Pumps to the end; `isStopped` is asked several times a second. Errors: those of open and pump, kCancelled.
[[nodiscard]] Result<ImportedDocument> importDocument(const std::filesystem::path& path, DocumentSink& sink,
                                                      const ImportOptions& options = {},
                                                      const std::function<bool()>& isStopped = {});

/// Files for a list of paths: a folder stands for the documents in it and its folders, in the order people sort
/// (numbers by value: "chapter 2" before "chapter 10"); hidden files, symbolic links and files of kinds that hold
/// no text are left out. A path that is no folder stays as it is, whatever it names. At most `most` files. Errors:
/// kInvalidArgument (a folder without documents; more than `most`), kIo (a folder that cannot be looked into).
[[nodiscard]] Result<std::vector<std::filesystem::path>> expandFolders(const std::vector<std::filesystem::path>& paths,
                                                                       std::size_t most = 10'000);

}  // namespace tidemark
