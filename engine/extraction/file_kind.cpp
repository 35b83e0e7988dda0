#include "engine/extraction/file_kind.h"

#include <algorithm>
#include <array>

namespace tidemark {
namespace {

using namespace std::string_view_literals;

struct Signature {
  std::size_t offset;
  std::string_view bytes;
  const char* name;
};

// Only what cannot begin a text: short or printable signatures stand below, with a second look.
constexpr std::array kSignatures = {
    Signature{0, "\xFF\xD8\xFF"sv, "a JPEG image"},
    Signature{0, "\x89PNG\r\n\x1A\n"sv, "a PNG image"},
    Signature{0, "GIF87a"sv, "a GIF image"},
    Signature{0, "GIF89a"sv, "a GIF image"},
    Signature{0, "II*\0"sv, "a TIFF image"},
    Signature{0, "MM\0*"sv, "a TIFF image"},
    Signature{0, "AT&TFORM"sv, "a DjVu document"},
    Signature{0, "\0\0\0\x0CjP  \r\n\x87\n"sv, "a JPEG 2000 image"},
    Signature{0, "\xFF\x0A"sv, "a JPEG XL image"},
    Signature{0, "{\\rtf"sv, "an RTF document"},
    Signature{0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv,
              "a document of Word, Excel or PowerPoint 97 to 2003, or an encrypted one of a later version"},
    Signature{0, "\x1F\x8B\x08"sv, "a gzip archive"},
    Signature{0, "BZh91AY&SY"sv, "a bzip2 archive"},
    Signature{0,
              "\xFD"
              "7zXZ\0"sv,
              "an xz archive"},
    Signature{0, "\x28\xB5\x2F\xFD"sv, "a Zstandard archive"},
    Signature{0, "7z\xBC\xAF\x27\x1C"sv, "a 7-Zip archive"},
    Signature{0, "Rar!\x1A\x07"sv, "a RAR archive"},
    Signature{0, "!<arch>\n"sv, "an archive of object files"},
    Signature{257, "ustar"sv, "a tar archive"},
    Signature{60, "BOOKMOBI"sv, "a Mobipocket or Kindle book"},
    Signature{0, "ITSF\3\0\0\0"sv, "a compiled help file (CHM)"},
    Signature{0,
              "\x7F"
              "ELF"sv,
              "a program"},
    Signature{0, "\xCA\xFE\xBA\xBE"sv, "a program"},
    Signature{0, "\0asm"sv, "a program"},
    Signature{0, "ID3\2"sv, "a sound file"},
    Signature{0, "ID3\3"sv, "a sound file"},
    Signature{0, "ID3\4"sv, "a sound file"},
    Signature{0, "OggS\0"sv, "a sound or video file"},
    Signature{0, "fLaC\0"sv, "a sound file"},
    Signature{4, "ftyp"sv, "a video, sound or HEIC image file"},
    Signature{0, "\x1A\x45\xDF\xA3"sv, "a video file"},
    Signature{0, "wOFF"sv, "a font"},
    Signature{0, "wOF2"sv, "a font"},
    Signature{0, "OTTO\0"sv, "a font"},
    Signature{0, "\0\1\0\0\0"sv, "a font"},
    Signature{0, "\x80\2}q"sv, "a pickle of Python"},
    Signature{0, "%!PS-Adobe"sv, "a PostScript document"},
};

bool startsWith(std::string_view head, const Signature& signature) {
  return head.size() > signature.offset && head.substr(signature.offset).starts_with(signature.bytes);
}

/// Signatures that a text could begin with count only with NUL bytes behind them.
const char* unsureKind(std::string_view head) {
  const std::string_view front = head.substr(0, 512);
  if (front.find('\0') == std::string_view::npos) return nullptr;
  if (front.starts_with("RIFF") && front.substr(8).starts_with("WEBP")) return "a WebP image";
  if (front.starts_with("RIFF")) return "a sound or video file";
  if (front.starts_with("BM")) return "a BMP image";
  if (front.starts_with("MZ")) return "a program";
  if (front.starts_with("GGUF")) return "a model in GGUF format";
  return nullptr;
}

/// "%PDF-1" within the first 1024 bytes, as readers of PDF look for it; not in the middle of a line of text.
bool isPdf(std::string_view head) {
  constexpr std::size_t kWhere = 1024;
  const std::string_view front = head.substr(0, kWhere);
  for (std::size_t at = front.find("%PDF-"); at != std::string_view::npos; at = front.find("%PDF-", at + 1)) {
    const char next = at + 5 < head.size() ? head[at + 5] : '\0';
    const auto before = static_cast<unsigned char>(at == 0 ? '\n' : front[at - 1]);
    if (next >= '0' && next <= '9' && (before < 0x20 || before > 0x7e)) return true;
  }
  return false;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

std::string lowerCase(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), lower);
  return result;
}

/// The text in small letters and one byte a character, as far as markup needs it: UTF-16 with a mark is narrowed.
std::string narrowed(std::string_view head) {
  if (head.starts_with("\xEF\xBB\xBF")) return lowerCase(head.substr(3));
  const bool bigEndian = head.starts_with("\xFE\xFF");
  if (!bigEndian && !head.starts_with("\xFF\xFE")) return lowerCase(head);
  std::string text;
  for (std::size_t at = 2; at + 1 < head.size(); at += 2) {
    const char high = head[bigEndian ? at : at + 1];
    text += high == '\0' ? lower(head[bigEndian ? at + 1 : at]) : '?';
  }
  return text;
}

/// Without white space, comments, XML declarations and processing instructions at the front.
std::string_view withoutPrologue(std::string_view text) {
  for (;;) {
    while (!text.empty() && isSpace(text.front())) text.remove_prefix(1);
    const bool comment = text.starts_with("<!--");
    if (!comment && !text.starts_with("<?")) return text;
    const std::string_view closing = comment ? "-->" : "?>";
    const std::size_t end = text.find(closing);
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end + closing.size());
  }
}

bool hasSuffix(const std::string& name, std::initializer_list<std::string_view> suffixes) {
  return std::any_of(suffixes.begin(), suffixes.end(), [&](std::string_view suffix) { return name.ends_with(suffix); });
}

bool isHtml(std::string_view head, const std::string& name) {
  const std::string text = narrowed(head);
  const std::string_view markup = withoutPrologue(text);
  constexpr std::array kTags = {"<html"sv, "<head"sv, "<body"sv, "<title"sv, "<meta"sv};
  const auto begins = [&](std::string_view tag) {
    if (!markup.starts_with(tag) || markup.size() == tag.size()) return false;
    const char next = markup[tag.size()];
    return isSpace(next) || next == '>' || next == '/';
  };
  if (markup.starts_with("<!doctype html")) return true;
  if (std::any_of(kTags.begin(), kTags.end(), begins)) return true;
  const bool named = hasSuffix(name, {".html", ".htm", ".xhtml", ".xht"});
  return named && (markup.starts_with("<") || (markup.empty() && text.find('<') != std::string::npos));
}

}  // namespace

bool isMarkdownName(std::string_view fileName) {
  return hasSuffix(lowerCase(fileName), {".md", ".markdown"});
}

DetectedKind detectKind(std::string_view head, std::string_view fileName) {
  if (head.starts_with("PK\3\4") || head.starts_with("PK\5\6") || head.starts_with("PK\7\x08PK\3\4")) {
    return {FileKind::kZip, "a zip archive"};
  }
  if (head.starts_with("SQLite format 3\0"sv)) return {FileKind::kSession, "a session or another SQLite database"};
  for (const Signature& signature : kSignatures) {
    if (startsWith(head, signature)) return {FileKind::kKnownOther, signature.name};
  }
  if (const char* kind = unsureKind(head)) return {FileKind::kKnownOther, kind};
  if (isPdf(head)) return {FileKind::kPdf, "a PDF document"};
  const std::string name = lowerCase(fileName);
  const bool markdown = isMarkdownName(name);
  if (!markdown && isHtml(head, name)) return {FileKind::kHtml, "an HTML page"};
  return {FileKind::kText, markdown ? "a Markdown text" : "a text"};
}

Error unreadableKind(const std::string& fileName, const DetectedKind& kind) {
  const std::string what = fileName + " is " + kind.name;
  if (kind.kind == FileKind::kSession) {
    return makeError(ErrorCode::kInvalidArgument, what + ": sessions are opened, not read; choose a document");
  }
  return makeError(
      ErrorCode::kInvalidArgument,
      what + ": choose a text, Markdown, PDF, EPUB, DOCX, ODT or HTML file, or convert it to one of these");
}

}  // namespace tidemark
