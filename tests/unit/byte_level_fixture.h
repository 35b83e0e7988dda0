#pragma once
// Small tokenizers of the kind of tokenizer.json, from tests/data or made by hand.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "tests/fuzz/tokenizer_json_input.h"
#include "tests/unit/tokenizer_fixture.h"

namespace tidemark::test {

inline const Tokenizer& smallTokenizer(const std::string& name) {
  static const auto load = [](const char* folder) {
    Result<std::unique_ptr<Tokenizer>> loaded =
        loadTokenizer(std::filesystem::path(TM_SOURCE_DIR "/tests/data/tokenizer") / folder);
    TM_CHECK(loaded.ok(), loaded.error().message);
    return std::move(*loaded);
  };
  static const std::unique_ptr<Tokenizer> gpt2 = load("gpt2");
  static const std::unique_ptr<Tokenizer> llama3 = load("llama3");
  return name == "gpt2" ? *gpt2 : *llama3;
}

/// A seed of the fuzzer as JSON, to be changed and loaded.
inline nlohmann::json seedJson(const std::string& name) {
  return nlohmann::json::parse(
      readWhole(std::filesystem::path(TM_SOURCE_DIR "/tests/fuzz/corpus/tokenizer_json") / name));
}

inline Result<std::unique_ptr<Tokenizer>> loadJson(const nlohmann::json& document) {
  return loadByteLevelTokenizer(document.dump(), "tokenizer.json");
}

/// The text of every token, by its range.
inline std::vector<std::string> surfacesOf(const Tokenizer& tokenizer, std::string_view text) {
  std::vector<std::string> result;
  for (const ByteRange& range : encoded(tokenizer, text).bytes) {
    result.emplace_back(text.substr(range.begin, range.end - range.begin));
  }
  return result;
}

}  // namespace tidemark::test
