#include "engine/evaluation/background.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "engine/base/sha256.h"
#include "engine/document/text_import.h"

namespace tidemark {
namespace {

constexpr std::size_t kReadBytes = 16 * 1024;

Error cannotList(const std::filesystem::path& folder, const std::error_code& failure) {
  const bool missing = failure == std::errc::no_such_file_or_directory || failure == std::errc::not_a_directory;
  return makeError(missing ? ErrorCode::kNotFound : ErrorCode::kIo,
                   "there is no background text: " + folder.string() + ": " + failure.message() +
                       "; put books as plain .txt files there, or ask for length 0k only");
}

Result<std::vector<std::filesystem::path>> listTexts(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  std::error_code failure;
  std::filesystem::directory_iterator entry(folder, failure);
  while (!failure && entry != std::filesystem::directory_iterator()) {
    if (entry->path().extension() == ".txt") paths.push_back(entry->path());
    entry.increment(failure);
  }
  if (failure) return cannotList(folder, failure);
  std::sort(paths.begin(), paths.end());
  return paths;
}

}  // namespace

Result<Background> Background::open(const std::filesystem::path& folder) {
  const auto paths = listTexts(folder);
  if (!paths) return paths.error();
  if (paths->empty()) {
    return makeError(ErrorCode::kNotFound, "there is no background text: " + folder.string() +
                                               " has no .txt file; put books as plain text there, or ask for length 0k "
                                               "only");
  }
  Background background;
  Sha256 hash;
  for (const std::filesystem::path& path : *paths) {
    const auto report = importTextFile(path, [](std::string_view) { return Status(); });
    if (!report) return report.error();
    background.m_files.push_back({path, report->sourceBytes});
    background.m_bytes += report->sourceBytes;
    hash.update(path.filename().string() + "\n" + report->sourceSha256 + "\n");
  }
  background.m_sha256 = hash.hexDigest();
  return background;
}

SentenceStream::SentenceStream(const Background& background, std::uint64_t start)
    : m_background(background), m_offset(start % background.bytes()) {
  while (m_offset >= background.files()[m_fileIndex].bytes) m_offset -= background.files()[m_fileIndex++].bytes;
}

Status SentenceStream::openFile() {
  auto file = RegularFile::open(m_background.files()[m_fileIndex].path);
  if (!file) return file.error();
  if (Status skipped = file->skipTo(m_offset); !skipped) return skipped;
  m_file.emplace(std::move(file).value());
  m_cleaner = {};
  m_splitter = {};
  m_dropsNext = m_offset > 0;
  if (m_dropsNext) {
    // Whatever stands there is no byte order mark.
    std::string nothing;
    if (Status cleaned = m_cleaner.push(" ", nothing); !cleaned) return cleaned;
  }
  m_offset = 0;
  return {};
}

Status SentenceStream::readMore() {
  if (!m_file) {
    if (Status opened = openFile(); !opened) return opened;
  }
  std::string bytes(kReadBytes, '\0');
  const auto count = m_file->read(bytes);
  if (!count) return count.error();
  bytes.resize(*count);
  m_bytesRead += *count;
  std::string text;
  const auto named = [&](const Error& error) {
    return error.withContext("cannot read '" + m_background.files()[m_fileIndex].path.string() + "'");
  };
  if (Status cleaned = m_cleaner.push(bytes, text); !cleaned) return named(cleaned.error());
  const bool atEnd = *count < kReadBytes;
  if (atEnd) {
    if (Status cleaned = m_cleaner.finish(text); !cleaned) return named(cleaned.error());
  }
  m_splitter.push(text);
  if (atEnd) m_splitter.finish();
  return {};
}

Result<std::string> SentenceStream::next() {
  bool wrapped = false;  // saw the end of the last file without any sentence
  while (true) {
    if (m_file) {
      auto sentence = m_splitter.next();
      if (sentence && !m_dropsNext) return std::move(*sentence);
      m_dropsNext = m_dropsNext && !sentence;
      if (sentence) continue;
      if (m_splitter.isOver()) {
        m_file.reset();
        m_dropsNext = false;
        if (++m_fileIndex == m_background.files().size()) {
          m_fileIndex = 0;
          if (std::exchange(wrapped, true)) {
            return makeError(ErrorCode::kInvalidArgument, "the background text has no sentence in it; use books");
          }
        }
      }
    }
    if (Status more = readMore(); !more) return more.error();
  }
}

}  // namespace tidemark
