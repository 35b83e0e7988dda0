#pragma once
// The entries of a ZIP file that nobody vouches for: read by name, in memory, within limits. Nothing is ever written to
// disk, so what an entry is called harms nobody; names that lead out of the archive are not opened all the same.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/extraction/extractor_process.h"

struct zip;

namespace tidemark {

class ZipArchive {
 public:
  /// `descriptor` stays open and is read at positions of its own. Errors: kCorrupt (no ZIP file; cut off),
  /// kInvalidArgument (too many entries), kIo.
  [[nodiscard]] static Result<ZipArchive> open(int descriptor, const ExtractionLimits& limits);
  ZipArchive(ZipArchive&&) noexcept;
  ZipArchive& operator=(ZipArchive&&) noexcept;
  ~ZipArchive();

  [[nodiscard]] std::uint64_t entryCount() const { return m_entries; }
  [[nodiscard]] bool has(const std::string& name) const;
  /// Some entry begins with this ("xl/").
  [[nodiscard]] bool hasFolder(std::string_view prefix) const;
  /// As the archive says; 0 if there is no such entry.
  [[nodiscard]] std::uint64_t sizeOf(const std::string& name) const;

  /// Errors: kNotFound, kCorrupt (encrypted; damaged; cut off; a link), kUnsupported (a way of compression that is not
  /// known), kInvalidArgument (over a limit; the name leads out of the archive). Messages begin with the name.
  [[nodiscard]] Result<std::string> read(const std::string& name);

 private:
  struct Closer {
    void operator()(zip* archive) const;
  };
  ZipArchive() = default;
  [[nodiscard]] Status checkEntry(std::uint64_t index, const std::string& name, std::uint64_t& compressed) const;

  std::unique_ptr<zip, Closer> m_archive;
  ExtractionLimits m_limits;
  std::uint64_t m_entries = 0;
  std::uint64_t m_fileBytes = 0;
  std::uint64_t m_unpackedBytes = 0;  // of all entries read so far
};

/// What stops the whole document when an entry cannot be read; anything else is a part that is missing.
[[nodiscard]] bool isRefusal(const Error& error);

}  // namespace tidemark
