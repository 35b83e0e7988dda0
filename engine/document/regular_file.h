#pragma once
// A regular file opened for reading from front to back; everything else that a path can name is refused in words.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>

#include "engine/base/result.h"

namespace tidemark {

class RegularFile {
 public:
  /// Never waits: a FIFO, socket, device or directory is refused. Errors: kNotFound, kIo, kInvalidArgument.
  [[nodiscard]] static Result<RegularFile> open(const std::filesystem::path& path);

  RegularFile(RegularFile&& other) noexcept;
  RegularFile& operator=(RegularFile&& other) noexcept;
  ~RegularFile();

  /// Stays this object's.
  [[nodiscard]] int descriptor() const { return m_descriptor; }
  /// Goes on at byte `offset`. Errors: kIo.
  [[nodiscard]] Status skipTo(std::uint64_t offset);
  /// Fills `buffer` from the current position; fewer bytes, or none, only at the end. Errors: kIo.
  [[nodiscard]] Result<std::size_t> read(std::span<char> buffer);

 private:
  RegularFile(int descriptor, std::filesystem::path path);

  int m_descriptor;
  std::filesystem::path m_path;
};

}  // namespace tidemark
