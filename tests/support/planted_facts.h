#pragma once
// Documents with facts hidden at known places of ordinary prose, phrased as those that the built-in model was trained
// on, each with the question that asks for it. The same seed gives the same document on every machine.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/types.h"
#include "engine/tokenizer/tokenizer.h"

namespace tidemark::testing {

struct PlantedFact {
  std::string sentence;
  std::string question;
  std::string answer;
  ByteRange bytes = {};  // of the sentence in the document
};

struct PlantedDocument {
  std::string text;
  std::vector<PlantedFact> facts;         // by place
  std::vector<PlantedFact> neverPlanted;  // of the same kind, about others
};

/// One question, whose answer becomes another one at some places of the document.
struct ChangingDocument {
  std::string text;
  std::vector<PlantedFact> states;  // of the same question, by place
};

/// Sentences of a book, without line breaks.
[[nodiscard]] std::vector<std::string> proseOf(const std::filesystem::path& book);

/// About so many segments of `segmentTokens` tokens, cut at the end of the last one; `facts` facts at random places and
/// as many that are not there.
[[nodiscard]] Result<PlantedDocument> plantFacts(const std::vector<std::string>& prose, const Tokenizer& tokenizer,
                                                 int segments, int segmentTokens, int facts, std::uint64_t seed);

/// The same prose, in which somebody is `states` times somewhere else: once in each part of as many equal parts.
[[nodiscard]] Result<ChangingDocument> plantChanges(const std::vector<std::string>& prose, const Tokenizer& tokenizer,
                                                    int segments, int segmentTokens, int states, std::uint64_t seed);

}  // namespace tidemark::testing
