#include "tests/support/planted_facts.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string_view>

#include "engine/base/split_mix.h"
#include "engine/document/memory_text_source.h"
#include "engine/document/sentence_splitter.h"
#include "engine/document/token_stream.h"

namespace tidemark::testing {
namespace {

constexpr std::string_view kPersons =
    "Alice Anna Arthur Beatrice Ben Carl Carol Charles Clara David Diana Edgar Edith Edward Ellen Emma Erik Fiona "
    "Frank "
    "George Grace Hannah Harry Helen Henry Hugo Ida Irene Isaac Ivan Jack James Jane Julia Karl Kate Laura Leo Linda "
    "Louis Lucy Marcus Maria Martha Martin Max Nina Nora Oliver Oscar Paul Peter Philip Rachel Robert Rosa Ruth Samuel "
    "Sarah Simon Sofia Stella Susan Thomas Victor Walter William";
constexpr std::string_view kPlaces =
    "kitchen bathroom bedroom garden hallway office library cellar harbor market station stable attic tower bakery "
    "chapel museum theater hospital school park cinema forest bridge castle village warehouse laboratory balcony "
    "pantry "
    "workshop courtyard barn lighthouse";
constexpr std::string_view kObjects =
    "football milk apple lantern umbrella compass violin letter camera hammer basket ring map knife bottle key coin "
    "watch candle hat coat rope mirror painting telescope suitcase notebook";
constexpr std::string_view kCities =
    "Paris London Berlin Vienna Madrid Rome Lisbon Prague Boston Chicago Dublin Oslo Cairo Delhi Tokyo Moscow Geneva "
    "Athens Havana Lima";
constexpr std::string_view kJobs =
    "baker doctor teacher sailor farmer painter lawyer soldier carpenter butcher tailor nurse pilot fisherman miller "
    "blacksmith banker gardener";
constexpr std::string_view kColors = "red blue green yellow white black purple orange brown gray pink silver";
constexpr std::array<std::string_view, 4> kMoves = {"went to", "moved to", "journeyed to", "travelled to"};

/// Words in an order of their own, each given once, from the beginning again when all were.
class Deck {
 public:
  Deck(std::string_view words, SplitMix64& random) {
    std::istringstream stream{std::string(words)};
    m_words.assign(std::istream_iterator<std::string>(stream), {});
    for (std::size_t i = m_words.size(); i > 1; --i) std::swap(m_words[i - 1], m_words[random.below(i)]);
  }
  const std::string& draw() { return m_words[m_next++ % m_words.size()]; }

 private:
  std::vector<std::string> m_words;
  std::size_t m_next = 0;
};

class FactMaker {
 public:
  explicit FactMaker(SplitMix64& random)
      : m_random(random),
        m_persons(kPersons, random),
        m_places(kPlaces, random),
        m_objects(kObjects, random),
        m_cities(kCities, random),
        m_jobs(kJobs, random),
        m_colors(kColors, random) {}

  PlantedFact make() {
    switch (m_random.below(8)) {
      case 0: {
        const std::string place = m_places.draw();
        const std::string code = std::to_string(1000 + m_random.below(9000));
        return {"The secret code of the " + place + " is " + code + ".",
                "What is the secret code of the " + place + "?", code};
      }
      case 1:
        return about("was born in", m_cities.draw(), "Where was %1 born?");
      case 2:
        return about("works as a", m_jobs.draw(), "What is the profession of %1?");
      case 3: {
        const std::string person = m_persons.draw();
        const std::string color = m_colors.draw();
        return {"The favorite color of " + person + " is " + color + ".",
                "What is the favorite color of " + person + "?", color};
      }
      case 4: {
        const std::string object = m_objects.draw();
        const std::string person = m_persons.draw();
        return {"The " + object + " belongs to " + person + ".", "Who owns the " + object + "?", person};
      }
      case 5: {
        const std::string object = m_objects.draw();
        const std::string place = m_places.draw();
        return {"The " + object + " is hidden in the " + place + ".", "Where is the " + object + " hidden?", place};
      }
      case 6: {
        const std::string year = std::to_string(1600 + m_random.below(400));
        PlantedFact fact = about("was born in the year", year, "When was %1 born?");
        return fact;
      }
      default:
        return move(m_persons.draw());
    }
  }

  /// One person, again and again.
  std::vector<PlantedFact> moves(int count) {
    const std::string person = m_persons.draw();
    std::vector<PlantedFact> facts;
    for (int i = 0; i < count; ++i) facts.push_back(move(person));
    return facts;
  }

 private:
  PlantedFact move(const std::string& person) {
    const std::string place = m_places.draw();
    const std::string verb(kMoves[m_random.below(kMoves.size())]);
    return {person + " " + verb + " the " + place + ".", "Where is " + person + "?", place};
  }
  PlantedFact about(const std::string& relation, const std::string& answer, std::string question) {
    const std::string person = m_persons.draw();
    question.replace(question.find("%1"), 2, person);
    return {person + " " + relation + " " + answer + ".", question, answer};
  }

  SplitMix64& m_random;
  Deck m_persons, m_places, m_objects, m_cities, m_jobs, m_colors;
};

/// End of the last full segment.
Result<std::uint64_t> endOfSegment(const std::string& text, const Tokenizer& tokenizer, int segments,
                                   int segmentTokens) {
  const MemoryTextSource source(text);
  TokenStream stream(source, tokenizer, 0);
  Segmenter segmenter(segmentTokens);
  std::uint64_t end = 0;
  for (int i = 0; i < segments; ++i) {
    const auto segment = segmenter.next(stream);
    if (!segment) return segment.error();
    if (!segment->has_value()) break;
    end = (*segment)->bytes.end;
  }
  return end;
}

/// Sentences of a book from one of them on, and from the first again behind the last.
class ProseFrom {
 public:
  ProseFrom(const std::vector<std::string>& sentences, std::size_t start) : m_sentences(sentences), m_start(start) {}

  /// Up to the end of the last segment of prose alone: says how long a document will be, facts nearly included.
  [[nodiscard]] Result<std::uint64_t> lengthOf(const Tokenizer& tokenizer, int segments, int segmentTokens) const {
    std::string text;
    const std::size_t enough = static_cast<std::size_t>(segments * segmentTokens) * 8;
    for (std::size_t i = 0; text.size() < enough; ++i) text += sentence(i) + " ";
    return endOfSegment(text, tokenizer, segments, segmentTokens);
  }
  /// So many bytes, with a fact before the first sentence at or behind each place.
  [[nodiscard]] std::string with(std::vector<PlantedFact>& facts, const std::vector<std::uint64_t>& places,
                                 std::uint64_t bytes) const {
    std::string text;
    std::size_t next = 0;
    for (std::size_t i = 0; text.size() < bytes; ++i) {
      for (; next < places.size() && places[next] <= text.size(); ++next) {
        facts[next].bytes = {text.size(), text.size() + facts[next].sentence.size()};
        text += facts[next].sentence + " ";
      }
      text += sentence(i) + " ";
    }
    return text;
  }

 private:
  [[nodiscard]] const std::string& sentence(std::size_t i) const {
    return m_sentences[(m_start + i) % m_sentences.size()];
  }

  const std::vector<std::string>& m_sentences;
  std::size_t m_start;
};

}  // namespace

std::vector<std::string> proseOf(const std::filesystem::path& book) {
  std::ifstream file(book, std::ios::binary);
  SentenceSplitter splitter;
  splitter.push(std::string(std::istreambuf_iterator<char>(file), {}));
  splitter.finish();
  std::vector<std::string> sentences;
  while (auto sentence = splitter.next()) {
    std::replace(sentence->begin(), sentence->end(), '\n', ' ');
    sentences.push_back(std::move(*sentence));
  }
  return sentences;
}

Result<PlantedDocument> plantFacts(const std::vector<std::string>& prose, const Tokenizer& tokenizer, int segments,
                                   int segmentTokens, int facts, std::uint64_t seed) {
  SplitMix64 random(seed);
  FactMaker maker(random);
  PlantedDocument document;
  for (int i = 0; i < facts; ++i) document.facts.push_back(maker.make());
  for (int i = 0; i < facts; ++i) document.neverPlanted.push_back(maker.make());
  const ProseFrom text(prose, random.below(prose.size()));
  const auto length = text.lengthOf(tokenizer, segments, segmentTokens);
  if (!length) return length.error();
  std::vector<std::uint64_t> places;
  for (int i = 0; i < facts; ++i) places.push_back(random.below(*length * 97 / 100));
  std::sort(places.begin(), places.end());
  document.text = text.with(document.facts, places, *length + 8192);
  const auto end = endOfSegment(document.text, tokenizer, segments, segmentTokens);
  if (!end) return end.error();
  document.text.resize(*end);
  std::erase_if(document.facts, [&](const PlantedFact& fact) { return fact.bytes.end == 0 || fact.bytes.end > *end; });
  return document;
}

Result<ChangingDocument> plantChanges(const std::vector<std::string>& prose, const Tokenizer& tokenizer, int segments,
                                      int segmentTokens, int states, std::uint64_t seed) {
  SplitMix64 random(seed);
  FactMaker maker(random);
  ChangingDocument document;
  document.states = maker.moves(states);
  const ProseFrom text(prose, random.below(prose.size()));
  const auto length = text.lengthOf(tokenizer, segments, segmentTokens);
  if (!length) return length.error();
  const std::uint64_t part = *length / static_cast<std::uint64_t>(states);
  std::vector<std::uint64_t> places;
  for (int i = 0; i < states; ++i) places.push_back(static_cast<std::uint64_t>(i) * part + random.below(part / 2));
  document.text = text.with(document.states, places, *length + 8192);
  const auto end = endOfSegment(document.text, tokenizer, segments, segmentTokens);
  if (!end) return end.error();
  document.text.resize(*end);
  return document;
}

}  // namespace tidemark::testing
