#include "engine/service/coverage_record.h"

#include <limits>
#include <nlohmann/json.hpp>

#include "engine/base/json_reader.h"

namespace tidemark {
namespace {

using nlohmann::json;

constexpr const char* kName = "the coverage report";
// More than any document has: sums of what passed cannot overflow.
constexpr std::uint64_t kMost = std::uint64_t{1} << 53;

Error refused(const std::string& what) {
  return makeError(ErrorCode::kCorrupt, std::string(kName) + " " + what + "; the session is damaged or was edited");
}

/// Takes fields out of an object and remembers the first thing that is wrong with them.
class RecordReader {
 public:
  explicit RecordReader(const json::object_t& object) : m_object(object) {}

  [[nodiscard]] std::uint64_t number(const char* key) { return numberIn(field(key), key); }
  [[nodiscard]] std::int64_t signedNumber(const char* key) { return static_cast<std::int64_t>(number(key)); }
  [[nodiscard]] std::string text(const char* key) { return textIn(field(key), key); }
  [[nodiscard]] const json::array_t& list(const char* key) { return listIn(field(key), key); }

  [[nodiscard]] std::uint64_t numberIn(const json* value, const char* key) {
    const auto* number = value == nullptr ? nullptr : value->get_ptr<const json::number_unsigned_t*>();
    if (number == nullptr || *number > kMost) return wrong(key), 0;
    return *number;
  }
  [[nodiscard]] std::string textIn(const json* value, const char* key) {
    const auto* string = value == nullptr ? nullptr : value->get_ptr<const json::string_t*>();
    if (string == nullptr) return wrong(key), std::string();
    return *string;
  }
  [[nodiscard]] const json::array_t& listIn(const json* value, const char* key) {
    const auto* array = value == nullptr ? nullptr : value->get_ptr<const json::array_t*>();
    if (array == nullptr) wrong(key);
    return array == nullptr ? m_none : *array;
  }
  /// A list of exactly two values, or null.
  [[nodiscard]] const json::array_t* pairIn(const json& value, const char* key) {
    const json::array_t& pair = listIn(&value, key);
    if (pair.size() == 2) return &pair;
    wrong(key);
    return nullptr;
  }
  void wrong(const char* key) {
    if (m_problem.empty()) m_problem = "has no sensible " + inQuotes(key);
  }
  [[nodiscard]] Status status() const { return m_problem.empty() ? Status() : refused(m_problem); }

 private:
  [[nodiscard]] const json* field(const char* key) const {
    const auto found = m_object.find(key);
    return found == m_object.end() ? nullptr : &found->second;
  }

  const json::object_t& m_object;
  json::array_t m_none;
  std::string m_problem;
};

std::vector<PageRange> pageRanges(RecordReader& reader, std::int64_t pages) {
  constexpr const char* kKey = "pages_without_text";
  std::vector<PageRange> ranges;
  std::int64_t free = 0;  // the first page that the next range may hold
  for (const json& value : reader.list(kKey)) {
    const json::array_t* pair = reader.pairIn(value, kKey);
    if (pair == nullptr) break;
    const PageRange range{static_cast<std::int64_t>(reader.numberIn(&(*pair)[0], kKey)),
                          static_cast<std::int64_t>(reader.numberIn(&(*pair)[1], kKey))};
    if (range.first < free || range.last < range.first || range.last >= pages) {
      reader.wrong(kKey);
      break;
    }
    ranges.push_back(range);
    free = range.last + 2;  // a range that touches would be part of this one
  }
  return ranges;
}

std::vector<SkippedPart> skippedParts(RecordReader& reader) {
  constexpr const char* kKey = "skipped";
  std::vector<SkippedPart> parts;
  for (const json& value : reader.list(kKey)) {
    const json::array_t* pair = reader.pairIn(value, kKey);
    if (pair == nullptr) break;
    parts.push_back({reader.textIn(&(*pair)[0], kKey), static_cast<std::int64_t>(reader.numberIn(&(*pair)[1], kKey))});
  }
  return parts;
}

}  // namespace

std::string toCoverageRecord(const Coverage& coverage) {
  json ranges = json::array();
  for (const PageRange& range : coverage.pagesWithoutText) ranges.push_back({range.first, range.last});
  json skipped = json::array();
  for (const SkippedPart& part : coverage.summary.skipped) skipped.push_back({part.what, part.count});
  json object = {
      {"pages", coverage.pages},
      {"characters", coverage.characters},
      {"pages_without_text", std::move(ranges)},
      {"image_pages", coverage.imagePages},
      {"replaced_bytes", coverage.summary.replacedBytes},
      {"running_lines", coverage.summary.runningLines},
      {"encoding", coverage.summary.encoding},
      {"skipped", std::move(skipped)},
  };
  if (coverage.removedCharacters > 0) object["removed_characters"] = coverage.removedCharacters;
  return object.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<Coverage> parseCoverageRecord(std::string_view record) {
  const auto object = parseJsonObject(record, kName);
  if (!object) return object.error();
  RecordReader reader(*object);
  Coverage coverage;
  coverage.pages = reader.signedNumber("pages");
  coverage.characters = reader.number("characters");
  coverage.pagesWithoutText = pageRanges(reader, coverage.pages);
  coverage.imagePages = reader.signedNumber("image_pages");
  coverage.summary.replacedBytes = reader.number("replaced_bytes");
  coverage.summary.runningLines = reader.number("running_lines");
  coverage.summary.encoding = reader.text("encoding");
  coverage.summary.skipped = skippedParts(reader);
  if (object->contains("removed_characters")) coverage.removedCharacters = reader.number("removed_characters");
  if (coverage.imagePages > coverage.pages) reader.wrong("image_pages");
  if (Status whole = reader.status(); !whole) return whole.error();
  return coverage;
}

}  // namespace tidemark
