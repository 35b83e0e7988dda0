#pragma once
// What a model directory does not say by itself, from somebody who knows. Every hint is optional and wins over what the
// files say, except where the tensors themselves contradict it.

#include <optional>
#include <string>

namespace tidemark {

// The empty initializers let some hints be given by name and the others be left out.
struct ModelHints {
  std::string baseConfig =
      {};  // a shape that ships ("llama-3.2-1b") or the path of a config.json; empty: the directory's
  std::optional<int> segmentSize = {};   // T: text tokens of a segment
  std::optional<int> memoryTokens = {};  // M
  std::optional<double> loraAlpha = {};  // of LoRA pairs without adapter_config.json
  std::optional<int> loraRank = {};
  // A template that ships ("llama-3"), or one with "{question}" in it; empty: by the tokenizer.
  std::string chatTemplate = {};

  /// True if nothing is hinted: the directory speaks for itself.
  [[nodiscard]] bool empty() const { return *this == ModelHints{}; }
  friend bool operator==(const ModelHints&, const ModelHints&) = default;
};

}  // namespace tidemark
