#include "extract/markup/markup_encoding.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <optional>

#include "engine/document/windows_1252.h"
#include "engine/tokenizer/utf8.h"

namespace tidemark {

namespace {

constexpr std::size_t kDeclarationBytes = 4096;  // from the front; browsers look at 1024

/// What documents say, in lower case, the name for people, and the C library's.
struct CharacterSet {
  std::string_view label;
  const char* name;
  const char* library;
};
constexpr CharacterSet kCharacterSets[] = {
    {"iso-8859-2", "ISO-8859-2", "ISO-8859-2"},
    {"latin2", "ISO-8859-2", "ISO-8859-2"},
    {"iso-8859-3", "ISO-8859-3", "ISO-8859-3"},
    {"iso-8859-4", "ISO-8859-4", "ISO-8859-4"},
    {"iso-8859-5", "ISO-8859-5", "ISO-8859-5"},
    {"iso-8859-6", "ISO-8859-6", "ISO-8859-6"},
    {"iso-8859-7", "ISO-8859-7", "ISO-8859-7"},
    {"iso-8859-8", "ISO-8859-8", "ISO-8859-8"},
    {"iso-8859-9", "windows-1254", "CP1254"},
    {"iso-8859-10", "ISO-8859-10", "ISO-8859-10"},
    {"iso-8859-13", "ISO-8859-13", "ISO-8859-13"},
    {"iso-8859-14", "ISO-8859-14", "ISO-8859-14"},
    {"iso-8859-15", "ISO-8859-15", "ISO-8859-15"},
    {"iso-8859-16", "ISO-8859-16", "ISO-8859-16"},
    {"windows-1250", "windows-1250", "CP1250"},
    {"windows-1251", "windows-1251", "CP1251"},
    {"cp1251", "windows-1251", "CP1251"},
    {"windows-1253", "windows-1253", "CP1253"},
    {"windows-1254", "windows-1254", "CP1254"},
    {"windows-1255", "windows-1255", "CP1255"},
    {"windows-1256", "windows-1256", "CP1256"},
    {"windows-1257", "windows-1257", "CP1257"},
    {"windows-1258", "windows-1258", "CP1258"},
    {"windows-874", "windows-874", "CP874"},
    {"tis-620", "windows-874", "CP874"},
    {"koi8-r", "KOI8-R", "KOI8-R"},
    {"koi8-u", "KOI8-U", "KOI8-U"},
    {"ibm866", "IBM866", "CP866"},
    {"macintosh", "macintosh", "MACINTOSH"},
    {"shift_jis", "Shift_JIS", "CP932"},
    {"shift-jis", "Shift_JIS", "CP932"},
    {"x-sjis", "Shift_JIS", "CP932"},
    {"euc-jp", "EUC-JP", "EUC-JP"},
    {"iso-2022-jp", "ISO-2022-JP", "ISO-2022-JP"},
    {"gb2312", "GB18030", "GB18030"},
    {"gbk", "GB18030", "GB18030"},
    {"gb18030", "GB18030", "GB18030"},
    {"big5", "Big5", "BIG5-HKSCS"},
    {"big5-hkscs", "Big5", "BIG5-HKSCS"},
    {"euc-kr", "EUC-KR", "CP949"},
    {"ks_c_5601-1987", "EUC-KR", "CP949"},
};
constexpr std::string_view kUtf8Labels[] = {"utf-8", "utf8", "unicode-1-1-utf-8",
                                            // A file whose front was read as ASCII cannot be one of these.
                                            "utf-16", "utf-16le", "utf-16be", "unicode", "ucs-2"};
constexpr std::string_view kWesternLabels[] = {"windows-1252", "cp1252", "iso-8859-1", "iso8859-1", "latin1",
                                               "iso_8859-1",   "ascii",  "us-ascii",   "ansi"};

/// Well-formed characters outside of ASCII, and ill-formed sequences.
struct Utf8Counts {
  std::uint64_t characters = 0;
  std::uint64_t illFormed = 0;
  std::uint64_t illFormedBytes = 0;
};

template <typename Visit>
void forEachSequence(std::string_view bytes, const Visit& visit) {
  for (std::size_t at = 0; at < bytes.size();) {
    std::size_t end = at;
    while (end < bytes.size() && static_cast<unsigned char>(bytes[end]) < 0x80 && bytes[end] != '\0') ++end;
    if (end > at) {
      visit(bytes.substr(at, end - at), Utf8Kind::kCharacter, true);
      at = end;
      continue;
    }
    const Utf8Sequence sequence = readUtf8(bytes.substr(at));
    visit(bytes.substr(at, sequence.length), sequence.kind, false);
    at += sequence.length;
  }
}

Utf8Counts countUtf8(std::string_view bytes) {
  Utf8Counts counts;
  forEachSequence(bytes, [&](std::string_view sequence, Utf8Kind kind, bool ascii) {
    if (ascii || sequence == std::string_view("\0", 1)) return;
    if (kind == Utf8Kind::kCharacter) {
      ++counts.characters;
    } else {
      ++counts.illFormed;
      counts.illFormedBytes += sequence.size();
    }
  });
  return counts;
}

void dropNul(std::string& text) {
  text.erase(std::remove(text.begin(), text.end(), '\0'), text.end());
}

DecodedMarkup fromUtf8(std::string bytes, const Utf8Counts& counts) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.erase(0, 3);
  DecodedMarkup decoded{{}, "UTF-8", counts.illFormedBytes, {}};
  if (counts.illFormed == 0) {
    decoded.text = std::move(bytes);
  } else {
    forEachSequence(bytes, [&](std::string_view sequence, Utf8Kind kind, bool) {
      decoded.text += kind == Utf8Kind::kCharacter ? sequence : kReplacementCharacter;
    });
  }
  dropNul(decoded.text);
  return decoded;
}

DecodedMarkup fromWestern(std::string_view bytes) {
  DecodedMarkup decoded{{}, "windows-1252", 0, {}};
  decoded.text.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const char32_t character = fromWindows1252(byte);
    // Bytes that mean nothing stay control characters.
    if (byte != 0) appendUtf8(character != 0 ? character : byte, decoded.text);
  }
  return decoded;
}

DecodedMarkup fromUtf16(std::string_view bytes, bool bigEndian) {
  DecodedMarkup decoded{{}, bigEndian ? "UTF-16BE" : "UTF-16LE", 0, {}};
  decoded.text.reserve(bytes.size());
  const auto unit = [&](std::size_t at) -> char32_t {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return bigEndian ? static_cast<char32_t>(first << 8 | second) : static_cast<char32_t>(second << 8 | first);
  };
  std::size_t at = 0;
  while (at + 1 < bytes.size()) {
    char32_t c = unit(at);
    at += 2;
    if (c >= 0xD800 && c < 0xDC00 && at + 1 < bytes.size() && unit(at) >= 0xDC00 && unit(at) < 0xE000) {
      c = 0x10000 + ((c - 0xD800) << 10) + (unit(at) - 0xDC00);
      at += 2;
    } else if (c >= 0xD800 && c < 0xE000) {
      c = 0xFFFD;
      decoded.replacedBytes += 2;
    }
    if (c != 0 && c != 0xFEFF) appendUtf8(c, decoded.text);
  }
  if (at < bytes.size()) {
    decoded.text += kReplacementCharacter;
    ++decoded.replacedBytes;
  }
  return decoded;
}

/// Nothing if the C library does not have the character set.
std::optional<DecodedMarkup> fromCharacterSet(std::string& bytes, const CharacterSet& set) {
  const iconv_t converter = ::iconv_open("UTF-8", set.library);
  if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;  // NOLINT: the C library's way
  DecodedMarkup decoded{{}, set.name, 0, {}};
  char* in = bytes.data();
  std::size_t left = bytes.size();
  std::array<char, 16384> buffer;
  while (left > 0) {
    char* out = buffer.data();
    std::size_t space = buffer.size();
    const std::size_t result = ::iconv(converter, &in, &left, &out, &space);
    const int reason = errno;
    decoded.text.append(buffer.data(), buffer.size() - space);
    if (result != static_cast<std::size_t>(-1) || reason == E2BIG) continue;
    decoded.text += kReplacementCharacter;
    ++decoded.replacedBytes;
    ++in;
    --left;
  }
  ::iconv_close(converter);
  dropNul(decoded.text);
  return decoded;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return result;
}

/// The value after `key` and "=", in quotes or not.
std::string valueAfter(std::string_view text, std::string_view key) {
  const std::size_t found = text.find(key);
  if (found == std::string_view::npos) return {};
  text.remove_prefix(found + key.size());
  const auto skip = [&](std::string_view characters) {
    text.remove_prefix(std::min(text.find_first_not_of(characters), text.size()));
  };
  skip(" \t\r\n");
  if (!text.starts_with('=')) return {};
  text.remove_prefix(1);
  skip(" \t\r\n\"'");
  return std::string(text.substr(0, std::min(text.find_first_of(" \t\r\n\"'/>;?"), text.size())));
}

std::string declaredLabel(std::string_view bytes, MarkupKind kind) {
  const std::string front = lower(bytes.substr(0, kDeclarationBytes));
  const std::string_view text = front;
  if (text.starts_with("<?xml")) {
    if (std::string label = valueAfter(text.substr(0, text.find("?>")), "encoding"); !label.empty()) return label;
  }
  if (kind == MarkupKind::kXml) return {};
  for (std::size_t at = text.find("<meta"); at != std::string_view::npos; at = text.find("<meta", at + 1)) {
    const std::string_view tag = text.substr(at, text.find('>', at) - at);
    if (std::string label = valueAfter(tag, "charset"); !label.empty()) return label;
  }
  return {};
}

template <std::size_t Size>
bool isOneOf(const std::string& label, const std::string_view (&labels)[Size]) {
  return std::find(std::begin(labels), std::end(labels), label) != std::end(labels);
}

}  // namespace

DecodedMarkup decodeMarkup(std::string bytes, MarkupKind kind) {
  if (bytes.starts_with("\xFF\xFE")) return fromUtf16(bytes, false);
  if (bytes.starts_with("\xFE\xFF")) return fromUtf16(bytes, true);
  if (bytes.starts_with(std::string_view("<\0", 2))) return fromUtf16(bytes, false);
  if (bytes.starts_with(std::string_view("\0<", 2))) return fromUtf16(bytes, true);
  const Utf8Counts counts = countUtf8(bytes);
  const std::string label = declaredLabel(bytes, kind);
  // ISO-2022-JP is ASCII to look at.
  if (label != "iso-2022-jp" && (counts.illFormed == 0 || bytes.starts_with("\xEF\xBB\xBF"))) {
    return fromUtf8(std::move(bytes), counts);
  }
  std::string unknown;
  if (isOneOf(label, kUtf8Labels)) return fromUtf8(std::move(bytes), counts);
  if (isOneOf(label, kWesternLabels)) return fromWestern(bytes);
  if (!label.empty()) {
    const auto* set = std::find_if(std::begin(kCharacterSets), std::end(kCharacterSets),
                                   [&](const CharacterSet& candidate) { return candidate.label == label; });
    if (set != std::end(kCharacterSets)) {
      if (std::optional<DecodedMarkup> decoded = fromCharacterSet(bytes, *set)) return *std::move(decoded);
    }
    unknown = label.substr(0, 40);
  }
  // XML without a declaration is UTF-8; a page that is mostly well-formed too.
  const bool utf8 = counts.characters > counts.illFormed || (kind == MarkupKind::kXml && label.empty());
  DecodedMarkup decoded = utf8 ? fromUtf8(std::move(bytes), counts) : fromWestern(bytes);
  decoded.unknownEncoding = unknown;
  return decoded;
}

LoadedCharacterSets::LoadedCharacterSets() {
  for (const CharacterSet& set : kCharacterSets) {
    const iconv_t converter = ::iconv_open("UTF-8", set.library);
    if (converter != reinterpret_cast<iconv_t>(-1)) m_open.push_back(converter);  // NOLINT: the C library's way
  }
}

LoadedCharacterSets::~LoadedCharacterSets() {
  for (const iconv_t converter : m_open) ::iconv_close(converter);
}

}  // namespace tidemark
