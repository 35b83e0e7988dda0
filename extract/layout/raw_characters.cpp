#include "extract/layout/raw_characters.h"

#include <array>

#include "engine/tokenizer/utf8.h"

namespace tidemark {
namespace {

constexpr char32_t kDividedWord = 0xFFFE;

/// Old fonts have accents as characters of their own, set before the letter.
struct Accent {
  char32_t spacing;
  std::u32string_view letters;
  std::u32string_view composed;
};
constexpr std::array<Accent, 8> kAccents{{
    {0x00A8, U"aeiouyAEIOUY\u0131", U"äëïöüÿÄËÏÖÜŸï"},
    {0x00B4, U"aeiouycnszlrAEIOUYCNSZ\u0131", U"áéíóúýćńśźĺŕÁÉÍÓÚÝĆŃŚŹí"},
    {0x0060, U"aeiouAEIOU\u0131", U"àèìòùÀÈÌÒÙì"},
    {0x02C6, U"aeiouAEIOUcghjsw\u0131", U"âêîôûÂÊÎÔÛĉĝĥĵŝŵî"},
    {0x02DC, U"anoANOiu", U"ãñõÃÑÕĩũ"},
    {0x02DA, U"auAU", U"åůÅŮ"},
    {0x02C7, U"cszrendtCSZREND", U"čšžřěňďťČŠŽŘĚŇĎ"},
    {0x00B8, U"cstCST", U"çşţÇŞŢ"},
}};

char32_t composed(char32_t accent, char32_t letter) {
  for (const Accent& entry : kAccents) {
    if (entry.spacing != accent) continue;
    const std::size_t at = entry.letters.find(letter);
    return at == std::u32string_view::npos ? 0 : entry.composed[at];
  }
  return 0;
}

std::u32string_view ligature(char32_t code) {
  switch (code) {
    case 0xFB00:
      return U"ff";
    case 0xFB01:
      return U"fi";
    case 0xFB02:
      return U"fl";
    case 0xFB03:
      return U"ffi";
    case 0xFB04:
      return U"ffl";
    case 0xFB05:
    case 0xFB06:
      return U"st";
    default:
      return {};
  }
}

/// Bullets of the symbol fonts that word processors use, which have no Unicode of their own.
bool isSymbolBullet(char32_t code) {
  return code == 0xF0B7 || code == 0xF0A7 || code == 0xF076 || code == 0xF0D8;
}
bool isPrivate(char32_t code) {
  return (code >= 0xE000 && code <= 0xF8FF) || code >= 0xF0000;
}

class Reader {
 public:
  void add(char32_t code, std::uint32_t index) {
    std::vector<RawCharacter>& out = m_result.characters;
    if (code > 0x20 && code < 0x7F &&
        (out.empty() || out.back().code < 0x60 || (out.back().code > 0x60 && out.back().code < 0x7F))) {
      out.push_back({code, index});  // nearly always
    } else if (code < 0x20 || (code >= 0x7F && code < 0xA0)) {
      addControl(code, index);
    } else if (code == kDividedWord) {
      out.push_back({kSoftHyphen, index});
      out.push_back({U'\n', index});
    } else if (isWhiteSpace(code)) {
      out.push_back({U' ', index});
    } else if (isSymbolBullet(code)) {
      out.push_back({0x2022, index});
    } else if (isPrivate(code) || code == 0xFFFF || code == 0xFFFD) {
      ++m_result.meaningless;
    } else if (code == 0x200B || code == 0xFEFF || code == 0x2060) {
      // nothing to see and nothing to read
    } else if (const std::u32string_view letters = ligature(code); !letters.empty()) {
      for (const char32_t letter : letters) out.push_back({letter, index});
    } else {
      addVisible(code, index);
    }
  }
  void countMeaningless() { ++m_result.meaningless; }
  void reserve(std::size_t count) { m_result.characters.reserve(count); }
  RawCharacters take() { return std::move(m_result); }

 private:
  void addControl(char32_t code, std::uint32_t index) {
    std::vector<RawCharacter>& out = m_result.characters;
    if (code == U'\t') out.push_back({U' ', index});
    // "\r\n" is one line end.
    const bool second =
        code == U'\n' && m_afterReturn && !out.empty() && out.back().code == U'\n' && out.back().index + 1 == index;
    if ((code == U'\r' || code == U'\n' || code == U'\f' || code == U'\v' || code == 0x85) && !second) {
      out.push_back({U'\n', index});
    }
    m_afterReturn = code == U'\r';
  }
  void addVisible(char32_t code, std::uint32_t index) {
    std::vector<RawCharacter>& out = m_result.characters;
    if (!out.empty() && code < 0x180) {
      // A grave accent may also be a quotation mark: only inside of a word.
      const bool certain = out.back().code != U'`' || (out.size() > 1 && isLetter(out[out.size() - 2].code));
      const char32_t both = certain ? composed(out.back().code, code) : 0;
      if (both != 0) {
        out.back().code = both;
        return;
      }
    }
    out.push_back({code, index});
  }

  RawCharacters m_result;
  bool m_afterReturn = false;
};

}  // namespace

RawCharacters readCharacters(std::u16string_view text) {
  Reader reader;
  reader.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t unit = text[i];
    const bool high = unit >= 0xD800 && unit < 0xDC00;
    if (high && i + 1 < text.size() && text[i + 1] >= 0xDC00 && text[i + 1] < 0xE000) {
      reader.add(0x10000 + ((unit - 0xD800) << 10) + (text[i + 1] - 0xDC00U), static_cast<std::uint32_t>(i));
      ++i;
    } else if (unit >= 0xD800 && unit < 0xE000) {
      reader.countMeaningless();
    } else {
      reader.add(unit, static_cast<std::uint32_t>(i));
    }
  }
  return reader.take();
}

RawCharacters readCharacters(std::string_view utf8) {
  Reader reader;
  for (std::size_t i = 0; i < utf8.size();) {
    const Utf8Sequence sequence = readUtf8(utf8.substr(i));
    if (sequence.kind == Utf8Kind::kCharacter) reader.add(sequence.codePoint, static_cast<std::uint32_t>(i));
    i += sequence.length;
  }
  return reader.take();
}

bool isLowercase(char32_t code) {
  if (code < 0x80) return code >= U'a' && code <= U'z';
  if (code < 0x100) return code >= 0xDF && code != 0xF7;
  if (code < 0x180) {
    // Pairs of a capital and a small letter; from U+0139 to U+0148 and from U+0179 on the capitals are odd.
    const bool oddCapitals = (code >= 0x139 && code <= 0x148) || code >= 0x179;
    return code == 0x138 || code == 0x149 || code == 0x17F || ((code % 2 == 0) == oddCapitals && code != 0x178);
  }
  return (code >= 0x3AC && code <= 0x3CE) || (code >= 0x430 && code <= 0x45F);
}

bool isUppercase(char32_t code) {
  if (code < 0x80) return code >= U'A' && code <= U'Z';
  if (code < 0x100) return code >= 0xC0 && code <= 0xDE && code != 0xD7;
  if (code < 0x180) return !isLowercase(code);
  return (code >= 0x386 && code <= 0x3AB) || (code >= 0x400 && code <= 0x42F);
}

}  // namespace tidemark
