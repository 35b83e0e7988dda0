#include "engine/base/json_reader.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace tidemark {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestShown = 120;

/// Cut to kLongestShown bytes, not in the middle of a character, with control characters replaced: a file must not be
/// able to send escape sequences to a terminal.
std::string printable(std::string text) {
  if (text.size() > kLongestShown) {
    std::size_t end = kLongestShown;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0u) == 0x80u) --end;
    text.resize(end);
    text += "...";
  }
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x20 || c == 0x7f) text[i] = '?';
    // U+0080 to U+009F, which terminals obey as well, are 0xc2 and the byte of the same value.
    const bool isUpperControl = c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0;
    if (isUpperControl) text.replace(i, 2, "?");
  }
  return text;
}

/// Builds the document itself because the library's own builder keeps the last of two equal keys and any depth.
class DocumentBuilder : public nlohmann::json_sax<json> {
 public:
  DocumentBuilder(std::string_view text, const JsonLimits& limits) : m_text(text), m_limits(limits) {}

  bool null() override { return add(nullptr) != nullptr; }
  bool boolean(bool value) override { return add(value) != nullptr; }
  bool number_integer(number_integer_t value) override { return add(value) != nullptr; }
  bool number_unsigned(number_unsigned_t value) override { return add(value) != nullptr; }
  bool number_float(number_float_t value, const string_t&) override { return add(value) != nullptr; }
  bool string(string_t& value) override { return add(std::move(value)) != nullptr; }
  bool binary(binary_t&) override { return refuse("holds binary data"); }
  bool start_object(std::size_t) override { return open(json::object()); }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(json::array()); }
  bool end_array() override { return close(); }

  bool key(string_t& name) override {
    auto [slot, isNew] = m_open.back()->get_ptr<json::object_t*>()->try_emplace(name);
    if (!isNew) return refuse("has the key " + inQuotes(name) + " twice in one object");
    m_slot = &slot->second;
    return true;
  }

  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
    // The library's message quotes the input; the place is enough and cannot carry strange bytes.
    const std::string_view before = m_text.substr(0, position > 0 ? position - 1 : 0);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    const std::size_t lastBreak = before.rfind('\n');
    const std::size_t column = before.size() - (lastBreak == std::string_view::npos ? 0 : lastBreak + 1) + 1;
    return refuse("is not valid JSON at line " + std::to_string(line) + ", column " + std::to_string(column));
  }

  [[nodiscard]] const std::string& problem() const { return m_problem; }
  [[nodiscard]] json takeRoot() { return std::move(m_root); }

 private:
  bool refuse(std::string problem) {
    m_problem = std::move(problem);
    return false;
  }

  /// The place where the value now lives, or nullptr after a refusal. It stays put until its parent grows again.
  json* add(json value) {
    if (++m_values > m_limits.maxValues) {
      refuse("holds more than " + std::to_string(m_limits.maxValues) + " JSON values");
      return nullptr;
    }
    json* place = &m_root;
    if (!m_open.empty()) {
      if (auto* array = m_open.back()->get_ptr<json::array_t*>()) {
        array->push_back(std::move(value));
        return &array->back();
      }
      place = m_slot;
    }
    *place = std::move(value);
    return place;
  }

  bool open(json container) {
    if (m_open.size() >= m_limits.maxDepth) {
      return refuse("nests JSON deeper than " + std::to_string(m_limits.maxDepth) + " levels");
    }
    json* place = add(std::move(container));
    if (place != nullptr) m_open.push_back(place);
    return place != nullptr;
  }

  bool close() {
    m_open.pop_back();
    return true;
  }

  std::string_view m_text;
  JsonLimits m_limits;
  json m_root;
  std::vector<json*> m_open;  // containers not closed yet, outermost first
  json* m_slot = nullptr;     // where the value of the last key goes
  std::size_t m_values = 0;
  std::string m_problem;
};

}  // namespace

Result<json> parseJson(std::string_view text, const std::string& source, const JsonLimits& limits) {
  DocumentBuilder builder(text, limits);
  if (!json::sax_parse(text.begin(), text.end(), &builder)) {
    return makeError(ErrorCode::kCorrupt, source + " " + builder.problem());
  }
  return builder.takeRoot();
}

Result<json::object_t> parseJsonObject(std::string_view text, const std::string& source) {
  auto document = parseJson(text, source);
  if (!document) return document.error();
  auto* object = document->get_ptr<json::object_t*>();
  if (object == nullptr) return makeError(ErrorCode::kCorrupt, source + " must hold a JSON object");
  return std::move(*object);
}

std::string inQuotes(std::string_view name) {
  return "\"" + printable(std::string(name)) + "\"";
}

std::string shown(const json& value) {
  return printable(value.dump(-1, ' ', false, json::error_handler_t::replace));
}

}  // namespace tidemark
