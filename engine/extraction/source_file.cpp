#include "engine/extraction/source_file.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include "engine/tokenizer/utf8.h"

namespace tidemark {
namespace {

std::string shownName(const std::filesystem::path& path) {
  const std::filesystem::path last = path.filename();
  const std::string name = (last.empty() ? path : last).string();
  std::string shown;
  for (std::string_view rest = name; !rest.empty();) {
    const Utf8Sequence sequence = readUtf8(rest);
    const bool control = sequence.codePoint < 0x20 || (sequence.codePoint >= 0x7f && sequence.codePoint < 0xa0);
    if (sequence.kind != Utf8Kind::kCharacter || control) {
      shown += '?';
    } else {
      shown += rest.substr(0, sequence.length);
    }
    rest.remove_prefix(sequence.length);
  }
  return shown;
}

std::int64_t nanoseconds(const timespec& time) {
  return static_cast<std::int64_t>(time.tv_sec) * 1'000'000'000 + time.tv_nsec;
}

}  // namespace

SourceFile::SourceFile(RegularFile file, std::filesystem::path path)
    : m_file(std::move(file)), m_path(std::move(path)), m_name(shownName(m_path)) {}

Result<SourceFile> SourceFile::open(const std::filesystem::path& path) {
  Result<RegularFile> opened = RegularFile::open(path);
  if (!opened) return opened.error();
  SourceFile file(std::move(*opened), path);
  if (::fstat(file.m_file.descriptor(), &file.m_state) != 0) {
    return makeError(ErrorCode::kIo, "cannot read '" + path.string() + "': " + std::generic_category().message(errno));
  }
  return file;
}

Result<std::size_t> SourceFile::read(std::span<char> buffer) {
  const Result<std::size_t> count = m_file.read(buffer);
  if (!count) return count.error();
  m_hash.update(std::string_view(buffer.data(), *count));
  m_bytesRead += *count;
  return *count;
}

Result<std::string> SourceFile::head(std::size_t bytes) {
  std::string text(bytes, '\0');
  const Result<std::size_t> count = m_file.read(text);
  if (!count) return count.error();
  text.resize(*count);
  if (Status status = m_file.skipTo(0); !status) return status.error();
  return text;
}

std::int64_t SourceFile::modified() const {
  return nanoseconds(m_state.st_mtim);
}

Status SourceFile::checkUnchanged() const {
  struct stat now = {};
  const bool same = ::stat(m_path.c_str(), &now) == 0 && now.st_dev == m_state.st_dev && now.st_ino == m_state.st_ino &&
                    now.st_size == m_state.st_size && nanoseconds(now.st_mtim) == nanoseconds(m_state.st_mtim) &&
                    m_bytesRead == bytes();
  if (same) return {};
  return makeError(ErrorCode::kIo, m_name + " changed while it was being read; read it again when it is complete");
}

}  // namespace tidemark
