#include "engine/service/source_check.h"

#include <sys/stat.h>

#include <cerrno>
#include <system_error>

#include "engine/base/sha256.h"
#include "engine/document/regular_file.h"
#include "engine/extraction/extracted_document.h"

namespace tidemark {
namespace {

constexpr std::size_t kHashBytes = 256 * 1024;

Result<std::string> hashOf(const std::filesystem::path& path, const std::stop_token& stop) {
  auto file = RegularFile::open(path);
  if (!file) return file.error();
  Sha256 hash;
  std::vector<char> buffer(kHashBytes);
  while (true) {
    if (stop.stop_requested()) return makeError(ErrorCode::kCancelled, "comparing files was cancelled");
    const auto count = file->read(buffer);
    if (!count) return count.error();
    hash.update(std::string_view(buffer.data(), *count));
    if (*count < buffer.size()) return hash.hexDigest();
  }
}

Result<SourceCheck> checkSource(const DocumentRecord& document, const DocumentSource& source,
                                const std::stop_token& stop) {
  SourceCheck check;
  check.document = document.id;
  if (document.sourcePath.empty()) return check;
  check.olderExtraction = source.extractionVersion < kExtractionVersion;
  const auto stamp = stampOf(document.sourcePath);
  if (stamp) check.stamp = *stamp;
  std::string hash;
  const Result<bool> same =
      stamp ? isSourceOf(document.sourcePath, *stamp, document, source, hash, stop) : Result<bool>(stamp.error());
  if (same) {
    check.state = *same ? SourceState::kUnchanged : SourceState::kChanged;
  } else if (same.error().code == ErrorCode::kCancelled) {
    return same.error();
  } else {
    check.state = same.error().code == ErrorCode::kNotFound ? SourceState::kMissing : SourceState::kUnreadable;
    check.problem = same.error().message;
  }
  return check;
}

}  // namespace

Result<FileStamp> stampOf(const std::filesystem::path& file) {
  // Says in words what cannot be opened, also what is no file.
  if (const auto opened = RegularFile::open(file); !opened) return opened.error();
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) {
    return makeError(ErrorCode::kIo, "cannot read '" + file.string() + "': " + std::generic_category().message(errno));
  }
  return FileStamp{static_cast<std::uint64_t>(status.st_size),
                   std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec};
}

Result<bool> isSourceOf(const std::filesystem::path& file, const FileStamp& stamp, const DocumentRecord& document,
                        const DocumentSource& source, std::string& hash, const std::stop_token& stop) {
  // Documents of older sessions say neither size nor time of their files.
  const bool knowsStamp = source.modified != 0;
  if (knowsStamp && source.bytes != stamp.bytes) return false;
  if (knowsStamp && source.modified == stamp.modified && std::filesystem::path(document.sourcePath) == file) {
    return true;
  }
  if (hash.empty()) {
    auto computed = hashOf(file, stop);
    if (!computed) return computed.error();
    hash = std::move(*computed);
  }
  return hash == document.sourceSha256;
}

Result<std::vector<SourceCheck>> checkSources(const SessionStore& store, const std::stop_token& stop) {
  const auto documents = store.documents();
  if (!documents) return documents.error();
  const auto contents = store.contents();
  if (!contents) return contents.error();
  std::vector<SourceCheck> checks;
  for (std::size_t i = 0; i < documents->size() && i < contents->size(); ++i) {
    auto check = checkSource((*documents)[i], (*contents)[i].source, stop);
    if (!check) return check.error();
    checks.push_back(std::move(*check));
  }
  return checks;
}

}  // namespace tidemark
