#include "extract/archive/entry_path.h"

#include <algorithm>
#include <vector>

#include "engine/tokenizer/utf8.h"

namespace tidemark {

namespace {

constexpr std::size_t kLongestName = 80;
constexpr std::size_t kLongestReference = 4096;

int hexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string percentDecoded(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hexDigit(text[i + 1]) >= 0 && hexDigit(text[i + 2]) >= 0) {
      decoded += static_cast<char>(hexDigit(text[i + 1]) * 16 + hexDigit(text[i + 2]));
      i += 2;
    } else {
      decoded += text[i];
    }
  }
  return decoded;
}

/// Calls `visit` for the parts between slashes.
template <typename Visit>
void forEachPart(std::string_view path, const Visit& visit) {
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    visit(path.substr(begin, end - begin));
    begin = end + 1;
  }
}

bool hasScheme(std::string_view reference) {
  const std::size_t colon = reference.find(':');
  return colon != std::string_view::npos && colon < reference.find_first_of("/?#");
}

}  // namespace

bool leadsOutOfArchive(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find('\\') != std::string_view::npos) return true;
  bool out = false;
  forEachPart(name, [&](std::string_view part) { out = out || part == ".."; });
  return out;
}

std::string quotedName(std::string_view name) {
  std::string quoted = "\"";
  for (std::size_t at = 0; at < name.size() && at < kLongestName;) {
    const Utf8Sequence sequence = readUtf8(name.substr(at));
    const bool strange = sequence.kind != Utf8Kind::kCharacter || sequence.codePoint < 0x20 ||
                         (sequence.codePoint >= 0x7F && sequence.codePoint < 0xA0);
    quoted += strange ? std::string_view("?") : name.substr(at, sequence.length);
    at += sequence.length;
  }
  if (name.size() > kLongestName) quoted += "..";
  return quoted + "\"";
}

std::optional<EntryReference> resolveReference(std::string_view base, std::string_view reference) {
  if (reference.size() > kLongestReference || hasScheme(reference)) return std::nullopt;
  EntryReference result;
  const std::size_t hash = std::min(reference.find('#'), reference.size());
  if (hash < reference.size()) result.fragment = percentDecoded(reference.substr(hash + 1));
  const std::string path = percentDecoded(reference.substr(0, std::min(hash, reference.find('?'))));
  if (path.empty()) {
    result.path = base;
    return result;
  }
  if (path.find('\0') != std::string::npos || path.find('\\') != std::string::npos) return std::nullopt;
  std::vector<std::string_view> parts;
  bool outside = path.starts_with("//");
  const auto take = [&](std::string_view part) {
    if (part.empty() || part == ".") return;
    if (part != "..") {
      parts.push_back(part);
    } else if (parts.empty()) {
      outside = true;
    } else {
      parts.pop_back();
    }
  };
  const std::size_t folder = base.rfind('/');
  if (path.front() != '/' && folder != std::string_view::npos) forEachPart(base.substr(0, folder), take);
  forEachPart(path, take);
  if (outside || parts.empty()) return std::nullopt;
  for (const std::string_view part : parts) {
    if (!result.path.empty()) result.path += '/';
    result.path += part;
  }
  return result;
}

}  // namespace tidemark
