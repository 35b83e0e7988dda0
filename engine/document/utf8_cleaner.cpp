#include "engine/document/utf8_cleaner.h"

#include <algorithm>

#include "engine/tokenizer/utf8.h"

namespace tidemark {

namespace {

constexpr std::size_t kLongestMark = 4;  // of UTF-32, little-endian

/// The encoding that a byte order mark at the front announces, if it is one we do not read.
std::string_view foreignEncoding(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.substr(0, 4) == "\xFF\xFE\0\0"sv || bytes.substr(0, 4) == "\0\0\xFE\xFF"sv) return "UTF-32";
  if (bytes.substr(0, 2) == "\xFF\xFE"sv) return "UTF-16 (little-endian)";
  if (bytes.substr(0, 2) == "\xFE\xFF"sv) return "UTF-16 (big-endian)";
  return {};
}

bool isPlain(char c) {
  return static_cast<unsigned char>(c) < 0x80 && c != '\r' && c != '\0';
}

}  // namespace

Status Utf8Cleaner::push(std::string_view bytes, std::string& out) {
  m_sourceBytes += bytes.size();
  m_pending.append(bytes);
  if (m_atStart && m_pending.size() < kLongestMark) return {};
  return clean(false, out);
}

Status Utf8Cleaner::finish(std::string& out) {
  return clean(true, out);
}

Status Utf8Cleaner::dropByteOrderMark() {
  m_atStart = false;
  if (const std::string_view encoding = foreignEncoding(m_pending); !encoding.empty()) {
    return makeError(ErrorCode::kInvalidArgument,
                     "it is " + std::string(encoding) + " text; convert it to UTF-8 (for example with iconv) first");
  }
  if (m_pending.starts_with("\xEF\xBB\xBF")) m_pending.erase(0, 3);
  return {};
}

/// Copies the ASCII characters at the front, which nearly all of many texts are; whether there were any.
bool Utf8Cleaner::copyPlainText(std::string_view& rest, std::string& out) {
  if (m_afterReturn && rest.front() == '\n') {
    m_afterReturn = false;
    rest.remove_prefix(1);
    return true;
  }
  const auto end = std::find_if_not(rest.begin(), rest.end(), isPlain);
  const auto count = static_cast<std::size_t>(end - rest.begin());
  if (count == 0) return false;
  out.append(rest.substr(0, count));
  rest.remove_prefix(count);
  m_characters += count;
  m_afterReturn = false;
  return true;
}

Status Utf8Cleaner::clean(bool last, std::string& out) {
  if (m_atStart) {
    if (Status status = dropByteOrderMark(); !status) return status;
  }
  const std::size_t before = out.size();
  std::string_view rest = m_pending;
  while (!rest.empty()) {
    if (copyPlainText(rest, out)) continue;
    if (rest.front() == '\0') {
      return makeError(ErrorCode::kInvalidArgument, "it is a binary file (NUL at byte " +
                                                        std::to_string(m_sourceBytes - rest.size()) +
                                                        "); give a text file in UTF-8");
    }
    const Utf8Sequence sequence = readUtf8(rest);
    if (sequence.kind == Utf8Kind::kIncomplete && !last) break;
    m_afterReturn = rest.front() == '\r';
    if (m_afterReturn) {
      out.push_back('\n');
    } else if (sequence.kind == Utf8Kind::kCharacter) {
      out.append(rest.substr(0, sequence.length));
    } else {
      out.append(kReplacementCharacter);
      m_replacedBytes += sequence.length;
    }
    ++m_characters;
    rest.remove_prefix(sequence.length);
  }
  m_textBytes += out.size() - before;
  m_pending.erase(0, m_pending.size() - rest.size());
  return {};
}

}  // namespace tidemark
