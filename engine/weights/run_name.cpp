#include "engine/weights/run_name.h"

#include <array>
#include <charconv>

#include "engine/weights/config_parts.h"

namespace tidemark {
namespace {

constexpr int kSmallestSegment = 16;  // below, it is a count or an index

char lowerCase(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}

bool isWordCharacter(char c) {
  return isDigit(c) || (lowerCase(c) >= 'a' && lowerCase(c) <= 'z');
}

/// The number at the front of `text`, with its length.
struct LeadingNumber {
  int value = 0;
  std::size_t length = 0;
};

LeadingNumber leadingNumber(std::string_view text) {
  LeadingNumber number;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number.value);
  // from_chars takes a minus sign too.
  if (text.empty() || !isDigit(text.front()) || failure != std::errc()) return {};
  number.length = static_cast<std::size_t>(end - text.data());
  return number;
}

/// Length of "seg", "segm", "segment", "segment_size" and the like at the front of `text` (lower case), with the sign
/// behind it; 0 if none.
std::size_t segmentWordLength(std::string_view text) {
  // Longest first: "segm" would be found in "segment".
  constexpr std::array<std::string_view, 8> kWords = {"segment_size", "segment-size", "segmentsize", "seg_size",
                                                      "segsize",      "segment",      "segm",        "seg"};
  for (const std::string_view word : kWords) {
    if (!text.starts_with(word)) continue;
    std::size_t length = word.size();
    if (length < text.size() && (text[length] == '_' || text[length] == '-' || text[length] == '=')) ++length;
    if (length < text.size() && isDigit(text[length])) return length;
  }
  return 0;
}

/// Keeps the one value that is seen; two different ones are none.
class OnlyValue {
 public:
  void see(int value) {
    m_doubtful = m_doubtful || (m_value && *m_value != value);
    m_value = value;
  }
  [[nodiscard]] std::optional<int> get() const { return m_doubtful ? std::nullopt : m_value; }

 private:
  std::optional<int> m_value;
  bool m_doubtful = false;
};

}  // namespace

std::optional<int> segmentSizeOfRunName(std::string_view given) {
  std::string name(given);
  for (char& c : name) c = lowerCase(c);
  OnlyValue size;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (at > 0 && isWordCharacter(name[at - 1])) continue;
    const std::string_view rest = std::string_view(name).substr(at);
    const std::size_t word = segmentWordLength(rest);
    if (word == 0) continue;
    const LeadingNumber number = leadingNumber(rest.substr(word));
    const std::size_t end = word + number.length;
    const bool isWhole = number.length > 0 && (end == rest.size() || !isWordCharacter(rest[end]));
    if (isWhole && number.value >= kSmallestSegment && number.value <= kMaxSegment) size.see(number.value);
  }
  return size.get();
}

std::optional<SegmentGrid> segmentGridOfRunName(std::string_view name) {
  std::optional<SegmentGrid> grid;
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (at > 0 && isWordCharacter(name[at - 1])) continue;
    const LeadingNumber segments = leadingNumber(name.substr(at));
    const std::size_t sign = at + segments.length;
    if (segments.length == 0 || sign >= name.size() || lowerCase(name[sign]) != 'x') continue;
    const LeadingNumber tokens = leadingNumber(name.substr(sign + 1));
    const std::size_t end = sign + 1 + tokens.length;
    const bool isWhole = tokens.length > 0 && (end == name.size() || !isWordCharacter(name[end]));
    if (!isWhole || tokens.value < kSmallestSegment || tokens.value > kMaxSegment || segments.value < 1) continue;
    if (grid) return std::nullopt;
    grid = SegmentGrid{segments.value, tokens.value};
  }
  return grid;
}

}  // namespace tidemark
