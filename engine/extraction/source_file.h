#pragma once
// The file that a document is read from: hashed on the way, and watched for changes while it is read.

#include <sys/stat.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "engine/base/result.h"
#include "engine/base/sha256.h"
#include "engine/document/regular_file.h"

namespace tidemark {

class SourceFile {
 public:
  /// Errors: those of RegularFile::open.
  [[nodiscard]] static Result<SourceFile> open(const std::filesystem::path& path);

  /// The next bytes, which are hashed; fewer than fit, or none, at the end. Errors: kIo.
  [[nodiscard]] Result<std::size_t> read(std::span<char> buffer);
  /// Errors: kIo (it is not what it was when it was opened: size, time, or another file under its name).
  [[nodiscard]] Status checkUnchanged() const;
  /// Of what was read; ask once.
  [[nodiscard]] std::string sha256() { return m_hash.hexDigest(); }
  /// The first bytes, which read() gives again. Errors: kIo.
  [[nodiscard]] Result<std::string> head(std::size_t bytes);

  /// As it is called in messages: without the folders, control characters and broken UTF-8.
  [[nodiscard]] const std::string& name() const { return m_name; }
  [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
  [[nodiscard]] std::uint64_t bytes() const { return static_cast<std::uint64_t>(m_state.st_size); }
  [[nodiscard]] std::uint64_t bytesRead() const { return m_bytesRead; }
  /// Nanoseconds since 1970.
  [[nodiscard]] std::int64_t modified() const;

 private:
  SourceFile(RegularFile file, std::filesystem::path path);

  RegularFile m_file;
  std::filesystem::path m_path;
  std::string m_name;
  struct stat m_state = {};
  Sha256 m_hash;
  std::uint64_t m_bytesRead = 0;
};

}  // namespace tidemark
