#pragma once
// Bytes of HTML or XML to UTF-8: by byte order mark, by what the file says, by what the bytes look like.

#include <iconv.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

struct DecodedMarkup {
  std::string text;      // valid UTF-8 without NUL and byte order mark
  std::string encoding;  // "UTF-8", "windows-1252", "Shift_JIS", ..
  std::uint64_t replacedBytes = 0;
  std::string unknownEncoding;  // the file names one that is not known here; it was guessed then
};

enum class MarkupKind { kHtml, kXml };

/// A file that is well-formed UTF-8 with other than ASCII characters is UTF-8 even if it says otherwise: saved pages
/// keep the declaration they were sent with.
[[nodiscard]] DecodedMarkup decodeMarkup(std::string bytes, MarkupKind kind);

/// Holds the C library's tables of the character sets that documents name. They are files: a process that gives up the
/// right to open files makes one of these before, and keeps it as long as it reads.
class LoadedCharacterSets {
 public:
  LoadedCharacterSets();
  LoadedCharacterSets(const LoadedCharacterSets&) = delete;
  LoadedCharacterSets& operator=(const LoadedCharacterSets&) = delete;
  ~LoadedCharacterSets();

 private:
  std::vector<iconv_t> m_open;
};

}  // namespace tidemark
