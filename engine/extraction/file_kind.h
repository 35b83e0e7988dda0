#pragma once
// What a file is, told by its first bytes and never by its name alone.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "engine/extraction/extracted_document.h"

namespace tidemark {

/// As many bytes from the front as detection looks at.
inline constexpr std::size_t kFileHeadBytes = 64 * 1024;

enum class FileKind {
  kText,        // also Markdown: the name says which, the text is read alike
  kHtml,        // begins with markup of HTML or XHTML
  kPdf,         // "%PDF-" within the first 1024 bytes
  kZip,         // EPUB, DOCX, ODT: told by what is inside
  kSession,     // an SQLite file: opened, not read
  kKnownOther,  // something recognised that holds no text for us: image, sound, RTF, legacy .doc, gzip, ELF, ..
};

struct DetectedKind {
  FileKind kind = FileKind::kText;
  std::string name;  // for messages: "a JPEG image", "a Word 97 document"
};

/// "README.md", "notes.markdown".
[[nodiscard]] bool isMarkdownName(std::string_view fileName);

/// `head`: the first bytes of the file, kFileHeadBytes or all of it. `fileName` decides only between Markdown and text,
/// and whether text that begins with a tag is HTML.
[[nodiscard]] DetectedKind detectKind(std::string_view head, std::string_view fileName);

/// The sentence for a kind that cannot be read: "photo.jpg is a JPEG image: choose a text, PDF, EPUB, .. file".
[[nodiscard]] Error unreadableKind(const std::string& fileName, const DetectedKind& kind);

}  // namespace tidemark
