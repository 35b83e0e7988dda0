#include "engine/tokenizer/tokenizer_json.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "engine/base/json_reader.h"
#include "engine/tokenizer/byte_level.h"
#include "engine/tokenizer/split_dialect.h"

namespace tidemark {
namespace {

using nlohmann::json;

/// Llama 3's file holds 700,000 values when merges are pairs, the largest vocabularies in use twice that.
constexpr JsonLimits kJsonLimits = {16, 8'000'000};
constexpr std::size_t kMostSplits = 8;
constexpr std::size_t kLongestAddedPiece = 1024;
/// Ids are rows of a table: this many may be left out, more would let a small file ask for a large one.
constexpr std::size_t kMostGaps = 65536;

/// How GPT-2 cuts text into words, which pre_tokenizer ByteLevel does unless told otherwise: endings of English verbs
/// and possessives, then letters, digits or other marks with at most one space in front, then white space.
constexpr const char* kGpt2Split = R"('s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+)";

const json* findIn(const json::object_t& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && !found->second.is_null() ? &found->second : nullptr;
}

/// Settings that are off in every way that files write it.
bool isOff(const json* value) {
  if (value == nullptr) return true;
  if (const auto* flag = value->get_ptr<const json::boolean_t*>()) return !*flag;
  if (const auto* text = value->get_ptr<const json::string_t*>()) return text->empty();
  return value->is_number() && value->get<double>() == 0.0;
}

class ByteLevelReader {
 public:
  explicit ByteLevelReader(const std::string& source) : m_source(&source) {}

  Result<ByteLevelModel> read(const json& document) {
    const auto* root = document.get_ptr<const json::object_t*>();
    if (root == nullptr) return corrupt("it must hold a JSON object");
    if (Status known = refuseOthers(*root, "",
                                    {"version", "truncation", "padding", "added_tokens", "normalizer", "pre_tokenizer",
                                     "post_processor", "decoder", "model"});
        !known) {
      return known.error();
    }
    // Templates say what stands around a text (post_processor) and callers how much of it there is (truncation).
    if (const json* normalizer = findIn(*root, "normalizer")) return unsupportedType("normalizer", *normalizer);
    using Step = Status (ByteLevelReader::*)(const json::object_t&);
    for (const Step step : {&ByteLevelReader::readModel, &ByteLevelReader::readPreTokenizer,
                            &ByteLevelReader::readDecoder, &ByteLevelReader::readAdded}) {
      if (Status status = (this->*step)(*root); !status) return status.error();
    }
    return std::move(m_result);
  }

 private:
  [[nodiscard]] Error corrupt(const std::string& sentence) const {
    return makeError(ErrorCode::kCorrupt, *m_source + ": " + sentence);
  }
  [[nodiscard]] Error unsupported(const std::string& sentence) const {
    return makeError(ErrorCode::kUnsupported, *m_source + ": " + sentence);
  }
  [[nodiscard]] Error unsupportedType(const std::string& key, const json& value) const {
    const auto* object = value.get_ptr<const json::object_t*>();
    const json* type = object != nullptr ? findIn(*object, "type") : nullptr;
    return unsupported(key + " " + shown(type != nullptr ? *type : value) +
                       " is not supported; tokenizers like those of Llama 3 and GPT-2 (byte-level BPE) are");
  }

  Status refuseOthers(const json::object_t& object, const std::string& path,
                      std::initializer_list<std::string_view> known) const {
    for (const auto& [key, value] : object) {
      if (std::find(known.begin(), known.end(), key) != known.end() || isOff(&value)) continue;
      return unsupported(inQuotes(path + key) + " = " + shown(value) + " is not supported");
    }
    return {};
  }

  Result<bool> flagOf(const json::object_t& object, const std::string& path, const char* key, bool fallback) const {
    const json* value = findIn(object, key);
    if (value == nullptr) return fallback;
    if (const auto* flag = value->get_ptr<const json::boolean_t*>()) return *flag;
    return corrupt(path + key + " must be true or false, found " + shown(*value));
  }

  [[nodiscard]] bool hasType(const json::object_t& object, std::string_view type) const {
    const json* value = findIn(object, "type");
    const auto* text = value != nullptr ? value->get_ptr<const json::string_t*>() : nullptr;
    return text != nullptr && *text == type;
  }

  Status readModel(const json::object_t& root) {
    const json* value = findIn(root, "model");
    const auto* model = value != nullptr ? value->get_ptr<const json::object_t*>() : nullptr;
    if (model == nullptr) return corrupt("it has no model");
    // The oldest files have no type; merges tell them from the other kinds.
    if (findIn(*model, "type") != nullptr && !hasType(*model, "BPE")) return unsupportedType("model", *value);
    for (const char* setting : {"dropout", "continuing_subword_prefix", "end_of_word_suffix"}) {
      const json* found = findIn(*model, setting);
      if (!isOff(found))
        return unsupported(std::string("model.") + setting + " = " + shown(*found) + " is not supported");
    }
    // Every byte has a piece (checked below), so nothing is unknown and nothing falls back.
    if (Status known = refuseOthers(*model, "model.",
                                    {"type", "dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix",
                                     "fuse_unk", "byte_fallback", "ignore_merges", "vocab", "merges"});
        !known) {
      return known;
    }
    const Result<bool> ignoresMerges = flagOf(*model, "model.", "ignore_merges", false);
    if (!ignoresMerges) return ignoresMerges.error();
    m_result.ignoresMerges = *ignoresMerges;
    if (Status status = readVocabulary(*model); !status) return status;
    return readMerges(*model);
  }

  Status readVocabulary(const json::object_t& model) {
    const json* value = findIn(model, "vocab");
    const auto* vocabulary = value != nullptr ? value->get_ptr<const json::object_t*>() : nullptr;
    if (vocabulary == nullptr || vocabulary->empty()) return corrupt("model.vocab must be an object with pieces");
    m_ids.reserve(vocabulary->size());
    m_idLimit = vocabulary->size() + kMostGaps;
    for (const auto& [written, id] : *vocabulary) {
      const auto* number = id.get_ptr<const json::number_unsigned_t*>();
      if (number == nullptr || *number >= m_idLimit) {
        return corrupt("model.vocab gives " + inQuotes(written) + " the id " + shown(id) + "; ids are numbers below " +
                       std::to_string(m_idLimit) + " here");
      }
      std::optional<std::string> bytes = bytesOfByteLevel(written);
      const bool isText = bytes.has_value() && !bytes->empty();
      if (Status status = addPiece(static_cast<TokenId>(*number), isText ? std::move(*bytes) : written, isText);
          !status) {
        return status;
      }
      m_ids.emplace(written, static_cast<TokenId>(*number));
    }
    for (int byte = 0; byte < 256; ++byte) {
      const std::string written = byteLevelOf(std::string(1, static_cast<char>(byte)));
      if (!m_ids.contains(written)) {
        return corrupt("model.vocab has no piece for byte " + std::to_string(byte) + ", which is written " +
                       inQuotes(written) + "; some text could not be read");
      }
    }
    return {};
  }

  Status addPiece(TokenId id, std::string bytes, bool isText) {
    const auto index = static_cast<std::size_t>(id);
    if (index >= m_result.pieces.size()) {
      m_result.pieces.resize(index + 1);
      m_result.isText.resize(index + 1);
      m_isTaken.resize(index + 1);
    }
    if (m_isTaken[index]) {
      return corrupt("two pieces have the id " + std::to_string(id) + ", one of them is " + inQuotes(bytes));
    }
    m_result.pieces[index] = std::move(bytes);
    m_result.isText[index] = isText;
    m_isTaken[index] = true;
    return {};
  }

  Status readMerges(const json::object_t& model) {
    const json* value = findIn(model, "merges");
    const auto* merges = value != nullptr ? value->get_ptr<const json::array_t*>() : nullptr;
    if (merges == nullptr) return corrupt("model.merges must be a list");
    m_result.merges.reserve(merges->size());
    std::string merged;
    for (const json& entry : *merges) {
      const auto halves = halvesOf(entry);
      if (!halves) return corrupt("model.merges must hold \"a b\" or [\"a\", \"b\"], found " + shown(entry));
      merged.assign(halves->first).append(halves->second);
      const auto left = m_ids.find(halves->first);
      const auto right = m_ids.find(halves->second);
      const auto whole = m_ids.find(merged);
      if (left == m_ids.end() || right == m_ids.end() || whole == m_ids.end()) {
        const std::string_view absent = left == m_ids.end()    ? halves->first
                                        : right == m_ids.end() ? halves->second
                                                               : std::string_view(merged);
        return corrupt("model.merges has " + shown(entry) + ", but model.vocab has no " + inQuotes(absent));
      }
      m_result.merges.push_back({left->second, right->second, whole->second});
      const bool isText = m_result.isText[static_cast<std::size_t>(left->second)] &&
                          m_result.isText[static_cast<std::size_t>(right->second)];
      if (!isText)
        return corrupt("model.merges has " + shown(entry) + ", which is not written in byte-level characters");
    }
    return {};
  }

  static std::optional<std::pair<std::string_view, std::string_view>> halvesOf(const json& entry) {
    if (const auto* text = entry.get_ptr<const json::string_t*>()) {
      const std::string_view both = *text;
      const std::size_t space = both.find(' ');
      if (space == std::string_view::npos || both.find(' ', space + 1) != std::string_view::npos) return std::nullopt;
      return std::pair(both.substr(0, space), both.substr(space + 1));
    }
    const auto* pair = entry.get_ptr<const json::array_t*>();
    if (pair == nullptr || pair->size() != 2) return std::nullopt;
    const auto* left = (*pair)[0].get_ptr<const json::string_t*>();
    const auto* right = (*pair)[1].get_ptr<const json::string_t*>();
    if (left == nullptr || right == nullptr) return std::nullopt;
    return std::pair(std::string_view(*left), std::string_view(*right));
  }

  Status readPreTokenizer(const json::object_t& root) {
    const json* value = findIn(root, "pre_tokenizer");
    const auto* object = value != nullptr ? value->get_ptr<const json::object_t*>() : nullptr;
    if (object == nullptr) return unsupported("it has no pre_tokenizer; byte-level BPE needs one of type ByteLevel");
    if (hasType(*object, "ByteLevel")) return readByteLevel(*value, *object);
    if (!hasType(*object, "Sequence")) return unsupportedType("pre_tokenizer", *value);
    const json* steps = findIn(*object, "pretokenizers");
    const auto* list = steps != nullptr ? steps->get_ptr<const json::array_t*>() : nullptr;
    if (list == nullptr || list->empty()) return corrupt("pre_tokenizer.pretokenizers must be a list");
    if (Status known = refuseOthers(*object, "pre_tokenizer.", {"type", "pretokenizers"}); !known) return known;
    for (std::size_t i = 0; i < list->size(); ++i) {
      const auto* step = (*list)[i].get_ptr<const json::object_t*>();
      if (step == nullptr) return corrupt("pre_tokenizer.pretokenizers must hold objects");
      const bool isLast = i + 1 == list->size();
      if (!hasType(*step, isLast ? "ByteLevel" : "Split")) return unsupportedType("pre_tokenizer", (*list)[i]);
      if (Status status = isLast ? readByteLevel((*list)[i], *step) : readSplit(*step); !status) return status;
    }
    return {};
  }

  Status readByteLevel(const json& value, const json::object_t& object) {
    if (Status known =
            refuseOthers(object, "pre_tokenizer.", {"type", "add_prefix_space", "trim_offsets", "use_regex"});
        !known) {
      return known;
    }
    const Result<bool> addsSpace = flagOf(object, "pre_tokenizer.", "add_prefix_space", true);
    if (!addsSpace) return addsSpace.error();
    const Result<bool> usesRegex = flagOf(object, "pre_tokenizer.", "use_regex", true);
    if (!usesRegex) return usesRegex.error();
    if (*addsSpace && !m_result.splits.empty()) {
      return unsupported("pre_tokenizer " + shown(value) + " would put a space in front of every word after a Split");
    }
    m_result.addsPrefixSpace = *addsSpace;
    if (*usesRegex) m_result.splits.emplace_back(kGpt2Split);
    return {};
  }

  Status readSplit(const json::object_t& object) {
    if (Status known = refuseOthers(object, "pre_tokenizer.", {"type", "pattern", "behavior", "invert"}); !known) {
      return known;
    }
    const json* behavior = findIn(object, "behavior");
    if (behavior == nullptr || *behavior != "Isolated") {
      return unsupported("pre_tokenizer Split with behavior " + (behavior != nullptr ? shown(*behavior) : "null") +
                         " is not supported; Isolated is");
    }
    if (m_result.splits.size() == kMostSplits) {
      return unsupported("pre_tokenizer holds more than " + std::to_string(kMostSplits) + " steps");
    }
    // `invert` changes nothing here: what matches and what does not are both words.
    const json* pattern = findIn(object, "pattern");
    const auto* kinds = pattern != nullptr ? pattern->get_ptr<const json::object_t*>() : nullptr;
    const json* regex = kinds != nullptr ? findIn(*kinds, "Regex") : nullptr;
    const json* literal = kinds != nullptr ? findIn(*kinds, "String") : nullptr;
    const json* found = regex != nullptr ? regex : literal;
    const auto* text = found != nullptr ? found->get_ptr<const json::string_t*>() : nullptr;
    if (text == nullptr || kinds->size() != 1) {
      return corrupt("a pre_tokenizer Split needs a pattern {\"Regex\": \"..\"} or {\"String\": \"..\"}");
    }
    m_result.splits.push_back(regex != nullptr ? *text : literalSplitPattern(*text));
    return {};
  }

  Status readDecoder(const json::object_t& root) {
    const json* value = findIn(root, "decoder");
    const auto* object = value != nullptr ? value->get_ptr<const json::object_t*>() : nullptr;
    if (object != nullptr && hasType(*object, "ByteLevel")) return {};
    return unsupportedType("decoder", value != nullptr ? *value : json());
  }

  Status readAdded(const json::object_t& root) {
    const json* value = findIn(root, "added_tokens");
    if (value == nullptr) return {};
    const auto* list = value->get_ptr<const json::array_t*>();
    if (list == nullptr) return corrupt("added_tokens must be a list");
    m_idLimit += list->size();
    for (const json& entry : *list) {
      const auto* object = entry.get_ptr<const json::object_t*>();
      if (object == nullptr) return corrupt("added_tokens must hold objects, found " + shown(entry));
      if (Status status = readAddedPiece(*object); !status) return status;
    }
    for (const PieceMerge& merge : m_result.merges) {
      if (m_result.isText[static_cast<std::size_t>(merge.merged)]) continue;
      return unsupported("model.merges makes the special piece " +
                         inQuotes(m_result.pieces[static_cast<std::size_t>(merge.merged)]) + " out of plain text");
    }
    return {};
  }

  Status readAddedPiece(const json::object_t& object) {
    constexpr const char* kPath = "added_tokens.";
    if (Status known =
            refuseOthers(object, kPath, {"id", "content", "single_word", "lstrip", "rstrip", "normalized", "special"});
        !known) {
      return known;
    }
    const json* id = findIn(object, "id");
    const json* content = findIn(object, "content");
    const auto* number = id != nullptr ? id->get_ptr<const json::number_unsigned_t*>() : nullptr;
    const auto* text = content != nullptr ? content->get_ptr<const json::string_t*>() : nullptr;
    if (number == nullptr || *number >= m_idLimit || text == nullptr || text->empty()) {
      return corrupt("an entry of added_tokens needs a content and an id below " + std::to_string(m_idLimit) +
                     ", found " + shown(json(object)));
    }
    if (text->size() > kLongestAddedPiece) {
      return unsupported("added_tokens holds a piece of " + std::to_string(text->size()) + " bytes; " +
                         std::to_string(kLongestAddedPiece) + " are the limit");
    }
    AddedPiece piece;
    piece.id = static_cast<TokenId>(*number);
    piece.text = *text;
    const std::array<std::pair<const char*, bool*>, 5> flags = {{{"special", &piece.isSpecial},
                                                                 {"single_word", &piece.isSingleWord},
                                                                 {"lstrip", &piece.stripsLeft},
                                                                 {"rstrip", &piece.stripsRight},
                                                                 {"normalized", &piece.isNormalized}}};
    for (const auto& [key, flag] : flags) {
      const Result<bool> given = flagOf(object, kPath, key, *flag);
      if (!given) return given.error();
      *flag = *given;
    }
    if (Status status = placeAdded(piece, *text); !status) return status;
    m_result.added.push_back(std::move(piece));
    return {};
  }

  /// An added piece may have been in the vocabulary before; then it keeps that id. `text` is the document's own.
  Status placeAdded(const AddedPiece& piece, std::string_view text) {
    if (!m_added.insert(text).second) return corrupt("added_tokens has " + inQuotes(text) + " twice");
    const auto known = m_ids.find(text);
    const auto index = static_cast<std::size_t>(piece.id);
    if (known == m_ids.end()) return addPiece(piece.id, piece.text, false);
    if (known->second != piece.id) {
      return corrupt("added_tokens gives " + inQuotes(piece.text) + " the id " + std::to_string(piece.id) +
                     ", elsewhere it has " + std::to_string(known->second));
    }
    const bool isByte = m_result.isText[index] && m_result.pieces[index].size() == 1;
    if (piece.isSpecial && isByte) {
      return unsupported("added_tokens makes " + inQuotes(piece.text) + " special, which stands for a byte of text");
    }
    if (piece.isSpecial) m_result.isText[index] = false;
    return {};
  }

  const std::string* m_source;
  ByteLevelModel m_result;
  std::unordered_map<std::string_view, TokenId> m_ids;  // by how the JSON document writes them, which outlives this
  std::unordered_set<std::string_view> m_added;
  std::vector<bool> m_isTaken;
  std::size_t m_idLimit = 0;
};

}  // namespace

Result<ByteLevelModel> parseTokenizerJson(std::string_view text, const std::string& source) {
  const Result<json> document = parseJson(text, source, kJsonLimits);
  if (!document) return document.error();
  return ByteLevelReader(source).read(*document);
}

bool isTiktokenVocabulary(std::string_view bytes) {
  const std::size_t lineEnd = bytes.find('\n');
  const std::string_view line = bytes.substr(0, lineEnd);
  const std::size_t space = line.find(' ');
  if (lineEnd == std::string_view::npos || space == std::string_view::npos || space % 4 != 0 || space == 0)
    return false;
  const auto isBase64 = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/' ||
           c == '=';
  };
  const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
  const std::string_view piece = line.substr(0, space);
  std::string_view rank = line.substr(space + 1);
  if (rank.ends_with('\r')) rank.remove_suffix(1);
  return !rank.empty() && std::all_of(piece.begin(), piece.end(), isBase64) &&
         std::all_of(rank.begin(), rank.end(), isDigit);
}

}  // namespace tidemark
