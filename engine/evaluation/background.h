#pragma once
// The text that facts are hidden in: the plain-text files of a folder, taken as one endless text (after the last file
// comes the first again), sentence by sentence, in constant memory.

#include <cstdint>
#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/document/regular_file.h"
#include "engine/document/sentence_splitter.h"
#include "engine/document/utf8_cleaner.h"

namespace tidemark {

struct BackgroundFile {
  std::filesystem::path path;
  std::uint64_t bytes = 0;
};

class Background {
 public:
  /// All files FOLDER/*.txt, by name; each is read once, to check it. Errors: kNotFound (no folder, or no .txt file in
  /// it), those of importTextFile.
  [[nodiscard]] static Result<Background> open(const std::filesystem::path& folder);

  [[nodiscard]] const std::vector<BackgroundFile>& files() const { return m_files; }
  [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }
  /// Of names and contents.
  [[nodiscard]] const std::string& sha256() const { return m_sha256; }

 private:
  std::vector<BackgroundFile> m_files;
  std::uint64_t m_bytes = 0;
  std::string m_sha256;
};

/// The sentences from a byte on. Not for sharing between threads.
class SentenceStream {
 public:
  /// Begins with the first sentence that starts behind byte `start` of all files in their order (at it, for the first
  /// byte of a file). `background` must outlive the stream.
  SentenceStream(const Background& background, std::uint64_t start);

  /// Never ends. Errors: kIo (a file that went away or changed), kInvalidArgument (files without any sentence).
  [[nodiscard]] Result<std::string> next();
  /// Bytes of files that were read so far.
  [[nodiscard]] std::uint64_t bytesRead() const { return m_bytesRead; }

 private:
  [[nodiscard]] Status readMore();
  [[nodiscard]] Status openFile();

  const Background& m_background;
  std::size_t m_fileIndex = 0;
  std::uint64_t m_offset = 0;  // where to begin in that file
  std::optional<RegularFile> m_file;
  Utf8Cleaner m_cleaner;
  SentenceSplitter m_splitter;
  bool m_dropsNext = false;  // it began in the middle of a sentence
  std::uint64_t m_bytesRead = 0;
};

}  // namespace tidemark
