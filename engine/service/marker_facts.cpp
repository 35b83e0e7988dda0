#include "engine/service/marker_facts.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/split_mix.h"

namespace tidemark {
namespace {

constexpr std::string_view kPersonNames =
    "Alice Anna Arthur Beatrice Ben Carl Carol Charles Clara David Diana Edgar Edith Edward Ellen Emma Erik Fiona "
    "Frank George Grace Hannah Harry Helen Henry Hugo Ida Irene Isaac Ivan Jack James Jane Julia Karl Kate Laura Leo "
    "Linda Louis Lucy Marcus Maria Martha Martin Max Nina Nora Oliver Oscar Paul Peter Philip Rachel Robert Rosa Ruth "
    "Samuel Sarah Simon Sofia Stella Susan Thomas Victor Walter William";
constexpr std::string_view kPlaceNames =
    "kitchen bathroom bedroom garden hallway office library cellar harbor market station stable attic tower bakery "
    "chapel museum theater hospital school park cinema forest bridge castle village warehouse laboratory balcony "
    "pantry workshop courtyard barn lighthouse";
constexpr std::string_view kObjectNames =
    "football milk apple lantern umbrella compass violin letter camera hammer basket ring map knife bottle key coin "
    "watch candle hat coat rope mirror painting telescope suitcase notebook";
constexpr std::string_view kCityNames =
    "Paris London Berlin Vienna Madrid Rome Lisbon Prague Boston Chicago Dublin Oslo Cairo Delhi Tokyo Moscow Geneva "
    "Athens Havana Lima";
constexpr std::string_view kProfessions =
    "baker doctor teacher sailor farmer painter lawyer soldier carpenter butcher tailor nurse pilot fisherman miller "
    "blacksmith banker gardener";
constexpr std::string_view kColorNames = "red blue green yellow white black purple orange brown gray pink silver";
constexpr std::string_view kYears = "year";   // 1600 to 1999
constexpr std::string_view kCodes = "codes";  // of four digits

/// %1 is what the fact is about, %2 what it says of it.
struct FactForm {
  std::string_view about;
  std::string_view choices;
  std::string_view sentence;
  std::string_view question;
};
constexpr std::array<FactForm, 7> kForms = {{
    {kPersonNames, kCityNames, "%1 was born in %2.", "Where was %1 born?"},
    {kPlaceNames, kCodes, "The secret code of the %1 is %2.", "What is the secret code of the %1?"},
    {kPersonNames, kProfessions, "%1 works as a %2.", "What is the profession of %1?"},
    {kObjectNames, kPersonNames, "The %1 belongs to %2.", "Who owns the %1?"},
    {kPersonNames, kColorNames, "The favorite color of %1 is %2.", "What is the favorite color of %1?"},
    {kObjectNames, kPlaceNames, "The %1 is hidden in the %2.", "Where is the %1 hidden?"},
    {kPersonNames, kYears, "%1 was born in the year %2.", "When was %1 born?"},
}};

/// Numbers are not listed.
bool isListed(std::string_view choices) {
  return choices != kYears && choices != kCodes;
}

std::vector<std::string> wordsOf(std::string_view list) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(' ', begin), list.size());
    words.emplace_back(list.substr(begin, end - begin));
    begin = end + 1;
  }
  return words;
}

char lowerCase(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return lowerCase(c); });
  return lower;
}

/// Letters outside ASCII are taken for parts of words.
bool isInWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool isNumber(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::size_t longestName() {
  std::size_t longest = 0;
  for (const FactForm& form : kForms) {
    for (const std::string& word : wordsOf(form.about)) longest = std::max(longest, word.size());
  }
  return longest;
}

/// What facts can be about, in lower case.
const std::set<std::string>& allNames() {
  static const std::set<std::string> names = [] {
    std::set<std::string> all;
    for (const FactForm& form : kForms) {
      for (const std::string& word : wordsOf(form.about)) all.insert(lowerCase(word));
    }
    return all;
  }();
  return names;
}

std::vector<std::string> shuffled(std::vector<std::string> words, SplitMix64& random) {
  for (std::size_t i = words.size(); i > 1; --i) std::swap(words[i - 1], words[random.below(i)]);
  return words;
}

std::string filled(std::string_view form, const std::string& about, const std::string& value) {
  std::string text(form);
  if (const std::size_t at = text.find("%1"); at != std::string::npos) text.replace(at, 2, about);
  if (const std::size_t at = text.find("%2"); at != std::string::npos) text.replace(at, 2, value);
  return text;
}

std::string drawValue(std::string_view choices, SplitMix64& random) {
  if (choices == kYears) return std::to_string(1600 + random.below(400));
  if (choices == kCodes) return std::to_string(1000 + random.below(9000));
  const std::vector<std::string> words = wordsOf(choices);
  return words[random.below(words.size())];
}

}  // namespace

void NamesInText::take(std::string_view word) {
  std::string lower = lowerCase(word);
  if (allNames().contains(lower)) m_found.insert(std::move(lower));
}

void NamesInText::scan(std::string_view piece) {
  static const std::size_t longest = longestName();
  for (const char c : piece) {
    if (isInWord(c)) {
      if (m_cut.size() <= longest) m_cut += c;  // one that is longer is no name, however long it is
    } else if (!m_cut.empty()) {
      take(m_cut);
      m_cut.clear();
    }
  }
}

void NamesInText::finish() {
  take(m_cut);
  m_cut.clear();
}

bool NamesInText::contains(std::string_view name) const {
  return m_found.contains(lowerCase(name));
}

Result<std::vector<MarkerFact>> makeMarkerFacts(const NamesInText& taken, int count, std::uint64_t seed) {
  SplitMix64 random(seed);
  std::array<std::vector<std::string>, kForms.size()> free;
  for (std::size_t i = 0; i < kForms.size(); ++i) {
    free[i] = shuffled(wordsOf(kForms[i].about), random);
    std::erase_if(free[i], [&](const std::string& name) { return taken.contains(name); });
  }
  std::set<std::string> used;  // names, until there is none left that is not
  std::vector<MarkerFact> facts;
  while (static_cast<int>(facts.size()) < count) {
    const std::size_t before = facts.size();
    for (std::size_t i = 0; i < kForms.size() && static_cast<int>(facts.size()) < count; ++i) {
      if (free[i].empty()) continue;
      auto chosen =
          std::find_if(free[i].begin(), free[i].end(), [&](const auto& name) { return !used.contains(name); });
      if (chosen == free[i].end()) chosen = free[i].begin();
      const std::string about = *chosen;
      free[i].erase(chosen);
      used.insert(about);
      const FactForm& form = kForms[i];
      const std::string value = drawValue(form.choices, random);
      facts.push_back({filled(form.sentence, about, value), filled(form.question, about, value), value,
                       isListed(form.choices) ? form.choices : std::string_view{}});
    }
    if (facts.size() > before) continue;
    return makeError(ErrorCode::kInvalidArgument, "only " + std::to_string(facts.size()) +
                                                      " facts can be made of names that the text does not have, " +
                                                      "and " + std::to_string(count) +
                                                      " were asked for; ask for fewer");
  }
  return facts;
}

bool isRecalled(const MarkerFact& fact, std::string_view answer) {
  const std::string wanted = lowerCase(fact.answer);
  const std::string choices = " " + lowerCase(fact.choices) + " ";
  bool named = false;
  for (std::size_t begin = 0; begin < answer.size();) {
    std::size_t end = begin;
    while (end < answer.size() && isInWord(answer[end])) ++end;
    const std::string word = lowerCase(answer.substr(begin, end - begin));
    begin = end + 1;
    if (word.empty()) continue;
    if (word == wanted) {
      named = true;
    } else if (fact.choices.empty() ? isNumber(word) : choices.find(" " + word + " ") != std::string::npos) {
      return false;
    }
  }
  return named;
}

}  // namespace tidemark
