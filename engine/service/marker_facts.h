#pragma once
// Facts that are planted in a text to find out what is left of them later: plain sentences of the forms that the
// built-in model knows (resources/models/mini), about names that the text does not have. Pure; any thread.

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace tidemark {

/// Which of the names that facts are about stand in a text as words, in any case. Memory does not grow with the text.
class NamesInText {
 public:
  /// Pieces may be cut anywhere.
  void scan(std::string_view piece);
  /// Nothing follows.
  void finish();
  [[nodiscard]] bool contains(std::string_view name) const;

 private:
  void take(std::string_view word);
  std::string m_cut;              // the word at the end of the last piece, in lower case
  std::set<std::string> m_found;  // in lower case
};

struct MarkerFact {
  std::string sentence;  // ends with a full stop
  std::string question;
  std::string answer;
  std::string_view choices;  // all that answers to such a question can be, between spaces; empty: numbers
};

/// `count` facts, no two with the same question, their kinds in turn. The same seed and names give the same facts.
/// Errors: kInvalidArgument (the text has so many of the names that only fewer can be made: how many).
[[nodiscard]] Result<std::vector<MarkerFact>> makeMarkerFacts(const NamesInText& taken, int count, std::uint64_t seed);

/// Whether the answer names what the fact says and nothing else that it could have said.
[[nodiscard]] bool isRecalled(const MarkerFact& fact, std::string_view answer);

}  // namespace tidemark
