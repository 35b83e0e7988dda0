#pragma once
// A file mapped read-only for as long as the object lives. Removing or replacing the file meanwhile is harmless; a
// program that truncates it in place makes later reads fatal (SIGBUS), as with every mapping.

#include <cstddef>
#include <filesystem>
#include <span>

#include "engine/base/result.h"

namespace tidemark {

class MappedFile {
 public:
  /// Errors: kNotFound, kIo (a directory, no permission, empty file), each with the path.
  [[nodiscard]] static Result<MappedFile> open(const std::filesystem::path& path);

  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  [[nodiscard]] std::span<const std::byte> bytes() const { return m_bytes; }

 private:
  MappedFile() = default;
  std::span<const std::byte> m_bytes;
};

}  // namespace tidemark
