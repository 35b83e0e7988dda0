#include "engine/session/session_name.h"

#include <system_error>

namespace tidemark {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBlanks = " \t";

unsigned char byteAt(std::string_view text, std::size_t index) {
  return static_cast<unsigned char>(text[index]);
}

/// C0, DEL and C1: what a terminal or a list would not show as a character.
bool isControl(std::string_view character) {
  const unsigned char first = byteAt(character, 0);
  return first < 0x20 || first == 0x7f || (first == 0xc2 && character.size() == 2 && byteAt(character, 1) < 0xa0);
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::string_view withoutSuffix(std::string_view name) {
  name = trimmed(name);
  while (name.ends_with(kSessionSuffix)) name = trimmed(name.substr(0, name.size() - kSessionSuffix.size()));
  return name;
}

/// The first bytes of a text, whole characters only.
std::string_view firstBytes(std::string_view text, std::size_t most) {
  std::size_t end = 0;
  while (end < text.size()) {
    const std::size_t length = utf8CharacterLength(text.substr(end));
    if (end + length > most) break;
    end += length;
  }
  return text.substr(0, end);
}

}  // namespace

std::size_t utf8CharacterLength(std::string_view text) {
  if (text.empty()) return 0;
  const unsigned char first = byteAt(text, 0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || text.size() < length) return 0;
  // The second byte alone tells overlong forms, surrogates and values over U+10FFFF.
  const unsigned char second = byteAt(text, 1);
  const unsigned char lowest = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
  const unsigned char highest = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if ((byteAt(text, i) & 0xc0) != 0x80) return 0;
  }
  return length;
}

bool isUtf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8CharacterLength(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

Result<std::string> checkedSessionName(std::string_view typed) {
  const std::string_view name = withoutSuffix(typed);
  const auto refuse = [](const std::string& why) {
    return makeError(ErrorCode::kInvalidArgument, "a session cannot have this name: " + why);
  };
  if (name.empty()) return refuse("it is empty; type at least one character");
  if (name.size() > kLongestSessionName) {
    return refuse("it has " + std::to_string(name.size()) + " bytes and may have " +
                  std::to_string(kLongestSessionName) + "; shorten it");
  }
  if (name.front() == '.') return refuse("a dot in front would hide the file; begin with another character");
  for (std::string_view rest = name; !rest.empty();) {
    const std::size_t length = utf8CharacterLength(rest);
    if (length == 0) return refuse("it is not UTF-8; type it again");
    if (isControl(rest.substr(0, length))) {
      return refuse("it holds a line break or another control character; remove it");
    }
    if (rest.front() == '/') return refuse("it holds a '/', which separates folders; use another character");
    rest.remove_prefix(length);
  }
  return std::string(name);
}

std::string cleanSessionName(std::string_view wished) {
  std::string name;
  for (std::string_view rest = withoutSuffix(wished); !rest.empty();) {
    const std::size_t length = utf8CharacterLength(rest);
    const std::string_view character = rest.substr(0, length);
    if (length == 0 || character == "/") {
      name += '_';
    } else {
      name += isControl(character) ? " " : character;
    }
    rest.remove_prefix(length == 0 ? 1 : length);
  }
  std::string_view clean = trimmed(name);
  while (clean.starts_with('.')) clean = trimmed(clean.substr(1));
  clean = withoutSuffix(firstBytes(clean, kLongestSessionName));
  // What is cut off or taken away can leave another suffix, or nothing.
  const Result<std::string> checked = checkedSessionName(clean);
  return checked ? *checked : "session";
}

fs::path freeSessionPath(const fs::path& folder, std::string_view wished) {
  const std::string name = cleanSessionName(wished);
  for (int number = 1;; ++number) {
    const std::string ending = number == 1 ? "" : " (" + std::to_string(number) + ")";
    const std::string_view stem = firstBytes(name, kLongestSessionName - ending.size());
    fs::path path = folder / (std::string(stem) + ending + std::string(kSessionSuffix));
    std::error_code failure;
    // Where nothing can be looked up, nothing will be found taken either: the caller's next step says why.
    if (!fs::exists(fs::symlink_status(path, failure))) return path;
  }
}

}  // namespace tidemark
