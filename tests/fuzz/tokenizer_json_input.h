#pragma once
// What the fuzzer of tokenizer.json makes of its input, shared with the test that replays its corpus: a file that
// begins with '{', or a regular expression on the first line and a text after it.

#include <string>
#include <string_view>

#include "engine/tokenizer/byte_level.h"
#include "engine/tokenizer/byte_level_tokenizer.h"

namespace tidemark::test {

/// A string as it stands in JSON.
inline std::string inJson(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string json = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && c != '"' && c != '\\') {
      json += c;
    } else {
      json += "\\u00";
      json += kDigits[byte >> 4];
      json += kDigits[byte & 15];
    }
  }
  return json + "\"";
}

/// "piece":id for every single byte.
inline std::string byteVocabulary() {
  std::string json;
  for (int byte = 0; byte < 256; ++byte) {
    json += (byte > 0 ? "," : "") + inJson(byteLevelOf(std::string(1, static_cast<char>(byte)))) + ":" +
            std::to_string(byte);
  }
  return json;
}

/// A tokenizer.json without merges that cuts text with `pattern`.
inline std::string tokenizerJsonWithPattern(std::string_view pattern) {
  return R"({"model":{"type":"BPE","merges":[],"vocab":{)" + byteVocabulary() +
         R"(}},"pre_tokenizer":{"type":"Sequence","pretokenizers":[{"type":"Split","behavior":"Isolated","pattern":{"Regex":)" +
         inJson(pattern) +
         R"(}},{"type":"ByteLevel","add_prefix_space":false,"use_regex":false}]},"decoder":{"type":"ByteLevel"}})";
}

struct TokenizerInput {
  std::string file;
  std::string_view text;
};

inline TokenizerInput tokenizerInput(std::string_view input) {
  if (input.starts_with('{'))
    return {std::string(input), input.substr(input.size() - std::min<std::size_t>(input.size(), 256))};
  const std::size_t lineEnd = std::min(input.find('\n'), input.size());
  return {tokenizerJsonWithPattern(input.substr(0, lineEnd)), input.substr(std::min(lineEnd + 1, input.size()))};
}

}  // namespace tidemark::test
