#include "engine/tokenizer/split_dialect.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "engine/tokenizer/utf8.h"

namespace tidemark {
namespace {

constexpr std::size_t kLongestPattern = 4096;
constexpr std::size_t kDeepestGroup = 32;
constexpr int kMostRepeats = 1000;

/// White_Space of Unicode, as it stands inside a class.
constexpr std::string_view kWhiteSpace = "\\t-\\r\\x{85}\\p{Z}";

constexpr std::array<std::string_view, 37> kCategories = {
    "L",  "Lu", "Ll", "Lt", "Lm", "Lo", "M",  "Mn", "Mc", "Me", "N",  "Nd", "Nl", "No", "P",  "Pc", "Pd", "Ps", "Pe",
    "Pi", "Pf", "Po", "S",  "Sm", "Sc", "Sk", "So", "Z",  "Zs", "Zl", "Zp", "C",  "Cc", "Cf", "Cs", "Co", "Cn"};

/// Letters that some character folds to all at once ("\u00DF" is "ss" to Oniguruma when case is ignored).
constexpr std::array<std::string_view, 5> kFolded = {"ss", "ff", "fi", "fl", "st"};

bool isAsciiLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
bool isPunctuation(char c) {
  return c > ' ' && c < 0x7F && !isAsciiLetter(c) && !isDigit(c);
}

class Translator {
 public:
  explicit Translator(std::string_view pattern) : m_pattern(pattern) {}

  Result<std::string> run() {
    if (m_pattern.empty()) return makeError(ErrorCode::kCorrupt, "an empty regular expression splits nothing");
    if (m_pattern.size() > kLongestPattern) {
      return makeError(ErrorCode::kUnsupported, "a regular expression of " + std::to_string(m_pattern.size()) +
                                                    " bytes is longer than the " + std::to_string(kLongestPattern) +
                                                    " that are read");
    }
    while (m_at < m_pattern.size() && !m_error) step();
    if (!m_error && !m_groups.empty()) corrupt("a group is not closed");
    if (m_error) return *m_error;
    return m_out;
  }

 private:
  void refuse(const std::string& what) {
    if (!m_error) {
      m_error = makeError(ErrorCode::kUnsupported, "the regular expression uses " + what + " at its byte " +
                                                       std::to_string(m_at) + ", which is not supported");
    }
  }
  void corrupt(const std::string& what) {
    if (!m_error) {
      m_error = makeError(ErrorCode::kCorrupt,
                          "the regular expression is broken at its byte " + std::to_string(m_at) + ": " + what);
    }
  }

  [[nodiscard]] bool startsWith(std::string_view text) const { return m_pattern.substr(m_at).starts_with(text); }
  [[nodiscard]] char peek(std::size_t ahead = 0) const {
    return m_at + ahead < m_pattern.size() ? m_pattern[m_at + ahead] : '\0';
  }
  [[nodiscard]] bool ignoresCase() const { return !m_groups.empty() && m_groups.back(); }

  /// Copies one element: an atom with its quantifier, the beginning or end of a group, or an alternative.
  void step() {
    const char c = peek();
    if (c != '(' && c != ')' && !isAsciiLetter(c)) m_letters.clear();
    switch (c) {
      case '(':
        openGroup();
        return;
      case ')':
        if (m_groups.empty()) return corrupt("it closes a group that was not opened");
        m_groups.pop_back();
        m_out.push_back(m_pattern[m_at++]);
        return quantifier();
      case '|':
        m_out.push_back(m_pattern[m_at++]);
        return;
      case '[':
        characterClass();
        return quantifier();
      case '\\':
        escape(false);
        return quantifier();
      case '^':
      case '$':
      case '.':
        return refuse(std::string("'") + c + "'");
      case '?':
      case '*':
      case '+':
      case '{':
      case '}':
      case ']':
        return corrupt(std::string("'") + c + "' has no place there");
      default:
        literal();
        quantifier();
    }
  }

  void openGroup() {
    constexpr std::array<std::string_view, 7> kKinds = {"(?:", "(?i:", "(?>", "(?<=", "(?<!", "(?=", "(?!"};
    if (m_groups.size() >= kDeepestGroup) return refuse("groups inside each other " + std::to_string(kDeepestGroup));
    std::string_view kind = "(";
    if (peek(1) == '?') {
      const auto found = std::find_if(kKinds.begin(), kKinds.end(), [&](std::string_view k) { return startsWith(k); });
      if (found == kKinds.end()) return refuse("the group '" + std::string(m_pattern.substr(m_at, 3)) + "'");
      kind = *found;
    } else if (peek(1) == '*') {
      return refuse("the verb '(*'");
    }
    m_groups.push_back(ignoresCase() || kind == "(?i:");
    m_out.append(kind);
    m_at += kind.size();
  }

  /// One character that stands for itself.
  void literal() {
    const Utf8Sequence sequence = readUtf8(m_pattern.substr(m_at));
    if (sequence.kind != Utf8Kind::kCharacter) return corrupt("it is not UTF-8");
    if (sequence.codePoint == 0) return refuse("a zero byte");
    if (ignoresCase() && sequence.codePoint >= 0x80) return refuse("a letter outside ASCII without regard to case");
    copyLiteral(m_pattern.substr(m_at, sequence.length));
    m_at += sequence.length;
  }

  void copyLiteral(std::string_view character) {
    const char c = character[0];
    if (character.size() == 1 && isPunctuation(c)) m_out.push_back('\\');
    m_out.append(character);
    if (!ignoresCase() || !isAsciiLetter(c)) return;
    m_letters.push_back(static_cast<char>(c | 0x20));
    for (const std::string_view folded : kFolded) {
      if (m_letters.ends_with(folded)) refuse("'" + std::string(folded) + "' without regard to case");
    }
  }

  void escape(bool inClass) {
    const char c = peek(1);
    m_letters.clear();
    switch (c) {
      case 'r':
      case 'n':
      case 't':
      case 'd':
        m_out.append(m_pattern.substr(m_at, 2));
        m_at += 2;
        return;
      case 's':
        m_out.append(inClass ? std::string(kWhiteSpace) : "[" + std::string(kWhiteSpace) + "]");
        m_at += 2;
        return;
      case 'S':
        if (inClass) return refuse("'\\S' inside a class");
        m_out.append("[^" + std::string(kWhiteSpace) + "]");
        m_at += 2;
        return;
      case 'p':
      case 'P':
        return category();
      default:
        if (!isPunctuation(c)) return refuse("'" + std::string(m_pattern.substr(m_at, 2)) + "'");
        m_out.append(m_pattern.substr(m_at, 2));
        m_at += 2;
    }
  }

  void category() {
    const std::size_t close = m_pattern.find('}', m_at);
    if (peek(2) != '{' || close == std::string_view::npos) return corrupt("a category is written \\p{L}");
    std::string_view name = m_pattern.substr(m_at + 3, close - m_at - 3);
    bool inverted = peek(1) == 'P';
    if (name.starts_with('^')) {
      inverted = !inverted;
      name.remove_prefix(1);
    }
    if (std::find(kCategories.begin(), kCategories.end(), name) == kCategories.end()) {
      return refuse("the property '" +
                    std::string(m_pattern.substr(m_at, std::min<std::size_t>(close - m_at + 1, 40))) + "'");
    }
    if (ignoresCase() && (name == "Lu" || name == "Ll" || name == "Lt")) {
      return refuse("a category of case without regard to case");
    }
    m_out.append(inverted ? "\\P{" : "\\p{").append(name).push_back('}');
    m_at = close + 1;
  }

  void characterClass() {
    m_out.push_back('[');
    ++m_at;
    if (peek() == '^') {
      m_out.push_back('^');
      ++m_at;
    }
    if (peek() == ']') return refuse("']' at the beginning of a class");
    bool first = true;
    while (!m_error) {
      m_letters.clear();
      if (m_at >= m_pattern.size()) return corrupt("a class is not closed");
      if (peek() == ']') break;
      if (peek() == '[') return refuse("a class inside a class");
      if (startsWith("&&")) return refuse("'&&' in a class");
      if (peek() == '-' && !first && peek(1) != ']') return refuse("'-' between parts of a class");
      classItem();
      first = false;
    }
    if (m_error) return;
    m_out.push_back(']');
    ++m_at;
  }

  /// A character, a range of two, or an escape.
  void classItem() {
    if (peek() == '\\' && (isAsciiLetter(peek(1)) || isDigit(peek(1)))) {
      escape(true);
      if (peek() == '-' && peek(1) != ']') refuse("a range that begins with an escape");
      return;
    }
    const std::optional<char32_t> low = classCharacter();
    if (!low || peek() != '-' || peek(1) == ']' || peek(1) == '\0') return;
    m_out.push_back('-');
    ++m_at;
    if (peek() == '[' || (peek() == '\\' && !isPunctuation(peek(1)))) return refuse("a range that ends with an escape");
    const std::optional<char32_t> high = classCharacter();
    if (high && *high < *low) corrupt("a range ends before it begins");
  }

  std::optional<char32_t> classCharacter() {
    if (peek() == '\\') {
      if (!isPunctuation(peek(1))) {
        refuse("'" + std::string(m_pattern.substr(m_at, 2)) + "' in a class");
        return std::nullopt;
      }
      ++m_at;
    }
    m_letters.clear();
    const Utf8Sequence sequence = readUtf8(m_pattern.substr(m_at));
    literal();
    if (m_error) return std::nullopt;
    return sequence.codePoint;
  }

  void quantifier() {
    const char c = peek();
    if (m_error || m_at >= m_pattern.size() || (c != '?' && c != '*' && c != '+' && c != '{')) return;
    m_letters.clear();
    if (c == '{') {
      interval();
    } else {
      m_out.push_back(c);
      ++m_at;
      if (peek() == '?' || peek() == '+') {
        m_out.push_back(peek());
        ++m_at;
      }
    }
    // A second one repeats the first to Oniguruma, and may mean something else to PCRE2.
    const bool again = peek() == '?' || peek() == '*' || peek() == '+' || peek() == '{';
    if (!m_error && again) refuse("a quantifier after a quantifier");
  }

  void interval() {
    std::size_t at = m_at + 1;
    const auto number = [&]() -> std::optional<int> {
      int value = 0;
      const std::size_t begin = at;
      while (at < m_pattern.size() && isDigit(m_pattern[at]) && value <= kMostRepeats) {
        value = value * 10 + (m_pattern[at++] - '0');
      }
      return at == begin ? std::nullopt : std::optional<int>(value);
    };
    const std::optional<int> low = number();
    std::optional<int> high = low;
    if (at < m_pattern.size() && m_pattern[at] == ',') {
      ++at;
      high = number();
    }
    if (!low || at >= m_pattern.size() || m_pattern[at] != '}') return refuse("'{' other than {m}, {m,} and {m,n}");
    if (*low > kMostRepeats || high.value_or(0) > kMostRepeats) {
      return refuse("more than " + std::to_string(kMostRepeats) + " repetitions");
    }
    if (high && *high < *low) return corrupt("an interval ends before it begins");
    m_out.append(m_pattern.substr(m_at, at + 1 - m_at));
    m_at = at + 1;
  }

  std::string_view m_pattern;
  std::size_t m_at = 0;
  std::string m_out;
  std::vector<bool> m_groups;  // open ones, outermost first: whether case is ignored inside
  std::string m_letters;       // those just copied without regard to case
  std::optional<Error> m_error;
};

}  // namespace

Result<std::string> translateSplitPattern(std::string_view pattern) {
  return Translator(pattern).run();
}

std::string literalSplitPattern(std::string_view text) {
  std::string pattern;
  for (const char c : text) {
    if (isPunctuation(c)) pattern.push_back('\\');
    pattern.push_back(c);
  }
  return pattern;
}

}  // namespace tidemark
