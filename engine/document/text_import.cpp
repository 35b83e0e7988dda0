#include "engine/document/text_import.h"

#include <vector>

#include "engine/base/sha256.h"
#include "engine/document/regular_file.h"
#include "engine/document/utf8_cleaner.h"

namespace tidemark {

namespace {

constexpr std::size_t kHashBytes = 64 * 1024;
// Cleaning makes at most three bytes of one: then pieces stay within 64 KiB.
constexpr std::size_t kImportBytes = 20 * 1024;

std::string_view asText(const std::vector<char>& buffer, std::size_t count) {
  return {buffer.data(), count};
}

}  // namespace

// NOLINTNEXTLINE(performance-unnecessary-value-param): stop tokens are made to be passed by value
Result<ImportReport> importTextFile(const std::filesystem::path& path, const TextSink& sink, std::stop_token stop) {
  Result<RegularFile> file = RegularFile::open(path);
  if (!file) return file.error();
  const auto refused = [&](const Error& error) { return error.withContext("cannot read '" + path.string() + "'"); };

  Utf8Cleaner cleaner;
  Sha256 hash;
  std::vector<char> buffer(kImportBytes);
  std::string piece;
  for (bool atEnd = false; !atEnd;) {
    if (stop.stop_requested()) {
      return makeError(ErrorCode::kCancelled, "reading '" + path.string() + "' was cancelled after " +
                                                  std::to_string(cleaner.sourceBytes()) + " bytes");
    }
    const Result<std::size_t> count = file->read(buffer);
    if (!count) return count.error();
    atEnd = *count < buffer.size();
    hash.update(asText(buffer, *count));
    piece.clear();
    if (Status status = cleaner.push(asText(buffer, *count), piece); !status) return refused(status.error());
    if (atEnd) {
      if (Status status = cleaner.finish(piece); !status) return refused(status.error());
    }
    if (piece.empty()) continue;
    if (Status status = sink(piece); !status) return status.error();
  }
  if (cleaner.textBytes() == 0) {
    const std::string reason = cleaner.sourceBytes() == 0 ? "it is empty (0 bytes)" : "it holds a byte order mark only";
    return refused(makeError(ErrorCode::kInvalidArgument, reason + "; give a file with text"));
  }
  return ImportReport{cleaner.sourceBytes(), cleaner.textBytes(), cleaner.characters(), cleaner.replacedBytes(),
                      hash.hexDigest()};
}

Result<std::string> hashFile(const std::filesystem::path& path) {
  Result<RegularFile> file = RegularFile::open(path);
  if (!file) return file.error();
  Sha256 hash;
  std::vector<char> buffer(kHashBytes);
  for (;;) {
    const Result<std::size_t> count = file->read(buffer);
    if (!count) return count.error();
    hash.update(asText(buffer, *count));
    if (*count < buffer.size()) return hash.hexDigest();
  }
}

}  // namespace tidemark
